import type { Grid } from '../text/grid.ts';

/** Rows `top` to `bottom` of the shown grid, moved up by `lines` (down when negative), are mostly the wanted ones. */
export interface Scroll {
  readonly top: number;
  readonly bottom: number;
  readonly lines: number;
}

/** What moving the cursor to a cell costs, in cells. */
const MOTION = 7;
/** Fewer cells saved than this are not worth a scroll: the sequences themselves and the risk of a flash. */
const LEAST_GAIN = 24;
/** What setting another scroll region costs, in cells. */
const REGION_COST = 12;
const BLANK = 0;

/** A number by which equal rows are found; 0 for a row without glyphs. What is behind its last glyph does not count. */
function rowHash({ glyphs, foregrounds, backgrounds, attributes, columns }: Grid, y: number): number {
  let hash = 0x811c_9dc5;
  const start = y * columns;
  let end = start + columns;
  while (end > start && glyphs[end - 1] === 0) end -= 1;
  if (end === start) return BLANK;
  for (let index = start; index < end; index++) {
    const glyph = glyphs[index] ?? 0;
    hash = Math.imul(hash ^ glyph, 0x0100_0193);
    hash = Math.imul(hash ^ (foregrounds[index] ?? 0) ^ ((attributes[index] ?? 0) << 8), 0x0100_0193);
    hash = Math.imul(hash ^ (backgrounds[index] ?? 0), 0x0100_0193);
  }
  return hash | 1;
}

/**
 * What painting row `y` of `after` over row `from` of `before` costs, about in bytes: the cells that differ, and the way
 * to each run of them. `from` outside means an erased row.
 */
function difference(before: Grid, from: number, after: Grid, y: number): number {
  const { columns } = after;
  let cost = 0;
  let unchanged = MOTION;
  for (let x = 0; x < columns; x++) {
    const a = y * columns + x;
    const b = from * columns + x;
    const same =
      from < 0
        ? after.glyphs[a] === 0 && after.backgrounds[a] === 0
        : after.glyphs[a] === before.glyphs[b] &&
          after.foregrounds[a] === before.foregrounds[b] &&
          after.backgrounds[a] === before.backgrounds[b] &&
          after.attributes[a] === before.attributes[b];
    if (same) unchanged += 1;
    else {
      cost += 1 + Math.min(unchanged, MOTION);
      unchanged = 0;
    }
  }
  return cost;
}

/**
 * The scroll that saves most, if one does. `changed` lists the rows that differ, in order; `region` is the scroll region
 * that the terminal has already.
 */
export function findScroll(
  before: Grid,
  after: Grid,
  changed: readonly number[],
  region: Pick<Scroll, 'top' | 'bottom'> | undefined,
): Scroll | undefined {
  if (changed.length < 2) return undefined;
  const first = changed[0] ?? 0;
  const last = changed[changed.length - 1] ?? 0;
  // A hash that stands for two rows of the picture tells nothing.
  const places = new Map<number, number>();
  for (let y = first; y <= last; y++) {
    const hash = rowHash(before, y);
    if (hash !== BLANK) places.set(hash, places.has(hash) ? -1 : y);
  }
  const votes = new Map<number, { count: number; low: number; high: number }>();
  for (const y of changed) {
    const from = places.get(rowHash(after, y)) ?? -1;
    if (from < 0 || from === y) continue;
    const vote = votes.get(from - y);
    if (vote) {
      vote.count += 1;
      vote.high = y;
    } else votes.set(from - y, { count: 1, low: y, high: y });
  }
  let best: { lines: number; count: number; low: number; high: number } | undefined;
  for (const [lines, vote] of votes) if (best === undefined || vote.count > best.count) best = { lines, ...vote };
  if (best === undefined) return undefined;
  const scroll = extended(before, after, best);
  const saved = gain(before, after, scroll);
  if (region && region.top <= scroll.top && region.bottom >= scroll.bottom) {
    const within = { ...scroll, ...region };
    if (gain(before, after, within) >= Math.max(saved - REGION_COST, LEAST_GAIN)) return within;
  }
  return saved >= LEAST_GAIN ? scroll : undefined;
}

/** The rows that move, with those above them that may as well. */
function extended(
  before: Grid,
  after: Grid,
  { lines, low, high }: { lines: number; low: number; high: number },
): Scroll {
  if (lines < 0) return { top: low + lines, bottom: high, lines };
  let top = low;
  while (top > 0 && difference(before, top - 1 + lines, after, top - 1) === 0) top -= 1;
  return { top, bottom: high + lines, lines };
}

/** What need not be painted thanks to the scroll, less what needs to because of it. */
function gain(before: Grid, after: Grid, { top, bottom, lines }: Scroll): number {
  let saved = 0;
  for (let y = top; y <= bottom; y++) {
    const from = y + lines;
    saved += difference(before, y, after, y);
    saved -= difference(before, from >= top && from <= bottom ? from : -1, after, y);
  }
  return saved;
}

/** Does to the arrays what the terminal does to its rows. */
export function applyScroll(grid: Grid, { top, bottom, lines }: Scroll): void {
  const { columns } = grid;
  const start = top * columns;
  const end = (bottom + 1) * columns;
  const shift = Math.abs(lines) * columns;
  const arrays = [
    grid.glyphs,
    grid.foregrounds,
    grid.backgrounds,
    grid.attributes,
    grid.underlineColors,
    grid.links,
  ] as const;
  for (const array of arrays)
    if (lines > 0) array.copyWithin(start, start + shift, end);
    else array.copyWithin(start + shift, start, end - shift);
  if (lines > 0) grid.erase(end - shift, end);
  else grid.erase(start, start + shift);
}
