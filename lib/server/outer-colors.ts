import { DEFAULT_COLORS, type Rgb, type TerminalColors } from '../terminal/colors.ts';

const PARTS =
  /^(?:\x1b\]|\x9d)1([012]);rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})(?:\/[0-9a-f]{1,4})?(?:\x07|\x1b\\|\x9c)$/i;
const NAMES = ['foreground', 'background', 'cursor'] as const;
/** No answer is as long. */
const MAXIMUM_REPLY = 64;

/** What the terminal of the client that answered last shows, so that programs know whether it is dark. */
export class OuterColors implements TerminalColors {
  foreground: Rgb = DEFAULT_COLORS.foreground;
  background: Rgb = DEFAULT_COLORS.background;
  cursor: Rgb = DEFAULT_COLORS.cursor;

  /** Takes an answer to OSC 10, 11 or 12 (X11's form, of one to four digits a part); anything else changes nothing. */
  replied(bytes: Uint8Array): void {
    if (bytes.length > MAXIMUM_REPLY) return;
    const match = PARTS.exec(Buffer.from(bytes).toString('latin1'));
    const name = NAMES[Number(match?.[1] ?? -1)];
    if (match === null || name === undefined) return;
    const [red = 0, green = 0, blue = 0] = match.slice(2, 5).map(eightBits);
    this[name] = (red << 16) | (green << 8) | blue;
  }
}

const eightBits = (digits: string): number =>
  Math.round((Number.parseInt(digits, 16) * 255) / (16 ** digits.length - 1));
