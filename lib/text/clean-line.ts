import { sanitize } from './sanitize.ts';
import { textWidth } from './width.ts';

const PRINTABLE = /^[ -~]*$/;
const TAB_STOP = 4;

/** One line of text from outside as it is shown: tabs become blanks, everything else that is no character is visible. */
export function cleanLine(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return text.includes('\t') ? expandTabs(text) : sanitize(text, text.length);
}

function expandTabs(text: string): string {
  let result = '';
  let column = 0;
  for (const [index, source] of text.split('\t').entries()) {
    if (index > 0) {
      const blanks = TAB_STOP - (column % TAB_STOP);
      result += ' '.repeat(blanks);
      column += blanks;
    }
    const piece = sanitize(source, source.length);
    result += piece;
    column += textWidth(piece);
  }
  return result;
}
