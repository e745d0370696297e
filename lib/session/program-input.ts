import type { InputEvent } from '../input/key.ts';
import { bytesFor, encodeKey } from '../input/key-encoder.ts';
import type { TerminalModes } from '../terminal/virtual-terminal.ts';
import { encodeMouse } from './mouse-encoder.ts';
import { PASTE_END, PASTE_START, PasteFilter } from './paste-filter.ts';

type Mouse = Extract<InputEvent, { readonly type: 'mouse' }>;
type Paste = Extract<InputEvent, { readonly type: 'paste' }>;

const FOCUS_IN = Buffer.from('\x1b[I');
const FOCUS_OUT = Buffer.from('\x1b[O');
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** Turns what a person did into the bytes that a program in these modes expects, and writes them. */
export class ProgramInput {
  readonly #write: (bytes: Uint8Array) => void;
  /** The paste whose last piece has not come yet. */
  #paste: { readonly bracketed: boolean; readonly filter: PasteFilter } | undefined;

  /** What the program was told of the focus last; undefined while it does not ask. */
  #toldFocus: boolean | undefined;

  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  /** Writes the event, if it means something to the program. Focus is not: see `tellFocus`. */
  input(event: InputEvent, modes: TerminalModes): void {
    switch (event.type) {
      case 'key': {
        const bytes = bytesFor(event, modes);
        if (bytes.length > 0) this.#write(bytes);
        return;
      }
      case 'paste':
        this.#pastePiece(event, modes);
        return;
      case 'mouse': {
        const bytes = wheelAsKeys(event, modes) ?? encodeMouse(event, modes);
        if (bytes !== undefined) this.#write(bytes);
        return;
      }
      case 'unknown':
        this.#write(event.bytes);
        return;
      case 'focus':
      case 'reply':
        return;
    }
  }

  /** Text as if pasted: line ends become Return, as terminals paste them. */
  paste(text: string, modes: TerminalModes): void {
    const bytes = Buffer.from(text.replace(/\r?\n/g, '\r'));
    this.#pastePiece({ type: 'paste', bytes, first: true, last: true }, modes);
  }

  /** To be called after every change: tells the program once when it begins to ask, then of each change. */
  tellFocus(focused: boolean, modes: TerminalModes): void {
    const told = this.#toldFocus;
    this.#toldFocus = modes.focusEvents ? focused : undefined;
    if (modes.focusEvents && told !== focused) this.#write(focused ? FOCUS_IN : FOCUS_OUT);
  }

  /** Another program: it was told nothing yet, and an unfinished paste was not for it. */
  reset(): void {
    this.#paste = undefined;
    this.#toldFocus = undefined;
  }

  /** The marks are writes of their own, so that the end is written even where a large piece was refused. */
  #pastePiece({ bytes, first, last }: Paste, modes: TerminalModes): void {
    if (first && this.#paste?.bracketed === true) this.#write(PASTE_END);
    if (first || this.#paste === undefined) {
      this.#paste = { bracketed: modes.bracketedPaste, filter: new PasteFilter() };
      if (this.#paste.bracketed) this.#write(PASTE_START);
    }
    const { bracketed, filter } = this.#paste;
    const out = bracketed ? filter.next(bytes, last) : withReturns(bytes);
    if (out.length > 0) this.#write(out);
    if (!last) return;
    if (bracketed) this.#write(PASTE_END);
    this.#paste = undefined;
  }
}

/**
 * A notch of the wheel over a program that fills the alternate screen and knows no mouse, such as less: three arrow
 * keys, as terminals send them (xterm's mode 1007) while no multiplexer holds their mouse.
 */
function wheelAsKeys({ action, button, modifiers }: Mouse, modes: TerminalModes): Uint8Array | undefined {
  if (!modes.alternateScreen || modes.mouseTracking !== 'none' || action !== 'press' || modifiers !== 0)
    return undefined;
  if (button !== 'wheel-up' && button !== 'wheel-down') return undefined;
  const key = encodeKey({ name: button === 'wheel-up' ? 'Up' : 'Down', modifiers: 0 }, modes);
  return Buffer.concat([key, key, key]);
}

/** Line feeds as Return: what a person's Enter key would have sent. */
function withReturns(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(LINE_FEED)) return bytes;
  return bytes.map((byte) => (byte === LINE_FEED ? RETURN : byte));
}
