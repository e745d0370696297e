import type { Position, Rect } from '../base/geometry.ts';
import type { PaneId, SessionId } from '../base/id.ts';
import type { Highlight, OverlayView } from '../mode/overlay-view.ts';
import type { Cursor, TerminalModes } from '../session/session.ts';
import type { Line } from '../text/line.ts';
import type { RowSource } from '../text/row-source.ts';
import type { Style } from '../text/style.ts';

/** One pane as it is to be drawn. */
export interface PaneView {
  readonly id: PaneId;
  readonly rect: Rect;
  readonly source: RowSource;
  /** Number of the source's row in the pane's first line. */
  readonly top: number;
  /** In cells of the pane; undefined hides it. */
  readonly cursor: Cursor | undefined;
  /** Later ones lie over earlier ones. */
  readonly highlights: readonly Highlight[];
  /** Drawn over the pane's top right corner: copy mode's `[12/340]`. */
  readonly label: Line | undefined;
  /** Over the start of its last row. */
  readonly footer?: Line | undefined;
  /** The one that keys go to. */
  readonly active: boolean;
  /** Drawn into the line above or below it, where the view has such lines: name and status of its session. */
  readonly title?: Line | undefined;
  /** DECSCNM: the whole pane with colours exchanged. */
  readonly reverse: boolean;
}

/** One session of the status line. */
export interface StatusItem {
  readonly session: SessionId;
  readonly line: Line;
  readonly shown: boolean;
  readonly waiting: boolean;
}

/** The status line, its formats expanded; the widget fits it to the width: the shown item, the waiting ones, then `+N`. */
export interface StatusView {
  readonly position: 'top' | 'bottom';
  readonly style: Style;
  readonly left: Line;
  readonly items: readonly StatusItem[];
  readonly separator: Line;
  readonly justify: 'left' | 'centre' | 'right';
  readonly right: Line;
}

/** How the lines between panes look. */
export interface BorderView {
  readonly style: Style;
  /** Of the lines at the active pane. */
  readonly activeStyle: Style;
  /** Whether each pane has its title in the line above or below it. */
  readonly titles: 'top' | 'bottom' | undefined;
}

/** Everything a client is to show. */
export interface ScreenView {
  readonly panes: readonly PaneView[];
  readonly status: StatusView | undefined;
  /** How the lines between panes look; the usual way otherwise. */
  readonly borders?: BorderView | undefined;
  /** From the bottom up; the topmost takes the keys. */
  readonly overlays: readonly OverlayView[];
  /** The title for the outer terminal, or undefined to leave it alone. */
  readonly title: string | undefined;
  /** Modes that the outer terminal follows: those of the active pane's session, or of qmux itself under an overlay. */
  readonly modes: TerminalModes;
  /** Whether qmux itself wants mouse events (option `mouse`). */
  readonly mouse: boolean;
  /** Whether qmux itself wants focus events. */
  readonly focusEvents: boolean;
}

/** What lies at a position of the client's screen. */
export type ScreenHit =
  | { readonly kind: 'pane'; readonly pane: PaneId; readonly position: Position }
  | { readonly kind: 'status'; readonly session: SessionId | undefined }
  | { readonly kind: 'border' }
  | { readonly kind: 'list-item'; readonly index: number }
  | { readonly kind: 'overlay' }
  | { readonly kind: 'nothing' };
