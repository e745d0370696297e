/** What a program that asked for bracketed paste (mode 2004) finds around pasted text. */
export const PASTE_START = Buffer.from('\x1b[200~');
export const PASTE_END = Buffer.from('\x1b[201~');

const ESCAPE = 0x1b;
const LAST = PASTE_END.at(-1);
/** Bytes held back at most; nobody pastes so many beginnings of marks but to break out, and gets them without their ESC. */
const MAXIMUM_HELD = 4096;

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
    const kept = heldFrom(clean);
    if (clean.length - kept > MAXIMUM_HELD) return clean.filter((byte) => byte !== ESCAPE);
    this.#held = clean.slice(kept);
    return clean.subarray(0, kept);
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

/** Where the beginnings of marks at the end begin: one behind the other, of which an inner mark may yet be taken out. */
function heldFrom(bytes: Uint8Array): number {
  let start = bytes.length;
  for (let length = partialMark(bytes); length > 0; length = partialMark(bytes.subarray(0, start))) start -= length;
  return start;
}

/** How many bytes at the end are the start of a mark. */
function partialMark(bytes: Uint8Array): number {
  for (let length = Math.min(PASTE_END.length - 1, bytes.length); length > 0; length--)
    if (PASTE_END.subarray(0, length).equals(bytes.subarray(bytes.length - length))) return length;
  return 0;
}
