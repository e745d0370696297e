import type { Rect } from '../../base/geometry.ts';
import type { OverlayView } from '../../mode/overlay-view.ts';
import type { Mount } from '../surface.ts';
import { ClockWidget } from './clock.ts';
import { ListWidget, listLayout } from './list.ts';
import { MessageWidget } from './message.ts';
import { PaneNumbers } from './pane-numbers.ts';
import { PromptWidget, promptLayout } from './prompt.ts';
import { TextWidget } from './text.ts';

/** Draws one overlay, whose view may change as long as its layout stays. */
export interface OverlayWidget {
  update(view: OverlayView): void;
  mount(mount: Mount): void;
}

/** What the picture's layout depends on: while it is the same, `update` is enough. */
export function overlayLayout(view: OverlayView, area: Rect): string {
  if (view.kind === 'prompt') return `prompt:${promptLayout(view, area)}`;
  if (view.kind === 'clock') return `clock:${view.text.length}`;
  if (view.kind === 'panes') return `panes:${view.panes.map(({ index }) => index)}`;
  return view.kind === 'list' ? `list:${listLayout(view)}:${view.hint}` : view.kind;
}

/** The widget for an overlay; `active` is the active pane's rectangle. */
export function overlayWidget(view: OverlayView, active: Rect): OverlayWidget {
  switch (view.kind) {
    case 'prompt':
      return new PromptWidget(view);
    case 'message':
      return new MessageWidget(view);
    case 'text':
      return new TextWidget(view);
    case 'list':
      return new ListWidget(view);
    case 'clock':
      return new ClockWidget(view, active);
    case 'panes':
      return new PaneNumbers(view);
  }
}
