import type { Size } from '../../lib/base/geometry.ts';
import { paneId, sessionId } from '../../lib/base/id.ts';
import { paneArea } from '../../lib/screen/client-screen.ts';
import type { PaneView, ScreenView, StatusItem, StatusView } from '../../lib/screen/screen-view.ts';
import { PLAIN_MODES } from '../../lib/terminal/plain-modes.ts';
import type { Line } from '../../lib/text/line.ts';
import type { RowSource } from '../../lib/text/row-source.ts';
import { PLAIN, palette, type Style } from '../../lib/text/style.ts';

export const GREEN: Style = { ...PLAIN, foreground: palette(0), background: palette(2) };

export const line = (text: string, style: Style = PLAIN): Line => [{ text, style }];

export function statusItem(index: number, name: string, more: Partial<StatusItem> = {}): StatusItem {
  return { session: sessionId(index), line: line(`${index}:${name}`), shown: false, waiting: false, ...more };
}

export function statusView(items: readonly StatusItem[], more: Partial<StatusView> = {}): StatusView {
  return {
    position: 'bottom',
    style: GREEN,
    left: line('[qmux] '),
    items,
    separator: line('  '),
    justify: 'left',
    right: line(' 14:02'),
    ...more,
  };
}

export function paneView(source: RowSource, size: Size, more: Partial<PaneView> = {}): PaneView {
  return {
    id: paneId(1),
    rect: { x: 0, y: 0, width: size.columns, height: size.rows },
    source,
    top: 0,
    cursor: { x: 0, y: 0, visible: true, shape: undefined, blinking: false },
    highlights: [],
    label: undefined,
    active: true,
    reverse: false,
    ...more,
  };
}

/** One pane that fills what the status line leaves. */
export function simpleView(source: RowSource, size: Size, more: Partial<ScreenView> = {}): ScreenView {
  const area = paneArea(size, more.status?.position);
  return {
    panes: [paneView(source, size, { rect: area })],
    status: undefined,
    overlays: [],
    title: undefined,
    modes: PLAIN_MODES,
    mouse: false,
    focusEvents: false,
    ...more,
  };
}
