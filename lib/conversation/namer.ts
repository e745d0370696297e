import { codeNames, diffNames, type NamingText, traceNames } from './code-names.ts';
import { FOREIGN_STOP_WORDS } from './foreign-words.ts';
import { type NamingWord, namingWords } from './naming-words.ts';
import { openingLines } from './opening-parts.ts';
import { romanize } from './romanize.ts';

/** Messages that are looked at, and words of them that are weighed. */
const MAXIMUM_MESSAGES = 3;
const MAXIMUM_CANDIDATES = 12;
const MAXIMUM_WORDS = 4;
/** What a word gains beside its neighbour of the text, and what a further word must be worth more than nothing. */
const NEIGHBOUR = 0.9;
const CROWDED = [0, 0, 0.7, 1.8];
/** Below it a word stands in a name only where there is no better one. */
const WORTH = 0.75;
const ASKS =
  /\b(?:i want|i need|we need|we want|i'?d like|would like|could you|can you|have in mind|let'?s|please|since|problem is|help me|looking for|what i)\b/i;

/**
 * A name by which a colleague would know the conversation again, in kebab-case and of at most `maximum` characters, from
 * the first messages of the person; undefined where they say nothing to name it by. The same for the same messages,
 * without any model; takes whatever is given.
 */
export function conversationName(messages: readonly string[], maximum: number): string | undefined {
  return bestName(candidatesOf(messages, maximum), maximum);
}

/** A name made of what somebody gave as one: its words, as many as fit; undefined where it has none. */
export function nameFrom(text: string, maximum: number): string | undefined {
  const words =
    romanize(text.slice(0, 200))
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word : `${name}-${word}`;
    if (longer.length > maximum) break;
    name = longer;
  }
  return name === '' || !/[a-z]/.test(name) ? undefined : name;
}

/** The words of the first messages that may stand in a name, those that come twice only once. */
function candidatesOf(messages: readonly string[], maximum: number): readonly NamingWord[] {
  const byWord = new Map<string, { readonly word: NamingWord; readonly count: number }>();
  let position = 0;
  for (const [index, message] of messages.slice(0, MAXIMUM_MESSAGES).entries()) {
    for (const word of messageWords(message, position)) {
      position = Math.max(position, word.position + 3);
      if (word.value <= 0 || word.word.length > maximum) continue;
      const key = word.word.replace(/(?<=[^su])s$/, '');
      const known = byWord.get(key);
      const own = { ...word, value: word.value * (index === 0 || byWord.size === 0 ? 1 : 0.7) };
      if (known === undefined) byWord.set(key, { word: own, count: 1 });
      else {
        const better = known.word.value >= own.value ? known.word : { ...own, position: known.word.position };
        byWord.set(key, { word: better, count: known.count + 1 });
      }
    }
  }
  return [...byWord.values()]
    .map(({ word, count }) => ({ ...word, value: word.value * (1 + 0.15 * Math.min(3, count - 1)) }))
    .sort((a, b) => b.value - a.value || a.position - b.position)
    .slice(0, MAXIMUM_CANDIDATES);
}

function messageWords(message: string, start: number): readonly NamingWord[] {
  const lines = openingLines(message);
  const prose = romanize(
    lines
      .filter(({ kind }) => kind === 'prose')
      .map(({ text }) => text)
      .join('\n'),
  );
  const sentences = prose.split(/(?<=[.!?])\s+|\n/).filter((sentence) => /\w/.test(sentence));
  const foreign = foreignStopWords(prose);
  const isRambling = sentences.length > 3;
  const found: NamingWord[] = [];
  const add = (text: string, weight: number, isCode: boolean) => {
    const position = (found.at(-1)?.position ?? start) + 3;
    found.push(...namingWords(text, position, { weight, isCode, stop: isCode ? NO_WORDS : foreign }));
  };
  let told = 0;
  for (const sentence of sentences.slice(0, 30)) {
    const before = found.length;
    add(sentence, sentenceWeight(sentence, told, isRambling), false);
    if (found.slice(before).some(({ value }) => value > 1)) told += 1;
  }
  const share = told > 0 ? 0.5 : 1;
  const others: readonly NamingText[] = [...diffNames(lines), ...traceNames(lines), ...codeNames(lines)];
  for (const { text, weight, isCode = true } of others) if (text !== '') add(romanize(text), weight * share, isCode);
  return found;
}

const NO_WORDS: ReadonlySet<string> = new Set();

/** The earlier a sentence, the better; in a long story, what is wanted is. */
function sentenceWeight(sentence: string, told: number, isRambling: boolean): number {
  const early = Math.max(0.4, 1 - 0.22 * told);
  return isRambling && ASKS.test(sentence) ? Math.max(early, 0.8) * 1.25 : early;
}

/** What says nothing in the language of a text, where that is not English. */
function foreignStopWords(text: string): ReadonlySet<string> {
  const words =
    text
      .toLowerCase()
      .match(/[a-z]+/g)
      ?.slice(0, 200) ?? [];
  const english = words.filter((word) => ENGLISH.has(word)).length;
  let best = NO_WORDS;
  let most = Math.max(1, english);
  for (const language of FOREIGN_STOP_WORDS) {
    const count = words.filter((word) => language.has(word)).length;
    if (count <= most) continue;
    best = language;
    most = count;
  }
  return best;
}

const ENGLISH = new Set(
  'the is are was to of and it that this for with my our your be on have from not when i you we'.split(' '),
);

/** The words that together are worth most, in the order of the text. */
function bestName(candidates: readonly NamingWord[], maximum: number): string | undefined {
  const inOrder = [...candidates].sort((a, b) => a.position - b.position);
  const good = inOrder.filter(({ value }) => value >= WORTH);
  let best: { readonly words: readonly NamingWord[]; readonly value: number } = { words: [], value: 0 };
  const extend = (chosen: readonly NamingWord[], from: number, length: number, value: number) => {
    if (value > best.value) best = { words: chosen, value };
    if (chosen.length === MAXIMUM_WORDS) return;
    for (let index = from; index < pool.length; index += 1) {
      const word = pool[index];
      if (word === undefined) return;
      const longer = length + word.word.length + (chosen.length === 0 ? 0 : 1);
      if (longer > maximum) continue;
      const last = chosen.at(-1);
      const together = last !== undefined && word.position - last.position === 1 ? NEIGHBOUR : 0;
      const crowded = CROWDED[chosen.length] ?? 0;
      extend([...chosen, word], index + 1, longer, value + word.value + together - crowded);
    }
  };
  const pool = good.length >= 2 ? good : inOrder;
  extend([], 0, 0, 0);
  const name = best.words.map(({ word }) => word).join('-');
  return /[a-z]/.test(name) ? name : undefined;
}
