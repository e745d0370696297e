import type { TerminalModes } from '../session/session.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Capabilities } from './capabilities.ts';

/** What the outer terminal's modes depend on. */
export interface WantedModes {
  readonly modes: TerminalModes;
  /** Whether qmux itself wants the mouse. */
  readonly mouse: boolean;
  readonly focusEvents: boolean;
  readonly title: string | undefined;
}

type Mouse = 'none' | 'press' | 'drag' | 'any';
const MOUSE_MODES = { press: 1000, drag: 1002, any: 1003 } as const;
const MAXIMUM_TITLE = 512;

interface Outer {
  readonly cursorKeys: boolean;
  readonly keypad: boolean;
  readonly paste: boolean;
  readonly focus: boolean;
  readonly mouse: Mouse;
  readonly kitty: number;
  readonly otherKeys: number;
  readonly title: string | undefined;
}

/** All off: what a terminal is like after the start and the restore sequence. */
const OFF: Outer = {
  cursorKeys: false,
  keypad: false,
  paste: false,
  focus: false,
  mouse: 'none',
  kitty: 0,
  otherKeys: 0,
  title: undefined,
};

/** Modes of the outer terminal; each is sent only when it changes. */
export class OuterModes {
  #current: Outer | undefined = OFF;
  #pushed = false;
  /** What the last call asked for, and of which terminal. */
  #wanted: WantedModes | undefined;
  #capabilities: Capabilities | undefined;

  /** What the terminal has on is not known: everything is sent again, also what is to be off. */
  forget(): void {
    this.#current = undefined;
    this.#wanted = undefined;
    this.#pushed = false;
  }

  apply(writer: ByteWriter, capabilities: Capabilities, wanted: WantedModes): void {
    if (capabilities === this.#capabilities && this.#wanted !== undefined && isSame(this.#wanted, wanted)) return;
    this.#capabilities = capabilities;
    this.#wanted = only(wanted);
    const before = this.#current;
    const after = outerModes(capabilities, wanted);
    this.#current = after;
    const { answers, bracketedPaste, focusEvents, mouse, modifyOtherKeys } = capabilities;
    if (before ? before.cursorKeys !== after.cursorKeys : answers) setMode(writer, 1, after.cursorKeys);
    if (before ? before.keypad !== after.keypad : answers) writer.ascii(after.keypad ? '\x1b=' : '\x1b>');
    if (before ? before.paste !== after.paste : bracketedPaste) setMode(writer, 2004, after.paste);
    if (before ? before.focus !== after.focus : focusEvents) setMode(writer, 1004, after.focus);
    if (before) setMouse(writer, before.mouse, after.mouse);
    else if (mouse) {
      for (const mode of [1003, 1002, 1000, 1006]) setMode(writer, mode, false);
      setMouse(writer, 'none', after.mouse);
    }
    if ((before?.kitty ?? 0) !== after.kitty) this.#setKitty(writer, after.kitty);
    if (before ? before.otherKeys !== after.otherKeys : modifyOtherKeys) writer.ascii(`\x1b[>4;${after.otherKeys}m`);
    if (before?.title !== after.title && after.title !== undefined) {
      writer.ascii('\x1b]2;');
      writer.text(after.title);
      writer.ascii('\x1b\\');
    }
  }

  /** Our own entry on the terminal's stack is changed in place; the restore sequence pops it. */
  #setKitty(writer: ByteWriter, flags: number): void {
    writer.ascii(this.#pushed ? `\x1b[=${flags};1u` : `\x1b[>${flags}u`);
    this.#pushed = true;
  }
}

/** Most frames want what the one before wanted; a session's modes are an object that does not change. */
const isSame = (a: WantedModes, b: WantedModes): boolean =>
  a.modes === b.modes && a.title === b.title && a.mouse === b.mouse && a.focusEvents === b.focusEvents;

/** Without what else a view holds. */
const only = ({ modes, mouse, focusEvents, title }: WantedModes): WantedModes => ({ modes, mouse, focusEvents, title });

function outerModes(capabilities: Capabilities, { modes, mouse, focusEvents, title }: WantedModes): Outer {
  return {
    cursorKeys: capabilities.answers && modes.applicationCursorKeys,
    keypad: capabilities.answers && modes.applicationKeypad,
    // Always on: qmux itself must tell pastes from keys. The session marks them again if it asked for that.
    paste: capabilities.bracketedPaste,
    focus: capabilities.focusEvents && (focusEvents || modes.focusEvents),
    mouse: capabilities.mouse ? wantedMouse(modes, mouse) : 'none',
    kitty: capabilities.kittyKeyboard ? modes.kittyKeyboard & 0x1f : 0,
    otherKeys: capabilities.modifyOtherKeys && modes.kittyKeyboard === 0 ? Math.min(2, modes.modifyOtherKeys) : 0,
    title: capabilities.title && title !== undefined ? cleanTitle(title, capabilities.utf8) : undefined,
  };
}

/** qmux needs drags, for selections; moves without a button only when the session asked for them. */
function wantedMouse({ mouseTracking }: TerminalModes, own: boolean): Mouse {
  if (mouseTracking === 'any') return 'any';
  if (own || mouseTracking === 'drag') return 'drag';
  return mouseTracking === 'none' ? 'none' : 'press';
}

function setMouse(writer: ByteWriter, before: Mouse, after: Mouse): void {
  if (before === after) return;
  if (after === 'none') {
    if (before !== 'none') setMode(writer, MOUSE_MODES[before], false);
    setMode(writer, 1006, false);
    return;
  }
  // Each of the three replaces the one before it in xterm, but not everywhere.
  if (before !== 'none') setMode(writer, MOUSE_MODES[before], false);
  else setMode(writer, 1006, true);
  setMode(writer, MOUSE_MODES[after], true);
}

function setMode(writer: ByteWriter, mode: number, on: boolean): void {
  writer.ascii(`\x1b[?${mode}${on ? 'h' : 'l'}`);
}

/** A title without controls and of a bounded length; in ASCII where the terminal has nothing else. */
function cleanTitle(title: string, utf8: boolean): string {
  const clean = title
    .slice(0, MAXIMUM_TITLE)
    .replace(/[\x00-\x1f\x7f-\x9f]/g, ' ')
    .replace(/\p{Surrogate}/gu, '');
  return utf8 ? clean : clean.replace(/[^ -~]/gu, '?');
}
