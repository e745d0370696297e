/** Longer texts are looked at no further; names, previews and paths are shorter. */
const MAXIMUM_TEXT = 400;
const MAXIMUM_PATTERN = 100;
const MATCH = 16;
const WORD_START = 12;
const CONSECUTIVE = 14;
const FIRST = 6;
const GAP = 2;
const NONE = Number.NEGATIVE_INFINITY;

/**
 * How well `text` fits what was typed: each word must appear with its letters in order; higher for runs of letters,
 * for beginnings of words and for short ways. Undefined when it does not fit. Case counts for words with a capital.
 */
export function fuzzyScore(pattern: string, text: string): number | undefined {
  let total = 0;
  const cut = text.slice(0, MAXIMUM_TEXT);
  for (const word of pattern.slice(0, MAXIMUM_PATTERN).split(' ')) {
    if (word === '') continue;
    const score = wordScore(word, cut);
    if (score === undefined) return undefined;
    total += score;
  }
  return total;
}

function wordScore(word: string, text: string): number | undefined {
  const exact = word !== word.toLowerCase();
  const haystack = exact ? text : text.toLowerCase();
  if (!isSubsequence(word, haystack)) return undefined;
  let previous = new Float64Array(haystack.length).fill(NONE);
  let current = new Float64Array(haystack.length);
  for (let letter = 0; letter < word.length; letter++) {
    // The best of all matches of the letters before that end further left, with a penalty for each cell between.
    let reach = NONE;
    for (let at = 0; at < haystack.length; at++) {
      const joined = at > 0 ? (previous[at - 1] ?? NONE) : NONE;
      current[at] =
        haystack.charAt(at) === word.charAt(letter)
          ? Math.max(letter === 0 ? startBonus(at) : NONE, joined + CONSECUTIVE, reach) + MATCH + edge(text, at)
          : NONE;
      reach = Math.max(reach, joined) - GAP;
    }
    [previous, current] = [current, previous];
  }
  const best = previous.reduce((high, score) => Math.max(high, score), NONE);
  return best === NONE ? undefined : best;
}

const startBonus = (at: number): number => (at === 0 ? FIRST : -Math.min(at, 10) / 10);

/** What it is worth that a word begins here: after a separator, or at a capital. */
function edge(text: string, at: number): number {
  if (at === 0) return WORD_START;
  const before = text.charAt(at - 1);
  if (/[\s\-_/.:,()[\]]/.test(before)) return WORD_START;
  return /[a-z]/.test(before) && /[A-Z]/.test(text.charAt(at)) ? WORD_START : 0;
}

function isSubsequence(word: string, text: string): boolean {
  let at = 0;
  for (const letter of word.split('')) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
