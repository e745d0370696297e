import type { Position, Rect } from '../../base/geometry.ts';
import type { OverlayView } from '../../mode/overlay-view.ts';
import type { Grid } from '../../text/grid.ts';
import { drawLine, drawText, fillCells, over } from '../../text/line-cells.ts';
import { PLAIN, type Style } from '../../text/style.ts';
import { textWidth, truncate } from '../../text/width.ts';
import type { ScreenHit } from '../screen-view.ts';
import { at, type Mount, OVERLAY, type Surface } from '../surface.ts';
import { drawTitle, RULE } from './text.ts';
import { FAINT, FILTER, FRAME, FRAME_COLOR, MARK, SELECTED } from './theme.ts';

type ListView = Extract<OverlayView, { readonly kind: 'list' }>;

/** Smaller areas have no frame, no title and no hint. */
const FRAMED = { width: 20, height: 6 };
/** From these on there is a preview: beside the items, or else below them. */
const BESIDE_COLUMNS = 80;
const BELOW_ROWS = 18;

/** What the picture's layout depends on. */
export const listLayout = (view: ListView): string =>
  `${view.filter !== undefined}:${view.preview !== undefined}:${view.hint !== ''}`;

/** As many of a hint's parts, told from the first, as fit whole. */
function fittingHint(hint: string, width: number): string {
  const parts = hint.split(', ');
  while (parts.length > 0 && textWidth(parts.join(', ')) > width) parts.pop();
  return parts.join(', ');
}

/** A filter, items to choose from, and beside or below them what is behind the selected one. */
export class ListWidget {
  #view: ListView;

  constructor(view: ListView) {
    this.#view = view;
  }

  update(view: OverlayView): void {
    if (view.kind === 'list') this.#view = view;
  }

  mount(mount: Mount): void {
    const { area } = mount;
    if (area.width < FRAMED.width || area.height < FRAMED.height) {
      const rows = this.#view.filter !== undefined && area.height > 1 ? 1 : 0;
      mount.surface(mount.root, at({ ...area, y: area.y + rows, height: area.height - rows }), this.#items);
      if (rows > 0) mount.surface(mount.root, at({ ...area, height: 1 }), this.#filter);
      return;
    }
    const preview = this.#view.preview !== undefined;
    const beside = preview && area.width >= BESIDE_COLUMNS;
    const below = preview && !beside && area.height >= BELOW_ROWS;
    const width = beside ? Math.max(36, Math.floor(area.width * 0.42)) : area.width;
    const height = below ? Math.floor(area.height / 2) : area.height;
    this.#mountItems(mount, { ...area, width, height });
    if (beside) this.#mountPreview(mount, { ...area, x: area.x + width, width: area.width - width });
    if (below) this.#mountPreview(mount, { ...area, y: area.y + height, height: area.height - height });
  }

  #mountItems(mount: Mount, rect: Rect): void {
    const frame = mount.frame(mount.root, at(rect), FRAME_COLOR);
    const filtered = this.#view.filter !== undefined;
    if (filtered) mount.surface(frame, { left: 0, right: 0, top: 0, height: 1 }, this.#filter);
    mount.surface(frame, { left: 0, right: 0, top: filtered ? 1 : 0, bottom: 0 }, this.#items);
    mount.surface(mount.root, at({ ...rect, x: rect.x + 1, width: rect.width - 2, height: 1 }), this.#title);
    const hintWidth = textWidth(fittingHint(this.#view.hint, rect.width - 6)) + 2;
    if (hintWidth > 2)
      mount.surface(
        mount.root,
        at({ x: rect.x + 2, y: rect.y + rect.height - 1, width: hintWidth, height: 1 }),
        this.#hint,
      );
  }

  #mountPreview(mount: Mount, rect: Rect): void {
    const frame = mount.frame(mount.root, at(rect), FRAME_COLOR);
    mount.surface(frame, { left: 0, right: 0, top: 0, bottom: 0 }, this.#preview);
    mount.surface(mount.root, at({ ...rect, x: rect.x + 1, width: rect.width - 2, height: 1 }), this.#previewTitle);
  }

  /** The item in the first row, so that the selected one is in the middle where that is possible. */
  #top(rows: number): number {
    return Math.max(0, Math.min(this.#view.selected - Math.floor(rows / 2), this.#count - rows));
  }

  get #count(): number {
    return this.#view.count ?? this.#view.items.length;
  }

  #item(index: number): ListView['items'][number] | undefined {
    return this.#view.items[index - (this.#view.first ?? 0)];
  }

  readonly #title: Surface = {
    drawRow: (grid, rect) => {
      const { title, selected } = this.#view;
      const count = this.#count;
      fillCells(grid, rect.x, rect.y, rect.width, FRAME, RULE);
      const none = this.#view.filter ? ' no matches ' : ' empty ';
      const note = count === 0 ? none : ` ${Math.min(selected + 1, count)}/${count} `;
      drawTitle(grid, rect, title, note);
    },
    hit: () => OVERLAY,
  };

  readonly #previewTitle: Surface = {
    drawRow: (grid, rect) => {
      fillCells(grid, rect.x, rect.y, rect.width, FRAME, RULE);
      const text =
        this.#item(this.#view.selected)
          ?.line.map((span) => span.text)
          .join('') ?? '';
      drawTitle(grid, rect, truncate(text.trim(), rect.width - 6, '…'), '');
    },
    hit: () => OVERLAY,
  };

  readonly #filter: Surface = {
    drawRow: (grid, rect) => {
      const used = drawText(grid, rect.x, rect.y, rect.width, '❯ ', FILTER);
      drawText(grid, rect.x + used, rect.y, rect.width - used, this.#view.filter ?? '', PLAIN);
    },
    cursor: (rect) => ({
      x: rect.x + Math.min(rect.width - 1, 2 + textWidth(this.#view.filter ?? '')),
      y: rect.y,
    }),
    hit: () => OVERLAY,
  };

  readonly #items: Surface = {
    drawRow: (grid, rect, row) => this.#drawItem(grid, rect, row, this.#top(rect.height) + row),
    hit: (position, rect) => this.#hitItem(position, rect),
  };

  readonly #hint: Surface = {
    drawRow: (grid, rect) => {
      drawText(grid, rect.x, rect.y, rect.width, ` ${fittingHint(this.#view.hint, rect.width - 2)} `, FAINT);
    },
    hit: () => OVERLAY,
  };

  readonly #preview: Surface = {
    drawRow: (grid, rect, row) => {
      const { preview, previewTop } = this.#view;
      const width = Math.min(rect.width, grid.columns - rect.x);
      if (width > 0) preview?.readRow(previewTop + row, grid, rect.x, rect.y + row, width);
    },
    hit: () => OVERLAY,
  };

  #drawItem(grid: Grid, rect: Rect, row: number, index: number): void {
    const { selected, style: mark = SELECTED } = this.#view;
    const item = this.#item(index);
    if (item === undefined) return;
    const y = rect.y + row;
    const chosen = index === selected;
    if (chosen) fillCells(grid, rect.x, y, rect.width, mark);
    const style = (own: Style): Style => (chosen ? { ...over(mark, own), underlineColor: 0 } : own);
    const indent = rect.width < FRAMED.width - 2 ? 0 : 2;
    if (item.marked && indent > 0) drawText(grid, rect.x, y, 1, '●', style(MARK));
    const line = item.line.map((span) => ({ text: span.text, style: style(span.style) }));
    drawLine(grid, rect.x + indent, y, rect.width - indent, line, item.marked && indent === 0 ? style(MARK) : PLAIN);
  }

  #hitItem(position: Position, rect: Rect): ScreenHit {
    const index = this.#top(rect.height) + position.y;
    return index < this.#count ? { kind: 'list-item', index } : OVERLAY;
  }
}
