import type { Position, Rect } from '../base/geometry.ts';
import type { PaneId } from '../base/id.ts';
import type { CopyFrame } from '../mode/copy-mode.ts';
import type { OverlayView } from '../mode/overlay-view.ts';
import type {
  BorderView,
  IndicatorView,
  PaneView,
  ScreenView,
  SidebarView,
  StatusView,
} from '../screen/screen-view.ts';
import type { Cursor, Session, TerminalModes } from '../session/session.ts';
import { PLAIN_MODES } from '../terminal/plain-modes.ts';
import type { Line } from '../text/line.ts';

/** One pane, gathered for one frame. */
export interface PanePicture {
  readonly id: PaneId;
  readonly rect: Rect;
  readonly active: boolean;
  readonly session: Session;
  readonly copy: CopyFrame | undefined;
  /** What is said of a program that has ended. */
  readonly footer: Line | undefined;
  readonly title: Line | undefined;
}

/** What a client shows, gathered for one frame. */
interface ClientPicture {
  readonly panes: readonly PanePicture[];
  readonly borders: BorderView | undefined;
  readonly status: StatusView | undefined;
  readonly sidebar: SidebarView | undefined;
  readonly indicator: IndicatorView | undefined;
  readonly banner: Line | undefined;
  readonly overlays: readonly OverlayView[];
  readonly title: string | undefined;
  readonly mouse: boolean;
  readonly focusEvents: boolean;
}

/** Modes for the outer terminal while qmux itself takes the keys. */
const OWN_MODES: TerminalModes = { ...PLAIN_MODES, bracketedPaste: true, focusEvents: true, mouseEncoding: 'sgr' };

/** The picture of a client as the screen takes it. */
export function clientView(picture: ClientPicture): ScreenView {
  const active = picture.panes.find((pane) => pane.active);
  const ours =
    active === undefined ||
    active.copy !== undefined ||
    picture.sidebar?.focused === true ||
    picture.overlays.some(takesKeys);
  return {
    panes: picture.panes.map(paneView),
    borders: picture.borders,
    status: picture.status,
    sidebar: picture.sidebar,
    indicator: picture.indicator,
    banner: picture.banner,
    overlays: picture.overlays,
    title: picture.title,
    modes: ours ? OWN_MODES : active.session.modes,
    mouse: picture.mouse,
    focusEvents: picture.focusEvents,
  };
}

const takesKeys = (overlay: OverlayView): boolean => overlay.kind !== 'message';

function paneView({ id, rect, active, session, copy, footer, title }: PanePicture): PaneView {
  const top = copy?.top ?? liveTop(session, rect.height);
  return {
    id,
    rect,
    source: session.content,
    top,
    cursor: copy === undefined ? liveCursor(session, top, rect) : copyCursor(copy.cursor),
    highlights: copy?.highlights ?? [],
    label: copy?.label,
    footer: copy === undefined ? footer : undefined,
    active,
    title,
    reverse: session.modes.reverseScreen,
  };
}

/** The first row shown of a session that is taller than its pane: the cursor stays in sight. */
export function liveTop(session: Session, height: number): number {
  const { screenTop } = session.content;
  return screenTop + Math.max(0, session.cursor.y - height + 1);
}

function liveCursor(session: Session, top: number, area: Rect): Cursor | undefined {
  const { cursor } = session;
  const y = cursor.y + session.content.screenTop - top;
  // Behind the last column it waits to wrap, and is seen on that one.
  const x = Math.min(cursor.x, session.content.columns - 1);
  if (session.exit !== undefined || x >= area.width || y >= area.height || y < 0) return undefined;
  return { ...cursor, y };
}

const copyCursor = ({ x, y }: Position): Cursor => ({ x, y, visible: true, shape: undefined, blinking: false });
