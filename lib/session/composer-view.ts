import type { Position } from '../base/geometry.ts';
import type { Line, Span } from '../text/line.ts';
import { sanitize } from '../text/sanitize.ts';
import { BOLD, DIM, INVERSE, PLAIN, palette, type Style } from '../text/style.ts';
import { textWidth, truncate } from '../text/width.ts';
import { cutLine } from '../text/wrap.ts';
import type { DraftRow, DraftRows } from './draft-rows.ts';

/** Rows that a menu of completions has at most. */
const MENU_ROWS = 8;
/** Units of a label or an item that are looked at. */
const MAXIMUM_LABEL = 400;

const LABEL: Style = { ...PLAIN, attributes: BOLD };
const TOKEN: Style = { ...PLAIN, foreground: palette(6) };
const ITEM: Style = { ...PLAIN, attributes: DIM };
const CHOSEN: Style = { ...PLAIN, attributes: INVERSE };

/** What is to be seen of a composer. */
export interface ComposerPicture {
  /** Folded at `textColumns`. */
  readonly rows: DraftRows;
  readonly cursor: number;
  /** Where the first row of the last picture began. */
  readonly top: number;
  /** From `fittedLabel`. */
  readonly label: string;
  readonly items: readonly string[];
  readonly selected: number | undefined;
}

export interface ComposerView {
  readonly rows: readonly Line[];
  readonly cursor: Position;
  /** The rows of the draft among them, below those of the menu. */
  readonly visible: readonly DraftRow[];
  /** Number of the menu's first item that is seen, and how many are. */
  readonly menuFirst: number;
  readonly menuRows: number;
}

/** The label as it fits beside a text, in at most half of the columns: else its end (`q> `), or nothing. */
export function fittedLabel(label: string, columns: number): string {
  const clean = sanitize(label, MAXIMUM_LABEL);
  const room = Math.floor(columns / 2);
  if (textWidth(clean) <= room) return clean;
  const end = /\S+\s*$/.exec(clean)?.[0] ?? '';
  return textWidth(end) <= room ? end : '';
}

/** Columns in which the text is folded: the last one is for the cursor behind a full row. */
export const textColumns = (columns: number, label: string): number => Math.max(1, columns - textWidth(label) - 1);

/** The menu of completions, then the draft, in at most `maximumRows` rows of `columns` columns. */
export function viewComposer(picture: ComposerPicture, columns: number, maximumRows: number): ComposerView {
  const { rows, cursor, top, label, items, selected } = picture;
  const menuRows = Math.max(0, Math.min(MENU_ROWS, items.length, maximumRows - 1));
  const menuFirst = clampFirst(items.length, selected, menuRows);
  const visible = visibleRows(rows, cursor, top, Math.max(1, maximumRows - menuRows));
  const own = rows.at(cursor);
  const menu = items
    .slice(menuFirst, menuFirst + menuRows)
    .map((item, index) => menuLine(item, menuFirst + index === selected, columns));
  const y = visible.findIndex(({ start }) => start === own.start);
  return {
    rows: [...menu, ...visible.map((row) => cutLine(draftLine(rows, row, label), columns))],
    cursor: { x: Math.min(columns - 1, textWidth(label) + rows.columnOf(own, cursor)), y: menuRows + Math.max(0, y) },
    visible,
    menuFirst,
    menuRows,
  };
}

/** At most `height` rows, the cursor's among them, from the one at `top` where that can be. */
function visibleRows(rows: DraftRows, cursor: number, top: number, height: number): readonly DraftRow[] {
  const own = rows.at(cursor);
  const wanted = rows.at(top);
  const first = own.start < wanted.start ? own : wanted;
  const shown = [first];
  for (let next = rows.beside(first, 1); next && shown.length < height; next = rows.beside(next, 1)) shown.push(next);
  if (!shown.some(({ start }) => start === own.start)) shown.splice(0, shown.length, own);
  for (let before = rows.beside(shown[0] ?? own, -1); before && shown.length < height; before = rows.beside(before, -1))
    shown.unshift(before);
  return shown;
}

/** One row of a draft behind its label, or behind blanks as wide. */
function draftLine(rows: DraftRows, row: DraftRow, label: string): Line {
  const lead: Span = { text: row.start === 0 ? label : ' '.repeat(textWidth(label)), style: LABEL };
  const text = rows.shown(row).map(({ text, token }): Span => ({ text, style: token ? TOKEN : PLAIN }));
  return [lead, ...text].filter((span) => span.text !== '');
}

/** The first item that is seen, so that the chosen one is. */
const clampFirst = (count: number, selected = 0, height: number): number =>
  Math.max(0, Math.min(count - height, selected - height + 1));

function menuLine(item: string, chosen: boolean, columns: number): Line {
  return [{ text: truncate(` ${sanitize(item, MAXIMUM_LABEL)} `, columns, '…'), style: chosen ? CHOSEN : ITEM }];
}
