import { type ControlTable, countOf } from './control.ts';
import { moveTo } from './cursor-controls.ts';
import type { EngineCore } from './engine-core.ts';
import type { Row } from './row.ts';
import { deleteBefore, fill, insertBefore } from './row-edits.ts';
import type { Screen } from './screen.ts';
import { PLAIN_STYLE, type StyleTable } from './style-table.ts';

const LETTER_E = 0x45;

/** Empties cells; those that are protected stay if `spare`. */
function erase(core: EngineCore, row: Row, from: number, to: number, spare: boolean): void {
  const style = core.pen.eraseId;
  if (spare) eraseUnprotected(row, from, to, style, core.styles);
  else row.erase(from, to, style);
}

function eraseUnprotected(row: Row, from: number, to: number, style: number, styles: StyleTable): void {
  for (let x = from; x < to; x++) if (!styles.isProtected(row.style(x))) row.erase(x, x + 1, style);
}

function clearRow(core: EngineCore, y: number, spare: boolean): void {
  const { screen, pen } = core;
  const row = screen.row(y);
  if (spare) erase(core, row, 0, screen.columns, true);
  else row.clear(pen.eraseId);
  row.isWrapped = false;
}

/** Cells of a row up to `end` were erased: behind an empty last one, its line does not go on. */
function tearErased(screen: Screen, y: number, end: number): void {
  if (end >= screen.columns && screen.row(y).code(screen.columns - 1) === 0) screen.tear(y);
}

/** ED and DECSED. */
function eraseDisplay(core: EngineCore, part: number, spare: boolean): void {
  const { screen, modes, history } = core;
  const { columns, height } = screen;
  screen.restrict(modes.origin, columns);
  const { x, y } = screen;
  const row = screen.row(y);
  if (part === 0) {
    erase(core, row, x, columns, spare);
    if (x === 0) row.isWrapped = false;
    tearErased(screen, y, columns);
    for (let below = y + 1; below < height; below++) clearRow(core, below, spare);
  } else if (part === 1) {
    erase(core, row, 0, Math.min(x + 1, columns), spare);
    row.isWrapped = false;
    tearErased(screen, y, x + 1);
    for (let above = 0; above < y; above++) clearRow(core, above, spare);
  } else if (part === 2) {
    for (let any = 0; any < height; any++) clearRow(core, any, spare);
  } else if (part === 3 && screen === core.normal) history.clear();
}

/** EL and DECSEL. */
function eraseLine(core: EngineCore, part: number, spare: boolean): void {
  const { screen, modes } = core;
  const { columns } = screen;
  screen.restrict(modes.origin, columns);
  const { x } = screen;
  const row = screen.row(screen.y);
  if (part === 0) {
    erase(core, row, x, columns, spare);
    if (x === 0) row.isWrapped = false;
    tearErased(screen, screen.y, columns);
  } else if (part === 1) {
    erase(core, row, 0, Math.min(x + 1, columns), spare);
    tearErased(screen, screen.y, x + 1);
  } else if (part === 2) {
    erase(core, row, 0, columns, spare);
    row.isWrapped = false;
    tearErased(screen, screen.y, columns);
  }
}

/** The cursor's row with the cursor on it; undefined when it stands outside of the margins. */
function rowWithinMargins(core: EngineCore): Row | undefined {
  const { screen, modes } = core;
  screen.restrict(modes.origin);
  if (screen.y < screen.top || screen.y > screen.bottom || !screen.isBetweenSides) return undefined;
  return screen.row(screen.y);
}

/** Changes each row within the margins, if the cursor is there; none of them is wrapped any more. */
function changeColumns(core: EngineCore, change: (row: Row) => void): void {
  const { screen } = core;
  if (screen.y < screen.top || screen.y > screen.bottom) return;
  for (let y = screen.top; y <= screen.bottom; y++) {
    const row = screen.row(y);
    change(row);
    row.isWrapped = false;
  }
  screen.tear(screen.bottom);
}

/** Moves the cells of a row from `x` on right, up to the right margin. */
function insertCells({ screen, pen }: EngineCore, row: Row, x: number, count: number): void {
  if (screen.hasSides) insertBefore(row, screen.right + 1, x, count, pen.eraseId);
  else row.insert(x, count, pen.eraseId);
}

/** Takes cells out of a row at `x`; those up to the right margin move left. */
function deleteCells({ screen, pen }: EngineCore, row: Row, x: number, count: number): void {
  if (screen.hasSides) deleteBefore(row, screen.right + 1, x, count, pen.eraseId);
  else row.delete(x, count, pen.eraseId);
}

/** DECBI: one column left, or at the left margin the columns move right. */
export function backIndex(core: EngineCore): void {
  const { screen, modes } = core;
  screen.restrict(modes.origin);
  if (screen.x !== screen.left) screen.x = Math.max(0, screen.x - 1);
  else changeColumns(core, (row) => insertCells(core, row, screen.left, 1));
}

/** DECFI: one column right, or at the right margin the columns move left. */
export function forwardIndex(core: EngineCore): void {
  const { screen, modes } = core;
  screen.restrict(modes.origin);
  if (screen.x !== screen.right) screen.x = Math.min(screen.columns - 1, screen.x + 1);
  else changeColumns(core, (row) => deleteCells(core, row, screen.left, 1));
}

/** DECALN: the screen full of plain E, the margins at its edges, the cursor at home. */
export function alignScreen(core: EngineCore): void {
  const { screen } = core;
  screen.openMargins();
  moveTo(core, 0, 0);
  for (let y = 0; y < screen.height; y++) {
    const row = screen.row(y);
    row.clear(PLAIN_STYLE);
    fill(row, 0, screen.columns, LETTER_E, PLAIN_STYLE);
  }
}

/** Sequences that erase, insert, delete and scroll (ECMA-48 8.3, DEC STD 070). */
export const EDIT_CONTROLS: ControlTable = {
  J: (core, { first }) => eraseDisplay(core, first, false),
  '?J': (core, { first }) => eraseDisplay(core, first, true),
  K: (core, { first }) => eraseLine(core, first, false),
  '?K': (core, { first }) => eraseLine(core, first, true),
  '@': (core, parameters) => {
    const { screen, modes } = core;
    screen.restrict(modes.origin);
    if (!screen.isBetweenSides) return;
    insertCells(core, screen.row(screen.y), screen.x, countOf(parameters));
    tearErased(screen, screen.y, screen.x + countOf(parameters));
  },
  P: (core, parameters) => {
    const { screen, modes } = core;
    screen.restrict(modes.origin);
    if (!screen.isBetweenSides) return;
    deleteCells(core, screen.row(screen.y), screen.x, countOf(parameters));
    tearErased(screen, screen.y, screen.right + 1);
  },
  X: ({ screen, modes, pen }, parameters) => {
    screen.restrict(modes.origin);
    screen.row(screen.y).erase(screen.x, screen.x + countOf(parameters), pen.eraseId);
    tearErased(screen, screen.y, screen.x + countOf(parameters));
  },
  L: (core, parameters) => {
    if (rowWithinMargins(core) === undefined) return;
    const { screen, pen } = core;
    screen.insertRows(screen.y, countOf(parameters), pen.eraseId);
    screen.x = screen.left;
  },
  M: (core, parameters) => {
    if (rowWithinMargins(core) === undefined) return;
    const { screen, pen } = core;
    screen.deleteRows(screen.y, countOf(parameters), pen.eraseId);
    screen.x = screen.left;
  },
  S: ({ screen, pen }, parameters) => screen.deleteRows(screen.top, countOf(parameters), pen.eraseId),
  T: ({ screen }, parameters) => screen.insertRows(screen.top, countOf(parameters), PLAIN_STYLE),
  ' @': (core, parameters) =>
    changeColumns(core, (row) => deleteCells(core, row, core.screen.left, countOf(parameters))),
  ' A': (core, parameters) =>
    changeColumns(core, (row) => insertCells(core, row, core.screen.left, countOf(parameters))),
  "'}": (core, parameters) => {
    const { screen } = core;
    if (rowWithinMargins(core) === undefined) return;
    changeColumns(core, (row) => insertCells(core, row, screen.x, countOf(parameters)));
  },
  "'~": (core, parameters) => {
    const { screen } = core;
    if (rowWithinMargins(core) === undefined) return;
    changeColumns(core, (row) => deleteCells(core, row, screen.x, countOf(parameters)));
  },
  b: (core, { first }) => {
    const { columns, height } = core.screen;
    if (core.affords(Math.min(first, columns * height))) core.printer.repeat(first);
  },
};
