import { ALT, CTRL, type MouseButton, type MouseEvent, SHIFT } from './key.ts';

const BUTTONS: readonly MouseButton[] = ['left', 'middle', 'right'];
const WHEEL: readonly MouseButton[] = ['wheel-up', 'wheel-down', 'wheel-left', 'wheel-right'];
const MOTION = 32;
const WHEEL_BIT = 64;
const EXTRA_BIT = 128;
const MAXIMUM_PLACE = 0xffff;

/** A mouse event from xterm's button code and a place counted from 1; `released` is what SGR's final `m` says. */
export function mouseEvent(
  code: number,
  x: number,
  y: number,
  released: boolean | undefined,
  bytes: Uint8Array,
): MouseEvent {
  const modifiers = ((code & 4) !== 0 ? SHIFT : 0) | ((code & 8) !== 0 ? ALT : 0) | ((code & 16) !== 0 ? CTRL : 0);
  const low = code & 3;
  const plain = (code & (WHEEL_BIT | EXTRA_BIT)) === 0;
  const none = plain && low === 3;
  const button = none ? 'none' : plain ? BUTTONS[low] : (code & EXTRA_BIT) === 0 ? WHEEL[low] : 'other';
  const action =
    (code & MOTION) !== 0
      ? none
        ? 'move'
        : 'drag'
      : released === true || (released === undefined && none)
        ? 'release'
        : 'press';
  return { type: 'mouse', action, button: button ?? 'other', modifiers, x: place(x), y: place(y), bytes };
}

const place = (fromOne: number): number => Math.min(Math.max(fromOne - 1, 0), MAXIMUM_PLACE);
