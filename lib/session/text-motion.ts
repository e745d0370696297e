import { clusterEnd } from '../text/cluster.ts';
import { boundaryFrom, clusterStart } from '../text/cluster-boundary.ts';

/*
 * Where motions lead in a text: all take a cursor and give one, in UTF-16 units, at boundaries of clusters.
 */

const WORD = /[\p{L}\p{N}\p{M}_]/u;

/** What a cluster is to motions by words. */
type Kind = 'blank' | 'word' | 'sign';

export const nextCluster = (text: string, at: number): number => (at >= text.length ? at : clusterEnd(text, at));

export const previousCluster = (text: string, at: number): number => (at <= 0 ? 0 : clusterStart(text, at - 1));

/** The beginning of the line that the cursor is in. */
export const lineStart = (text: string, at: number): number => (at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);

/** Its end, before the line feed. */
export function lineEnd(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed < 0 ? text.length : feed;
}

/** The first character of the line that is no blank, or the line's end. */
export function firstNonBlank(text: string, at: number): number {
  let found = lineStart(text, at);
  while (text[found] === ' ' || text[found] === '\t') found += 1;
  return boundaryFrom(text, found);
}

/** Behind the word at or after the cursor, as Emacs has it. */
export function nextWordEnd(text: string, at: number): number {
  const word = skip(text, at, (kind) => kind !== 'word');
  return skip(text, word, (kind) => kind === 'word');
}

/** The beginning of the word before the cursor, as Emacs has it. */
export function previousWordStart(text: string, at: number): number {
  const word = skipBack(text, at, (kind) => kind !== 'word');
  return skipBack(text, word, (kind) => kind === 'word');
}

/** The beginning of the next word as vi's `w` and (`big`) `W` have it. */
export function nextViWord(text: string, at: number, big: boolean): number {
  const own = kindAt(text, at, big);
  const end = own === 'blank' ? at : skip(text, at, (kind) => kind === own, big);
  return skip(text, end, (kind) => kind === 'blank');
}

/** The beginning of this word or of the one before, as vi's `b` and `B` have it. */
export function previousViWord(text: string, at: number, big: boolean): number {
  const end = skipBack(text, at, (kind) => kind === 'blank');
  if (end === 0) return 0;
  const own = kindAt(text, previousCluster(text, end), big);
  return skipBack(text, end, (kind) => kind === own, big);
}

/** The last character of this word or of the next, as vi's `e` and `E` have it. */
export function viWordEnd(text: string, at: number, big: boolean): number {
  const start = skip(text, nextCluster(text, at), (kind) => kind === 'blank');
  if (start >= text.length) return previousCluster(text, text.length);
  const own = kindAt(text, start, big);
  return previousCluster(
    text,
    skip(text, start, (kind) => kind === own, big),
  );
}

/** The word around the cursor (vi's `iw`), or the blanks there; with `around` the blanks behind it too. */
export function wordAround(text: string, at: number, around: boolean, big: boolean): readonly [number, number] {
  const low = lineStart(text, at);
  const high = lineEnd(text, at);
  if (at >= high) return [at, at];
  const own = kindAt(text, at, big);
  const start = Math.max(
    low,
    skipBack(text, at, (kind) => kind === own, big),
  );
  const end = Math.min(
    high,
    skip(text, at, (kind) => kind === own, big),
  );
  if (!around) return [start, end];
  const behind = Math.min(
    high,
    skip(text, end, (kind) => (kind === 'blank') === (own !== 'blank'), big),
  );
  if (behind > end || own === 'blank') return [start, behind];
  return [
    Math.max(
      low,
      skipBack(text, start, (kind) => kind === 'blank'),
    ),
    end,
  ];
}

function kindAt(text: string, at: number, big = false): Kind {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0x20);
  if (/\s/.test(character)) return 'blank';
  return big || WORD.test(character) ? 'word' : 'sign';
}

function skip(text: string, from: number, while_: (kind: Kind) => boolean, big = false): number {
  let at = from;
  while (at < text.length && while_(kindAt(text, at, big))) at = clusterEnd(text, at);
  return at;
}

function skipBack(text: string, from: number, while_: (kind: Kind) => boolean, big = false): number {
  let at = from;
  while (at > 0) {
    const before = clusterStart(text, at - 1);
    if (!while_(kindAt(text, before, big))) break;
    at = before;
  }
  return at;
}
