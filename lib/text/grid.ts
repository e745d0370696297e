import type { Size } from '../base/geometry.ts';
import { clusters } from './intern-table.ts';
import type { Style } from './style.ts';

/**
 * A glyph is what stands in a cell, as one number: 0 for nothing, a code point, or with CLUSTER an id of `clusters`;
 * with WIDE it takes two columns, and TAIL stands in the second of them.
 */
export const CLUSTER = 0x8000_0000;
export const WIDE = 0x4000_0000;
export const TAIL = 0x2000_0000;
const VALUE = 0x001f_ffff;

/** Code units kept of one cluster; more than any emoji needs, so that 10,000 combining marks on a cell cost nothing. */
const MAXIMUM_CLUSTER_UNITS = 32;

/** The glyph of a cluster of `width` 1 or 2 columns. */
export function glyphOf(cluster: string, width: number): number {
  const wide = width === 2 ? WIDE : 0;
  const first = cluster.codePointAt(0) ?? 0;
  const single = cluster.length === (first > 0xffff ? 2 : 1);
  if (single || cluster === '') return (first | wide) >>> 0;
  return (CLUSTER | wide | clusters.intern(cluster.slice(0, MAXIMUM_CLUSTER_UNITS))) >>> 0;
}

/** The text of a glyph; a blank for an empty cell, nothing for the second half of a wide one. */
export function glyphText(glyph: number): string {
  if ((glyph & TAIL) !== 0) return '';
  if ((glyph & CLUSTER) !== 0) return clusters.text(glyph & VALUE);
  const value = glyph & VALUE;
  return value === 0 ? ' ' : String.fromCodePoint(value);
}

/** A rectangle of cells as arrays of numbers, row by row: what terminals are read into and pictures are painted from. */
export class Grid {
  readonly columns: number;
  readonly rows: number;
  /** One entry a cell, at `y * columns + x`. */
  readonly glyphs: Uint32Array;
  readonly foregrounds: Uint32Array;
  readonly backgrounds: Uint32Array;
  readonly attributes: Uint32Array;
  readonly underlineColors: Uint32Array;
  readonly links: Uint32Array;

  constructor({ columns, rows }: Size) {
    const cells = columns * rows;
    this.columns = columns;
    this.rows = rows;
    this.glyphs = new Uint32Array(cells);
    this.foregrounds = new Uint32Array(cells);
    this.backgrounds = new Uint32Array(cells);
    this.attributes = new Uint32Array(cells);
    this.underlineColors = new Uint32Array(cells);
    this.links = new Uint32Array(cells);
  }

  /** Sets one cell; the caller sets the tail of a wide glyph. */
  set(index: number, glyph: number, style: Style): void {
    this.glyphs[index] = glyph;
    this.foregrounds[index] = style.foreground;
    this.backgrounds[index] = style.background;
    this.attributes[index] = style.attributes;
    this.underlineColors[index] = style.underlineColor;
    this.links[index] = style.link;
  }

  /** Empties the cells from index `start` up to `end`, with `background`. */
  erase(start: number, end: number, background = 0): void {
    this.glyphs.fill(0, start, end);
    this.foregrounds.fill(0, start, end);
    this.backgrounds.fill(background, start, end);
    this.attributes.fill(0, start, end);
    this.underlineColors.fill(0, start, end);
    this.links.fill(0, start, end);
  }

  /** The text of columns `from` up to `to` of row `y`, blanks at the end included. */
  rowText(y: number, from = 0, to = this.columns): string {
    let text = '';
    for (let index = y * this.columns + from; index < y * this.columns + to; index++)
      text += glyphText(this.glyphs[index] ?? 0);
    return text;
  }
}
