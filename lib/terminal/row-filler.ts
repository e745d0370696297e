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
import { VtParameters } from './vt-parameters.ts';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const ESC = 0x1b;
const BRACKET = 0x5b;
const SGR = 0x6d;
const ERASE_LINE = 0x4b;

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
    let index = start;
    for (;;) {
      const row = screen.row(screen.y);
      if (row.end > 0) return index;
      let target = row.bytes;
      let style = pen.id;
      /** Cells so far, those of the present style, and bytes of text. */
      let x = 0;
      let from = 0;
      let at = 0;
      /** The last character, and its cell. */
      let point = 0;
      let cell = 0;
      let isText = false;
      let wraps = false;
      let ends = false;
      while (index < length) {
        let byte = bytes[index] ?? 0;
        if (byte >= 0x20 && byte < 0x7f) {
          if (x === columns) {
            wraps = true;
            break;
          }
          const last = Math.min(length, index + columns - x);
          const shift = at - index;
          const first = index;
          do {
            target[index + shift] = byte;
            index += 1;
            if (index === last) break;
            byte = bytes[index] ?? 0;
          } while (byte >= 0x20 && byte < 0x7f);
          x += index - first;
          at += index - first;
          point = bytes[index - 1] ?? 0;
          cell = x - 1;
        } else if (byte >= 0x80) {
          const second = bytes[index + 1] ?? 0;
          let next = 0;
          let size = 0;
          if (byte < 0xe0) {
            if (byte < 0xc2 || (second & 0xc0) !== 0x80) break;
            next = ((byte & 0x1f) << 6) | (second & 0x3f);
            size = 2;
          } else {
            const third = bytes[index + 2] ?? 0;
            if ((second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) break;
            if (byte < 0xf0) {
              // Neither overlong forms nor surrogates.
              if ((byte === 0xe0 && second < 0xa0) || (byte === 0xed && second > 0x9f)) break;
              next = ((byte & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
              size = 3;
            } else {
              const fourth = bytes[index + 3] ?? 0;
              if (byte > 0xf4 || (fourth & 0xc0) !== 0x80) break;
              if ((byte === 0xf0 && second < 0x90) || (byte === 0xf4 && second > 0x8f)) break;
              next = ((byte & 0x07) << 18) | ((second & 0x3f) << 12) | ((third & 0x3f) << 6) | (fourth & 0x3f);
              size = 4;
            }
          }
          const width = WIDTHS[codePointInfo(next)] ?? 0;
          if (width === 0) break;
          if (x + width > columns) {
            if (x < columns) {
              // The gap before a character of two columns.
              target[at] = 0;
              at += 1;
              x += 1;
            }
            wraps = true;
            break;
          }
          if (!isText) {
            isText = true;
            target = row.beginText(at);
          }
          if (width === 2) row.noteBroad(x);
          target[at] = byte;
          target[at + 1] = second;
          if (size > 2) target[at + 2] = bytes[index + 2] ?? 0;
          if (size > 3) target[at + 3] = bytes[index + 3] ?? 0;
          at += size;
          index += size;
          cell = x;
          x += width;
          point = next;
        } else if (byte === ESC) {
          if (bytes[index + 1] !== BRACKET) break;
          const parameters = this.#parameters;
          const end = parameters.takePlain(bytes, index + 2);
          if (end < 0) break;
          const final = bytes[end] ?? 0;
          if (final === SGR) {
            if (x > from) {
              row.endRun(from, x, style, isText ? at : 0);
              from = x;
            }
            selectGraphicRendition(pen, parameters);
            style = pen.id;
          } else if (final !== ERASE_LINE || parameters.first !== 0 || x === 0 || modes.origin || pen.eraseId !== 0)
            break;
          index = end + 1;
        } else {
          ends = byte === RETURN && bytes[index + 1] === LINE_FEED;
          break;
        }
      }
      if (x > 0) {
        row.endRun(from, x, style, isText ? at : 0);
        screen.x = x;
        core.printer.remember(row, cell, point);
      }
      if (ends) {
        index += 2;
        screen.x = 0;
        lineFeed(core);
      } else if (wraps) {
        screen.x = 0;
        screen.lineDown(pen.eraseId, true);
        screen.row(screen.y).isWrapped = true;
      } else return index;
    }
  }
}
