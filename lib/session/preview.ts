import type { RowSource } from '../text/row-source.ts';

/** Characters of a preview at most. */
const MAXIMUM_LENGTH = 200;
/** Rows looked at from the end; a screen of blank rows is not worth more. */
const MAXIMUM_ROWS = 400;

/** The last row with text on it, without blanks around it; empty when there is none near the end. */
export function previewOf(content: RowSource): string {
  const first = Math.max(content.firstRow, content.endRow - MAXIMUM_ROWS);
  for (let row = content.endRow - 1; row >= first; row--) {
    const text = content.rowText(row).trim();
    if (text !== '') return [...text.slice(0, 2 * MAXIMUM_LENGTH)].slice(0, MAXIMUM_LENGTH).join('');
  }
  return '';
}
