import type { Position, Rect } from '../../base/geometry.ts';
import type { OverlayView } from '../../mode/overlay-view.ts';
import type { Grid } from '../../text/grid.ts';
import { drawLine, drawText, fillCells, lineWidth } from '../../text/line-cells.ts';
import { PLAIN } from '../../text/style.ts';
import { clustersOf, textWidth, truncate } from '../../text/width.ts';
import type { ScreenHit } from '../screen-view.ts';
import { at, type Mount, OVERLAY, type Surface } from '../surface.ts';
import { FRAME_COLOR, SELECTED } from './theme.ts';

type PromptView = Extract<OverlayView, { readonly kind: 'prompt' }>;

/** Completions shown at once, and the columns of the longest. */
const COMPLETION_ROWS = 8;
const COMPLETION_COLUMNS = 48;
/** Areas with fewer rows have no room for completions. */
const LEAST_ROWS = 5;

const completionRows = (view: PromptView, area: Rect): number =>
  area.height < LEAST_ROWS ? 0 : Math.min(view.completions.length, COMPLETION_ROWS, area.height - 2);

/** What the picture's layout depends on. */
export const promptLayout = (view: PromptView, area: Rect): string =>
  `${completionRows(view, area)}:${completionWidth(view)}:${lineWidth(view.label)}`;

function completionWidth(view: PromptView): number {
  let widest = 0;
  for (const { text } of window(view)) widest = Math.max(widest, textWidth(text));
  return Math.min(widest, COMPLETION_COLUMNS) + 2;
}

/** The completions around the selected one. */
function window({ completions, selected }: PromptView): { readonly text: string; readonly selected: boolean }[] {
  const top = Math.max(0, Math.min((selected ?? 0) - COMPLETION_ROWS / 2, completions.length - COMPLETION_ROWS));
  return completions
    .slice(top, top + COMPLETION_ROWS)
    .map((text, index) => ({ text, selected: top + index === selected }));
}

/** Label and text in the row of the status line, completions above it (below it when that row is the first). */
export class PromptWidget implements Surface {
  #view: PromptView;

  constructor(view: PromptView) {
    this.#view = view;
  }

  update(view: OverlayView): void {
    if (view.kind === 'prompt') this.#view = view;
  }

  mount(mount: Mount): void {
    const { area, line } = mount;
    const rows = completionRows(this.#view, area);
    if (rows > 0) {
      const width = Math.min(completionWidth(this.#view) + 2, area.width);
      const left = Math.max(0, Math.min(lineWidth(this.#view.label) - 2, area.width - width));
      const top = line.y === 0 ? line.y + 1 : line.y - rows - 2;
      const frame = mount.frame(mount.root, { left, top, width, height: rows + 2 }, FRAME_COLOR);
      mount.surface(frame, { left: 0, right: 0, top: 0, height: rows }, this.#completions);
    }
    mount.surface(mount.root, at(line), this);
  }

  drawRow(grid: Grid, rect: Rect): void {
    const { style, label } = this.#view;
    fillCells(grid, rect.x, rect.y, rect.width, style);
    const { labelWidth, text } = this.#fit(rect.width);
    drawLine(grid, rect.x, rect.y, labelWidth, label, style);
    drawText(grid, rect.x + labelWidth, rect.y, rect.width - labelWidth, text, style);
  }

  cursor(rect: Rect): Position {
    const { labelWidth, column } = this.#fit(rect.width);
    return { x: rect.x + Math.min(labelWidth + column, rect.width - 1), y: rect.y };
  }

  hit(): ScreenHit {
    return OVERLAY;
  }

  /** The part of the text around the cursor that there is room for, and the cursor's column in it. */
  #fit(width: number): { readonly labelWidth: number; readonly text: string; readonly column: number } {
    const { label, text, cursor } = this.#view;
    // The label gives way to a long text, down to half of the row; a question has none.
    const wanted = Math.min(textWidth(text) + 1, Math.max(8, Math.floor(width / 2)));
    const labelWidth = Math.min(lineWidth(label), Math.max(0, width - wanted));
    const room = Math.max(1, width - labelWidth);
    const before = text.slice(0, cursor);
    let hidden = textWidth(before) - (room - 1);
    if (hidden <= 0) return { labelWidth, text, column: textWidth(before) };
    let units = 0;
    for (const cluster of clustersOf(before)) {
      if (hidden <= 0) break;
      hidden -= cluster.width;
      units += cluster.text.length;
    }
    return { labelWidth, text: text.slice(units), column: textWidth(text.slice(units, cursor)) };
  }

  readonly #completions: Surface = {
    drawRow: (grid, rect, row) => {
      const completion = window(this.#view)[row];
      if (completion === undefined) return;
      const style = completion.selected ? SELECTED : PLAIN;
      fillCells(grid, rect.x, rect.y + row, rect.width, style);
      const text = truncate(completion.text, Math.max(0, rect.width - 2), '…');
      drawText(grid, rect.x + 1, rect.y + row, rect.width - 1, text, style);
    },
    hit: () => OVERLAY,
  };
}
