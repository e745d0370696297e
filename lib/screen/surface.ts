import type { Position, Rect } from '../base/geometry.ts';
import type { Grid } from '../text/grid.ts';
import type { ScreenHit } from './screen-view.ts';
import type { Parent, Place } from './toolkit.ts';

/** A rectangle of the picture that draws its own cells. Positions are its own, from 0. */
export interface Surface {
  /** Draws one row; the cells are empty before, and `rect` (of the screen) may reach over the grid's right edge. */
  drawRow(grid: Grid, rect: Rect, row: number): void;
  hit(position: Position, rect: Rect): ScreenHit;
  /**
   * What stands for all that `drawRow` draws in that row: as long as it and the surface's columns are the same (===), so
   * are the cells, whichever surface gave it for whichever row. Undefined when that is not known; a surface without it is drawn each time.
   */
  stamp?(rect: Rect, row: number): unknown;
  /** Where the cursor belongs when the surface's overlay has the keys. */
  cursor?(rect: Rect): Position | undefined;
}

/** An element, or none where the layout is known and only the surfaces are asked for. */
type MountParent = Parent | undefined;

/** Where widgets put themselves: later ones lie over earlier ones. */
export interface Mount {
  readonly root: MountParent;
  /** Cells for panes and for overlays that leave the status line alone. */
  readonly area: Rect;
  /** The row of status line, prompt and messages. */
  readonly line: Rect;
  frame(parent: MountParent, place: Place, color: number): MountParent;
  surface(parent: MountParent, place: Place, surface: Surface): void;
}

/** A rectangle as a place. */
export const at = ({ x, y, width, height }: Rect): Place => ({ left: x, top: y, width, height });

export const OVERLAY: ScreenHit = { kind: 'overlay' };
