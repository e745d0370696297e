/*
 * A row of the history in bytes: flags, columns, the length of its text in three bytes if that is not known from the
 * columns, text, styles to the end, also of what is behind the text.
 *
 * The text has a character or a cluster for each cell in UTF-8, and NUL for an empty one. Controls do not occur in it,
 * so three of them tell what the text alone would not. The styles are runs of cells: their number, a mask of what is
 * not plain, and that. All numbers of any size have seven bits a byte, lowest first.
 */

/** Flags of a record. */
export const WRAPPED = 1;
/** A byte a cell; nothing but ASCII and NUL. */
export const ASCII = 2;
export const STYLED = 4;
/** Has characters of two columns. */
export const BROAD = 8;
/** Its first character has two columns; its last cell is empty though the line goes on: both together are a gap. */
export const BROAD_FIRST = 16;
export const EMPTY_LAST = 32;
/** Its text has controls that tell what the characters alone would not. */
export const MARKED = 64;
/** What is behind its text is a tail (row-tail.ts); a number before the styles tells where that began. */
export const TAILED = 128;

/** In the text: the next cell is not joined to the one before, has one column, has two columns. */
export const APART = 0x01;
export const ONE_COLUMN = 0x02;
export const TWO_COLUMNS = 0x03;
/** In the text: the next code point belongs to the cell of the one before. */
export const JOINED = 0x04;

/** In the mask of a run: two bits each for the colours, 0 plain, 1 a palette's index, 2 three bytes. */
export const FOREGROUND_SHIFT = 0;
export const BACKGROUND_SHIFT = 2;
export const COLOR_KIND = 3;
export const PALETTE_KIND = 1;
export const RGB_KIND = 2;
/** Two bytes of attributes; a colour of the underline with its kind. */
export const HAS_ATTRIBUTES = 1 << 4;
export const HAS_UNDERLINE_COLOR = 1 << 5;
/** A link in UTF-8 with its length; the last link of this row again. */
export const NEW_LINK = 1 << 6;
export const SAME_LINK = 1 << 7;
