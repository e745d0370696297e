import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KeptPlace } from '../command/archive.ts';
import type { Session } from '../session/session.ts';
import type { RowSource } from '../text/row-source.ts';
import { type TextProbe, textProbe } from '../text/text-probe.ts';

/** How long it may search in all programs together, and until others have their turn; in milliseconds. */
const BUDGET = 400;
const SLICE = 8;
/** Rows between two looks at the clock, and rows that a terminal is asked about at once. */
const ROWS = 64;
const BLOCK = 4096;
/** Units of a line that are looked at, and units before a match that are shown. */
const MAXIMUM_LINE = 10_000;
const BEFORE = 30;
const EXCERPT = 120;
/** Rows of a preview before and after the one that was found. */
const ROWS_AROUND = 6;

interface FoundLine {
  readonly row: number;
  readonly text: string;
}

/** Words as they are looked for in a line: all must be in it. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}\p{Co}]/u.test(word))
    .slice(0, 16);

/**
 * For each program that shows the words on one line, scrollback included, the newest such line. Each has its share of the
 * time: of very long scrollbacks the oldest lines are not looked at.
 */
export async function searchPrograms(sessions: readonly Session[], text: string): Promise<readonly KeptPlace[]> {
  const words = wordsOf(text);
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '');
  const probe = textProbe(longest, true);
  const programs = sessions.filter(({ kind }) => kind === 'program');
  if (words.length === 0) return [];
  const found: KeptPlace[] = [];
  for (const session of programs) {
    const line = await newestLine(session.content, words, probe, BUDGET / programs.length);
    if (line !== undefined) found.push(placeOf(session, line, words));
  }
  return found;
}

async function newestLine(
  source: RowSource,
  words: readonly string[],
  probe: TextProbe | undefined,
  budget: number,
): Promise<FoundLine | undefined> {
  let left = budget;
  let began = performance.now();
  let line = '';
  const { epoch } = source;
  /** Rows from here on were asked about. */
  let asked = source.endRow;
  for (let row = source.endRow - 1; row >= source.firstRow; row--) {
    const isNew = line === '' && row < asked && probe !== undefined;
    if (isNew) asked = blockStart(source, row);
    const isSkipped = isNew && source.lacks?.(probe, asked, row + 1) === true;
    if (isSkipped) row = asked;
    else if (line.length < MAXIMUM_LINE) line = source.rowText(row) + line;
    if (!isSkipped) {
      if (source.isWrapped(row) && row > source.firstRow) continue;
      const lower = line.toLowerCase();
      if (words.every((word) => lower.includes(word))) return { row, text: line };
      line = '';
      if (row % ROWS !== 0) continue;
    }
    const took = performance.now() - began;
    if (took >= left) return undefined;
    if (took < SLICE) continue;
    left -= took;
    await nextTurn();
    if (source.epoch !== epoch) return undefined;
    began = performance.now();
  }
  return undefined;
}

/** The first row of the lines that end in the rows before and with `row`: of the screen, or as many as are asked about. */
function blockStart(source: RowSource, row: number): number {
  const least = row >= source.screenTop ? source.screenTop : source.firstRow;
  let start = Math.max(least, row + 1 - BLOCK);
  while (start > least && source.isWrapped(start)) start--;
  return start;
}

function placeOf(session: Session, { row, text }: FoundLine, words: readonly string[]): KeptPlace {
  const first = Math.min(...words.map((word) => text.toLowerCase().indexOf(word)));
  const start = Math.max(0, first - BEFORE);
  const excerpt = text.slice(start, start + EXCERPT).trim();
  const { content } = session;
  const around: string[] = [];
  for (let at = Math.max(content.firstRow, row - ROWS_AROUND); at < content.endRow && at <= row + ROWS_AROUND; at++)
    around.push(content.rowText(at));
  return {
    id: undefined,
    kind: 'program',
    session: session.name,
    isOpen: true,
    openAs: session.id,
    time: session.lastActivity,
    message: undefined,
    excerpt,
    matches: matchesIn(excerpt, words),
    around: around.join('\n').trimEnd(),
  };
}

/** Where the words are, none over another. */
export function matchesIn(text: string, words: readonly string[]): readonly number[] {
  const lower = text.toLowerCase();
  const found = words
    .map((word) => [lower.indexOf(word), lower.indexOf(word) + word.length] as const)
    .filter(([start]) => start >= 0)
    .sort(([a], [b]) => a - b);
  let end = 0;
  return found.flatMap(([start, stop]) => {
    if (start < end) return [];
    end = stop;
    return [start, stop];
  });
}
