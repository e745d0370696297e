import type { Rect } from '../base/geometry.ts';
import type { Line } from '../text/line.ts';
import type { RowSource } from '../text/row-source.ts';
import type { Color, Style } from '../text/style.ts';

/** Cells of rows `from.row`…`to.row` of a source, in reading order, or as a rectangle; both ends included. */
export interface Highlight {
  readonly from: { readonly row: number; readonly column: number };
  readonly to: { readonly row: number; readonly column: number };
  readonly shape: 'flow' | 'rectangle';
  readonly style: Style;
}

interface ListItem {
  readonly line: Line;
  readonly marked: boolean;
}

/** What lies over the panes, as data; the widgets draw it and keep nothing. */
export type OverlayView =
  /** In the status line's row: label, then the text being edited; completions above it. `cursor` counts UTF-16 units of `text`. */
  | {
      readonly kind: 'prompt';
      readonly label: Line;
      readonly text: string;
      readonly cursor: number;
      readonly style: Style;
      readonly completions: readonly string[];
      readonly selected: number | undefined;
    }
  | { readonly kind: 'message'; readonly line: Line; readonly style: Style }
  /** Help, output of a command, log: a full-screen page of lines. */
  | { readonly kind: 'text'; readonly title: string; readonly lines: readonly Line[]; readonly top: number }
  /** Picker and choosers: a filter line, items, and beside or below them a live preview when there is room. */
  | {
      readonly kind: 'list';
      readonly title: string;
      readonly filter: string | undefined;
      /** The items from number `first` on, of `count`; all of them where these are left out. */
      readonly items: readonly ListItem[];
      readonly first?: number | undefined;
      readonly count?: number | undefined;
      /** A number of all. */
      readonly selected: number;
      readonly preview: RowSource | undefined;
      readonly previewTop: number;
      readonly hint: string;
      /** Of the selected item; undefined for the usual one. */
      readonly style?: Style | undefined;
    }
  /** Big digits over the active pane. */
  | { readonly kind: 'clock'; readonly text: string; readonly color: Color }
  /** Their numbers in big digits over panes. */
  | {
      readonly kind: 'panes';
      readonly panes: readonly { readonly index: number; readonly rect: Rect; readonly active: boolean }[];
    };
