import { ALT, CTRL, type InputEvent, META, type MouseButton, SHIFT } from '../input/key.ts';
import type { MouseEncoding, MouseTracking } from '../terminal/virtual-terminal.ts';

type MouseInput = Extract<InputEvent, { readonly type: 'mouse' }>;

/** xterm's button codes (ctlseqs, "Mouse Tracking"); buttons that it does not name keep theirs. */
const CODES: Readonly<Record<MouseButton, number>> = {
  left: 0,
  middle: 1,
  right: 2,
  none: 3,
  'wheel-up': 64,
  'wheel-down': 65,
  'wheel-left': 66,
  'wheel-right': 67,
  other: 128,
};
const RELEASE = 3;
const MOTION = 32;
/** Shift, Alt and Ctrl. */
const ALL_MODIFIERS = 28;
/** Added to every number of the old encodings, so that it is no control character. */
const OFFSET = 32;
/** The largest place that one byte holds, counted from 1, and that two bytes of UTF-8 hold. */
const BYTE_PLACE = 223;
const UTF8_PLACE = 2015;

const ACTIONS: Readonly<Record<MouseTracking, readonly MouseInput['action'][]>> = {
  none: [],
  x10: ['press'],
  press: ['press', 'release'],
  drag: ['press', 'release', 'drag'],
  any: ['press', 'release', 'drag', 'move'],
};

/**
 * What a program that asked for `tracking` in `encoding` is told of a mouse event; undefined for what it did not ask
 * for or the encoding cannot say. Pixels are not known here: a program that wants them is told cells, in the same form.
 */
export function encodeMouse(
  event: MouseInput,
  { mouseTracking, mouseEncoding }: { readonly mouseTracking: MouseTracking; readonly mouseEncoding: MouseEncoding },
): Uint8Array | undefined {
  if (!ACTIONS[mouseTracking].includes(event.action)) return undefined;
  if (event.x < 0 || event.y < 0) return undefined;
  const wheel = event.button.startsWith('wheel-');
  if (wheel && event.action !== 'press') return undefined;
  if (mouseTracking === 'x10' && CODES[event.button] > 2) return undefined;
  const modifiers = mouseTracking === 'x10' ? 0 : modifierBits(event.modifiers);
  const motion = event.action === 'drag' || event.action === 'move' ? MOTION : 0;
  const button =
    event.action === 'move' ? CODES.none : event.button === 'other' ? otherCode(event) : CODES[event.button];
  const released = event.action === 'release';
  const x = event.x + 1;
  const y = event.y + 1;
  if (mouseEncoding === 'sgr' || mouseEncoding === 'sgr-pixels')
    return Buffer.from(`\x1b[<${button | motion | modifiers};${x};${y}${released ? 'm' : 'M'}`);
  const code = (released ? RELEASE : button) | motion | modifiers;
  if (mouseEncoding === 'urxvt') return Buffer.from(`\x1b[${code + OFFSET};${x};${y}M`);
  const utf8 = mouseEncoding === 'utf8';
  if (Math.max(x, y) > (utf8 ? UTF8_PLACE : BYTE_PLACE)) return undefined;
  const text = `\x1b[M${String.fromCharCode(code + OFFSET, x + OFFSET, y + OFFSET)}`;
  return Buffer.from(text, utf8 ? 'utf8' : 'latin1');
}

/** Which of the further buttons it is, as the terminal said in SGR's form. */
function otherCode({ bytes }: MouseInput): number {
  const [, code] = /^\x1b\[<(\d{1,4});/.exec(Buffer.from(bytes.subarray(0, 16)).toString('latin1')) ?? [];
  return code === undefined ? CODES.other : Number(code) & ~(MOTION | ALL_MODIFIERS);
}

const modifierBits = (modifiers: number): number =>
  ((modifiers & SHIFT) !== 0 ? 4 : 0) |
  ((modifiers & (ALT | META)) !== 0 ? 8 : 0) |
  ((modifiers & CTRL) !== 0 ? 16 : 0);
