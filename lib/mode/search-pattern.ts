import { createContext, Script } from 'node:vm';
import { type TextProbe, textProbe } from '../text/text-probe.ts';

/** What is searched for; made once for each text. */
export interface SearchPattern {
  readonly text: string;
  readonly regex: boolean;
  readonly expression: RegExp;
  /** Whether matching may take more than linear time, and so runs under a time limit. */
  readonly slow: boolean;
  /** What each match has in it; undefined when nothing is known, or too little. */
  readonly probe: TextProbe | undefined;
}

/** Longer texts are cut; nobody types more, and a paste by mistake must cost nothing. */
const MAXIMUM_PATTERN = 1000;
/** A literal this long is still cheap at every place of a text. */
const CHEAP_LITERAL = 64;
/** How long one chunk of text may take. */
const TIME_LIMIT = 100;
/** Matches of one text that are looked for. */
const MAXIMUM_MATCHES = 200_000;
const MEANINGFUL = /[\\^$.*+?()[\]{}|]/;
const REPEATS = /[*+{]/;

/** The POSIX classes that people know from grep, in the words of this engine. */
const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
};

/** Case counts only when the text has a capital. What is no regular expression is taken as plain text. */
export function searchPattern(text: string, regex: boolean): SearchPattern {
  const kept = text.slice(0, MAXIMUM_PATTERN);
  const anyCase = kept === kept.toLowerCase();
  const flags = `gm${anyCase ? 'i' : ''}`;
  const expression = regex && MEANINGFUL.test(kept) ? compile(kept, flags) : undefined;
  if (expression !== undefined) {
    const probe = textProbe(requiredText(kept), anyCase);
    return { text, regex, expression, slow: REPEATS.test(kept), probe };
  }
  const slow = kept.length > CHEAP_LITERAL;
  return { text, regex, expression: new RegExp(literal(kept), flags), slow, probe: textProbe(kept, anyCase) };
}

/** A part of an expression: an escaped character, a class of characters, or one character. */
const PART = /\\([\s\S])|\[\^?\]?(?:\[:\w+:\]|\\[\s\S]|[^\]\\])*\]|[\s\S]/g;

/** The longest text that each match of an expression has in it; empty when there are choices or groups. */
function requiredText(expression: string): string {
  let longest = '';
  let run = '';
  const end = (): void => {
    if (run.length > longest.length) longest = run;
    run = '';
  };
  for (const [part, escaped] of expression.matchAll(PART)) {
    // Groups, choices, counts, and escapes by number or name.
    if ('(){|}'.includes(part) || (escaped !== undefined && /[\dcpkuxP]/.test(escaped))) return '';
    if ('*?'.includes(part)) {
      // The character before may not be there.
      run = run.slice(0, -1);
      end();
    } else if ((escaped === undefined ? part.length > 1 : /\w|[^ -~]|[<>]/.test(escaped)) || '.+^$[]'.includes(part))
      end();
    else run += escaped ?? part;
  }
  end();
  return longest;
}

function compile(text: string, flags: string): RegExp | undefined {
  const translated = text
    .replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole)
    .replace(/\\[<>]/g, '\\b');
  for (const unicode of ['u', '']) {
    try {
      return new RegExp(translated, flags + unicode);
    } catch {}
  }
  return undefined;
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * Starts and ends of all matches in `text`, in turn; none is empty or reaches over a line's end. Undefined when the
 * pattern took too long.
 */
export function findMatches(pattern: SearchPattern, text: string): readonly number[] | undefined {
  return pattern.slow ? withinTime(() => collect(pattern.expression, text)) : collect(pattern.expression, text);
}

function collect(expression: RegExp, text: string): readonly number[] {
  const found: number[] = [];
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
    if (found.length >= 2 * MAXIMUM_MATCHES) break;
    const lineEnd = match[0].indexOf('\n');
    const end = match.index + (lineEnd < 0 ? match[0].length : lineEnd);
    if (end > match.index) found.push(match.index, end);
    if (lineEnd >= 0) expression.lastIndex = end + 1;
    else if (match[0] === '') expression.lastIndex++;
  }
  return found;
}

const run = new Script('run()');
const place: { run: () => void } = createContext({ run: () => undefined }) as { run: () => void };

/** The result of a pure function, or undefined when it took longer than the limit: the engine itself stops it. */
function withinTime<T>(work: () => T): T | undefined {
  let result: T | undefined;
  place.run = () => {
    result = work();
  };
  try {
    run.runInContext(place, { timeout: TIME_LIMIT });
    return result;
  } catch {
    return undefined;
  }
}
