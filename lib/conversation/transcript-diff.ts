import { cleanLine } from '../text/clean-line.ts';
import { type LaidRow, prefixRows, wrapRows } from '../text/laid-row.ts';
import { PLAIN, type Style } from '../text/style.ts';
import { BAD, FAINT, GOOD, PLACE, STRONG, span } from './transcript-style.ts';
import { cutMiddle, cutText, MAXIMUM_LINES, skippedRow } from './transcript-text.ts';

/** `@@ -3,7 +3,8 @@`, a place in the old and in the new file. */
const HUNK = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/;
const NUMBER_WIDTH = 4;
/** Units of a line that are shown. */
const MAXIMUM_LINE = 2000;

/** Where the next line of a diff lies: its numbers, and how many lines of the hunk are to come. */
interface Place {
  old: number;
  oldLeft: number;
  new: number;
  newLeft: number;
}

/** A unified diff as rows: added lines green, removed ones red, each with its number in the file. */
export function diffRows(diff: string, columns: number): LaidRow[] {
  const { head, skipped, tail } = cutMiddle(diff, MAXIMUM_LINES);
  const place: Place = { old: 0, oldLeft: 0, new: 0, newLeft: 0 };
  const rows = head.flatMap((line) => diffLine(line, place, columns));
  if (skipped > 0) {
    rows.push(...skippedRow(skipped, columns));
    place.oldLeft = 0;
    place.newLeft = 0;
  }
  rows.push(...tail.flatMap((line) => diffLine(line, place, columns)));
  return rows;
}

function diffLine(source: string, place: Place, columns: number): LaidRow[] {
  const line = cutText(source, MAXIMUM_LINE);
  const hunk = HUNK.exec(line);
  if (hunk !== null) {
    place.old = Number(hunk[1]);
    place.oldLeft = hunk[2] === undefined ? 1 : Number(hunk[2]);
    place.new = Number(hunk[3]);
    place.newLeft = hunk[4] === undefined ? 1 : Number(hunk[4]);
    return wrapRows(span(cleanLine(line), PLACE), columns);
  }
  const inHunk = place.oldLeft > 0 || place.newLeft > 0;
  if (!inHunk) return wrapRows(span(cleanLine(line), outsideStyle(line)), columns);
  if (line.startsWith('+')) {
    place.newLeft -= 1;
    return numbered(place.new++, line, GOOD, columns);
  }
  if (line.startsWith('-')) {
    place.oldLeft -= 1;
    return numbered(place.old++, line, BAD, columns);
  }
  if (line.startsWith('\\')) return wrapRows(span(cleanLine(line), FAINT), columns);
  place.oldLeft -= 1;
  place.newLeft -= 1;
  place.old += 1;
  return numbered(place.new++, line, PLAIN, columns);
}

/** Lines outside of a hunk: names of files, or the rest of a diff whose middle was cut. */
function outsideStyle(line: string): Style {
  if (/^(?:---|\+\+\+) /.test(line)) return STRONG;
  if (line.startsWith('+')) return GOOD;
  return line.startsWith('-') ? BAD : FAINT;
}

function numbered(number: number, line: string, style: Style, columns: number): LaidRow[] {
  const width = Math.max(NUMBER_WIDTH, String(number).length);
  return prefixRows(
    (room) => wrapRows(span(line.slice(0, 1) + cleanLine(line.slice(1)), style), room),
    columns,
    span(`${String(number).padStart(width)} `, FAINT),
    span(' '.repeat(width + 1), FAINT),
  );
}
