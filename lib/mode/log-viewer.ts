import type { Size } from '../base/geometry.ts';
import { LOG_LEVELS, type LogLevel } from '../base/log.ts';
import type { Line } from '../text/line.ts';
import { type LogEntry, type LoggedSession, logLine } from './log-line.ts';
import type { Mode } from './mode.ts';
import type { OverlayView } from './overlay-view.ts';
import { TextMode } from './text-mode.ts';

export interface LogViewerOptions {
  /** The older first; the same array while nothing came. */
  readonly entries: () => readonly LogEntry[];
  /** Those that there are, and those that there were, as far as is known. */
  readonly sessions: () => readonly LoggedSession[];
  /** All of them unless given. */
  readonly session?: LoggedSession | undefined;
  /** What is of less weight is not shown; nothing less than `info` unless given. */
  readonly level?: LogLevel | undefined;
  readonly size: () => Size;
  readonly exit: () => void;
}

/** Actions of the page by which a person leaves its end. */
const BACKWARD = [
  'up',
  'page-up',
  'halfpage-up',
  'top',
  'search-forward',
  'search-backward',
  'search-again',
  'search-reverse',
];

/** What was written down, followed as it comes; filtered by session and level. */
export class LogViewer implements Mode {
  readonly keyTable = 'log';
  readonly actions: readonly string[];
  readonly #options: LogViewerOptions;
  readonly #page: TextMode;
  #session: LoggedSession | undefined;
  #level: LogLevel;
  #follows = true;
  /** What the page was made of. */
  #shown: readonly LogEntry[] | undefined;
  readonly #lines = new WeakMap<LogEntry, Line>();
  readonly #own: ReadonlyMap<string, () => void>;

  constructor(options: LogViewerOptions) {
    this.#options = options;
    this.#session = options.session;
    this.#level = options.level ?? 'info';
    this.#page = new TextMode({ title: () => this.#title, text: [], size: options.size, exit: options.exit });
    this.#own = new Map([
      ['level', () => this.#nextLevel()],
      ['session', () => this.#nextSession(1)],
      ['session-previous', () => this.#nextSession(-1)],
      ['follow', () => this.#follow(!this.#follows)],
    ]);
    this.actions = [...this.#own.keys(), ...this.#page.actions];
  }

  action(name: string, args: readonly string[], count: number): boolean {
    const own = this.#own.get(name);
    if (own !== undefined) {
      own();
      return true;
    }
    this.#update();
    if (!this.#page.action(name, args, count)) return false;
    if (name === 'bottom') this.#follow(true);
    else if (BACKWARD.includes(name)) this.#follows &&= this.#page.showsEnd;
    return true;
  }

  key(): void {}

  paste(): void {}

  view(): OverlayView {
    this.#update();
    return this.#page.view();
  }

  get #title(): string {
    const about = this.#session?.name ?? 'all';
    const level = this.#level === 'debug' ? 'all levels' : this.#level === 'error' ? 'errors' : `from ${this.#level}`;
    return `Log: ${about}, ${level}${this.#follows ? ', following' : ''} · s session, l level, f follow, / search`;
  }

  /** Takes over what came, unless the person reads: then the page stays as it is. */
  #update(): void {
    const entries = this.#options.entries();
    if (entries === this.#shown || (this.#shown !== undefined && !this.#follows)) return;
    this.#shown = entries;
    const lowest = LOG_LEVELS.indexOf(this.#level);
    const isOwn = this.#session === undefined ? () => true : ofSession(this.#session);
    const kept = entries.filter((entry) => LOG_LEVELS.indexOf(entry.level) >= lowest && isOwn(entry));
    this.#page.replace(
      kept.map((entry) => this.#line(entry)),
      this.#follows,
    );
  }

  /** Entries do not change: each is laid out once. */
  #line(entry: LogEntry): Line {
    const known = this.#lines.get(entry);
    if (known !== undefined) return known;
    const line = logLine(entry);
    this.#lines.set(entry, line);
    return line;
  }

  #refilter(): void {
    this.#shown = undefined;
  }

  #nextLevel(): void {
    const at = LOG_LEVELS.indexOf(this.#level);
    this.#level = LOG_LEVELS[(at + 1) % LOG_LEVELS.length] ?? 'info';
    this.#refilter();
  }

  /** The next session, and after the last all of them. */
  #nextSession(by: 1 | -1): void {
    const choices = [undefined, ...this.#options.sessions()];
    const at = choices.findIndex((choice) => choice?.id === this.#session?.id);
    this.#session = choices[(Math.max(0, at) + by + choices.length) % choices.length];
    this.#refilter();
  }

  #follow(follows: boolean): void {
    this.#follows = follows;
    if (!follows) return;
    this.#update();
    this.#page.action('bottom', [], 1);
  }
}

/** Its events, and lines of the server that name it. */
function ofSession({ id, name }: LoggedSession): (entry: LogEntry) => boolean {
  const named = new RegExp(`(?<![\\w-])${name.replaceAll(/[^\w-]/g, '\\$&')}(?![\\w-])`);
  return (entry) => (entry.session === undefined ? named.test(entry.text) : entry.session.id === id);
}
