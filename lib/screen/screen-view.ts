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

/** A session that waits, in the corner. */
export interface IndicatorItem {
  readonly session: SessionId;
  readonly line: Line;
}

/** The sessions that wait for a person and are not on the screen; drawn over the panes where nothing else is. */
export interface IndicatorView {
  readonly corner: 'top-right' | 'top-left' | 'bottom-right' | 'bottom-left';
  readonly style: Style;
  /** The most urgent first; at most as many as are to be named. */
  readonly items: readonly IndicatorItem[];
  /** All that wait, those without a name here too. */
  readonly total: number;
}

/** One session of the sidebar: parts of its first row, and the row below where there is room for two. */
export interface SidebarItem {
  readonly session: SessionId;
  readonly left: Line;
  /** Gives way to nothing but a very narrow sidebar. */
  readonly right: Line;
  readonly below: Line;
}

/** The list of all sessions beside the panes, or over them. */
export interface SidebarView {
  /** The line at the panes included. */
  readonly rect: Rect;
  /** Where the line towards the panes is not; undefined for a sidebar that lies over them. */
  readonly side: 'left' | 'right' | undefined;
  /** Of that line. */
  readonly style: Style;
  readonly title: Line;
  readonly items: readonly SidebarItem[];
  /** The item in the first row. */
  readonly top: number;
  readonly selected: number | undefined;
  /** Of the selected item. */
  readonly selectedStyle: Style;
  /** Whether it has the keys. */
  readonly focused: boolean;
  /** The last row while it has the keys. */
  readonly hint: string;
}

/** Everything a client is to show. */
export interface ScreenView {
  readonly panes: readonly PaneView[];
  readonly status: StatusView | undefined;
  /** How the lines between panes look; the usual way otherwise. */
  readonly borders?: BorderView | undefined;
  /** Beside the panes, whose rectangles leave its columns out. */
  readonly sidebar?: SidebarView | undefined;
  readonly indicator?: IndicatorView | undefined;
  /** One line over the panes that tells of a lasting trouble. */
  readonly banner?: Line | undefined;
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
  /** A session, or undefined beside all of them. */
  | { readonly kind: 'sidebar'; readonly session: SessionId | undefined }
  /** A session, or undefined for the count of those that have no room. */
  | { readonly kind: 'indicator'; readonly session: SessionId | undefined }
  | { readonly kind: 'banner' }
  | { readonly kind: 'list-item'; readonly index: number }
  | { readonly kind: 'overlay' }
  | { readonly kind: 'nothing' };
