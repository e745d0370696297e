import type { MouseButton, MouseEvent } from './key.ts';
import type { MousePlace } from './mouse-name.ts';

/** A button that is or was held: where it went down, and the how-manieth click in a row that was. */
export interface MousePress {
  readonly button: MouseButton;
  readonly place: MousePlace;
  readonly x: number;
  readonly y: number;
  readonly time: number;
  readonly clicks: number;
  readonly held: boolean;
  readonly dragged: boolean;
}

/** Milliseconds within which presses at one cell are a double or triple click; tmux's time. */
const CLICK_TIME = 300;
const NUMBERS: Readonly<Record<MouseButton, number>> = {
  left: 1,
  middle: 2,
  right: 3,
  'wheel-up': 4,
  'wheel-down': 5,
  'wheel-left': 6,
  'wheel-right': 7,
  other: 8,
  none: 0,
};
const CLICK_NAMES: Readonly<Record<number, readonly string[]>> = {
  1: ['MouseDown'],
  2: ['DoubleClick', 'SecondClick', 'MouseDown'],
  3: ['TripleClick', 'MouseDown'],
};

/**
 * What a mouse event is called, best name first: the second press is a DoubleClick where that is bound, else a
 * MouseDown. A drag and its end keep the place where the button went down; `place` is that one then.
 */
export function mouseGesture(
  previous: MousePress | undefined,
  event: MouseEvent,
  place: MousePlace,
  now: number,
): { readonly press: MousePress | undefined; readonly names: readonly string[]; readonly place: MousePlace } {
  const { action, button, x, y } = event;
  if (action === 'move') return { press: previous, names: [`MouseMove${place}`], place };
  if (button === 'wheel-up' || button === 'wheel-down')
    return { press: undefined, names: [`Wheel${button === 'wheel-up' ? 'Up' : 'Down'}${place}`], place };
  if (action === 'press') {
    const again =
      previous !== undefined &&
      previous.button === button &&
      previous.x === x &&
      previous.y === y &&
      previous.place === place &&
      !previous.dragged &&
      now - previous.time <= CLICK_TIME;
    const clicks = again ? (previous.clicks % 3) + 1 : 1;
    const names = (CLICK_NAMES[clicks] ?? []).map((verb) => `${verb}${NUMBERS[button]}${place}`);
    return { press: { button, place, x, y, time: now, clicks, held: true, dragged: false }, names, place };
  }
  const start = previous?.held === true ? previous : undefined;
  const number = NUMBERS[start?.button ?? button];
  const where = start?.place ?? place;
  if (action === 'drag')
    return { press: start && { ...start, dragged: true }, names: [`MouseDrag${number}${where}`], place: where };
  const verb = start?.dragged === true ? 'MouseDragEnd' : 'MouseUp';
  return { press: start && { ...start, held: false }, names: [`${verb}${number}${where}`], place: where };
}
