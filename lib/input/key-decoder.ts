import { codePointKey, utf8At } from './character-key.ts';
import { cutOff, escapeAt, MAXIMUM_STRING, PARTIAL, stringEnd } from './escape-parser.ts';
import type { InputEvent, KeyEvent } from './key.ts';

const ESC = 0x1b;
const NOTHING = new Uint8Array();
const never = (): boolean => false;
const PASTE_START = Buffer.from('\x1b[200~');
const PASTE_END = Buffer.from('\x1b[201~');

/**
 * Bytes of a client's tty, in any pieces, to events. Nothing is lost or made up: the bytes of the events (and the marks
 * around pastes) are the bytes that came, in order. Costs linear time, and holds at most 4 KB and one piece.
 *
 * A lone ESC at the end of a piece is Escape, or the beginning of a key whose rest comes later. By default it is
 * given out at once, so that a session never waits for it; when its rest comes before `flush`, the key that both make
 * is given out with the rest as its bytes and `continued` set. Whoever would act on the Escape itself (a mode, a
 * binding) says so with `holdsEscape`: then it waits with every other beginning for its rest or for `flush`.
 *
 * `pending` says that an escape sequence has begun: the caller calls `flush` when escape-time has passed without
 * another piece. Half a character of UTF-8 and a paste that goes on are not pending: their rest is on its way.
 */
export class KeyDecoder {
  /** What was not understood so far; its first `#sent` bytes, all ESC, were given out already. */
  #held: Uint8Array = NOTHING;
  #sent = 0;
  #state: 'keys' | 'string' | 'paste' = 'keys';
  #pasteFirst = false;
  #cursorReports = 0;
  #events: InputEvent[] = [];

  get pending(): boolean {
    return this.#state === 'string' || (this.#state === 'keys' && this.#held[0] === ESC);
  }

  /** Whether nothing has begun: what comes next stands for itself. */
  get isIdle(): boolean {
    return this.#state === 'keys' && this.#held.length === 0;
  }

  /** The next `CSI row ; column R` is a report of the cursor's place, and not F3 with modifiers. */
  expectCursorReport(): void {
    this.#cursorReports++;
  }

  /**
   * The events hold parts of `bytes`: the caller must not write to it afterwards.
   * @param holdsEscape whether a lone ESC at the end waits for its rest; asked when there is one
   */
  decode(bytes: Uint8Array, holdsEscape: () => boolean = never): InputEvent[] {
    this.#run(this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]), false);
    if (this.#held.length > this.#sent && this.#state === 'keys' && !holdsEscape()) this.#sendEscapes();
    return this.#take();
  }

  flush(): InputEvent[] {
    if (!this.pending) return [];
    this.#run(this.#held, true);
    if (this.#state === 'string') this.#state = 'keys';
    this.#held = NOTHING;
    this.#sent = 0;
    return this.#take();
  }

  #take(): InputEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #run(data: Uint8Array, last: boolean): void {
    let at = 0;
    while (at < data.length) {
      const before = at;
      const state = this.#state;
      if (state === 'paste') at = this.#paste(data, at);
      else if (state === 'string') at = this.#string(data, at, last);
      else at = this.#keys(data, at, last);
      if (at === before && this.#state === state) break;
    }
    // A copy, so that a few bytes do not keep a large piece alive.
    this.#held = at < data.length ? Uint8Array.from(data.subarray(at)) : NOTHING;
  }

  /** Keys from `at` on; stops at the end, at a mark of a paste, or at what is not whole. */
  #keys(data: Uint8Array, from: number, last: boolean): number {
    const end = data.length;
    let at = from;
    while (at < end && this.#state === 'keys') {
      const byte = data[at] ?? 0;
      if (byte < 0x80 && byte !== ESC) {
        this.#emit({ type: 'key', key: codePointKey(byte, false), action: 'press', bytes: data.subarray(at, at + 1) });
        at++;
        continue;
      }
      const event = byte === ESC ? this.#escape(data, at, end) : characterAt(data, at, end);
      if (event !== PARTIAL) {
        this.#emit(event);
        at += event.bytes.length;
      } else if (last) {
        const rest = cutOffAt(data, at, end);
        this.#emit(rest);
        at += rest.bytes.length;
      } else if (end - at < MAXIMUM_STRING) return at;
      else {
        this.#emit({ type: 'unknown', bytes: data.subarray(at, at + 2) });
        this.#state = 'string';
        at += 2;
      }
    }
    return at;
  }

  #escape(data: Uint8Array, at: number, end: number): InputEvent | typeof PARTIAL {
    const event = escapeAt(data, at, end, this.#cursorReports > 0);
    if (event === PARTIAL) return event;
    if (event.type === 'reply' && this.#cursorReports > 0 && event.bytes.at(-1) === 0x52) this.#cursorReports--;
    return event;
  }

  /** Gives out an event, less the ESCs that went ahead of it. */
  #emit(event: InputEvent): void {
    const { length } = event.bytes;
    const sent = Math.min(this.#sent, length);
    this.#sent -= sent;
    if (isMark(event, PASTE_START)) {
      this.#state = 'paste';
      this.#pasteFirst = true;
    } else if (sent === 0) this.#events.push(event);
    else if (sent < length) {
      const bytes = event.bytes.subarray(sent);
      this.#events.push(event.type === 'key' ? { ...event, bytes, continued: true } : { ...event, bytes });
    }
  }

  /** Gives out all but a possible beginning of the end mark. */
  #paste(data: Uint8Array, at: number): number {
    const mark = Buffer.from(data.buffer, data.byteOffset, data.byteLength).indexOf(PASTE_END, at);
    if (mark >= 0) {
      this.#events.push({ type: 'paste', bytes: data.subarray(at, mark), first: this.#pasteFirst, last: true });
      this.#state = 'keys';
      return mark + PASTE_END.length;
    }
    const stop = data.length - beginningOfMark(data, at);
    if (stop > at) {
      this.#events.push({ type: 'paste', bytes: data.subarray(at, stop), first: this.#pasteFirst, last: false });
      this.#pasteFirst = false;
    }
    return stop;
  }

  /** The rest of a string that is too long to be a reply, in pieces. */
  #string(data: Uint8Array, at: number, last: boolean): number {
    const { end, ended } = stringEnd(data, at, data.length);
    const stop = last ? data.length : end;
    if (stop > at) this.#emit({ type: 'unknown', bytes: data.subarray(at, stop) });
    if (ended !== undefined) this.#state = 'keys';
    return stop;
  }

  #sendEscapes(): void {
    if (this.#held.length > 2 || this.#held.some((byte) => byte !== ESC)) return;
    for (; this.#sent < this.#held.length; this.#sent++) {
      const bytes = this.#held.subarray(this.#sent, this.#sent + 1);
      this.#events.push({ type: 'key', key: codePointKey(ESC, false), action: 'press', bytes });
    }
  }
}

function characterAt(data: Uint8Array, at: number, end: number): InputEvent | typeof PARTIAL {
  const character = utf8At(data, at, end);
  if (character === 'partial') return PARTIAL;
  if (character === undefined) return { type: 'unknown', bytes: data.subarray(at, at + 1) };
  const bytes = data.subarray(at, at + character.length);
  return { type: 'key', key: codePointKey(character.code, false), action: 'press', bytes };
}

/** What the beginning of something is when nothing follows it any more. */
function cutOffAt(data: Uint8Array, at: number, end: number): InputEvent {
  const second = data[at + 1];
  const lone: KeyEvent = {
    type: 'key',
    key: codePointKey(ESC, false),
    action: 'press',
    bytes: data.subarray(at, at + 1),
  };
  if (data[at] !== ESC) return { type: 'unknown', bytes: data.subarray(at, end) };
  if (second === undefined || at + 1 >= end || second === ESC) return lone;
  // SS3 and a digit: Alt with O, then the digit.
  return second === 0x4f ? cutOff(data, at, at + 2) : cutOff(data, at, end);
}

const isMark = ({ bytes }: InputEvent, mark: Uint8Array): boolean =>
  bytes.length === mark.length && bytes[2] === 0x32 && mark.every((byte, index) => byte === bytes[index]);

/** How many bytes at the end of `data` may be the beginning of a paste's end mark. */
function beginningOfMark(data: Uint8Array, at: number): number {
  for (let length = Math.min(PASTE_END.length - 1, data.length - at); length > 0; length--) {
    const start = data.length - length;
    let same = 0;
    while (same < length && data[start + same] === PASTE_END[same]) same++;
    if (same === length) return length;
  }
  return 0;
}
