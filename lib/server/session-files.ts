import { closeSync, constants, type FSWatcher, fstatSync, openSync, readSync, watch } from 'node:fs';
import path from 'node:path';
import { isOfProcess, MAXIMUM_SESSION_FILE, readSessionFile, type SessionFile } from '../attention/session-file.ts';
import type { Clock } from '../base/clock.ts';
import { type Disposable, onDispose } from '../base/disposable.ts';
import { processStart } from '../pty/process-start.ts';

/** A file is written in several steps: it is read so long after the first, in milliseconds. */
const SETTLE = 40;
/** A folder that is not there yet is looked for so often, with so much time between, in milliseconds. */
const ATTEMPTS = 5;
const AGAIN = 2000;

/** Follows one agent's own file of what it does. */
class FollowedFile implements Disposable {
  readonly #folder: string;
  readonly #pid: number;
  readonly #clock: Clock;
  readonly #onChange: (file: SessionFile | undefined) => void;
  #watcher: FSWatcher | undefined;
  #timer: Disposable | undefined;
  /** Whether a read is due: writes that go on do not put it off. */
  #isDue = false;
  #attempts = 0;
  #before = '';
  #isOver = false;

  constructor(folder: string, pid: number, clock: Clock, onChange: (file: SessionFile | undefined) => void) {
    this.#folder = folder;
    this.#pid = pid;
    this.#clock = clock;
    this.#onChange = onChange;
    this.#watch();
  }

  dispose(): void {
    this.#isOver = true;
    this.#watcher?.close();
    this.#timer?.dispose();
  }

  get #name(): string {
    return `${this.#pid}.json`;
  }

  /** The folder, as files are replaced. */
  #watch(): void {
    if (this.#isOver) return;
    this.#attempts += 1;
    try {
      const watcher = watch(this.#folder, { persistent: false }, (_, name) => {
        if (name === null || name === this.#name) this.#readSoon();
      });
      watcher.on('error', () => watcher.close());
      this.#watcher = watcher;
    } catch {
      if (this.#attempts < ATTEMPTS) this.#timer = this.#clock.after(AGAIN, () => this.#watch());
      return;
    }
    this.#read();
  }

  #readSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#timer?.dispose();
    this.#timer = this.#clock.after(SETTLE, () => this.#read());
  }

  #read(): void {
    this.#isDue = false;
    const text = readBounded(path.join(this.#folder, this.#name));
    // A file that is written at this moment is read again when it is whole.
    if (text === this.#before || text === '') return;
    this.#before = text ?? '';
    const file = text === undefined ? undefined : readSessionFile(text);
    const start = processStart(this.#pid);
    this.#onChange(file !== undefined && start !== undefined && isOfProcess(file, start) ? file : undefined);
  }
}

/**
 * Follows the files `PID.json` of processes in a folder while they run. `onChange` hears each that one of them wrote
 * itself, and undefined for what is none; it must not throw.
 */
export function followSessionFiles(
  folder: string,
  pids: readonly number[],
  clock: Clock,
  onChange: (file: SessionFile | undefined) => void,
): Disposable {
  let own: number | undefined;
  const files = pids.map(
    (pid) =>
      new FollowedFile(folder, pid, clock, (file) => {
        if (file !== undefined) own = pid;
        else if (own !== pid) return;
        onChange(file);
      }),
  );
  return onDispose(() => {
    for (const file of files) file.dispose();
  });
}

/** The text of a small regular file; undefined for anything else. Opened without waiting, and through no link. */
function readBounded(file: string): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const { size } = fstatSync(descriptor);
    if (!fstatSync(descriptor).isFile() || size > MAXIMUM_SESSION_FILE) return undefined;
    const bytes = Buffer.alloc(MAXIMUM_SESSION_FILE);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
