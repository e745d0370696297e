/** Modifiers of a key as bits; kitty's numbering (CSI u parameter minus 1), lock keys left out. */
export const SHIFT = 1;
export const ALT = 2;
export const CTRL = 4;
export const SUPER = 8;
export const HYPER = 16;
export const META = 32;

/**
 * A key press. `name` is a printable cluster ('a', 'é', '%') or a name of tmux's: Enter, Escape, Tab, BSpace, Space,
 * Up, Down, Left, Right, Home, End, PPage, NPage, IC, DC, F1–F35, KP0…, BTab is Tab with SHIFT.
 * Ctrl with a letter is the lower-case letter with CTRL; SHIFT is not set for a printable key that shift already changed.
 */
export interface Key {
  readonly name: string;
  readonly modifiers: number;
}

export type MouseButton =
  | 'left'
  | 'middle'
  | 'right'
  | 'wheel-up'
  | 'wheel-down'
  | 'wheel-left'
  | 'wheel-right'
  | 'other'
  | 'none';

/** What the decoder makes of a client's bytes. Each keeps the bytes that it came as, for forwarding unchanged. */
export type InputEvent =
  | {
      readonly type: 'key';
      readonly key: Key;
      /** Presses and repeats act; releases (kitty keyboard only) are just forwarded. */
      readonly action: 'press' | 'repeat' | 'release';
      readonly bytes: Uint8Array;
      /** The ESC before `bytes` was given out as an Escape of its own already, because the rest had not come yet. */
      readonly continued?: boolean;
    }
  /** One piece of a bracketed paste, marks not included in `bytes`; a paste of any size is a first, any number of further and a last piece. */
  | { readonly type: 'paste'; readonly bytes: Uint8Array; readonly first: boolean; readonly last: boolean }
  /** `x` and `y` count cells from 0. The old encoding does not say which button was released: `none`. */
  | {
      readonly type: 'mouse';
      readonly action: 'press' | 'release' | 'drag' | 'move';
      readonly button: MouseButton;
      readonly modifiers: number;
      readonly x: number;
      readonly y: number;
      readonly bytes: Uint8Array;
    }
  | { readonly type: 'focus'; readonly focused: boolean; readonly bytes: Uint8Array }
  /** An answer of the outer terminal to a query of ours (DA1, DA2, XTVERSION, DECRQM, kitty flags, OSC 10/11, CPR). */
  | { readonly type: 'reply'; readonly bytes: Uint8Array }
  /** An escape sequence that means nothing to us; forwarded as it is. */
  | { readonly type: 'unknown'; readonly bytes: Uint8Array };

export type KeyEvent = Extract<InputEvent, { readonly type: 'key' }>;
export type MouseEvent = Extract<InputEvent, { readonly type: 'mouse' }>;
