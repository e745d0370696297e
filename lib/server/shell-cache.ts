import { spawnShell } from '../base/descriptor-guard.ts';

/** How old a result may be before the command runs again, in milliseconds; as in tmux. */
const MAXIMUM_AGE = 1000;
/** A command that has not ended is killed after this time, in milliseconds. */
const TIMEOUT = 30_000;
const MAXIMUM_COMMANDS = 200;
const MAXIMUM_LINE = 1000;

interface Entry {
  line: string;
  startedAt: number;
  running: boolean;
}

/** The last lines of what shell commands print, for `#(command)` in formats: read at once, renewed behind. */
export class ShellCache {
  readonly #entries = new Map<string, Entry>();
  readonly #environment: () => Record<string, string>;
  readonly #onChange: () => void;

  /** @param onChange called when a command printed something else than before */
  constructor(environment: () => Record<string, string>, onChange: () => void) {
    this.#environment = environment;
    this.#onChange = onChange;
  }

  /** What `command` printed last; empty until it ended once. */
  read(command: string): string {
    const entry = this.#entries.get(command) ?? this.#add(command);
    if (!entry.running && Date.now() - entry.startedAt >= MAXIMUM_AGE) this.#run(command, entry);
    return entry.line;
  }

  #add(command: string): Entry {
    if (this.#entries.size >= MAXIMUM_COMMANDS) {
      const oldest = this.#entries.keys().next().value;
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    const entry: Entry = { line: '', startedAt: Number.NEGATIVE_INFINITY, running: false };
    this.#entries.set(command, entry);
    return entry;
  }

  #run(command: string, entry: Entry): void {
    entry.running = true;
    entry.startedAt = Date.now();
    const child = spawnShell(command, {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: this.#environment(),
      timeout: TIMEOUT,
    });
    let tail = '';
    child.stdout?.setEncoding('utf8');
    child.stdout?.on('data', (text: string) => {
      tail = (tail + text).slice(-2 * MAXIMUM_LINE);
    });
    const done = () => {
      entry.running = false;
      const line = tail.trimEnd().split('\n').at(-1)?.slice(0, MAXIMUM_LINE) ?? '';
      if (line === entry.line) return;
      entry.line = line;
      this.#onChange();
    };
    child.on('close', done);
    child.on('error', done);
  }
}
