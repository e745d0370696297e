import { SYNONYMS as MEANT, STOP_WORDS } from './guide-vocabulary.ts';

/** Longest part of a question that is looked at, in UTF-16 units. */
const MAXIMUM_QUESTION = 4000;
/** Most words of a question that count. */
const MAXIMUM_WORDS = 200;

const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(MEANT).map(([word, meant]) => [stem(word), meant.split(' ').map(stem)]),
);

/** A word without the endings that change nothing in what it is about. Light: `sessions`, `splitting`, `copied`. */
function stem(word: string): string {
  let root = word;
  if (root.length > 4 && root.endsWith('ies')) root = `${root.slice(0, -3)}y`;
  else if (root.length > 4 && /(?:sh|ch|x|ss|zz)es$/.test(root)) root = root.slice(0, -2);
  else if (root.length > 3 && root.endsWith('s') && !/(?:ss|us|is)$/.test(root)) root = root.slice(0, -1);
  if (root.length > 5 && root.endsWith('ing')) root = undouble(root.slice(0, -3));
  else if (root.length > 4 && root.endsWith('ied')) root = `${root.slice(0, -3)}y`;
  else if (root.length > 4 && root.endsWith('ed')) root = undouble(root.slice(0, -2));
  if (root.length > 6 && root.endsWith('ly')) root = root.slice(0, -2);
  // `close` and `closing` meet without their e.
  return root.length > 4 && root.endsWith('e') ? root.slice(0, -1) : root;
}

function undouble(root: string): string {
  return /([bdgmnprt])\1$/.test(root) ? root.slice(0, -1) : root;
}

/** The words of a text in lower case, accents removed; names with dashes stay whole and come in parts as well. */
export function wordsOf(text: string): readonly string[] {
  const plain = text
    .slice(0, MAXIMUM_QUESTION)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/['’]/g, '')
    .toLowerCase()
    // The folder is not what sessions are.
    .replaceAll(/@session\b/g, ' atsession ');
  const found: string[] = [];
  for (const [word] of plain.matchAll(/[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*/gu)) {
    if (found.length >= MAXIMUM_WORDS) break;
    found.push(word);
    if (word.includes('-')) found.push(...word.split('-'));
  }
  return found;
}

/** The stems by which a text is found. */
export const stemsOf = (text: string): readonly string[] =>
  wordsOf(text)
    .filter((word) => !word.includes('-') && !STOP_WORDS.has(word) && !/^[a-z]$/.test(word))
    .map(stem);

/** The stems of a question, each with what else it may mean, first the word itself. */
export function meaningsOf(question: string): readonly (readonly string[])[] {
  const stems = [...new Set(stemsOf(question))];
  return stems.map((own) => [...new Set([own, ...(SYNONYMS.get(own) ?? [])])]);
}
