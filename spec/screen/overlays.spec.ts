import { expect } from 'chai';
import type { Size } from '../../lib/base/geometry.ts';
import type { OverlayView } from '../../lib/mode/overlay-view.ts';
import { Compositor } from '../../lib/screen/compositor.ts';
import type { StatusView } from '../../lib/screen/screen-view.ts';
import { Grid } from '../../lib/text/grid.ts';
import { palette } from '../../lib/text/style.ts';
import { GridSource } from '../support/random-screen.ts';
import { GREEN, line, simpleView, statusItem, statusView } from '../support/screen-views.ts';

const source = new GridSource({ columns: 100, rows: 30 });
for (let row = 0; row < 30; row++) source.setText(row, `row ${row}`);
const status = statusView([statusItem(0, 'zsh', { shown: true })]);
const SMALL = { columns: 20, rows: 5 };
const SMALLEST = { columns: 1, rows: 1 };

function compose(size: Size, overlay: OverlayView | undefined, line: StatusView | undefined = status) {
  const grid = new Grid(size);
  const view = simpleView(source, size, { status: line, overlays: overlay ? [overlay] : [] });
  const cursor = new Compositor().compose(view, grid);
  const rows = Array.from({ length: size.rows }, (_, y) => grid.rowText(y).trimEnd());
  return { grid, cursor, rows };
}

const list = (more: Partial<Extract<OverlayView, { kind: 'list' }>> = {}): OverlayView => ({
  kind: 'list',
  title: 'Sessions',
  filter: 'z',
  items: [
    { line: line('0: zsh 中文'), marked: true },
    { line: line('1: zsh-src'), marked: false },
    { line: line('2: fuzz 🚀'), marked: false },
  ],
  selected: 1,
  preview: undefined,
  previewTop: 0,
  hint: 'Enter shows',
  ...more,
});

const prompt = (more: Partial<Extract<OverlayView, { kind: 'prompt' }>> = {}): OverlayView => ({
  kind: 'prompt',
  label: line(':'),
  text: 'new',
  cursor: 3,
  style: GREEN,
  completions: [],
  selected: undefined,
  ...more,
});

describe('overlays', () => {
  it('show the part of a long list that they are given where it belongs', () => {
    const items = Array.from({ length: 9 }, (_, index) => ({ line: line(`item ${46 + index}`), marked: false }));
    const view = list({ filter: undefined, items, first: 46, count: 100, selected: 50, hint: '' });
    const { rows } = compose({ columns: 30, rows: 8 }, view);
    expect(rows[0]).to.contain('51/100');
    expect(rows.slice(1, 6).map((row) => row.replaceAll('│', '').trim())).to.deep.equal(
      [48, 49, 50, 51, 52].map((index) => `item ${index}`),
    );
  });

  it('tell of the keys of a list as many as fit whole', () => {
    const hint = '? keys, y answers, x closes';
    const bottom = (columns: number) => compose({ columns, rows: 9 }, list({ hint })).rows[7];
    expect(bottom(40)).to.contain('─ ? keys, y answers, x closes ─');
    expect(bottom(32)).to.contain('─ ? keys, y answers ─').and.not.to.contain('x');
    expect(bottom(20)).to.contain('─ ? keys ─');
  });

  it('show a list in a frame, with filter, counts and hint', () => {
    const { rows, cursor, grid } = compose({ columns: 40, rows: 8 }, list());
    expect(rows).to.deep.equal([
      '┌─ Sessions ───────────────────── 2/3 ─┐',
      '│❯ z                                   │',
      '│● 0: zsh 中文                         │',
      '│  1: zsh-src                          │',
      '│  2: fuzz 🚀                          │',
      '│                                      │',
      '└─ Enter shows ────────────────────────┘',
      '[qmux] 0:zsh                       14:02',
    ]);
    expect(cursor).to.include({ x: 4, y: 1 });
    expect(grid.backgrounds[3 * 40 + 30]).to.equal(palette(3));
    expect(grid.backgrounds[4 * 40 + 30]).to.equal(0);
  });

  it('show what is behind the selected item beside the list when there is room', () => {
    const { rows } = compose({ columns: 80, rows: 24 }, list({ preview: source, previewTop: 7 }));
    expect(rows[0]).to.match(/^┌─ Sessions ─+ 2\/3 ─┐┌─ 1: zsh-src ─+┐$/);
    expect(rows[1]).to.match(/^│❯ z +││row 7 +│$/);
    expect(rows[21]).to.match(/^│ +││row 27 +│$/);
    expect(rows[22]).to.match(/^└─ Enter shows ─+┘└─+┘$/);
  });

  it('show it below the list on a narrow and tall screen', () => {
    const { rows } = compose({ columns: 60, rows: 24 }, list({ preview: source }));
    expect(rows[11]).to.match(/^┌─ 1: zsh-src ─+┐$/);
    expect(rows[12]).to.match(/^│row 0 +│$/);
  });

  it('show only filter and items of a list on a small screen', () => {
    const { rows } = compose(SMALL, list({ preview: source }));
    expect(rows).to.deep.equal(['❯ z', '● 0: zsh 中文', '  1: zsh-src', '  2: fuzz 🚀', '[qmux] 0:zsh   14:02']);
    expect(compose(SMALLEST, list()).rows).to.deep.equal(['1']);
  });

  it('keep the selected item of a long list in view, and say when nothing matches', () => {
    const items = Array.from({ length: 100 }, (_, index) => ({ line: line(`item ${index}`), marked: false }));
    const { rows } = compose({ columns: 40, rows: 8 }, list({ items, selected: 60, hint: '' }));
    expect(rows.slice(2, 6).map((row) => row.replace(/[│ ]+/g, ' ').trim())).to.deep.equal([
      'item 58',
      'item 59',
      'item 60',
      'item 61',
    ]);
    expect(compose({ columns: 40, rows: 8 }, list({ items: [], selected: 0 })).rows[0]).to.contain(' no matches ');
  });

  it('show a page with a title and how far it is read', () => {
    const lines = Array.from({ length: 30 }, (_, index) => line(`C-b ${index}  does it`));
    const page = { kind: 'text', title: 'Keys', lines, top: 3 } as const;
    expect(compose({ columns: 40, rows: 6 }, page).rows).to.deep.equal(
      [
        '─ Keys ────────────────────── 4–7 of 30 ─',
        'C-b 3  does it',
        'C-b 4  does it',
        'C-b 5  does it',
        'C-b 6  does it',
        '[qmux] 0:zsh                       14:02',
      ].map((row) => (row.startsWith('─') ? row.replace('───', '──') : row)),
    );
    expect(compose(SMALL, page).rows[1]).to.equal('C-b 3  does it');
    expect(compose(SMALLEST, page).rows).to.deep.equal(['C']);
  });

  it('show a prompt in the row of the status line, completions next to it', () => {
    const completions = ['new-session', 'new-window'];
    const { rows, cursor, grid } = compose({ columns: 40, rows: 8 }, prompt({ completions, selected: 1 }));
    expect(rows.slice(3)).to.deep.equal([
      '┌─────────────┐',
      '│ new-session │',
      '│ new-window  │',
      '└─────────────┘',
      ':new',
    ]);
    expect(cursor).to.include({ x: 4, y: 7 });
    expect(grid.backgrounds[5 * 40 + 3]).to.equal(palette(3));
    const top = statusView([], { position: 'top' });
    const above = compose({ columns: 40, rows: 8 }, prompt({ completions }), top);
    expect(above.rows[0]).to.equal(':new');
    expect(above.rows[2]).to.match(/^│ new-session │/);
  });

  it('keep the cursor of a long prompt in view, whatever the size', () => {
    const text = `${'中'.repeat(30)}end`;
    const { rows, cursor } = compose(SMALL, prompt({ text, cursor: text.length }));
    expect(rows[4]).to.equal(`:${'中'.repeat(7)}end`);
    expect(cursor).to.include({ x: 18, y: 4 });
    expect(compose(SMALL, prompt({ text, cursor: 0 })).cursor).to.include({ x: 1, y: 4 });
    expect(compose(SMALLEST, prompt({ text, cursor: 5 })).cursor).to.include({ x: 0, y: 0 });
  });

  it('show a message over the status line and leave the cursor to the pane', () => {
    const message: OverlayView = { kind: 'message', line: line('no such session'), style: GREEN };
    const { rows, cursor, grid } = compose({ columns: 40, rows: 8 }, message);
    expect(rows[7]).to.equal('no such session');
    expect(grid.backgrounds[8 * 40 - 1]).to.equal(palette(2));
    expect(cursor).to.include({ x: 0, y: 0 });
    expect(compose(SMALLEST, message).cursor).to.equal(undefined);
  });

  it('show a clock in big digits, or in plain ones where those do not fit', () => {
    const clock: OverlayView = { kind: 'clock', text: '12:34', color: palette(4) };
    const { grid } = compose({ columns: 41, rows: 10 }, clock);
    const row = (y: number): string =>
      Array.from({ length: 41 }, (_, x) => (grid.backgrounds[y * 41 + x] === palette(4) ? '#' : ' '))
        .join('')
        .trimEnd();
    expect([2, 3, 4, 5, 6].map(row)).to.deep.equal([
      '          # #####       ##### #   #',
      '          #     #   #       # #   #',
      '          # #####       ##### #####',
      '          # #       #       #     #',
      '          # #####       #####     #',
    ]);
    expect(compose(SMALL, clock).rows[2]).to.equal('       12:34');
    expect(compose(SMALLEST, clock).rows).to.deep.equal(['1']);
  });
});

describe('the status line', () => {
  const items = Array.from({ length: 9 }, (_, index) =>
    statusItem(index, `name${index}`, { shown: index === 4, waiting: index === 7 }),
  );
  const at = (columns: number, more: Partial<StatusView> = {}): string =>
    compose({ columns, rows: 4 }, undefined, statusView(items, more)).rows[3] ?? '';

  it('shows all sessions when there is room', () => {
    expect(at(100)).to.match(/^\[qmux\] 0:name0 {2}1:name1 .* 8:name8 +14:02$/);
  });

  it('keeps the shown one, then the waiting ones, then counts the rest', () => {
    expect(at(50)).to.equal('[qmux] 3:name3  4:name4  7:name7  +6         14:02');
    expect(at(36)).to.equal('[qmux] 4:name4  7:name7  +7    14:02');
    expect(at(28)).to.equal('[qmux] 4:name4  +8     14:02');
    expect(at(20)).to.equal('[qmux] 4:name4  +8');
  });

  it('puts the sessions where justify says', () => {
    const few = statusView([statusItem(0, 'zsh', { shown: true })]);
    const row = (justify: StatusView['justify']): string =>
      compose({ columns: 40, rows: 4 }, undefined, { ...few, justify }).rows[3] ?? '';
    expect(row('centre')).to.equal('[qmux]            0:zsh            14:02');
    expect(row('right')).to.equal('[qmux]                       0:zsh 14:02');
  });

  it('is left out of a screen that is too small for it', () => {
    expect(compose({ columns: 19, rows: 4 }, undefined).rows[3]).to.equal('row 3');
    expect(compose({ columns: 40, rows: 3 }, undefined).rows[2]).to.equal('row 2');
  });
});
