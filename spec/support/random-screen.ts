import type { Size } from '../../lib/base/geometry.ts';
import { Grid, glyphOf, TAIL, WIDE } from '../../lib/text/grid.ts';
import { links } from '../../lib/text/intern-table.ts';
import type { RowSource } from '../../lib/text/row-source.ts';
import { palette, rgb, type Style } from '../../lib/text/style.ts';
import { clusterWidth } from '../../lib/text/width.ts';

/** Numbers from 0 up to `limit`, the same for the same seed (mulberry32). */
export type Random = (limit: number) => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 0x1_0000_0000) * limit);
  };
}

const TEXTS = [
  'a', 'b', 'x', '=', '~', '#', 'é', 'ß', 'Ж', '─', '│', '┼', '╭', '•', '…', '中', '文', '字', '한', 'あ', '🚀', '😀', '⌚',
  'e\u0301', 'n\u0303', '👩‍👩‍👧', '👍🏽', '🇩🇪', '❤️', '☎', '\ue0b0', 'ไ', 'ก็',
]; // biome-ignore format: a list

function randomStyle(random: Random): Style {
  const color = () =>
    [0, 0, palette(random(16)), palette(random(256)), rgb(random(256), random(256), random(256))][random(5)] ?? 0;
  return {
    foreground: color(),
    background: random(2) === 0 ? 0 : color(),
    attributes: random(2) === 0 ? 0 : random(256) | (random(6) << 8),
    underlineColor: random(4) === 0 ? color() : 0,
    link:
      random(10) === 0
        ? links.intern(`;https://example.com/${random(5)}`)
        : random(10) === 0
          ? links.intern(`k${random(3)};http://e.org/`)
          : 0,
  };
}

/** Changes a few places of a grid at random: texts, runs, blanks, erased rests, whole rows, scrolls, broken halves. */
export function scribble(grid: Grid, random: Random, changes: number): void {
  const { columns, rows } = grid;
  for (let change = 0; change < changes; change++) {
    const y = random(rows);
    const x = random(columns);
    const start = y * columns + x;
    const style = random(3) === 0 ? { ...randomStyle(random), link: 0 } : randomStyle(random);
    switch (random(9)) {
      case 0:
        grid.erase(start, y * columns + columns, random(2) === 0 ? style.background : 0);
        break;
      case 1: {
        const length = Math.min(columns - x, random(40));
        for (let index = 0; index < length; index++) grid.set(start + index, 0x3d, style);
        break;
      }
      case 2: {
        const length = Math.min(columns - x, random(40));
        for (let index = 0; index < length; index++) grid.set(start + index, random(3) === 0 ? 0x20 : 0, style);
        break;
      }
      case 3:
        scrollGrid(grid, random(rows), random(rows), 1 + random(3));
        break;
      case 4:
        grid.set(start, [0x07, 0x1b, 0x9b, 0x7f, TAIL, 0x4e2d | WIDE, 0xd800, 0x301][random(8)] ?? 0, style);
        break;
      default:
        put(grid, x, y, random, style, 1 + random(12));
    }
  }
}

function put(grid: Grid, x: number, y: number, random: Random, style: Style, count: number): void {
  let column = x;
  for (let index = 0; index < count; index++) {
    const text = TEXTS[random(TEXTS.length)] ?? '';
    const width = clusterWidth(text);
    if (column + width > grid.columns) return;
    grid.set(y * grid.columns + column, glyphOf(text, width), style);
    if (width === 2) grid.set(y * grid.columns + column + 1, TAIL, style);
    column += width;
  }
}

/** Moves rows from `a` to `b` up by `lines`, the new ones with text. */
export function scrollGrid(grid: Grid, a: number, b: number, lines: number): void {
  const top = Math.min(a, b);
  const bottom = Math.max(a, b);
  const { columns } = grid;
  if (bottom - top < lines) return;
  for (const array of [
    grid.glyphs,
    grid.foregrounds,
    grid.backgrounds,
    grid.attributes,
    grid.underlineColors,
    grid.links,
  ])
    array.copyWithin(top * columns, (top + lines) * columns, (bottom + 1) * columns);
  grid.erase((bottom + 1 - lines) * columns, (bottom + 1) * columns);
}

/** Rows of a grid as the content of a pane. */
export class GridSource implements RowSource {
  readonly grid: Grid;
  readonly firstRow = 0;
  readonly screenTop = 0;
  readonly epoch = 0;

  constructor(size: Size) {
    this.grid = new Grid(size);
  }

  get columns(): number {
    return this.grid.columns;
  }

  get endRow(): number {
    return this.grid.rows;
  }

  readRow(row: number, grid: Grid, x: number, y: number, width: number): void {
    const to = y * grid.columns + x;
    grid.erase(to, to + width);
    if (row < 0 || row >= this.grid.rows) return;
    const from = row * this.grid.columns;
    const end = from + Math.min(width, this.grid.columns);
    grid.glyphs.set(this.grid.glyphs.subarray(from, end), to);
    grid.foregrounds.set(this.grid.foregrounds.subarray(from, end), to);
    grid.backgrounds.set(this.grid.backgrounds.subarray(from, end), to);
    grid.attributes.set(this.grid.attributes.subarray(from, end), to);
    grid.underlineColors.set(this.grid.underlineColors.subarray(from, end), to);
    grid.links.set(this.grid.links.subarray(from, end), to);
  }

  rowText(row: number): string {
    return this.grid.rowText(row).trimEnd();
  }

  isWrapped(): boolean {
    return false;
  }

  /** Writes plain text into a row. */
  setText(row: number, text: string): void {
    const start = row * this.grid.columns;
    this.grid.erase(start, start + this.grid.columns);
    for (let x = 0; x < Math.min(text.length, this.grid.columns); x++) this.grid.glyphs[start + x] = text.charCodeAt(x);
  }
}
