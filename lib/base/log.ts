import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Disposable } from './disposable.ts';
import { sourceStack } from './source-stack.ts';
import { stateFolder } from './state-folder.ts';
import { errorText } from './user-error.ts';

/** From what is of use to few to what nobody should miss. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where the server says what happened. Never throws and never waits; callers put no secrets and no input in it. */
export interface Log extends Disposable {
  /** The file written to; undefined where there is none. */
  readonly file: string | undefined;
  debug(text: string): void;
  info(text: string): void;
  warning(text: string): void;
  /** With `cause`, its stack follows. */
  error(text: string, cause?: unknown): void;
}

export interface LogOptions {
  /** Undefined logs nowhere. */
  readonly file: string | undefined;
  readonly level?: LogLevel;
  /** A file that would grow beyond this many bytes becomes `FILE.1`, and that `FILE.2`. */
  readonly maximumSize?: number;
  /** How many files are kept, the current one included. */
  readonly files?: number;
  /** Told once, when the file cannot be written; all goes on without it. */
  readonly onProblem?: (text: string) => void;
}

/** How long nothing is written after a failure, in milliseconds: a full disk has room again one day. */
const RETRY = 60_000;
/** The longest record, in characters: a stack fits, a flood does not. */
const MAXIMUM_RECORD = 8000;

/** The server's log in the state folder; undefined where neither $XDG_STATE_HOME nor $HOME names a place. */
export function logFile(
  environment: Readonly<Record<string, string | undefined>>,
  name = 'server',
): string | undefined {
  const folder = stateFolder(environment);
  return folder && path.join(folder, `${name}.log`);
}

/** The level that $QMUX_LOG names, or `info`. */
export const logLevel = (environment: Readonly<Record<string, string | undefined>>): LogLevel =>
  LOG_LEVELS.find((level) => level === environment['QMUX_LOG']) ?? 'info';

/**
 * Opens a file to append to, made where it is missing, in a folder of ours or of the system. Throws where it is somebody
 * else's, or a link is: root with the HOME of another would write where they point.
 */
export function openLogFile(file: string): number {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid } = lstatSync(folder);
  if (uid !== process.getuid?.() && uid !== 0) throw new Error(`${folder} belongs to someone else (uid ${uid})`);
  return openSync(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
}

/** Opens a log; its folder is made where it is missing (0700), the file is the person's alone (0600). */
export function openLog(options: LogOptions): Log {
  return new FileLog(options);
}

class FileLog implements Log {
  readonly #options: LogOptions;
  readonly #lowest: number;
  #descriptor: number | undefined;
  #size = 0;
  #failedAt: number | undefined;

  constructor(options: LogOptions) {
    this.#options = options;
    this.#lowest = LOG_LEVELS.indexOf(options.level ?? 'info');
    this.#try(() => this.#open());
  }

  get file(): string | undefined {
    return this.#descriptor === undefined ? undefined : this.#options.file;
  }

  debug(text: string): void {
    this.#write('debug', text);
  }

  info(text: string): void {
    this.#write('info', text);
  }

  warning(text: string): void {
    this.#write('warning', text);
  }

  error(text: string, cause?: unknown): void {
    const detail =
      cause instanceof Error ? sourceStack(cause.stack ?? cause.message) : cause === undefined ? '' : errorText(cause);
    this.#write('error', detail === '' ? text : `${text}: ${detail}`);
  }

  dispose(): void {
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    if (descriptor !== undefined) closeSync(descriptor);
  }

  #write(level: LogLevel, text: string): void {
    if (LOG_LEVELS.indexOf(level) < this.#lowest) return;
    if (this.#descriptor === undefined && !this.#reopens()) return;
    const record = Buffer.from(`${new Date().toISOString()} ${process.pid} ${level} ${printable(text)}\n`);
    this.#try(() => {
      if (this.#size > 0 && this.#size + record.length > (this.#options.maximumSize ?? 5_000_000)) this.#rotate();
      if (this.#descriptor !== undefined) this.#size += writeSync(this.#descriptor, record);
    });
  }

  #open(): void {
    const { file } = this.#options;
    if (file === undefined) return;
    this.#descriptor = openLogFile(file);
    this.#size = fstatSync(this.#descriptor).size;
  }

  /** Whether the file can be written again, after a while without it. */
  #reopens(): boolean {
    if (this.#failedAt === undefined || performance.now() < this.#failedAt + RETRY) return false;
    this.#try(() => this.#open());
    return this.#descriptor !== undefined;
  }

  #rotate(): void {
    const { file, files = 3 } = this.#options;
    if (file === undefined) return;
    this.dispose();
    for (let number = files - 1; number > 0; number -= 1) {
      const from = number === 1 ? file : `${file}.${number - 1}`;
      if (existsSync(from)) renameSync(from, `${file}.${number}`);
    }
    this.#open();
  }

  /** Runs a file operation; one that fails ends the logging for a while, and is told the first time. */
  #try(operation: () => void): void {
    try {
      operation();
    } catch (error) {
      try {
        this.dispose();
      } catch {
        // the descriptor is lost either way
      }
      const told = this.#failedAt !== undefined;
      this.#failedAt = performance.now();
      if (!told) this.#options.onProblem?.(`the log file cannot be written: ${errorText(error)}`);
    }
  }
}

/** One record: controls are escaped, continued lines (a stack) indented, what is too long cut. */
function printable(text: string): string {
  const cut = text.length > MAXIMUM_RECORD ? `${text.slice(0, MAXIMUM_RECORD)}…` : text;
  return cut
    .replaceAll(
      /[\0-\x09\x0b-\x1f\x7f-\x9f]/g,
      (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )
    .replaceAll('\n', '\n    ');
}
