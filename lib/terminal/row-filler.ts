import {
  CLASS_MASK,
  CONSONANT,
  codePointInfo,
  HANGUL_LV,
  HANGUL_LVT,
  infoWidth,
  OTHER,
  PICTOGRAPH,
} from '../text/unicode-table.ts';
import { lineFeed } from './cursor-controls.ts';
import type { EngineCore } from './engine-core.ts';
import { selectGraphicRendition } from './graphic-rendition.ts';
import { StyleRuns } from './style-runs.ts';
import { pointAt } from './utf8.ts';
import { VtParameters } from './vt-parameters.ts';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const ESC = 0x1b;
const BRACKET = 0x5b;
const SGR = 0x6d;
const ERASE_LINE = 0x4b;
const DELETE = 0x7f;
const ZERO = 0x30;
const NINE = 0x39;
/** A parameter above the length of its sequence. */
const SHIFT = 8;
const LENGTH = 0xff;
/** A character of UTF-8, a short SGR and a line end have at most so many bytes. */
const LOOKAHEAD = 5;
/** Four bytes of text at once: one of them is below 0x20, is DEL, or above, if one of the high bits is set. */
const WORD = 4;
const SPACES = 0x2020_2020;
const ONES = 0x0101_0101;
const HIGH_BITS = 0x8080_8080;
/** How a row ends: others go on with it, its text goes on in the next one, a line ends. */
const PAUSE = 0;
const WRAP = 1;
const LINE = 2;

/** Classes whose members never join one another. */
const APART: readonly number[] = [OTHER, PICTOGRAPH, HANGUL_LV, HANGUL_LVT, CONSONANT];
/** The columns of a code point that begins a cluster whatever stands before it in a row filled here, by its byte; else 0. */
const WIDTHS = Uint8Array.from({ length: 0x100 }, (_, info) =>
  APART.includes(info & CLASS_MASK) ? infoWidth(info) : 0,
);

/**
 * Prints into rows that are still empty, from their first column on, as far as a log goes: text of which nothing joins,
 * its wraps and line ends, SGR. That is most of what floods a terminal, and all of it is done here in one loop over the
 * bytes. Rows with more than ASCII keep their text as it came (Row.text) until somebody asks for a cell.
 */
export class RowFiller {
  readonly #core: EngineCore;
  readonly #parameters = new VtParameters();
  /** The styles of the row that is filled, so far. */
  #runs = new StyleRuns();
  /** The memory of what was written last. */
  #source: DataView<ArrayBufferLike> = new DataView(new ArrayBuffer(0));

  constructor(core: EngineCore) {
    this.#core = core;
  }

  /**
   * Prints from `start` on, where a character begins and no sequence is open; the cursor must stand in the first column.
   * Returns the first byte that is left to others, which may be that at `start`.
   */
  fill(bytes: Uint8Array, start: number): number {
    const core = this.#core;
    const { screen, pen, modes, charsets } = core;
    if (charsets.current !== undefined || charsets.isShifted || modes.insert || !modes.autowrap || screen.hasSides)
      return start;
    const { length } = bytes;
    const { columns } = screen;
    const source = this.#sourceOf(bytes);
    const base = bytes.byteOffset;
    // Nothing reads past the end: that would cost more than what is left to others.
    const safe = length - LOOKAHEAD;
    let index = start;
    for (;;) {
      const row = screen.row(screen.y);
      if (row.end > 0) return index;
      const runs = this.#runs;
      let target = row.bytes;
      let view = row.bytesView;
      let style = pen.id;
      /** Cells so far, and bytes of text. */
      let x = 0;
      let at = 0;
      /** The last character, and its cell. */
      let point = 0;
      let cell = 0;
      let isText = false;
      let end = PAUSE;
      while (index < length) {
        let byte = bytes[index] ?? 0;
        if (byte >= 0x20 && byte < DELETE) {
          if (x === columns) {
            end = WRAP;
            break;
          }
          const last = Math.min(length, index + columns - x);
          const shift = at - index;
          const first = index;
          for (; index + WORD <= last; index += WORD) {
            const word = source.getInt32(base + index, true);
            if (((word | (word - SPACES) | (word + ONES)) & HIGH_BITS) !== 0) break;
            view.setInt32(index + shift, word, true);
          }
          while (index < last) {
            byte = bytes[index] ?? 0;
            if (byte < 0x20 || byte >= DELETE) break;
            target[index + shift] = byte;
            index += 1;
          }
          x += index - first;
          at += index - first;
          point = bytes[index - 1] ?? 0;
          cell = x - 1;
        } else if (index > safe) break;
        else if (byte >= 0x80) {
          const size = utf8Size(bytes, index);
          if (size === 0) break;
          const next = pointAt(bytes, index);
          const width = WIDTHS[codePointInfo(next)] ?? 0;
          if (width === 0) break;
          if (x + width > columns) {
            if (x < columns) {
              // The gap before a character of two columns.
              target[at] = 0;
              at += 1;
              x += 1;
            }
            end = WRAP;
            break;
          }
          if (!isText) {
            isText = true;
            const { text } = row;
            text.begin(target, at);
            target = text.bytes;
            view = text.view;
          }
          if (width === 2) row.text.noteBroad(x);
          target[at] = byte;
          target[at + 1] = bytes[index + 1] ?? 0;
          if (size > 2) target[at + 2] = bytes[index + 2] ?? 0;
          if (size > 3) target[at + 3] = bytes[index + 3] ?? 0;
          at += size;
          index += size;
          cell = x;
          x += width;
          point = next;
        } else if (byte === ESC) {
          if (runs.isFull) break;
          runs.put(x, style);
          const next = this.#select(bytes, index, x);
          if (next === 0) break;
          style = pen.id;
          index = next;
        } else {
          if (byte === RETURN && bytes[index + 1] === LINE_FEED) end = LINE;
          break;
        }
      }
      if (x > 0) {
        runs.put(x, style);
        this.#runs = row.take(x, isText ? at : 0, runs);
        screen.x = x;
        core.printer.remember(row, cell, point);
      }
      if (end === PAUSE) return index;
      screen.x = 0;
      if (end === LINE) {
        index += 2;
        lineFeed(core);
      } else {
        screen.lineDown(pen.eraseId, true);
        screen.row(screen.y).isWrapped = true;
      }
    }
  }

  /** What is written comes in the same memory again and again. */
  #sourceOf({ buffer }: Uint8Array): DataView<ArrayBufferLike> {
    if (this.#source.buffer !== buffer) this.#source = new DataView(buffer);
    return this.#source;
  }

  /** Marks the styles that are kept here. */
  markUsed(used: Uint8Array): void {
    const { count, styles } = this.#runs;
    for (let run = 0; run < count; run++) used[styles[run] ?? 0] = 1;
  }

  /** Takes the SGR, or the EL that finds nothing to erase, at `index`, in column `x`; returns where it ends, 0 for another sequence. */
  #select(bytes: Uint8Array, index: number, x: number): number {
    if (bytes[index + 1] !== BRACKET) return 0;
    const { pen, modes } = this.#core;
    const short = shortSgr(bytes, index + 2);
    if (short >= 0 && pen.follow(short >> SHIFT)) return index + (short & LENGTH);
    const parameters = this.#parameters;
    const end = parameters.takePlain(bytes, index + 2);
    if (end < 0) return 0;
    if (bytes[end] === SGR) selectGraphicRendition(pen, parameters);
    else if (bytes[end] !== ERASE_LINE || parameters.first !== 0 || x === 0 || modes.origin || pen.eraseId !== 0)
      return 0;
    return end + 1;
  }
}

/** How many bytes the character at `at` has in UTF-8, which ends within `bytes`; 0 for what is none, or not all there. */
function utf8Size(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if ((second & 0xc0) !== 0x80 || byte < 0xc2) return 0;
  if (byte < 0xe0) return 2;
  if (((bytes[at + 2] ?? 0) & 0xc0) !== 0x80) return 0;
  // Neither overlong forms nor surrogates, and nothing past U+10FFFF.
  if (byte < 0xf0) return (byte === 0xe0 && second < 0xa0) || (byte === 0xed && second > 0x9f) ? 0 : 3;
  if (((bytes[at + 3] ?? 0) & 0xc0) !== 0x80 || byte > 0xf4) return 0;
  return (byte === 0xf0 && second < 0x90) || (byte === 0xf4 && second > 0x8f) ? 0 : 4;
}

/**
 * The parameter of an SGR that has one of at most two digits, or none, from `at` on, and how many bytes the whole
 * sequence has: `parameter << 8 | bytes`; -1 for all others.
 */
function shortSgr(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first === SGR) return 3;
  const second = bytes[at + 1] ?? 0;
  if (first < ZERO || first > NINE) return -1;
  if (second === SGR) return ((first - ZERO) << SHIFT) | 4;
  if (second < ZERO || second > NINE || bytes[at + 2] !== SGR) return -1;
  return ((10 * (first - ZERO) + second - ZERO) << SHIFT) | 5;
}
