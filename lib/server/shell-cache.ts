import { spawnShell } from '../base/descriptor-guard.ts';
import type { Disposable } from '../base/disposable.ts';

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
export class ShellCache implements Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #environment: () => Record<string, string>;
  readonly #onChange: () => void;
  readonly #timeout: number;
  /** What ends each command that runs. */
  readonly #running = new Set<() => void>();

  /**
   * @param onChange called when a command printed something else than before
   * @param timeout milliseconds after which a command is killed with all that it started, and no longer listened to
   */
  constructor(environment: () => Record<string, string>, onChange: () => void, timeout = TIMEOUT) {
    this.#environment = environment;
    this.#onChange = onChange;
    this.#timeout = timeout;
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

  /** Ends what still runs. */
  dispose(): void {
    for (const end of [...this.#running]) end();
  }

  #run(command: string, entry: Entry): void {
    entry.running = true;
    entry.startedAt = Date.now();
    const child = spawnShell(command, {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: this.#environment(),
      // A group of its own: the shell's children end with it, or they would hold the pipe, and the entry, for ever.
      detached: true,
    });
    const end = () => {
      if (child.pid !== undefined && child.exitCode === null) killGroup(child.pid);
      child.stdout?.destroy();
    };
    const timer = setTimeout(end, this.#timeout);
    this.#running.add(end);
    let tail = '';
    child.stdout?.setEncoding('utf8');
    child.stdout?.on('data', (text: string) => {
      tail = (tail + text).slice(-2 * MAXIMUM_LINE);
    });
    const done = () => {
      clearTimeout(timer);
      this.#running.delete(end);
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

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
