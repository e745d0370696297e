import { errorText } from '../base/user-error.ts';
import { isTable, type Report } from '../config/provider-table.ts';
import { parseKey } from '../input/key-name.ts';
import type { Claim, EvidenceSource } from './evidence.ts';
import { type HookRecipe, readHookRecipe } from './hook-recipe.ts';
import { type Pattern, readPattern } from './pattern.ts';

/** What a title says of its program, or a notification. */
interface TextRule {
  readonly pattern: Pattern;
  readonly source: string;
  readonly claim: Claim;
}

/** What the end of a screen says. */
export interface ScreenRule {
  readonly name: string;
  readonly claim: Claim;
  /** The highest that fits decides; of equals the first. */
  readonly priority: number;
  /** Looks at so many rows, up from the last one with text. */
  readonly rows: number;
  /** Looks only at what stands over the last row that has this, where one does: what follows is the agent's footer. */
  readonly above: Pattern | undefined;
  /** And of that only at what stands under the last row that has this: what an agent quotes stands above. */
  readonly below: Pattern | undefined;
  readonly has: readonly Pattern[];
  readonly lacks: readonly Pattern[];
  /** The keys for this one, where they are others than the agent's. */
  readonly answer: AnswerKeys | undefined;
}

/** Names of keys that give an answer to the question on the screen, as send-keys takes them. */
export interface AnswerKeys {
  readonly approve: readonly string[];
  readonly trust: readonly string[] | undefined;
  readonly deny: readonly string[];
}

/** The words by which an agent goes on with a conversation. */
interface ResumeWords {
  /** With its last one in a directory. */
  readonly last: readonly string[];
  /** With the one whose name takes the place of `ID`. */
  readonly id: readonly string[] | undefined;
  /** Whether they stand before all other words, as a subcommand does. */
  readonly first: boolean;
}

/** A folder of files `PID.json` below an agent's folder, `~/...`; `homeVariable` names the variable that puts that elsewhere. */
export interface SessionFiles {
  readonly home: string;
  readonly homeVariable: string | undefined;
  readonly folder: string;
}

/** What is known of one agent: a file of data, so that it can follow the agent's next release. */
export interface AgentRules {
  readonly name: string;
  /** As people call it. */
  readonly title: string;
  readonly version: string;
  /** Names of its programs, for the foreground process. */
  readonly programs: readonly string[];
  /** How it goes on where it was. */
  readonly resume: ResumeWords | undefined;
  /** Where it writes what it does, a file a process. */
  readonly sessionFiles: SessionFiles | undefined;
  /** What it sends of itself to who connects to its port, by whose events. */
  readonly eventStream: 'opencode' | undefined;
  /** How it is told to say itself what it does. */
  readonly hooks: HookRecipe | undefined;
  /** How long a kind of claim must last before it is believed, in milliseconds. */
  readonly settle: Readonly<Partial<Record<Claim['kind'], number>>>;
  /** Marks in its output by which it means something else than what it does. */
  readonly ignores: ReadonlySet<EvidenceSource>;
  readonly titles: readonly TextRule[];
  /** By title and text in one line. */
  readonly notifications: readonly TextRule[];
  /** By falling priority. */
  readonly screens: readonly ScreenRule[];
  readonly answer: AnswerKeys | undefined;
}

const CLAIMS: Readonly<Record<string, Claim>> = {
  busy: { kind: 'busy' },
  idle: { kind: 'idle' },
  failed: { kind: 'failed' },
  approval: { kind: 'waiting', reason: 'approval' },
  question: { kind: 'waiting', reason: 'question' },
};
const NAMES = [
  'version',
  'title',
  'programs',
  'resume',
  'settle',
  'ignores',
  'titles',
  'notifications',
  'screens',
  'answer',
  'hooks',
  'session_files',
  'event_stream',
];
/** What an agent may mean otherwise. */
const IGNORABLE = ['mark', 'progress', 'notification', 'bell'] as const;
const MAXIMUM_RULES = 100;
const MAXIMUM_PATTERNS = 20;
const DEFAULT_ROWS = 20;
const MAXIMUM_ROWS = 60;
const LONGEST_SETTLE = 10_000;

/** The rules of one agent as its TOML file has them. What is wrong is reported with its path and left out. Never throws. */
export function readAgentRules(name: string, data: Readonly<Record<string, unknown>>, report: Report): AgentRules {
  return new RulesReader(report).read(name, data);
}

const SCREEN_NAMES = ['name', 'claim', 'priority', 'rows', 'above', 'below', 'has', 'lacks', 'answer'];

class RulesReader {
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  read(name: string, data: Readonly<Record<string, unknown>>): AgentRules {
    for (const key of Object.keys(data))
      if (!NAMES.includes(key)) this.#wrong([key], `is not known here; there are ${NAMES.join(', ')}`);
    return {
      name,
      title: this.#text(data['title'], ['title']) ?? name,
      version: this.#text(data['version'], ['version']) ?? '',
      programs: data['programs'] === undefined ? [name] : this.#texts(data['programs'], ['programs']),
      resume: this.#resume(data['resume']),
      sessionFiles: this.#sessionFiles(data['session_files']),
      eventStream: this.#eventStream(data['event_stream']),
      hooks: readHookRecipe(data['hooks'], this.#report),
      settle: this.#settle(data['settle']),
      ignores: this.#ignores(data['ignores']),
      titles: this.#textRules(data['titles'], 'titles'),
      notifications: this.#textRules(data['notifications'], 'notifications'),
      screens: this.#tables(data['screens'], 'screens')
        .flatMap((table, index) => this.#screen(table, index) ?? [])
        .sort((a, b) => b.priority - a.priority),
      answer: this.#answer(data['answer'], ['answer']),
    };
  }

  #ignores(value: unknown): AgentRules['ignores'] {
    const names = value === undefined ? [] : this.#texts(value, ['ignores']);
    const known = names.flatMap((name) => IGNORABLE.find((one) => one === name) ?? []);
    if (known.length < names.length) this.#wrong(['ignores'], `takes some of ${IGNORABLE.join(', ')}`);
    return new Set(known);
  }

  #textRules(value: unknown, name: string): readonly TextRule[] {
    return this.#tables(value, name).flatMap((table, index) => this.#textRule(table, [name, String(index)]) ?? []);
  }

  #textRule(table: Readonly<Record<string, unknown>>, place: readonly string[]): TextRule | undefined {
    const claim = this.#claim(table['claim'], place);
    const source = this.#text(table['has'], [...place, 'has']);
    const pattern = this.#pattern(source, [...place, 'has']);
    return claim === undefined || pattern === undefined || source === undefined
      ? undefined
      : { claim, pattern, source };
  }

  #screen(table: Readonly<Record<string, unknown>>, index: number): ScreenRule | undefined {
    const place = ['screens', String(index)];
    for (const key of Object.keys(table))
      if (!SCREEN_NAMES.includes(key))
        this.#wrong([...place, key], `is not known here; there are ${SCREEN_NAMES.join(', ')}`);
    const claim = this.#claim(table['claim'], place);
    const has = this.#patterns(table['has'], [...place, 'has']);
    const border = (name: 'above' | 'below') =>
      table[name] === undefined ? undefined : this.#pattern(table[name], [...place, name]);
    if (claim === undefined || has.length === 0) {
      if (has.length === 0) this.#wrong(place, 'needs has = ["..."], what must stand on the screen');
      return undefined;
    }
    return {
      name: this.#text(table['name'], [...place, 'name']) ?? `rule ${index + 1}`,
      claim,
      priority: this.#number(table['priority'], 0, 1000, [...place, 'priority']) ?? 0,
      rows: this.#number(table['rows'], 1, MAXIMUM_ROWS, [...place, 'rows']) ?? DEFAULT_ROWS,
      above: border('above'),
      below: border('below'),
      has,
      lacks: table['lacks'] === undefined ? [] : this.#patterns(table['lacks'], [...place, 'lacks']),
      answer: this.#answer(table['answer'], [...place, 'answer']),
    };
  }

  #answer(value: unknown, place: readonly string[]): AnswerKeys | undefined {
    if (value === undefined) return undefined;
    if (!isTable(value)) return this.#wrong(place, 'must be a table with approve and deny');
    const approve = this.#keys(value['approve'], [...place, 'approve']);
    const deny = this.#keys(value['deny'], [...place, 'deny']);
    const trust = value['trust'] === undefined ? undefined : this.#keys(value['trust'], [...place, 'trust']);
    return approve.length === 0 || deny.length === 0 ? undefined : { approve, trust, deny };
  }

  #keys(value: unknown, place: readonly string[]): readonly string[] {
    return this.#texts(value, place).filter((name) => {
      try {
        return parseKey(name);
      } catch (error) {
        return this.#wrong(place, errorText(error));
      }
    });
  }

  #sessionFiles(value: unknown): SessionFiles | undefined {
    if (value === undefined) return undefined;
    const { home, folder, home_variable: homeVariable } = isTable(value) ? value : {};
    if (typeof home === 'string' && /^~\/[\w.-]{1,60}$/.test(home))
      if (typeof folder === 'string' && /^[\w-]{1,60}$/.test(folder))
        return { home, folder, homeVariable: this.#text(homeVariable, ['session_files', 'home_variable']) };
    return this.#wrong(['session_files'], 'must be a table with home = "~/.agent" and folder = "sessions"');
  }

  #eventStream(value: unknown): 'opencode' | undefined {
    return value === undefined || value === 'opencode' ? value : this.#wrong(['event_stream'], 'takes "opencode"');
  }

  #resume(value: unknown): ResumeWords | undefined {
    if (value === undefined) return undefined;
    if (!isTable(value)) return this.#wrong(['resume'], 'must be a table with last = ["..."]');
    const last = this.#texts(value['last'], ['resume', 'last']);
    const id = value['id'] === undefined ? undefined : this.#texts(value['id'], ['resume', 'id']);
    return last.length === 0 ? undefined : { last, id, first: value['first'] === true };
  }

  #settle(value: unknown): AgentRules['settle'] {
    if (value === undefined) return {};
    const settle: Partial<Record<Claim['kind'], number>> = {};
    for (const kind of ['busy', 'idle', 'failed', 'waiting'] as const) {
      const time = isTable(value) ? this.#number(value[kind], 0, LONGEST_SETTLE, ['settle', kind]) : undefined;
      if (time !== undefined) settle[kind] = time;
    }
    return settle;
  }

  #claim(value: unknown, place: readonly string[]): Claim | undefined {
    const claim = typeof value === 'string' && Object.hasOwn(CLAIMS, value) ? CLAIMS[value] : undefined;
    return claim ?? this.#wrong([...place, 'claim'], `takes one of ${Object.keys(CLAIMS).join(', ')}`);
  }

  #pattern(value: unknown, place: readonly string[]): Pattern | undefined {
    const pattern = typeof value === 'string' ? readPattern(value) : undefined;
    return pattern ?? this.#wrong(place, 'takes a text, or an expression between slashes');
  }

  #patterns(value: unknown, place: readonly string[]): readonly Pattern[] {
    return this.#texts(value, place).flatMap((text) => this.#pattern(text, place) ?? []);
  }

  #text(value: unknown, place: readonly string[]): string | undefined {
    if (value === undefined || (typeof value === 'string' && value !== '' && value.length <= 500)) return value;
    return this.#wrong(place, 'takes a text in quotes');
  }

  #texts(value: unknown, place: readonly string[]): readonly string[] {
    const list = Array.isArray(value) ? value : typeof value === 'string' ? [value] : undefined;
    const texts = list?.filter((text): text is string => typeof text === 'string' && text !== '' && text.length <= 500);
    if (texts === undefined || texts.length !== list?.length || texts.length > MAXIMUM_PATTERNS)
      this.#wrong(place, `takes a list of at most ${MAXIMUM_PATTERNS} texts in quotes`);
    return texts?.slice(0, MAXIMUM_PATTERNS) ?? [];
  }

  #number(value: unknown, from: number, to: number, place: readonly string[]): number | undefined {
    if (value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to))
      return value;
    return this.#wrong(place, `takes a whole number from ${from} to ${to}`);
  }

  #tables(value: unknown, name: string): readonly Readonly<Record<string, unknown>>[] {
    if (value === undefined) return [];
    const tables = Array.isArray(value) ? value.filter(isTable) : undefined;
    if (tables === undefined || tables.length > MAXIMUM_RULES)
      this.#wrong([name], `takes at most ${MAXIMUM_RULES} tables: [[${name}]]`);
    return tables?.slice(0, MAXIMUM_RULES) ?? [];
  }

  #wrong(place: readonly string[], text: string): undefined {
    this.#report(place, `${place.join('.')} ${text}`);
    return undefined;
  }
}
