import { CODE_WORDS, SHORT_FORMS, STOP_WORDS, STRONG_WORDS, WEAK_WORDS } from './name-vocabulary.ts';

/** A word that may stand in a name. */
export interface NamingWord {
  /** Lower case letters and digits. */
  readonly word: string;
  /** Above 0: the larger, the better it says what the conversation is about. */
  readonly value: number;
  /** Which word of the text it is; words next to each other belong together. */
  readonly position: number;
}

const LONGEST_WORD = 40;
const STATUS_CODE = /^(?:40[0-9]|4[12]\d|50[0-9])$/;

/** The parts of a text that are words, identifiers, paths, versions. */
const TOKEN = /[A-Za-z0-9_$@][\w$@./\\+#:'-]*/g;

/** The words of a text in its order, from `position` on; those that say nothing have the value 0. */
export function namingWords(
  text: string,
  position: number,
  { weight, isCode, stop }: { readonly weight: number; readonly isCode: boolean; readonly stop: ReadonlySet<string> },
): readonly NamingWord[] {
  const found: NamingWord[] = [];
  let next = position;
  let told = 0;
  let depth = 0;
  let seen = 0;
  const isShouted = !/[a-z]/.test(text);
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    depth = Math.max(0, depth + parentheses(text.slice(seen, index)));
    seen = index;
    const isFirst = /(?:^|[.!?:\n]\s*)$/.test(text.slice(Math.max(0, index - 3), index));
    for (const part of wordsOfToken(token)) {
      const value = worthOf(part, { isCode, isShouted, isFirst, stop });
      const early = Math.max(0.7, 1 - 0.03 * told);
      found.push({
        word: shortForm(part.toLowerCase()),
        value: value * weight * early * (depth > 0 ? 0.7 : 1),
        position: next,
      });
      if (value > 0) told += 1;
      next += 1;
    }
    if (/[.;:!?,)]$/.test(token) || /^\s*[.;:!?,)(–—]/.test(text.slice(index + token.length, index + token.length + 2)))
      next += 1;
  }
  return found;
}

/** How many more open than close. */
function parentheses(text: string): number {
  let open = 0;
  for (const character of text) open += character === '(' ? 1 : character === ')' ? -1 : 0;
  return open;
}

const shortForm = (word: string): string => SHORT_FORMS.get(word) ?? word;

/** The words that an identifier, a path or a name with dashes is made of. */
function wordsOfToken(token: string): readonly string[] {
  const bare = token.replace(/[.:'/\\-]+$/, '').replace(/'(?:s|re|ve|ll|d|m)$/i, '');
  const lower = bare.toLowerCase();
  const short = SHORT_FORMS.get(lower);
  if (short !== undefined) return [short];
  if (/^\w{1,10}:\/\//.test(bare)) return hostWords(bare.slice(0, 300));
  if (/'/.test(bare))
    return bare.length > 3 && /^[ldjmtsnc]'/i.test(bare) ? wordsOfToken(bare.slice(2)) : [bare.replaceAll("'", '')];
  if (isRandom(bare)) return [];
  const path = /[/\\]/.test(bare) ? pathParts(bare) : [bare];
  return path.flatMap((part) =>
    part
      .replace(/^\.+/, '')
      .replace(/\.(?:spec|test)(?=\.)/, '')
      .replace(/(?<=[\w)])\.(?:[jt]sx?|mjs|cjs|py|rb|go|rs|java|kt|cs|php|css|scss|html|vue|sql|md|cpp|cc|[ch])$/i, '')
      .split(/[^A-Za-z0-9]+/)
      .flatMap(identifierWords),
  );
}

/** `orderList` is two words, `GitHub` one, `KeyError` one. */
function identifierWords(identifier: string): readonly string[] {
  if (identifier === '' || identifier.length > LONGEST_WORD) return [];
  const lower = identifier.toLowerCase();
  if (STRONG_WORDS.has(lower) || /^(?:[A-Z][a-z]+)(?:Error)$/.test(identifier)) return [lower];
  const parts = identifier.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).filter((part) => part !== '');
  // A short half is a way of writing, as in iOS or LaTeX.
  return parts.length === 2 && parts.some(({ length }) => length < 2) ? [identifier] : parts;
}

const pathParts = (path: string): readonly string[] =>
  path
    .split(/[/\\]+/)
    .filter((part) => part !== '' && part !== '~' && part !== '@')
    .slice(-2);

/** Of an address its host, and the end of its path. */
function hostWords(address: string): readonly string[] {
  const [host = '', ...rest] = address.replace(/^\w+:\/\//, '').split('/');
  const name =
    host
      .replace(/:\d+$/, '')
      .replace(/^www\./, '')
      .split('.')
      .at(-2) ?? '';
  return [name, rest.findLast((part) => part !== '') ?? '']
    .flatMap((part) => part.split(/[^A-Za-z0-9]+/))
    .filter((part) => part !== '' && !isRandom(part));
}

/** Hashes, keys, addresses, dates: letters and digits that nobody remembers. */
function isRandom(token: string): boolean {
  if (/^[\d.:/\\+-]+$/.test(token)) return !/^\d{1,4}$/.test(token);
  if (/^(?:0x)?[\da-f]{7,}$/i.test(token) && /\d/.test(token)) return true;
  return token.length > 16 && (token.match(/[a-z]\d|\d[a-z]/gi)?.length ?? 0) > 3;
}

interface WordPlace {
  readonly isCode: boolean;
  readonly isShouted: boolean;
  readonly isFirst: boolean;
  readonly stop: ReadonlySet<string>;
}

function worthOf(part: string, { isCode, isShouted, isFirst, stop }: WordPlace): number {
  const word = part.toLowerCase();
  if (isCode && CODE_WORDS.has(word)) return 0;
  if (STRONG_WORDS.has(word)) return 3;
  if (stop.has(word)) return 0;
  if (/^[a-z]+error$/.test(word)) return 2.8;
  if (/^\d/.test(word)) return STATUS_CODE.test(word) ? 2 : isCode ? 0 : /^\d+$/.test(word) ? 0.3 : 0.6;
  if (word.length < 2) return 0;
  if (STRONG_WORDS.has(singular(word))) return 2.9;
  if (isWithin(STOP_WORDS, word)) return 0;
  if (isWithin(WEAK_WORDS, word)) return 1;
  if (/[a-z]ly$/.test(word) && word.length > 5) return 0.4;
  if (word.length === 2) return /^[A-Z]{2}$/.test(part) && !isShouted ? 1.6 : 1;
  if (!isShouted && /^[A-Z]{3,6}s?$/.test(part)) return 2.4;
  const isName = !isFirst && !isShouted && /^[A-Z]/.test(part);
  return /(?:ed|ing)$/.test(word) && word.length > 5 ? 1.5 : isName ? 2.4 : 2;
}

const singular = (word: string): string => (/[^su]s$/.test(word) ? word.slice(0, -1) : word);

/** Whether a list has the word, or what it was before its ending. */
function isWithin(list: ReadonlySet<string>, word: string): boolean {
  if (list.has(word) || list.has(singular(word))) return true;
  const root = /^(.{3,}?)(?:ies|ied|es|ed|ing|er|ers)$/.exec(word)?.[1];
  if (root === undefined) return false;
  return (
    list.has(root) ||
    list.has(`${root}e`) ||
    list.has(`${root}y`) ||
    (/(.)\1$/.test(root) && list.has(root.slice(0, -1)))
  );
}
