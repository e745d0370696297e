import type { KeyEvent } from './key.ts';

/** Modifiers that we know; kitty's lock keys (64, 128) are not among them. */
const KNOWN_MODIFIERS = 63;
const CAPS_LOCK = 64;

/** `modifiers` or `modifiers:event type`, as xterm and kitty number them; anything else is none. */
export function modifiersOf(field: string): {
  readonly modifiers: number;
  readonly capsLock: boolean;
  readonly action: KeyEvent['action'];
} {
  const [number = '', event] = field.split(':');
  const bits = Math.min(Math.max(Number(number || 1), 1), 256) - 1;
  const action = event === '3' ? 'release' : event === '2' ? 'repeat' : 'press';
  return { modifiers: bits & KNOWN_MODIFIERS, capsLock: (bits & CAPS_LOCK) !== 0, action };
}
