import { expect } from 'chai';
import type { Size } from '../../lib/base/geometry.ts';
import { paneId, sessionId } from '../../lib/base/id.ts';
import type { OverlayView } from '../../lib/mode/overlay-view.ts';
import { capabilitiesOf, restoreSequence, startSequence } from '../../lib/screen/capabilities.ts';
import { CellReduction } from '../../lib/screen/cell-reduction.ts';
import { ClientScreen } from '../../lib/screen/client-screen.ts';
import { Compositor } from '../../lib/screen/compositor.ts';
import type { ScreenView } from '../../lib/screen/screen-view.ts';
import { PLAIN_MODES } from '../../lib/terminal/plain-modes.ts';
import { Grid, glyphOf } from '../../lib/text/grid.ts';
import { clusters } from '../../lib/text/intern-table.ts';
import type { RowSource } from '../../lib/text/row-source.ts';
import { PLAIN, palette } from '../../lib/text/style.ts';
import { expectShown } from '../support/expect-shown.ts';
import { OuterTerminal } from '../support/outer-terminal.ts';
import { GridSource, type Random, scribble, scrollGrid, seeded } from '../support/random-screen.ts';
import { GREEN, line, paneView, simpleView, statusItem, statusView } from '../support/screen-views.ts';

const best = { ...capabilitiesOf('xterm-kitty', {}, true), synchronizedOutput: true, kittyKeyboard: true };
const SIZE = { columns: 80, rows: 24 };

function randomOverlay(random: Random, source: GridSource): OverlayView {
  const texts = Array.from({ length: random(40) }, (_, index) => `entry ${index} ${'中é🚀 text'.slice(random(6))}`);
  switch (random(6)) {
    case 0:
      return {
        kind: 'prompt',
        label: line(':', GREEN),
        text: texts.join(' ').slice(0, random(200)),
        cursor: random(20),
        style: GREEN,
        completions: random(2) === 0 ? [] : texts,
        selected: random(2) === 0 ? undefined : random(10),
      };
    case 1:
      return { kind: 'message', line: line('a message 中', GREEN), style: GREEN };
    case 2:
      return { kind: 'text', title: 'Help 文', lines: texts.map((text) => line(text)), top: random(10) };
    case 3:
      return { kind: 'clock', text: random(2) === 0 ? '12:34' : '1:23 AM', color: palette(4) };
    default:
      return {
        kind: 'list',
        title: 'Sessions',
        filter: random(2) === 0 ? undefined : 'fil',
        items: texts.map((text, index) => ({ line: line(text), marked: index % 3 === 0 })),
        selected: random(40),
        preview: random(2) === 0 ? source : undefined,
        previewTop: random(5),
        hint: random(2) === 0 ? '' : 'Enter shows',
      };
  }
}

function randomView(random: Random, size: Size, sources: readonly GridSource[]): ScreenView {
  const [first, second] = sources;
  if (first === undefined || second === undefined) throw new Error('two sources are needed');
  const items = Array.from({ length: random(12) }, (_, index) =>
    statusItem(index, `name-${index}`, { shown: index === 2, waiting: random(3) === 0 }),
  );
  const position = random(2) === 0 ? 'top' : 'bottom';
  const status = random(4) === 0 ? undefined : statusView(items, { position });
  const view = simpleView(first, size, {
    status,
    overlays: Array.from({ length: random(3) === 0 ? 1 + random(2) : 0 }, () => randomOverlay(random, second)),
  });
  const [pane] = view.panes;
  if (pane === undefined || random(3) > 0 || size.columns < 5) return view;
  const left = Math.floor(size.columns / 2);
  const highlight = { from: { row: random(4), column: random(9) }, to: { row: 4 + random(4), column: random(9) } };
  return {
    ...view,
    panes: [
      {
        ...pane,
        rect: { ...pane.rect, width: left },
        highlights: [{ ...highlight, shape: random(2) === 0 ? 'flow' : 'rectangle', style: GREEN }],
        reverse: random(4) === 0,
        label: line('[3/中]'),
      },
      paneView(second, size, {
        id: paneId(2),
        rect: { ...pane.rect, x: left + 1, width: size.columns - left - 1 },
        top: random(3),
        active: false,
      }),
    ],
  };
}

describe('ClientScreen', () => {
  for (const [name, capabilities] of Object.entries({
    'the best terminal': best,
    'xterm with 256 colours': capabilitiesOf('xterm-256color', {}, true),
    'a vt100': capabilitiesOf('vt100', {}, false),
  }))
    it(`shows on ${name} what a view says, through overlays, splits and resizes`, () => {
      for (let seed = 1; seed <= 6; seed++) {
        const random = seeded(seed);
        let size = { columns: 1 + random(110), rows: 1 + random(40) };
        const terminal = new OuterTerminal(size);
        const screen = new ClientScreen({ size, capabilities });
        terminal.write(startSequence(capabilities));
        const sources = [new GridSource({ columns: 120, rows: 50 }), new GridSource({ columns: 60, rows: 60 })];
        for (let frame = 0; frame < 30; frame++) {
          for (const source of sources) scribble(source.grid, random, random(6));
          if (random(8) === 0) {
            size = random(4) === 0 ? { columns: 1, rows: 1 } : { columns: 1 + random(120), rows: 1 + random(40) };
            terminal.resize(size);
            screen.resize(size);
          }
          const view = randomView(random, size, sources);
          const bytes = screen.render(view);
          terminal.write(bytes);
          const expected = new Grid(size);
          const cursor = new Compositor().compose(view, expected);
          new CellReduction(capabilities).reduce(expected);
          expectShown(terminal, expected, `seed ${seed} frame ${frame}`);
          const { x, y, visible } = terminal.cursor;
          if (capabilities.cursorVisibility) expect(visible).to.equal(cursor !== undefined);
          if (cursor) expect({ x, y }).to.deep.equal({ x: cursor.x, y: cursor.y });
          expect(screen.render(view)).to.have.length(0);
        }
        terminal.dispose();
      }
    });

  it('composes what comes back as if it had never been away', () => {
    const random = seeded(7);
    const used = new Compositor();
    const sources = [new GridSource({ columns: 80, rows: 24 }), new GridSource({ columns: 60, rows: 24 })];
    for (let frame = 0; frame < 100; frame++) {
      for (const source of sources) scribble(source.grid, random, random(3));
      const view = randomView(random, SIZE, sources);
      const [grid, expected] = [new Grid(SIZE), new Grid(SIZE)];
      const fresh = new Compositor();
      expect(used.compose(view, grid)).to.deep.equal(fresh.compose(view, expected), `frame ${frame}`);
      for (let y = 0; y < SIZE.rows; y++) expect(grid.rowText(y)).to.equal(expected.rowText(y), `frame ${frame}`);
      for (let index = 0; index < 20; index++) {
        const position = { x: random(SIZE.columns), y: random(SIZE.rows) };
        expect(used.hit(position)).to.deep.equal(fresh.hit(position));
      }
    }
  });

  it('shows the same after setCapabilities and invalidate', () => {
    const terminal = new OuterTerminal(SIZE);
    const plain = capabilitiesOf('xterm', {}, true);
    const screen = new ClientScreen({ size: SIZE, capabilities: plain });
    const source = new GridSource(SIZE);
    scribble(source.grid, seeded(4), 300);
    const view = simpleView(source, SIZE);
    terminal.write(screen.render(view));
    screen.setCapabilities(best);
    terminal.write(screen.render(view));
    terminal.write(Buffer.from('\x1b[3;9r\x1b[41m\x1b[2J garbage'));
    screen.invalidate();
    terminal.write(screen.render(view));
    const expected = new Grid(SIZE);
    new Compositor().compose(view, expected);
    new CellReduction(best).reduce(expected);
    expectShown(terminal, expected);
    terminal.dispose();
  });

  it('paints everything anew when the table of clusters forgot its ids', () => {
    const size = { columns: 10, rows: 2 };
    const terminal = new OuterTerminal(size);
    const screen = new ClientScreen({ size, capabilities: best });
    /** As a terminal does, it interns when it is read. */
    const source = new GridSource(size);
    const view = (text: string): ScreenView => {
      const view = simpleView(source, size);
      const read: RowSource['readRow'] = (_row, grid, x, y, width) => {
        grid.erase(y * size.columns + x, y * size.columns + x + width);
        grid.glyphs[y * size.columns + x] = glyphOf(text, 1);
      };
      const { columns, firstRow, screenTop, endRow, epoch } = source;
      const rows: RowSource = {
        columns,
        firstRow,
        screenTop,
        endRow,
        epoch,
        readRow: read,
        rowText: () => text,
        isWrapped: () => false,
      };
      return { ...view, panes: view.panes.map((pane) => ({ ...pane, source: rows })) };
    };
    terminal.write(screen.render(view('e\u0301')));
    const { generation } = clusters;
    for (let index = 0; clusters.generation === generation; index++) clusters.intern(`x${index}`);
    // The same id as before now means another cluster.
    terminal.write(screen.render(view('o\u0308')));
    expect(terminal.cell(0, 0).text).to.equal('o\u0308');
    terminal.dispose();
  });

  it('hides the cursor while it paints much on a terminal without synchronized updates', () => {
    const source = new GridSource(SIZE);
    const screen = new ClientScreen({ size: SIZE, capabilities: { ...best, synchronizedOutput: false } });
    screen.render(simpleView(source, SIZE));
    scribble(source.grid, seeded(1), 200);
    const text = Buffer.from(screen.render(simpleView(source, SIZE))).toString();
    expect(text.startsWith('\x1b[?25l')).to.equal(true);
    expect(text.endsWith('\x1b[?25h')).to.equal(true);
  });

  it('shows a cursor that waits to wrap on the last column, and none outside of its pane', () => {
    const source = new GridSource({ columns: 60, rows: 10 });
    const grid = new Grid(SIZE);
    const cursorAt = (x: number, width: number) => {
      const cursor = { x, y: 2, visible: true, shape: undefined, blinking: false };
      const pane = paneView(source, SIZE, { rect: { x: 5, y: 1, width, height: 10 }, cursor });
      return new Compositor().compose({ ...simpleView(source, SIZE), panes: [pane] }, grid);
    };
    expect(cursorAt(60, 60)).to.include({ x: 64, y: 3 });
    expect(cursorAt(50, 40)).to.equal(undefined);
  });

  it('gives the cursor the shape a program asked for, and then the person\u2019s own back', () => {
    const source = new GridSource(SIZE);
    const screen = new ClientScreen({ size: SIZE, capabilities: best });
    const view = simpleView(source, SIZE);
    screen.render(view);
    const panes = view.panes.map((pane) => ({
      ...pane,
      cursor: { x: 0, y: 0, visible: true, shape: 'bar' as const, blinking: false },
    }));
    expect(Buffer.from(screen.render({ ...view, panes })).toString()).to.equal('\x1b[6 q');
    expect(Buffer.from(screen.render(view)).toString()).to.equal('\x1b[0 q');
  });

  describe('bytes', () => {
    const status = statusView([statusItem(0, 'zsh', { shown: true })]);

    function ready(setUp: (source: GridSource) => void = () => {}) {
      const source = new GridSource({ columns: 80, rows: 23 });
      setUp(source);
      const screen = new ClientScreen({ size: SIZE, capabilities: best });
      const view = (x: number, y: number): ScreenView => {
        const made = simpleView(source, SIZE, { status });
        const [pane] = made.panes;
        if (pane === undefined) throw new Error('no pane');
        return { ...made, panes: [{ ...pane, cursor: { x, y, visible: true, shape: undefined, blinking: false } }] };
      };
      screen.render(view(0, 0));
      return { source, screen, view };
    }

    it('are one for a typed letter', () => {
      const { source, screen, view } = ready();
      source.grid.glyphs[0] = 0x61;
      screen.render(view(1, 0));
      source.grid.glyphs[1] = 0x62;
      expect(Buffer.from(screen.render(view(2, 0))).toString()).to.equal('b');
    });

    it('are few for a spinner far from the cursor', () => {
      const { source, screen, view } = ready();
      source.grid.glyphs[5 * 80 + 3] = 0x280b;
      screen.render(view(10, 20));
      source.grid.glyphs[5 * 80 + 3] = 0x2819;
      expect(screen.render(view(10, 20)).length).to.be.at.most(18);
    });

    it('are little more than the text for lines of a log', () => {
      const text = (number: number) => `line ${number} of a log that goes on and on`;
      const { source, screen, view } = ready((to) => {
        for (let row = 0; row < 22; row++) to.setText(row, text(row));
      });
      screen.render(view(0, 22));
      for (let number = 22; number < 30; number++) {
        scrollGrid(source.grid, 0, 22, 1);
        source.setText(21, text(number));
        const bytes = screen.render(view(0, 22));
        if (number > 22) expect(bytes.length).to.be.at.most(text(number).length + 14);
      }
    });

    it('scroll a region back as well', () => {
      const { source, screen, view } = ready((to) => {
        for (let row = 0; row < 23; row++) to.setText(row, `${row} ${'#'.repeat(40 + row)}`);
      });
      for (let row = 22; row > 0; row--) source.setText(row, source.rowText(row - 1));
      source.setText(0, 'new');
      expect(screen.render(view(0, 0)).length).to.be.at.most(40);
    });

    it('erase what is left of a line instead of writing blanks', () => {
      const { source, screen, view } = ready((to) => to.setText(4, 'x'.repeat(80)));
      source.setText(4, 'xx');
      expect(screen.render(view(0, 0)).length).to.be.at.most(16);
    });

    it('are marked as one update when they are many', () => {
      const { source, screen, view } = ready();
      scribble(source.grid, seeded(1), 200);
      const text = Buffer.from(screen.render(view(0, 0))).toString();
      expect(text.startsWith('\x1b[?2026h')).to.equal(true);
      expect(text.endsWith('\x1b[?2026l')).to.equal(true);
      expect(text).not.to.contain('\x1b[?25l');
    });
  });

  it('never cuts how many sessions the status line has no room for: the shown name gives way', () => {
    const items = Array.from({ length: 12 }, (_, index) => statusItem(index, 'development-1', { shown: index === 0 }));
    const rowAt = (columns: number): string => {
      const size = { columns, rows: 5 };
      const screen = new ClientScreen({ size, capabilities: best });
      const terminal = new OuterTerminal(size);
      terminal.write(
        screen.render(simpleView(new GridSource(size), size, { status: statusView(items, { left: [] }) })),
      );
      return terminal.text.split('\n')[4] ?? '';
    };
    expect(rowAt(20)).to.match(/^0:develop\S* +\+11/);
    for (let columns = 1; columns < 60; columns++) expect(rowAt(columns)).not.to.match(/\+1?(?:\D|$)/);
  });

  it('reports what lies where', () => {
    const source = new GridSource(SIZE);
    const status = statusView([statusItem(7, 'zsh', { shown: true }), statusItem(8, 'vim')]);
    const screen = new ClientScreen({ size: SIZE, capabilities: best });
    const view = simpleView(source, SIZE, { status });
    screen.render(view);
    expect(screen.hit({ x: 3, y: 5 })).to.deep.equal({ kind: 'pane', pane: 1, position: { x: 3, y: 5 } });
    expect(screen.hit({ x: 0, y: 23 })).to.deep.equal({ kind: 'status', session: undefined });
    expect(screen.hit({ x: 8, y: 23 })).to.deep.equal({ kind: 'status', session: sessionId(7) });
    expect(screen.hit({ x: 15, y: 23 })).to.deep.equal({ kind: 'status', session: sessionId(8) });
    expect(screen.hit({ x: 90, y: 2 })).to.deep.equal({ kind: 'nothing' });
    const items = ['one', 'two', 'three'].map((text) => ({ line: line(text), marked: false }));
    const list: OverlayView = {
      kind: 'list',
      title: 'Sessions',
      filter: '',
      items,
      selected: 0,
      preview: undefined,
      previewTop: 0,
      hint: '',
    };
    screen.render({ ...view, overlays: [list] });
    expect(screen.hit({ x: 5, y: 3 })).to.deep.equal({ kind: 'list-item', index: 1 });
    expect(screen.hit({ x: 5, y: 10 })).to.deep.equal({ kind: 'overlay' });
    expect(screen.hit({ x: 8, y: 23 })).to.deep.equal({ kind: 'status', session: sessionId(7) });
  });

  it('lets the terminal follow the modes of a session, each once', () => {
    const terminal = new OuterTerminal(SIZE);
    const screen = new ClientScreen({ size: SIZE, capabilities: best });
    const source = new GridSource(SIZE);
    const modes = { ...PLAIN_MODES, applicationCursorKeys: true, applicationKeypad: true, kittyKeyboard: 5 };
    terminal.write(startSequence(best));
    const view = simpleView(source, SIZE, { modes: { ...modes, mouseTracking: 'any' }, title: 'a\x1b]0;b\x07c' });
    const bytes = Buffer.from(screen.render(view));
    expect(bytes.toString()).to.contain('\x1b[>5u');
    terminal.write(bytes);
    expect(terminal.modes).to.include({
      applicationCursorKeys: true,
      applicationKeypad: true,
      bracketedPaste: true,
      mouse: 'ANY',
      mouseEncoding: 'SGR',
      alternateScreen: true,
    });
    expect(terminal.titles).to.deep.equal(['a ]0;b c']);
    expect(screen.render(view)).to.have.length(0);
    terminal.write(screen.render(simpleView(source, SIZE, { mouse: true, focusEvents: true })));
    expect(terminal.modes).to.include({
      applicationCursorKeys: false,
      applicationKeypad: false,
      mouse: 'DRAG',
      focusEvents: true,
    });
    terminal.dispose();
  });

  it('leaves the terminal as it was', () => {
    const terminal = new OuterTerminal(SIZE);
    terminal.write(Buffer.from('before\r\n'));
    const screen = new ClientScreen({ size: SIZE, capabilities: best });
    const source = new GridSource(SIZE);
    scribble(source.grid, seeded(9), 300);
    terminal.write(startSequence(best));
    const modes = { ...PLAIN_MODES, applicationCursorKeys: true, mouseTracking: 'any' as const, focusEvents: true };
    const view = simpleView(source, SIZE, { modes });
    const [pane] = view.panes;
    if (pane === undefined) throw new Error('no pane');
    terminal.write(screen.render({ ...view, panes: [{ ...pane, cursor: undefined }] }));
    expect(terminal.cursor.visible).to.equal(false);
    terminal.write(restoreSequence(best));
    expect(terminal.modes).to.deep.equal({
      applicationCursorKeys: false,
      applicationKeypad: false,
      bracketedPaste: false,
      focusEvents: false,
      wraparound: true,
      mouse: 'NONE',
      mouseEncoding: 'DEFAULT',
      alternateScreen: false,
    });
    expect(terminal.cursor).to.deep.equal({ x: 0, y: 1, visible: true });
    expect(terminal.text.trim()).to.equal('before');
    terminal.write(Buffer.from('plain'));
    expect(terminal.cell(0, 1)).to.include({ text: 'p', foreground: 0, background: 0, attributes: 0, link: '' });
    terminal.dispose();
  });

  it('draws the largest screen', () => {
    const size = { columns: 1000, rows: 400 };
    const source = new GridSource(size);
    const screen = new ClientScreen({ size: { columns: 5000, rows: 5000 }, capabilities: best });
    for (let row = 0; row < 400; row++) source.setText(row, `row ${row}`);
    expect(screen.render(simpleView(source, size)).length).to.be.greaterThan(3000);
  });

  it('colours the lines between panes, green at the active one', () => {
    const terminal = new OuterTerminal(SIZE);
    const screen = new ClientScreen({ size: SIZE, capabilities: best });
    const source = new GridSource(SIZE);
    const rect = { x: 0, y: 0, width: 40, height: 24 };
    const right = { x: 41, width: 39 };
    const view = simpleView(source, SIZE);
    terminal.write(
      screen.render({
        ...view,
        panes: [
          paneView(source, SIZE, { rect }),
          paneView(source, SIZE, { rect: { ...right, y: 0, height: 11 }, active: false }),
          paneView(source, SIZE, { rect: { ...right, y: 12, height: 12 }, active: false }),
        ],
      }),
    );
    expect(terminal.cell(40, 3)).to.include({ text: '│', foreground: palette(2) });
    expect(terminal.cell(40, 11)).to.include({ text: '├', foreground: palette(2) });
    expect(terminal.cell(60, 11)).to.include({ text: '─', foreground: palette(8) });
    terminal.dispose();
  });

  it('writes the titles of panes into the line above or below them, and cuts long ones', () => {
    const source = new GridSource({ columns: 20, rows: 5 });
    const compose = (titles: 'top' | 'bottom') => {
      const y = titles === 'top' ? 1 : 0;
      const grid = new Grid({ columns: 20, rows: 5 });
      const style = { ...PLAIN, foreground: palette(5) };
      const compositor = new Compositor();
      compositor.compose(
        {
          ...simpleView(source, { columns: 20, rows: 5 }),
          borders: { style, activeStyle: { ...PLAIN, foreground: palette(6) }, titles },
          panes: [
            paneView(source, SIZE, { rect: { x: 0, y, width: 10, height: 4 }, title: line(' one ') }),
            paneView(source, SIZE, {
              rect: { x: 11, y, width: 9, height: 4 },
              title: line(' a long title '),
              active: false,
            }),
          ],
        },
        grid,
      );
      return { grid, hit: compositor.hit({ x: 10, y: 2 }) };
    };
    const top = compose('top');
    expect(top.grid.rowText(0)).to.equal('─ one ────┬─ a long─');
    expect(top.grid.rowText(1).trimEnd()).to.equal('          │');
    expect([top.grid.foregrounds[0], top.grid.foregrounds[19]]).to.deep.equal([palette(6), palette(5)]);
    expect(top.hit).to.deep.equal({ kind: 'border' });
    expect(compose('bottom').grid.rowText(4)).to.equal('─ one ────┴─ a long─');
  });
});
