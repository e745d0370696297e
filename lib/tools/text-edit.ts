import { nearest } from '../base/nearest.ts';
import { shorten } from '../text/cut.ts';
import { ToolError } from './tool.ts';
import { MAXIMUM_FILE } from './tool-file.ts';

/** Units shown of a text from outside. */
const SHOWN = 200;

export interface TextEdit {
  readonly from: string;
  readonly to: string;
  /** Every occurrence; otherwise there must be exactly one. */
  readonly all: boolean;
}

/** Lines that are compared to find what a mistaken edit meant. */
const COMPARED_LINES = 5000;
/** Places that an error names. */
const NAMED_PLACES = 5;

/**
 * The text with all edits made, one after the other. Line ends stay as the file has them: an edit written with LF fits
 * a file with CRLF. Throws ToolError when a text is not there, or not unique, and says where it nearly is.
 */
export function applyEdits(
  text: string,
  edits: readonly TextEdit[],
  name: string,
): { readonly text: string; readonly replacements: number } {
  let replacements = 0;
  for (const [index, edit] of edits.entries()) {
    const which = edits.length === 1 ? 'old_string' : `old_string of edit ${index + 1}`;
    if (edit.from === '') throw new ToolError(`The ${which} is empty: to write a whole file use write.`);
    if (edit.from === edit.to) throw new ToolError(`The ${which} is the same as its new_string: nothing would change.`);
    const { from, to } = withLineEnds(text, edit);
    const { count, first } = occurrences(text, from);
    if (count === 0) throw new ToolError(`The ${which} is not in ${name}. ${hint(text, from)}`);
    if (count > 1 && !edit.all) {
      const lines = lineNumbers(text, first);
      const more = count > NAMED_PLACES ? ', …' : '';
      throw new ToolError(
        `The ${which} is ${count} times in ${name} (lines ${lines.join(', ')}${more}): give more of the lines around the one you mean, or set replace_all.`,
      );
    }
    if (text.length + count * (to.length - from.length) > MAXIMUM_FILE)
      throw new ToolError(`${name} would become too large.`);
    text = text.split(from).join(to);
    replacements += count;
  }
  return { text, replacements };
}

function withLineEnds(text: string, { from, to }: TextEdit): { readonly from: string; readonly to: string } {
  if (!text.includes('\r\n') || from.includes('\r')) return { from, to };
  const crlf = (part: string) => part.replaceAll(/\r?\n/g, '\r\n');
  // In a file with mixed ends what is there literally is meant so.
  if (from.includes('\n') && text.includes(from)) return { from, to };
  return { from: crlf(from), to: crlf(to) };
}

function occurrences(text: string, part: string): { readonly count: number; readonly first: readonly number[] } {
  let count = 0;
  const first: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
    count += 1;
    if (count <= NAMED_PLACES) first.push(at);
  }
  return { count, first };
}

/** The lines, from 1, of places in order. */
function lineNumbers(text: string, places: readonly number[]): readonly number[] {
  let line = 1;
  let at = 0;
  return places.map((place) => {
    for (let end = text.indexOf('\n', at); end >= 0 && end < place; end = text.indexOf('\n', at)) {
      line += 1;
      at = end + 1;
    }
    return line;
  });
}

/** Where the first line with something on it nearly is. */
function hint(text: string, from: string): string {
  const wanted = from.split('\n', SHOWN).find((line) => line.trim() !== '');
  if (wanted === undefined) return 'Read the file again.';
  const lines = text.split('\n', COMPARED_LINES);
  const exact = lines.findIndex((line) => line.replace(/\r$/, '') === wanted);
  if (exact >= 0) return `Its first line is line ${exact + 1}, but what follows differs: read the file again.`;
  const blanks = lines.findIndex((line) => line.trim() === wanted.trim());
  if (blanks >= 0)
    return `Line ${blanks + 1} differs in blanks only: ${JSON.stringify(shorten(lines[blanks] ?? '', SHOWN))}.`;
  const near = nearest(
    wanted.trim(),
    lines.map((line) => line.trim()).filter((line) => line !== ''),
  );
  if (near === undefined) return 'No line is like its first: read the file again.';
  const at = lines.findIndex((line) => line.trim() === near);
  return `The nearest to its first line is line ${at + 1}: ${JSON.stringify(shorten(lines[at] ?? '', SHOWN))}.`;
}
