import { createTwoFilesPatch, OMIT_HEADERS } from 'diff';
import { sanitize } from '../text/sanitize.ts';
import { capOutput } from './output-cap.ts';

/** Milliseconds that the search for the shortest difference may take: the server waits for it. */
const TIMEOUT = 150;
const CONTEXT = 3;
/** UTF-16 units that a person is shown, head and tail. */
const MAXIMUM_DIFF = 256 * 1024;

/**
 * A unified diff of a file's old and new text; `before` is undefined for a new file. Empty when nothing changes. Texts
 * too different for a quick answer are shown as one hunk that takes all out and puts all in between their equal ends.
 */
export function unifiedDiff(name: string, before: string | undefined, after: string): string {
  if (before === after) return '';
  const label = sanitize(name);
  // Our own header: the package's quotes all letters but ASCII.
  const header = `--- ${before === undefined ? '/dev/null' : `a/${label}`}\n+++ b/${label}\n`;
  const hunks =
    createTwoFilesPatch('', '', before ?? '', after, undefined, undefined, {
      context: CONTEXT,
      timeout: TIMEOUT,
      headerOptions: OMIT_HEADERS,
    }) ?? coarseDiff(before ?? '', after);
  return capOutput(header + hunks, MAXIMUM_DIFF);
}

function coarseDiff(before: string, after: string): string {
  const old = before.split('\n');
  const fresh = after.split('\n');
  const shorter = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < shorter && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1;
  const removed = old.slice(start, old.length - end);
  const added = fresh.slice(start, fresh.length - end);
  return [
    `@@ -${start + 1},${removed.length} +${start + 1},${added.length} @@`,
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    '',
  ].join('\n');
}
