import { expect } from 'chai';
import fc from 'fast-check';
import type { Rect, Size } from '../../lib/base/geometry.ts';
import { sessionId } from '../../lib/base/id.ts';
import { besideSidebar, Compositor } from '../../lib/screen/compositor.ts';
import type { IndicatorView, ScreenView, SidebarView } from '../../lib/screen/screen-view.ts';
import { freeRows } from '../../lib/screen/widgets/indicator.ts';
import { sidebarRows } from '../../lib/screen/widgets/sidebar.ts';
import { Grid, TAIL, WIDE } from '../../lib/text/grid.ts';
import { PLAIN } from '../../lib/text/style.ts';
import { GridSource } from '../support/random-screen.ts';
import { GREEN, line, paneView, simpleView, statusItem, statusView } from '../support/screen-views.ts';

const SIZE: Size = { columns: 40, rows: 8 };
const source = new GridSource({ columns: 100, rows: 30 });
for (let row = 0; row < 30; row++) source.setText(row, `row ${row} ${'中'.repeat(30)}`);

const indicator = (names: readonly string[], more: Partial<IndicatorView> = {}): IndicatorView => ({
  corner: 'top-right',
  style: GREEN,
  items: names.map((name, index) => ({ session: sessionId(index), line: line(`[${name}]`) })),
  total: names.length,
  ...more,
});

function compose(view: ScreenView, size = SIZE, compositor = new Compositor()) {
  const grid = new Grid(size);
  const cursor = compositor.compose(view, grid);
  return { grid, cursor, rows: Array.from({ length: size.rows }, (_, y) => grid.rowText(y).trimEnd()), compositor };
}

const withCursor = (x: number, y: number, more: Partial<ScreenView>, size = SIZE): ScreenView =>
  simpleView(source, size, {
    panes: [paneView(source, size, { cursor: { x, y, visible: true, shape: undefined, blinking: false } })],
    ...more,
  });

/** Whether no half of a wide character stands alone. */
const isWhole = ({ glyphs, columns }: Grid): boolean =>
  glyphs.every(
    (glyph, index) =>
      ((glyph & WIDE) === 0 || ((glyphs[index + 1] ?? 0) & TAIL) !== 0) &&
      ((glyph & TAIL) === 0 || (index % columns > 0 && ((glyphs[index - 1] ?? 0) & WIDE) !== 0)),
  );

describe('the indicator', () => {
  it('stacks those that wait in the corner, and counts those that have no room', () => {
    const { rows, grid } = compose(withCursor(0, 7, { indicator: indicator(['s3-debug', 'deploy'], { total: 5 }) }));
    expect(rows.slice(0, 4).map((_, y) => grid.rowText(y, 30).trimEnd().slice(0, 10))).to.deep.equal([
      '[s3-debug]',
      '[deploy]',
      '+3 more',
      '中中中中中中',
    ]);
    expect(isWhole(grid)).to.equal(true);
  });

  it('stands in every corner', () => {
    for (const corner of ['top-left', 'bottom-left', 'bottom-right'] as const) {
      const { rows } = compose(withCursor(20, 3, { indicator: indicator(['one', 'two'], { corner }) }));
      const [first, second] = corner.startsWith('top') ? [rows[0], rows[1]] : [rows[6], rows[7]];
      expect(first?.includes('[one]'), corner).to.equal(true);
      expect(second?.includes('[two]'), corner).to.equal(true);
      expect(first?.startsWith('[one]')).to.equal(corner.endsWith('left'));
    }
  });

  it('moves below the cursor, and goes back when that has left its rows', () => {
    const { compositor } = compose(withCursor(0, 7, {}));
    const at = (x: number, y: number): number =>
      compose(withCursor(x, y, { indicator: indicator(['one']) }), SIZE, compositor).rows.findIndex((row) =>
        row.includes('[one]'),
      );
    expect([at(10, 0), at(38, 0), at(5, 0), at(5, 1), at(5, 7)]).to.deep.equal([0, 1, 1, 0, 0]);
  });

  it('never covers the cursor, wherever it stands and however small the screen is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(60),
        fc.nat(12),
        fc.array(fc.string({ maxLength: 30 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom<IndicatorView['corner']>('top-right', 'top-left', 'bottom-right', 'bottom-left'),
        (columns, rows, x, y, names, corner) => {
          const size = { columns, rows };
          const [at, row] = [x % columns, y % rows];
          const plain = compose(withCursor(at, row, {}, size), size);
          const view = withCursor(at, row, { indicator: indicator(names, { corner, total: names.length + 2 }) }, size);
          const { grid, cursor, compositor } = compose(view, size);
          expect(cursor).to.deep.equal(plain.cursor);
          expect(compositor.hit({ x: at, y: row }).kind).to.equal('pane');
          expect(isWhole(grid)).to.equal(isWhole(plain.grid));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is not over overlays, nor over what is selected in copy mode', () => {
    const waiting = indicator(['one']);
    const covered = withCursor(0, 3, {
      indicator: waiting,
      overlays: [{ kind: 'text', title: 'Keys', lines: [], top: 0 }],
    });
    expect(compose(covered).rows.join()).not.to.include('[one]');
    const view = withCursor(0, 3, { indicator: waiting });
    const marked = view.panes.map((pane) => ({
      ...pane,
      label: line('[3/40]'),
      highlights: [{ from: { row: 1, column: 2 }, to: { row: 2, column: 9 }, shape: 'flow' as const, style: GREEN }],
    }));
    expect(compose({ ...view, panes: marked }).rows.findIndex((row) => row.includes('[one]'))).to.equal(3);
  });

  it('says what is under the mouse', () => {
    const { compositor } = compose(withCursor(0, 7, { indicator: indicator(['one', 'two'], { total: 9 }) }));
    expect(compositor.hit({ x: 39, y: 1 })).to.deep.equal({ kind: 'indicator', session: sessionId(1) });
    expect(compositor.hit({ x: 39, y: 2 })).to.deep.equal({ kind: 'indicator', session: undefined });
    expect(compositor.hit({ x: 20, y: 1 }).kind).to.equal('pane');
  });

  it('takes the first free rows that are enough, else the most there are', () => {
    const blocked = (rows: readonly number[]) => (row: number) => rows.includes(row);
    expect(freeRows(8, 3, blocked([]))).to.deep.equal({ first: 0, count: 3 });
    expect(freeRows(8, 3, blocked([1]))).to.deep.equal({ first: 2, count: 3 });
    expect(freeRows(4, 3, blocked([1]))).to.deep.equal({ first: 2, count: 2 });
    expect(freeRows(2, 3, blocked([0, 1]))).to.equal(undefined);
  });
});

describe('the banner', () => {
  it('is one line over the pane, where the cursor is not', () => {
    const banner = line('no endpoint answers');
    expect(compose(withCursor(0, 7, { banner })).rows[0]).to.match(/^ no endpoint answers$/);
    expect(compose(withCursor(0, 0, { banner })).rows[1]).to.match(/^ no endpoint answers$/);
    const small = { columns: 40, rows: 3 };
    expect(compose(withCursor(0, 2, { banner }, small), small).rows.join()).not.to.include('endpoint');
  });

  it('leaves room for the indicator', () => {
    const { rows } = compose(withCursor(0, 7, { banner: line('trouble'), indicator: indicator(['one']) }));
    expect(rows[1]?.endsWith('[one]')).to.equal(true);
  });
});

describe('the sidebar', () => {
  const items = (count: number): SidebarView['items'] =>
    Array.from({ length: count }, (_, index) => ({
      session: sessionId(index),
      left: line(`● ${index}:session-中文-${index}`),
      right: line('waiting 3m'),
      below: line('approval · big'),
    }));
  const sidebar = (rect: Rect, more: Partial<SidebarView> = {}): SidebarView => ({
    rect,
    side: 'left',
    style: PLAIN,
    title: line('Sessions 3'),
    items: items(3),
    top: 0,
    selected: undefined,
    selectedStyle: GREEN,
    focused: false,
    hint: 'q leaves',
    ...more,
  });
  const screen = (own: SidebarView, size: Size): ScreenView => {
    const status = statusView([statusItem(0, 'zsh', { shown: true })]);
    const area = besideSidebar({ x: 0, y: 0, width: size.columns, height: size.rows - 1 }, own);
    return { ...simpleView(source, size, { status, sidebar: own }), panes: [paneView(source, size, { rect: area })] };
  };
  const WIDE_SCREEN: Size = { columns: 60, rows: 10 };
  const LEFT: Rect = { x: 0, y: 0, width: 25, height: 9 };

  it('lists sessions in two rows each where there is room, beside the panes', () => {
    const { rows, compositor, cursor } = compose(screen(sidebar(LEFT), WIDE_SCREEN), WIDE_SCREEN);
    expect(rows.slice(0, 4).map((row) => row.slice(0, 26))).to.deep.equal([
      ' Sessions 3             │r',
      '● 0:session… waiting 3m │r',
      '  approval · big        │r',
      '● 1:session… waiting 3m │r',
    ]);
    expect(rows[9]).to.match(/zsh/);
    expect(cursor).to.include({ x: 25, y: 0 });
    expect(compositor.hit({ x: 3, y: 4 })).to.deep.equal({ kind: 'sidebar', session: sessionId(1) });
    expect(compositor.hit({ x: 3, y: 0 })).to.deep.equal({ kind: 'sidebar', session: undefined });
    expect(compositor.hit({ x: 30, y: 0 })).to.deep.include({ kind: 'pane', position: { x: 5, y: 0 } });
  });

  it('stands at the right as well, and hides the cursor while it has the keys', () => {
    const rect = { ...LEFT, x: 35 };
    const own = sidebar(rect, { side: 'right', focused: true, selected: 1 });
    const { rows, cursor, grid, compositor } = compose(screen(own, WIDE_SCREEN), WIDE_SCREEN);
    expect(rows[3]).to.match(/│● 1:session… waiting 3m$/);
    expect(rows[8]).to.match(/│ q leaves$/);
    expect(cursor).to.equal(undefined);
    expect(grid.backgrounds[3 * 60 + 40]).to.equal(GREEN.background);
    expect(compositor.hit({ x: 40, y: 3 })).to.deep.equal({ kind: 'sidebar', session: sessionId(1) });
  });

  it('is joined by the lines between panes that end at it', () => {
    const split = (own: SidebarView) => {
      const view = screen(own, WIDE_SCREEN);
      const [pane] = view.panes;
      if (pane === undefined) throw new Error('no pane');
      const { rect } = pane;
      const above = { ...rect, height: 4 };
      const panes = [above, { ...rect, y: 5, height: 4 }].map((one, index) =>
        paneView(source, WIDE_SCREEN, { rect: one, active: index === 0 }),
      );
      return compose({ ...view, panes }, WIDE_SCREEN).rows;
    };
    const left = split(sidebar(LEFT)).map((row) => row.replace(/中文/g, '').at(24));
    expect(left.slice(0, 9).join('')).to.equal('││││├││││');
    const right = split(sidebar({ ...LEFT, x: 35 }, { side: 'right', items: [] })).map((row) => row.at(35));
    expect(right.slice(0, 9).join('')).to.equal('││││┤││││');
  });

  it('scrolls through a hundred sessions, one row each', () => {
    const own = sidebar(LEFT, { items: items(100), top: 50 });
    const { rows, compositor } = compose(screen(own, WIDE_SCREEN), WIDE_SCREEN);
    expect(rows[1]).to.match(/^● 50:sess/);
    expect(rows[8]).to.match(/^● 57:sess/);
    expect(compositor.hit({ x: 0, y: 8 })).to.deep.equal({ kind: 'sidebar', session: sessionId(57) });
  });

  it('lies over the panes of a narrow screen, and under overlays', () => {
    const own = sidebar({ x: 0, y: 0, width: 40, height: 7 }, { side: undefined, focused: true, selected: 0 });
    const view = { ...screen(own, SIZE), indicator: indicator(['one']) };
    const { rows } = compose(view);
    expect(rows[1]).to.match(/^● 0:session-中文-0 +waiting 3m$/);
    expect(rows.join()).not.to.include('[one]');
    const page = compose({ ...view, overlays: [{ kind: 'text', title: 'Keys', lines: [], top: 0 }] });
    expect(page.rows.join()).not.to.include('session-');
  });

  it('uses its rows for two of each session only where all have room', () => {
    expect(sidebarRows(23, 10, true)).to.deep.equal({ title: true, hint: true, each: 2, items: 10 });
    expect(sidebarRows(23, 11, true)).to.deep.equal({ title: true, hint: true, each: 1, items: 21 });
    expect(sidebarRows(4, 1, true)).to.deep.equal({ title: false, hint: false, each: 2, items: 2 });
    expect(sidebarRows(1, 5, true)).to.deep.equal({ title: false, hint: false, each: 1, items: 1 });
  });
});
