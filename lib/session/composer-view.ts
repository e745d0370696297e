import type { Position } from '../base/geometry.ts';
import type { Line, Span } from '../text/line.ts';
import { sanitize } from '../text/sanitize.ts';
import { BOLD, DIM, INVERSE, PLAIN, palette, type Style } from '../text/style.ts';
import { textWidth, truncate } from '../text/width.ts';
import { cutLine } from '../text/wrap.ts';
import type { MenuItem } from './completion-menu.ts';
import type { DraftRow, DraftRows } from './draft-rows.ts';

/** Rows that a menu of completions has at most. */
const MENU_ROWS = 8;
/** Units of a label or an item that are looked at. */
const MAXIMUM_LABEL = 400;
/** Share of the columns that what is typed gets at most beside what it means. */
const LABEL_SHARE = 0.5;

const LABEL: Style = { ...PLAIN, attributes: BOLD };
const TOKEN: Style = { ...PLAIN, foreground: palette(6) };
const ITEM: Style = { ...PLAIN, attributes: DIM };
const SUMMARY = ITEM;
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
  readonly items: readonly MenuItem[];
  readonly selected: number | undefined;
}

export interface ComposerView {
  readonly rows: readonly Line[];
  readonly cursor: Position;
  /** The rows of the draft among them, below those of the menu. */
  readonly visible: readonly DraftRow[];
  readonly draftTop: number;
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
  const left = items.length - menuRows;
  const isTold = left > 0 && menuRows > 0 && maximumRows - 1 > menuRows;
  const draftTop = menuRows + (isTold ? 1 : 0);
  const visible = visibleRows(rows, cursor, top, Math.max(1, maximumRows - draftTop));
  const own = rows.at(cursor);
  const shown = items.slice(menuFirst, menuFirst + menuRows);
  const width = Math.max(0, ...items.map(({ label, summary }) => (summary === '' ? 0 : textWidth(cleaned(label)))));
  const labelColumns = Math.min(width, Math.floor(columns * LABEL_SHARE));
  const menu = shown.map((item, index) => menuLine(item, menuFirst + index === selected, labelColumns, columns));
  if (isTold) menu.push([{ text: truncate(` … ${left} more`, columns), style: SUMMARY }]);
  const y = visible.findIndex(({ start }) => start === own.start);
  return {
    rows: [...menu, ...visible.map((row) => cutLine(draftLine(rows, row, label), columns))],
    cursor: { x: Math.min(columns - 1, textWidth(label) + rows.columnOf(own, cursor)), y: draftTop + Math.max(0, y) },
    visible,
    draftTop,
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

const cleaned = (text: string): string => sanitize(text, MAXIMUM_LABEL);

/** An item, with what it means dimmed behind a column of `labelColumns`. */
function menuLine({ label, summary }: MenuItem, chosen: boolean, labelColumns: number, columns: number): Line {
  if (summary === '') return [{ text: truncate(` ${cleaned(label)} `, columns, '…'), style: chosen ? CHOSEN : ITEM }];
  const text = truncate(cleaned(label), labelColumns, '…');
  const blanks = ' '.repeat(Math.max(0, labelColumns - textWidth(text)));
  const lead = truncate(` ${text}${blanks}  `, columns);
  return [
    { text: lead, style: chosen ? CHOSEN : PLAIN },
    {
      text: truncate(`${cleaned(summary)} `, Math.max(0, columns - textWidth(lead)), '…'),
      style: chosen ? CHOSEN : SUMMARY,
    },
  ].filter((span) => span.text !== '');
}
