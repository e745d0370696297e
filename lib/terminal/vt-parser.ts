import { VtParameters } from './vt-parameters.ts';
import {
  ACTION_SHIFT,
  CLEAR,
  COLLECT,
  CSI_DISPATCH,
  CSI_ENTRY,
  DCS_END,
  DCS_HOOK,
  DCS_IGNORE,
  DCS_PUT,
  ESCAPE,
  ESCAPE_DISPATCH,
  EXECUTE,
  GROUND,
  IGNORE,
  IGNORED_STRING,
  NEXT_STATE,
  NON_ASCII,
  OSC_END,
  OSC_PUT,
  OSC_START,
  PARAMETER,
  PRINT,
  STATE_SHIFT,
  TRANSITIONS,
} from './vt-table.ts';

/**
 * What a parser found. A sequence's `id` is its prefix, its intermediates and its final character, a byte each. The
 * bytes given are those that are parsed: whoever keeps some copies them.
 */
export interface VtReceiver {
  /** Printable ASCII from `start` on, where there is some; returns where it ends. */
  printAscii(bytes: Uint8Array, start: number): number;
  /** May print more than ASCII from `start` on, where a character begins; returns the first byte that it left. */
  fillRows(bytes: Uint8Array, start: number): number;
  /** A code point from 0xA0. */
  printPoint(point: number): void;
  /** A control of C0 or C1. */
  execute(code: number): void;
  escape(id: number): void;
  csi(id: number, parameters: VtParameters): void;
  oscStart(): void;
  oscPut(bytes: Uint8Array, start: number, end: number): void;
  oscPoint(point: number): void;
  /** `complete` unless the string was cancelled. */
  oscEnd(complete: boolean): void;
  dcsStart(id: number): void;
  dcsPut(bytes: Uint8Array, start: number, end: number): void;
  dcsPoint(point: number): void;
  dcsEnd(complete: boolean): void;
}

const REPLACEMENT = 0xfffd;
const CANCEL = 0x18;
const SUBSTITUTE = 0x1a;
const ESC = 0x1b;
const DELETE = 0x7f;
/** More than this is no sequence that we know, and would not fit an id. */
const MAXIMUM_COLLECTED = 0xff_ffff;

/** Bytes to text and control sequences, whatever the cuts between them; UTF-8 is decoded on the way. */
export class VtParser {
  readonly #receiver: VtReceiver;
  readonly #parameters = new VtParameters();
  #state = GROUND;
  #collected = 0;
  /** A character that the last bytes cut: its bits so far, bytes to come, and the range of the next. */
  #point = 0;
  #missing = 0;
  #low = 0x80;
  #high = 0xbf;

  constructor(receiver: VtReceiver) {
    this.#receiver = receiver;
  }

  /** Forgets what was begun. */
  reset(): void {
    this.#state = GROUND;
    this.#collected = 0;
    this.#missing = 0;
  }

  /** RIS within a parse: the sequence itself is over already, and a cut character cannot be. */
  parse(bytes: Uint8Array): void {
    const { length } = bytes;
    const receiver = this.#receiver;
    let index = 0;
    while (index < length) {
      const byte = bytes[index] ?? 0;
      if (byte >= 0x80 || this.#missing !== 0) {
        const isPlain = this.#missing === 0 && this.#state === GROUND;
        const next = isPlain ? receiver.fillRows(bytes, index) : index;
        index = next > index ? next : this.#decode(bytes, index);
      } else if (this.#state !== GROUND) {
        index = this.#step(bytes, index, byte);
      } else if (byte >= 0x20) {
        if (byte === DELETE) {
          index += 1;
          continue;
        }
        index = receiver.printAscii(bytes, index);
      } else {
        index += 1;
        if (byte === ESC) {
          this.#collected = 0;
          this.#state = ESCAPE;
          if (index < length && bytes[index] === 0x5b) {
            index += 1;
            const parameters = this.#parameters;
            const end = parameters.takePlain(bytes, index);
            if (end < 0) {
              parameters.clear();
              this.#state = CSI_ENTRY;
            } else {
              this.#state = GROUND;
              index = end + 1;
              receiver.csi(bytes[end] ?? 0, parameters);
            }
          }
        } else receiver.execute(byte);
      }
    }
  }

  /** One code point below 0x80 outside of plain text, or several of the same meaning; returns the next index. */
  #step(bytes: Uint8Array, index: number, code: number): number {
    const transition = TRANSITIONS[(this.#state << STATE_SHIFT) | code] ?? 0;
    const action = transition >> ACTION_SHIFT;
    let next = index + 1;
    switch (action) {
      case PARAMETER: {
        const parameters = this.#parameters;
        parameters.put(code);
        for (; next < bytes.length; next++) {
          const more = bytes[next] ?? 0;
          if (more < 0x30 || more > 0x3b) break;
          parameters.put(more);
        }
        this.#state = transition & NEXT_STATE;
        return next;
      }
      case OSC_PUT:
        while (next < bytes.length && isText(bytes[next] ?? 0)) next += 1;
        this.#receiver.oscPut(bytes, index, next);
        return next;
      case DCS_PUT:
        while (next < bytes.length && isPayload(bytes[next] ?? 0)) next += 1;
        this.#receiver.dcsPut(bytes, index, next);
        return next;
      case IGNORE:
        // Of the strings that nobody reads, all text at once: pictures are long.
        if (this.#state === IGNORED_STRING || this.#state === DCS_IGNORE)
          while (next < bytes.length && isText(bytes[next] ?? 0)) next += 1;
        this.#act(transition, code);
        return next;
      default:
        this.#act(transition, code);
        return next;
    }
  }

  /** Any code point, alone. */
  #take(point: number): void {
    const state = this.#state;
    if (point >= NON_ASCII && state === GROUND) {
      this.#receiver.printPoint(point);
      return;
    }
    const transition = TRANSITIONS[(state << STATE_SHIFT) | Math.min(point, NON_ASCII)] ?? 0;
    const action = transition >> ACTION_SHIFT;
    if (action === OSC_PUT) this.#receiver.oscPoint(point);
    else if (action === DCS_PUT) this.#receiver.dcsPoint(point);
    else this.#act(transition, point);
  }

  #act(transition: number, code: number): void {
    const receiver = this.#receiver;
    // Before the receiver is called, since that may reset us.
    this.#state = transition & NEXT_STATE;
    switch (transition >> ACTION_SHIFT) {
      case PRINT:
        receiver.printPoint(code);
        return;
      case EXECUTE:
        receiver.execute(code);
        return;
      case CLEAR:
        this.#clear();
        return;
      case COLLECT:
        this.#collected = this.#collected > MAXIMUM_COLLECTED ? this.#collected : (this.#collected << 8) | code;
        return;
      case ESCAPE_DISPATCH:
        receiver.escape(this.#id(code));
        return;
      case CSI_DISPATCH:
        receiver.csi(this.#id(code), this.#parameters);
        return;
      case OSC_START:
        receiver.oscStart();
        return;
      case OSC_END:
        this.#clear();
        receiver.oscEnd(code !== CANCEL && code !== SUBSTITUTE);
        return;
      case DCS_HOOK:
        receiver.dcsStart(this.#id(code));
        return;
      case DCS_END:
        this.#clear();
        receiver.dcsEnd(code !== CANCEL && code !== SUBSTITUTE);
        return;
      default:
    }
  }

  #clear(): void {
    this.#collected = 0;
    this.#parameters.clear();
  }

  #id(final: number): number {
    return this.#collected > MAXIMUM_COLLECTED ? -1 : this.#collected * 0x100 + final;
  }

  /** Decodes from a byte past ASCII, or within a character that was cut; returns the next index. */
  #decode(bytes: Uint8Array, index: number): number {
    const byte = bytes[index] ?? 0;
    if (this.#missing !== 0) return this.#continue(byte, index);
    const second = bytes[index + 1] ?? 0;
    if (byte >= 0xe1 && byte <= 0xec) {
      const third = bytes[index + 2] ?? 0;
      if ((second & 0xc0) === 0x80 && (third & 0xc0) === 0x80) {
        this.#take(((byte & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f));
        return index + 3;
      }
    } else if (byte >= 0xc2 && byte <= 0xdf && (second & 0xc0) === 0x80) {
      this.#take(((byte & 0x1f) << 6) | (second & 0x3f));
      return index + 2;
    }
    this.#begin(byte);
    return index + 1;
  }

  /** The first byte of a character that is rare or cut; no overlong forms, no surrogates, nothing past U+10FFFF. */
  #begin(byte: number): void {
    this.#low = 0x80;
    this.#high = 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) {
      this.#missing = 1;
      this.#point = byte & 0x1f;
    } else if (byte >= 0xe0 && byte <= 0xef) {
      this.#missing = 2;
      this.#point = byte & 0x0f;
      if (byte === 0xe0) this.#low = 0xa0;
      if (byte === 0xed) this.#high = 0x9f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      this.#missing = 3;
      this.#point = byte & 0x07;
      if (byte === 0xf0) this.#low = 0x90;
      if (byte === 0xf4) this.#high = 0x8f;
    } else this.#take(REPLACEMENT);
  }

  /** What breaks a character becomes one U+FFFD for its longest start, as Unicode recommends, and is read anew. */
  #continue(byte: number, index: number): number {
    if (byte < this.#low || byte > this.#high) {
      this.#missing = 0;
      this.#take(REPLACEMENT);
      return index;
    }
    this.#point = (this.#point << 6) | (byte & 0x3f);
    this.#low = 0x80;
    this.#high = 0xbf;
    this.#missing -= 1;
    if (this.#missing === 0) this.#take(this.#point);
    return index + 1;
  }
}

const isText = (byte: number): boolean => byte >= 0x20 && byte <= DELETE;
const isPayload = (byte: number): boolean => byte < DELETE && byte !== CANCEL && byte !== SUBSTITUTE && byte !== ESC;
