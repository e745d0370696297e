import { isTable, type Report } from '../config/provider-table.ts';

/** What an event of an agent means: a claim, the end of what it said (`gone`), or only that its conversation is known (`session`). */
export type HookMeaning = 'busy' | 'idle' | 'failed' | 'approval' | 'question' | 'gone' | 'session';

/** How an agent writes hooks down: lists of matchers with commands (Claude Code), plain lists (Copilot, Cursor), or TOML (Codex). */
export type HookFormat = 'matchers' | 'copilot' | 'cursor' | 'codex';

/** How an agent is told to call `qmux report-status --hook EVENT`. */
export interface HookRecipe {
  /** The agent's folder, `~/...`; `homeVariable` names the variable that puts it elsewhere. */
  readonly home: string;
  readonly homeVariable: string | undefined;
  /** Its settings file in that folder. */
  readonly file: string;
  readonly format: HookFormat;
  /** By `EVENT`, or `EVENT/KIND` where the event tells of what kind it is. */
  readonly events: ReadonlyMap<string, HookMeaning>;
  /** The event at which its hook may answer what is asked, by Claude Code's form; undefined for none. */
  readonly decides: string | undefined;
  /** A sentence for the person after the change. */
  readonly note: string | undefined;
}

const MEANINGS: readonly string[] = ['busy', 'idle', 'failed', 'approval', 'question', 'gone', 'session'];
const FORMATS: readonly string[] = ['matchers', 'copilot', 'cursor', 'codex'];
const NAMES = ['home', 'home_variable', 'file', 'format', 'events', 'decides', 'note'];
const MAXIMUM_EVENTS = 60;
const EVENT = /^\w{1,60}(\/[\w-]{1,60})?$/;
/** Below the person's home, and nowhere above. */
const HOME = /^~\/[\w./-]{1,200}$/;
const FILE = /^[\w./-]{1,200}$/;

const isMeaning = (value: unknown): value is HookMeaning => typeof value === 'string' && MEANINGS.includes(value);
const isFormat = (value: unknown): value is HookFormat => typeof value === 'string' && FORMATS.includes(value);

/** Reads `[hooks]` of an agent's rules; what is wrong is reported, and without a place or a format there is no recipe. Never throws. */
export function readHookRecipe(value: unknown, report: Report): HookRecipe | undefined {
  if (value === undefined) return undefined;
  const wrong = (name: string, text: string): undefined => void report(['hooks', name], `hooks.${name} ${text}`);
  if (!isTable(value)) return void report(['hooks'], 'hooks must be a table with home, file, format and events');
  for (const name of Object.keys(value)) if (!NAMES.includes(name)) wrong(name, 'is not known here');
  const { home, file, format, note, decides } = value;
  const variable = value['home_variable'];
  if (typeof home !== 'string' || !HOME.test(home) || home.includes('..'))
    return wrong('home', 'takes a folder in your home, such as "~/.agent"');
  if (typeof file !== 'string' || !FILE.test(file) || file.includes('..') || file.startsWith('/'))
    return wrong('file', 'takes the name of a file in that folder');
  if (!isFormat(format)) return wrong('format', `takes one of ${FORMATS.join(', ')}`);
  if (variable !== undefined && (typeof variable !== 'string' || !/^[A-Z_]{1,60}$/.test(variable)))
    return wrong('home_variable', 'takes the name of a variable');
  return {
    home,
    homeVariable: variable,
    file,
    format,
    events: readEvents(value['events'], wrong),
    decides: typeof decides === 'string' ? decides : undefined,
    note: typeof note === 'string' && note !== '' ? note.slice(0, 300) : undefined,
  };
}

function readEvents(
  value: unknown,
  wrong: (name: string, text: string) => undefined,
): ReadonlyMap<string, HookMeaning> {
  const events = new Map<string, HookMeaning>();
  if (!isTable(value)) {
    wrong('events', 'must be a table: EVENT = "busy"');
    return events;
  }
  for (const [event, meaning] of Object.entries(value).slice(0, MAXIMUM_EVENTS))
    if (EVENT.test(event) && isMeaning(meaning)) events.set(event, meaning);
    else wrong('events', `of ${event.slice(0, 60)} takes one of ${MEANINGS.join(', ')}`);
  return events;
}

/** The events that are asked for: kinds of one event are one. */
export const hookEvents = ({ events }: HookRecipe): readonly string[] => [
  ...new Set([...events.keys()].map((name) => name.split('/', 1)[0] ?? '')),
];
