import { CLUSTER, type Grid, glyphText, TAIL, WIDE } from '../text/grid.ts';
import { links } from '../text/intern-table.ts';
import type { ClusterTable } from './cluster-table.ts';
import { Row } from './row.ts';
import { FAR } from './row-text.ts';
import { type StyleTable, VISIBLE_ATTRIBUTES } from './style-table.ts';

const VALUE = 0x1f_ffff;

/** Copies the first `columns` cells of a row to `width` cells of `grid` from index `to`; what is cut becomes a blank. */
export function copyRow(
  row: Row,
  grid: Grid,
  to: number,
  width: number,
  columns: number,
  styles: StyleTable,
  clusters: ClusterTable,
): void {
  const end = Math.min(width, columns, row.end);
  grid.erase(to, to + width);
  const { glyphs } = grid;
  const { bytes, points } = row;
  for (let x = 0; x < end; x++) glyphs[to + x] = bytes[x] ?? 0;
  if (row.isWide) {
    for (let x = 0; x < end; x++) {
      if (bytes[x] !== FAR) continue;
      const code = points[x] ?? 0;
      glyphs[to + x] = (code & CLUSTER) === 0 ? code : (clusters.glyph(code & VALUE) | (code & WIDE)) >>> 0;
    }
    // A wide character whose second half is not shown.
    if (end > 0 && ((glyphs[to + end - 1] ?? 0) & WIDE) !== 0) glyphs[to + end - 1] = 0;
  }
  if (row.isStyled) copyStyles(row, grid, to, end, styles);
}

function copyStyles(row: Row, grid: Grid, to: number, end: number, styles: StyleTable): void {
  const { foregrounds, backgrounds, attributes, underlineColors, links: linkIds } = grid;
  const cells = row.styles;
  let last = 0;
  let foreground = 0;
  let background = 0;
  let flags = 0;
  let underlineColor = 0;
  let link = 0;
  for (let x = 0; x < end; x++) {
    const style = cells[x] ?? 0;
    if (style === 0) continue;
    if (style !== last) {
      foreground = styles.foreground(style);
      background = styles.background(style);
      flags = styles.attributes(style) & VISIBLE_ATTRIBUTES;
      underlineColor = styles.underlineColor(style);
      link = links.intern(styles.link(style));
      last = style;
    }
    const index = to + x;
    foregrounds[index] = foreground;
    backgrounds[index] = background;
    attributes[index] = flags;
    underlineColors[index] = underlineColor;
    linkIds[index] = link;
  }
}

/** The text of the first `columns` cells of a row, without the empty ones at its end. */
export function rowText(row: Row, columns: number, clusters: ClusterTable): string {
  let end = Math.min(row.textEnd, columns);
  if (!row.isWide) {
    while (end > 0 && row.bytes[end - 1] === 0) end -= 1;
    const text = Buffer.from(row.bytes.buffer, row.bytes.byteOffset, end).toString('latin1');
    return text.includes('\0') ? text.replaceAll('\0', ' ') : text;
  }
  let text = '';
  for (let x = 0; x < end; x++) {
    const code = row.code(x);
    if (code === TAIL) continue;
    if (code === 0 || ((code & WIDE) !== 0 && x + 1 >= columns)) text += ' ';
    else if ((code & CLUSTER) !== 0) text += clusters.text(code & VALUE);
    else text += String.fromCodePoint(code & VALUE);
  }
  return text;
}

/** A row of cells that were read into a grid, from its first one up to the last that is not plain and empty. */
export function rowOfCells(grid: Grid, columns: number, styles: StyleTable, clusters: ClusterTable): Row {
  const row = new Row(columns);
  for (let x = 0; x < columns; x++) {
    const glyph = grid.glyphs[x] ?? 0;
    const style = styles.id(
      grid.foregrounds[x] ?? 0,
      grid.backgrounds[x] ?? 0,
      grid.attributes[x] ?? 0,
      grid.underlineColors[x] ?? 0,
      links.text(grid.links[x] ?? 0),
    );
    if (glyph === TAIL || (glyph === 0 && style === 0)) continue;
    const isCluster = (glyph & CLUSTER) !== 0;
    const code = isCluster ? (CLUSTER | (glyph & WIDE) | clusters.id(glyphText(glyph))) >>> 0 : glyph;
    row.write(x, code, style);
  }
  return row;
}

/** The same row with another number of columns; a wide character that is cut goes altogether. */
export function resizedRow(row: Row, columns: number): Row {
  const resized = new Row(columns);
  resized.isWrapped = row.isWrapped;
  resized.copyFrom(row, 0, columns, 0);
  if (resized.end === columns && resized.isWideAt(columns - 1)) resized.replace(columns - 1, 0);
  return resized;
}
