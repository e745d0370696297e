import type { Row } from './row.ts';
import { FAR } from './row-text.ts';

/** Moves what is at `x` right by `count`, up to `limit`; what comes to that is lost. */
export function insertBefore(row: Row, limit: number, x: number, count: number, style: number): void {
  const shift = Math.min(count, limit - x);
  for (const edge of [x, limit - shift, limit]) row.split(edge, style);
  row.pad(limit);
  row.moveCells(x, limit - shift, x + shift);
  row.erase(x, x + shift, style);
}

/** Takes out `count` cells at `x`; the rest up to `limit` moves left. */
export function deleteBefore(row: Row, limit: number, x: number, count: number, style: number): void {
  const shift = Math.min(count, limit - x);
  for (const edge of [x, x + shift, limit]) row.split(edge, style);
  row.pad(limit);
  row.moveCells(x + shift, limit, x);
  row.bytes.fill(0, limit - shift, limit);
  row.erase(limit - shift, limit, style);
}

/** Takes the cells from `from` up to `to` of another row; no wide character may lie across either edge, in either row. */
export function takeCells(row: Row, source: Row, from: number, to: number): void {
  row.pad(to);
  const { bytes, points, isWide, isStyled } = source;
  if (isWide) row.widen();
  const end = Math.max(from, Math.min(to, source.end));
  for (let x = from; x < end; x++) row.bytes[x] = bytes[x] ?? 0;
  if (isWide) for (let x = from; x < end; x++) row.points[x] = points[x] ?? 0;
  row.bytes.fill(0, end, to);
  row.dye(from, to, 0);
  if (isStyled) for (let x = from; x < end; x++) row.restyle(x, source.style(x));
}

/** Fills the cells from `from` up to `to` with a character of one column. */
export function fill(row: Row, from: number, to: number, code: number, style: number): void {
  if (from >= to) return;
  row.split(from, style);
  row.split(to, style);
  row.pad(to);
  if (code < FAR) row.bytes.fill(code, from, to);
  else {
    row.widen();
    row.bytes.fill(FAR, from, to);
    row.points.fill(code, from, to);
  }
  row.dye(from, to, style);
}
