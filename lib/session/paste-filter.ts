/** What a program that asked for bracketed paste (mode 2004) finds around pasted text. */
export const PASTE_START = Buffer.from('\x1b[200~');
export const PASTE_END = Buffer.from('\x1b[201~');

const ESCAPE = 0x1b;
const LAST = PASTE_END.at(-1);

/**
 * Takes every end mark out of pasted bytes, also one that only arises when another is taken out, or that two pieces
 * share: pasted text must not be able to end the paste and go on as if typed.
 */
export class PasteFilter {
  /** The end of what came that may be the start of a mark; it waits for the next piece. */
  #held: Uint8Array = new Uint8Array();

  /** The bytes to write for the next piece; the last gives up what was held. */
  next(piece: Uint8Array, last: boolean): Uint8Array {
    const bytes = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    this.#held = new Uint8Array();
    if (!bytes.includes(ESCAPE)) return bytes;
    const clean = withoutMarks(bytes);
    if (last) return clean;
    const held = partialMark(clean);
    this.#held = clean.slice(clean.length - held);
    return clean.subarray(0, clean.length - held);
  }
}

function withoutMarks(bytes: Uint8Array): Uint8Array {
  const clean = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (const byte of bytes) {
    clean[length++] = byte;
    if (byte === LAST && endsWithMark(clean, length)) length -= PASTE_END.length;
  }
  return clean.subarray(0, length);
}

const endsWithMark = (bytes: Buffer, length: number): boolean =>
  length >= PASTE_END.length && bytes.compare(PASTE_END, 0, PASTE_END.length, length - PASTE_END.length, length) === 0;

/** How many bytes at the end are the start of a mark. */
function partialMark(bytes: Uint8Array): number {
  for (let length = Math.min(PASTE_END.length - 1, bytes.length); length > 0; length--)
    if (PASTE_END.subarray(0, length).equals(bytes.subarray(bytes.length - length))) return length;
  return 0;
}
