import type { GuideCommand, GuideHelp, GuideKey, GuideOption, GuideTopic } from './guide-help.ts';
import { meaningsOf, stemsOf, wordsOf } from './guide-words.ts';

/** What was found for a question, each list best first. */
export interface GuideFindings {
  readonly topics: readonly GuideTopic[];
  /** Topics that touch it, when none answers it. */
  readonly near: readonly GuideTopic[];
  readonly commands: readonly GuideCommand[];
  readonly options: readonly GuideOption[];
  readonly keys: readonly GuideKey[];
}

/** Weights of a word by where it stands; a synonym counts less than the word itself. */
const IN_TITLE = 3;
const IN_WORDS = 3;
const IN_TEXT = 0.5;
const AS_SYNONYM = 0.7;
/** Least share of a question's weight that an answer must meet. */
const COVERAGE = 0.34;
/** Least score of an answer: a word in its title or words. */
const LEAST = 2;
/** How far a topic may be behind the best one and still be told of. */
const CLOSE = 0.7;

interface Entry {
  readonly strong: ReadonlySet<string>;
  readonly title: ReadonlySet<string>;
  readonly weak: ReadonlySet<string>;
}

const entry = (title: string, words: string, text: string): Entry => ({
  title: new Set(stemsOf(title)),
  strong: new Set(stemsOf(words)),
  weak: new Set(stemsOf(text)),
});

/** How rare a stem is among the entries: words that all of them have decide nothing. */
function rarity(entries: readonly Entry[]): (stem: string) => number {
  const known = new Map<string, number>();
  return (stem) => {
    const before = known.get(stem);
    if (before !== undefined) return before;
    const having = entries.filter((item) => item.title.has(stem) || item.strong.has(stem)).length;
    const value = Math.max(0.3, 1 - having / (entries.length + 1) / 0.6);
    known.set(stem, value);
    return value;
  };
}

interface Ranked<T> {
  readonly item: T;
  readonly score: number;
  /** Share of the question's words that stand in title or words. */
  readonly coverage: number;
}

function rank<T>(
  items: readonly T[],
  meanings: readonly (readonly string[])[],
  entryOf: (item: T) => Entry,
): readonly Ranked<T>[] {
  const entries = items.map(entryOf);
  const rare = rarity(entries);
  const ranked = items.map((item, index) => {
    const own = entries[index] ?? entry('', '', '');
    let score = 0;
    let covered = 0;
    for (const meaning of meanings) {
      let best = 0;
      let strong = false;
      for (const [place, stem] of meaning.entries()) {
        const share = (place === 0 ? 1 : AS_SYNONYM) * rare(stem);
        const where = Math.max(
          own.title.has(stem) ? IN_TITLE : 0,
          own.strong.has(stem) ? IN_WORDS : 0,
          own.weak.has(stem) ? IN_TEXT : 0,
        );
        best = Math.max(best, where * share + (own.title.has(stem) && own.strong.has(stem) ? 0.5 * share : 0));
        strong ||= where > IN_TEXT;
      }
      score += best;
      if (strong) covered += 1;
    }
    return { item, score, coverage: meanings.length === 0 ? 0 : covered / meanings.length };
  });
  return ranked.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
}

/** Single commands, options and keys must be meant more clearly. */
const clear = (found: Ranked<unknown>): boolean => good(found) && found.coverage >= 2 * COVERAGE;

const good = ({ score, coverage }: Ranked<unknown>): boolean => score >= LEAST && coverage >= COVERAGE;

/** What the help says on a question. Pure; any text is allowed. */
export function searchHelp(question: string, help: GuideHelp): GuideFindings {
  const meanings = meaningsOf(question);
  const words = new Set(wordsOf(question));
  const { commands: allCommands, options: allOptions } = help;
  const named = {
    commands: allCommands.filter(
      ({ name, aliases }) => words.has(name) || (words.size === 1 && aliases.some((alias) => words.has(alias))),
    ),
    options: allOptions.filter(({ name }) => name.includes('-') && words.has(name)),
  };
  const topics = rank(help.topics, meanings, ({ title, words: more, text }) => entry(title, more, text));
  const best = topics[0];
  const right = topics.filter((found) => good(found) && best !== undefined && found.score >= best.score * CLOSE);
  const commands = rank(allCommands, meanings, ({ name, summary }) => entry(name, summary, '')).filter(clear);
  const options = rank(allOptions, meanings, ({ name, description }) => entry(name, description, '')).filter(clear);
  const keys = rank(help.keys, meanings, ({ note }) => entry(note, '', '')).filter(clear);
  const items = <T>(found: readonly Ranked<T>[], most: number): readonly T[] =>
    found.slice(0, most).map(({ item }) => item);
  return {
    topics: items(right, 3),
    near: items(topics, 3),
    commands: unique([...named.commands, ...items(commands, 4)]).slice(0, 4),
    options: unique([...named.options, ...items(options, 4)]).slice(0, 4),
    keys: items(keys, 5),
  };
}

/** A question after the meaning of one name, such as `what does ask do`. */
const MEANING = /^\s*(?:what (?:does|is)|what's|explain|describe|usage of|command|option)\b/i;

/** The command or option that a question names, such as `capture-pane`, when nothing else in it matters. */
export function namedInFull(question: string, help: GuideHelp): GuideCommand | GuideOption | undefined {
  const [, slash] = /(?:^|[\s`])(\/[a-z-]{1,40})\b/.exec(question.slice(0, 200)) ?? [];
  const typed = help.commands.find(
    ({ name, aliases }) => name === slash || (slash !== undefined && aliases.includes(slash)),
  );
  if (typed !== undefined) return typed;
  const left = stemsOf(question).length;
  const asksMeaning = MEANING.test(question.slice(0, 100));
  for (const word of wordsOf(question)) {
    if (left > word.split('-').length) continue;
    if (!word.includes('-') && !asksMeaning) continue;
    const found =
      help.commands.find(({ name, aliases }) => name === word || aliases.includes(word)) ??
      help.options.find(({ name }) => name === word);
    if (found !== undefined) return found;
  }
  return undefined;
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

/** The keys of a question that spells one, such as `C-b c`. */
export function keysNamed(question: string, help: GuideHelp): readonly GuideKey[] {
  if (!/\b[CMS]-\S/.test(question.slice(0, 1000))) return [];
  const spaced = ` ${question
    .slice(0, 1000)
    .replaceAll(/[`"'?,!]+(?= |$)|(?<= )[`"']+/g, '')
    .replaceAll(/\s+/g, ' ')} `;
  return help.keys.filter(({ keys }) => keys.includes('-') && spaced.includes(` ${keys} `));
}
