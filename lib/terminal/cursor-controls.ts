import { type ControlTable, countOf } from './control.ts';
import type { EngineCore } from './engine-core.ts';
import type { SavedCursor } from './screen.ts';

/** Puts the cursor at a column and a row, within the margins in origin mode. */
export function moveTo(core: EngineCore, x: number, y: number): void {
  const { screen, modes } = core;
  screen.x = modes.origin ? screen.left + x : x;
  screen.y = modes.origin ? screen.top + y : y;
  screen.restrict(modes.origin);
}

function moveBy(core: EngineCore, dx: number, dy: number): void {
  const { screen, modes } = core;
  screen.restrict(modes.origin);
  screen.x += dx;
  screen.y += dy;
  screen.restrict(modes.origin);
}

function moveToColumn({ screen, modes }: EngineCore, x: number): void {
  screen.x = modes.origin ? screen.left + x : x;
  screen.restrict(modes.origin);
}

function moveToRow({ screen, modes }: EngineCore, y: number): void {
  screen.settle();
  screen.y = modes.origin ? screen.top + y : y;
  screen.restrict(modes.origin);
}

/** CUF: up to the right margin, from within it. */
function right(core: EngineCore, count: number): void {
  const { column, right: margin, columns } = core.screen;
  moveBy(core, Math.min(count, (column <= margin ? margin : columns - 1) - column), 0);
}

/** CUB: up to the left margin, from within it. */
function left(core: EngineCore, count: number): void {
  const { column, left: margin } = core.screen;
  moveBy(core, -Math.min(count, column - (column >= margin ? margin : 0)), 0);
}

/** CR: to the left margin, from within it or in origin mode. */
export function carriageReturn({ screen, modes }: EngineCore): void {
  screen.x = screen.hasSides && (modes.origin || screen.column >= screen.left) ? screen.left : 0;
  screen.waitX = -1;
}

/** Up to the top margin, from below it. */
function up(core: EngineCore, count: number): void {
  const { y, top } = core.screen;
  moveBy(core, 0, -(y >= top ? Math.min(y - top, count) : count));
}

/** Down to the bottom margin, from above it. */
function down(core: EngineCore, count: number): void {
  const { y, bottom } = core.screen;
  moveBy(core, 0, y <= bottom ? Math.min(bottom - y, count) : count);
}

/** LF, VT, FF. */
export function lineFeed(core: EngineCore): void {
  const { screen, modes, pen } = core;
  if (modes.newLine) carriageReturn(core);
  screen.lineDown(pen.eraseId, false);
  if (screen.x >= screen.columns) screen.x -= 1;
  else screen.settle();
}

/** IND. */
export function index(core: EngineCore): void {
  const { screen, modes, pen } = core;
  screen.restrict(modes.origin);
  screen.lineDown(pen.eraseId, false);
  screen.restrict(modes.origin);
}

/** RI. */
export function reverseIndex(core: EngineCore): void {
  const { screen, modes, pen } = core;
  screen.restrict(modes.origin);
  if (screen.y === screen.top) {
    if (screen.isBetweenSides) screen.insertRows(screen.top, 1, pen.eraseId);
  } else screen.y -= 1;
  screen.restrict(modes.origin);
}

/**
 * BS; with reverse wrap from the first column to the end of the row before, if that goes on in this one, or with
 * XTREVWRAP2 in any case, and from the first row to the last one.
 */
export function backspace(core: EngineCore): void {
  const { screen, modes } = core;
  if (modes.reverseWrapAll || (modes.reverseWrap && screen.hasSides)) {
    backAround(core, modes.reverseWrapAll);
    return;
  }
  if (!modes.reverseWrap) {
    left(core, 1);
    return;
  }
  screen.restrict(modes.origin, screen.columns);
  const row = screen.row(screen.y);
  if (screen.x > 0) screen.x -= 1;
  else if (screen.y > screen.top && screen.y <= screen.bottom && row.isWrapped) {
    row.isWrapped = false;
    screen.y -= 1;
    screen.x = screen.columns - 1;
    // The gap before a wide character that did not fit.
    if (screen.row(screen.y).code(screen.x) === 0) screen.x -= 1;
  }
  screen.restrict(modes.origin);
}

/** BS with reverse wrap that heeds the margins at the sides; unless to `all` rows, to one that is full up to the right one. */
function backAround(core: EngineCore, all: boolean): void {
  const { screen, modes } = core;
  // What waits to wrap stands on the last column then.
  if (screen.x >= screen.columns) {
    screen.x = screen.columns - 1;
    return;
  }
  if (screen.x === screen.waitX) {
    screen.settle();
    return;
  }
  screen.restrict(modes.origin);
  const { x, y, top, bottom } = screen;
  const first = x >= screen.left ? screen.left : 0;
  const last = x <= screen.right ? screen.right : screen.columns - 1;
  const isWithin = y >= top && y <= bottom;
  const above = y === (isWithin ? top : 0) ? (isWithin ? bottom : screen.height - 1) : y - 1;
  if (x > first) screen.x -= 1;
  else if (all || (above < y && screen.row(above).code(last) !== 0)) {
    screen.x = last;
    screen.y = above;
  }
}

/** HT and CHT, up to the right margin from within it; a cursor that waits behind the last column stays. */
export function tab({ screen }: EngineCore, count = 1): void {
  if (screen.x >= screen.columns) return;
  screen.settle();
  const last = screen.x <= screen.right ? screen.right : screen.columns - 1;
  for (let done = 0; done < count && screen.x < last; done++) screen.x = Math.min(last, screen.tabs.after(screen.x));
}

/** CBT, in origin mode up to the left margin. */
function backTab({ screen, modes }: EngineCore, count: number): void {
  if (screen.x >= screen.columns) return;
  screen.settle();
  const first = modes.origin ? screen.left : 0;
  for (let done = 0; done < count && screen.x > first; done++) screen.x = Math.max(first, screen.tabs.before(screen.x));
}

/** DECSC: with style, character sets and origin mode, on the row of the screen. */
export function saveCursor({ screen, pen, charsets, modes }: EngineCore): void {
  screen.saved = {
    x: screen.hasSides ? screen.column : screen.x,
    y: screen.y,
    style: pen.style,
    charsets: charsets.state,
    origin: modes.origin,
  };
}

const HOME: SavedCursor = {
  x: 0,
  y: 0,
  style: { foreground: 0, background: 0, attributes: 0, underlineColor: 0, link: '' },
  charsets: { level: 0, sets: [] },
  origin: false,
};

/** DECRC; at first the cursor of a new screen. */
export function restoreCursor({ screen, pen, charsets, modes }: EngineCore): void {
  const { x, y, style, charsets: sets, origin } = screen.saved ?? HOME;
  screen.x = x;
  screen.y = y;
  pen.restore(style);
  charsets.state = sets;
  modes.origin = origin;
  screen.restrict(modes.origin);
}

function setMargins(core: EngineCore, first: number, last: number): void {
  const { screen } = core;
  const top = Math.max(1, first);
  const bottom = last === 0 || last > screen.height ? screen.height : last;
  if (bottom <= top) return;
  screen.top = top - 1;
  screen.bottom = bottom - 1;
  moveTo(core, 0, 0);
}

/** DECSLRM, while DECLRMM is set; SCOSC else. */
function setSideMargins(core: EngineCore, first: number, last: number): void {
  const { screen } = core;
  const start = Math.max(1, first);
  const end = last === 0 || last > screen.columns ? screen.columns : last;
  if (end <= start) return;
  screen.setSides(start - 1, end - 1);
  moveTo(core, 0, 0);
}

const toPosition = (core: EngineCore, row: number, column: number): void =>
  moveTo(core, Math.max(1, column) - 1, Math.max(1, row) - 1);

/** Sequences that move the cursor (ECMA-48 8.3, DEC STD 070). */
export const CURSOR_CONTROLS: ControlTable = {
  A: (core, parameters) => up(core, parameters.count),
  B: (core, parameters) => down(core, parameters.count),
  C: (core, parameters) => right(core, parameters.count),
  D: (core, parameters) => left(core, parameters.count),
  E: (core, parameters) => {
    down(core, parameters.count);
    carriageReturn(core);
  },
  F: (core, parameters) => {
    up(core, parameters.count);
    carriageReturn(core);
  },
  G: (core, parameters) => moveToColumn(core, parameters.count - 1),
  '`': (core, parameters) => moveToColumn(core, parameters.count - 1),
  H: (core, parameters) => toPosition(core, parameters.first, parameters.value(1)),
  f: (core, parameters) => toPosition(core, parameters.first, parameters.value(1)),
  I: (core, parameters) => tab(core, countOf(parameters)),
  Z: (core, parameters) => backTab(core, countOf(parameters)),
  a: (core, parameters) => moveBy(core, parameters.count, 0),
  d: (core, parameters) => moveToRow(core, parameters.count - 1),
  e: (core, parameters) => moveBy(core, 0, parameters.count),
  g: ({ screen }, { first }) => {
    if (first === 0) screen.tabs.delete(screen.column);
    else if (first === 3) screen.tabs.clear();
  },
  '?W': ({ screen }, { first }) => {
    if (first === 5) screen.tabs.reset();
  },
  r: (core, parameters) => setMargins(core, parameters.first, parameters.value(1)),
  s: (core, parameters) => {
    if (core.modes.sideMargins) setSideMargins(core, parameters.first, parameters.value(1));
    else saveCursor(core);
  },
  u: (core) => restoreCursor(core),
};
