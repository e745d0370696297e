import { BLINK, BOLD, INVERSE, UNDERLINE_MASK, underline } from '../text/style.ts';
import type { ControlTable } from './control.ts';
import type { EngineCore } from './engine-core.ts';
import { Row } from './row.ts';
import { fill, takeCells } from './row-edits.ts';
import type { VtParameters } from './vt-parameters.ts';

/** Cells from a corner up to the other; `bottom` and `right` are one past. */
interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Attributes that DECCARA and DECRARA know, by the parameters that set and clear them. */
const CHANGES: ReadonlyMap<number, readonly [clear: number, set: number]> = new Map([
  [0, [BOLD | UNDERLINE_MASK | BLINK | INVERSE, 0]],
  [1, [0, BOLD]],
  [4, [UNDERLINE_MASK, underline(1)]],
  [5, [0, BLINK]],
  [7, [0, INVERSE]],
  [22, [BOLD, 0]],
  [24, [UNDERLINE_MASK, 0]],
  [25, [BLINK, 0]],
  [27, [INVERSE, 0]],
]);
/** Of no columns, alone among the characters that DECFRA may fill with. */
const SOFT_HYPHEN = 0xad;

/**
 * The rectangle of four parameters from `at` on, within the screen, or the margins in origin mode; undefined for none.
 * `asText` has only its first and its last cell, as text goes.
 */
function rectangleOf(core: EngineCore, parameters: VtParameters, at: number, asText = false): Rectangle | undefined {
  const { screen, modes } = core;
  const { origin } = modes;
  const [firstRow, lastRow] = origin ? [screen.top, screen.bottom] : [0, screen.height - 1];
  const [firstColumn, lastColumn] = origin ? [screen.left, screen.right] : [0, screen.columns - 1];
  const place = (index: number, first: number, last: number, missing: number): number => {
    const value = parameters.value(at + index);
    return value === 0 ? missing : Math.min(first + value - 1, last);
  };
  const top = firstRow + Math.max(1, parameters.value(at)) - 1;
  const left = firstColumn + Math.max(1, parameters.value(at + 1)) - 1;
  const bottom = place(2, firstRow, lastRow, lastRow) + 1;
  const right = place(3, firstColumn, lastColumn, lastColumn) + 1;
  const isEmpty = top >= bottom || (left >= right && !(asText && top + 1 < bottom));
  if (isEmpty || !core.affords((bottom - top) * screen.columns)) return undefined;
  return { top, left, bottom, right };
}

/** Runs `change` for each row of the rectangle that four parameters from `at` on tell. */
export function eachRow(
  core: EngineCore,
  parameters: VtParameters,
  at: number,
  change: (row: Row, area: Rectangle) => void,
): void {
  const area = rectangleOf(core, parameters, at);
  if (area !== undefined) for (let y = area.top; y < area.bottom; y++) change(core.screen.row(y), area);
}

/** DECCRA: the cells are taken before any is written, since the two may lie over each other. */
function copyRectangle(core: EngineCore, parameters: VtParameters): void {
  const { screen, pen, modes } = core;
  const area = rectangleOf(core, parameters, 0);
  if (area === undefined) return;
  const top = (modes.origin ? screen.top : 0) + Math.max(1, parameters.value(5)) - 1;
  const left = (modes.origin ? screen.left : 0) + Math.max(1, parameters.value(6)) - 1;
  const lastRow = modes.origin ? screen.bottom : screen.height - 1;
  const lastColumn = modes.origin ? screen.right : screen.columns - 1;
  const width = Math.min(area.right - area.left, lastColumn + 1 - left);
  const height = Math.min(area.bottom - area.top, lastRow + 1 - top);
  if (width <= 0) return;
  const taken: Row[] = [];
  for (let y = 0; y < height; y++) {
    const row = new Row(screen.columns);
    takeCells(row, screen.row(area.top + y), 0, screen.columns);
    row.split(area.left, pen.eraseId);
    row.split(area.left + width, pen.eraseId);
    if (left !== area.left) row.moveCells(area.left, area.left + width, left);
    taken.push(row);
  }
  taken.forEach((source, y) => {
    const row = screen.row(top + y);
    row.split(left, pen.eraseId);
    row.split(left + width, pen.eraseId);
    takeCells(row, source, left, left + width);
  });
}

/** DECCARA and DECRARA: in the rectangle, or from its first corner to its last as text goes. */
function changeAttributes(
  core: EngineCore,
  parameters: VtParameters,
  change: (attributes: number, parameter: number) => number,
): void {
  const { screen, modes, styles } = core;
  const area = rectangleOf(core, parameters, 0, !modes.changesRectangles);
  if (area === undefined) return;
  const named = [...parameters.values.subarray(4, parameters.length)];
  const wanted = named.length === 0 ? [0] : named;
  const first = modes.origin ? screen.left : 0;
  const last = modes.origin ? screen.right + 1 : screen.columns;
  let before = -1;
  let after = 0;
  styles.isHeld = true;
  for (let y = area.top; y < area.bottom; y++) {
    const row = screen.row(y);
    const from = modes.changesRectangles || y === area.top ? area.left : first;
    const to = modes.changesRectangles || y === area.bottom - 1 ? area.right : last;
    for (let x = from; x < to; x++) {
      const style = row.style(x);
      if (style !== before) {
        before = style;
        const attributes = wanted.reduce(change, styles.attributes(style));
        after = styles.id(
          styles.foreground(style),
          styles.background(style),
          attributes,
          styles.underlineColor(style),
          styles.link(style),
        );
      }
      row.restyle(x, after);
    }
  }
  styles.isHeld = false;
}

function changed(attributes: number, parameter: number): number {
  const [clear, set] = CHANGES.get(parameter) ?? [0, 0];
  return (attributes & ~clear) | set;
}

function reversed(attributes: number, parameter: number): number {
  if (parameter === 0) return [1, 4, 5, 7].reduce(reversed, attributes);
  const set = CHANGES.get(parameter)?.[1] ?? 0;
  if (parameter !== 4) return attributes ^ set;
  return (attributes & UNDERLINE_MASK) === 0 ? attributes | set : attributes & ~UNDERLINE_MASK;
}

/** Sequences on rectangles (DEC STD 070, VT420; xterm's ctlseqs). */
export const RECTANGLE_CONTROLS: ControlTable = {
  $x: (core, parameters) => {
    const { first: code } = parameters;
    if (code < 0x20 || (code > 0x7e && code < 0xa0) || code > 0xff || code === SOFT_HYPHEN) return;
    eachRow(core, parameters, 1, (row, { left, right }) => fill(row, left, right, code, core.pen.id));
  },
  $z: (core, parameters) =>
    eachRow(core, parameters, 0, (row, { left, right }) => row.erase(left, right, core.pen.eraseId)),
  '${': (core, parameters) =>
    eachRow(core, parameters, 0, (row, { left, right }) => {
      for (let x = left; x < right; x++)
        if (!core.styles.isProtected(row.style(x))) row.erase(x, x + 1, core.pen.eraseId);
    }),
  $v: copyRectangle,
  $r: (core, parameters) => changeAttributes(core, parameters, changed),
  $t: (core, parameters) => changeAttributes(core, parameters, reversed),
};
