import type { RowSource } from '../text/row-source.ts';

/** Rows of a long reply that are looked at, from its end. */
const MAXIMUM_ROWS = 5000;
/** Rows of the screen before that are looked for among the new ones. */
const MAXIMUM_BEFORE = 400;
/** UTF-16 units of a prompt by which its echo is known. */
const ECHO = 30;
/** What agents put before what a person said. */
const ECHO_MARKS = /^[\s>❯›•│┃|*▌●]+/u;

const SHELL_PROMPT = /[$#%>❯›➜λ»] $/u;

/** What a screen showed at a moment. */
export interface ScreenMoment {
  readonly epoch: number;
  readonly top: number;
  readonly rows: readonly string[];
}

/** The visible screen as it is now. */
export function screenMoment(content: RowSource): ScreenMoment {
  return { epoch: content.epoch, top: content.screenTop, rows: rowsOf(content, content.screenTop) };
}

/**
 * What stands there that did not before, below the echo of `prompt`: what an agent said, as far as its screen and history
 * show it. Frames, prompts and status lines that stood there before are left out. Pure but for reading `content`.
 */
export function screenNews(before: ScreenMoment, content: RowSource, prompt: string): string {
  const isSame = content.epoch === before.epoch && content.firstRow <= before.top;
  const from = Math.max(isSame ? before.top : content.screenTop, content.endRow - MAXIMUM_ROWS);
  const fresh = newRows(before.rows.slice(-MAXIMUM_BEFORE), rowsOf(content, from));
  const [first = ''] = prompt.split('\n').filter((line) => line.trim() !== '');
  const said = plain(first);
  const echo = said === '' ? -1 : fresh.findLastIndex((row) => echoes(row, said));
  let start = echo + 1;
  // The other rows of a prompt that is echoed on several.
  let rest = echo < 0 ? '' : unsaid(plain(prompt), [said, spoken(fresh[echo] ?? '')]);
  for (let next = spoken(fresh[start] ?? ''); next !== '' && rest.startsWith(next); next = spoken(fresh[start] ?? '')) {
    rest = unsaid(rest, [next]);
    start += 1;
  }
  return fresh
    .slice(start)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
}

/** Whether a row begins with what was said, or ends with it behind the prompt of a shell. */
function echoes(row: string, said: string): boolean {
  const text = plain(row);
  if (spoken(row).startsWith(said.slice(0, ECHO))) return true;
  return text.endsWith(said) && SHELL_PROMPT.test(text.slice(0, -said.length));
}

const plain = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const spoken = (row: string): string => plain(row.replace(ECHO_MARKS, ''));

/** What is left of a text behind the shortest of its beginnings. */
function unsaid(text: string, beginnings: readonly string[]): string {
  const lengths = beginnings.filter((beginning) => text.startsWith(beginning)).map(({ length }) => length);
  return lengths.length === 0 ? '' : text.slice(Math.min(...lengths)).trim();
}

function rowsOf(content: RowSource, from: number): readonly string[] {
  const rows: string[] = [];
  for (let row = from; row < content.endRow; row++) rows.push(content.rowText(row).trimEnd());
  while (rows.at(-1) === '') rows.pop();
  return rows;
}

/** The rows of `after` that are not, in their order, rows of `before`; blank ones between them stay. */
function newRows(before: readonly string[], after: readonly string[]): readonly string[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const old = before.slice(start, before.length - end).filter((row) => row !== '');
  const middle = after.slice(start, after.length - end);
  return unmatched(old, middle);
}

/** What is left of `rows` without the longest sequence that they have in common with `old`; at most 400 times 5000 steps. */
function unmatched(old: readonly string[], rows: readonly string[]): readonly string[] {
  if (old.length === 0) return rows;
  const width = rows.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = rows.length - 1; j >= 0; j--)
      lengths[i * width + j] = old[i] === rows[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const left: string[] = [];
  let i = 0;
  let j = 0;
  while (j < rows.length) {
    const row = rows[j] ?? '';
    if (i < old.length && old[i] === row) {
      i += 1;
      j += 1;
    } else if (i < old.length && at(i + 1, j) >= at(i, j + 1)) i += 1;
    else {
      left.push(row);
      j += 1;
    }
  }
  return left;
}
