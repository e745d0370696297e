import type { Position, Rect } from '../../base/geometry.ts';
import type { Grid } from '../../text/grid.ts';
import type { Line } from '../../text/line.ts';
import { drawLine, fillCells, lineWidth } from '../../text/line-cells.ts';
import { PLAIN } from '../../text/style.ts';
import type { ScreenHit, StatusItem, StatusView } from '../screen-view.ts';
import { at, type Mount, type Surface } from '../surface.ts';

interface Placed {
  readonly x: number;
  readonly width: number;
  readonly line: Line;
  readonly item: StatusItem | undefined;
}

/** The status line, fitted to its width. */
export class StatusLine implements Surface {
  #view: StatusView;
  #placed: readonly Placed[] = [];
  #stamp = {};

  constructor(view: StatusView) {
    this.#view = view;
  }

  update(view: StatusView): void {
    if (view === this.#view) return;
    this.#view = view;
    this.#stamp = {};
  }

  mount(mount: Mount): void {
    mount.surface(mount.root, at(mount.line), this);
  }

  drawRow(grid: Grid, rect: Rect): void {
    const width = Math.min(rect.width, grid.columns - rect.x);
    this.#placed = fitStatus(this.#view, width);
    fillCells(grid, rect.x, rect.y, width, this.#view.style);
    for (const part of this.#placed)
      drawLine(grid, rect.x + part.x, rect.y, Math.min(part.width, width - part.x), part.line, this.#view.style);
  }

  /** Its own: where the parts stand is found while it draws. */
  stamp(): unknown {
    return this.#stamp;
  }

  hit({ x }: Position): ScreenHit {
    const part = this.#placed.find((one) => x >= one.x && x < one.x + one.width);
    return { kind: 'status', session: part?.item?.session };
  }
}

/** Columns that the items keep, even when left and right would like them, while none of them is shown. */
const LEAST_ITEMS = 8;
/** Columns of the shown name that are worth more than `+N`. */
const LEAST_NAME = 4;

/** Where each part of the line stands. Right goes first, then left; of the items the shown and the waiting ones stay longest. */
function fitStatus(view: StatusView, width: number): Placed[] {
  const widths = view.items.map((item) => lineWidth(item.line));
  const shown = view.items.findIndex((item) => item.shown);
  const more = view.items.length > 1 ? moreWidth(view) : 0;
  const least = Math.min(width, (shown < 0 ? LEAST_ITEMS : (widths[shown] ?? 0)) + more);
  let left = lineWidth(view.left);
  let right = lineWidth(view.right);
  if (left + right + least > width) right = 0;
  if (left + least > width) left = Math.max(0, width - least);
  const room = width - left - right - (right > 0 ? gapBefore(view.right) : 0);
  const parts = fitItems(view, widths, shown, room);
  const used = parts.reduce((sum, part) => sum + part.width, 0);
  const placed: Placed[] = [];
  if (left > 0) placed.push({ x: 0, width: left, line: view.left, item: undefined });
  const free = Math.max(0, room - used);
  let x = left + (view.justify === 'left' ? 0 : view.justify === 'right' ? free : Math.floor(free / 2));
  for (const part of parts) {
    placed.push({ ...part, x });
    x += part.width;
  }
  if (right > 0) placed.push({ x: width - right, width: right, line: view.right, item: undefined });
  return placed;
}

/** A blank before the right text, where it begins with none of its own: `+4` and `2 waiting` are two things. */
const gapBefore = (right: Line): number => (/^\s/.test(right.find(({ text }) => text !== '')?.text ?? ' ') ? 0 : 1);

/** Columns of `+N` and what stands before it. */
const moreWidth = ({ items, separator }: StatusView): number =>
  `+${items.length}`.length + Math.max(1, lineWidth(separator));

type Part = Omit<Placed, 'x'>;

function fitItems(view: StatusView, widths: readonly number[], shown: number, room: number): Part[] {
  const { items, separator } = view;
  const between = lineWidth(separator);
  const all = widths.reduce((sum, width) => sum + width, 0) + between * Math.max(0, items.length - 1);
  const chosen = new Set<number>();
  let more = 0;
  if (all <= room) for (let index = 0; index < items.length; index++) chosen.add(index);
  else {
    more = moreWidth(view);
    let used = 0;
    for (const index of byImportance(items, shown)) {
      const next = used + (widths[index] ?? 0) + (chosen.size > 0 ? between : 0);
      if (next + more > room && chosen.size > 0) continue;
      chosen.add(index);
      used = next;
    }
  }
  const hidden = items.length - chosen.size;
  // A number that is cut would be another number.
  const counted = hidden > 0 && room - more >= LEAST_NAME;
  const widest = counted ? room - more : room;
  const parts: Part[] = [];
  for (const index of [...chosen].sort((a, b) => a - b)) {
    const item = items[index];
    if (item === undefined) continue;
    if (parts.length > 0) parts.push({ width: between, line: separator, item: undefined });
    parts.push({ width: Math.min(widths[index] ?? 0, widest), line: item.line, item });
  }
  if (counted) {
    const gap: Line = between > 0 ? separator : [{ text: ' ', style: PLAIN }];
    const text = `+${hidden}`;
    parts.push({ width: lineWidth(gap), line: gap, item: undefined });
    parts.push({ width: text.length, line: [{ text, style: PLAIN }], item: undefined });
  }
  return parts;
}

/** The shown item, the waiting ones in order, then the others, nearest to the shown one first. */
function byImportance(items: readonly StatusItem[], shown: number): number[] {
  const rank = (index: number): number => {
    if (index === shown) return -2;
    return items[index]?.waiting ? -1 : Math.abs(index - Math.max(0, shown));
  };
  return items.map((_, index) => index).sort((a, b) => rank(a) - rank(b) || a - b);
}
