import { constants as system } from 'node:os';
import { isExecutable } from '../base/executable.ts';
import type { Size } from '../base/geometry.ts';
import { errorText } from '../base/user-error.ts';
import { openPty, type Pty, type PtyExit } from '../pty/pty.ts';
import { OutputCap } from './output-cap.ts';
import { PlainOutput } from './plain-output.ts';
import { CALL_MARK, callMark, endProcesses } from './process-tree.ts';
import { type RunOptions, ToolError, type ToolResult } from './tool.ts';

export interface ShellRun {
  readonly command: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly size: Size;
  /** Milliseconds. */
  readonly timeout: number;
}

/** UTF-16 units of output that the model gets, head and tail. */
const MAXIMUM_OUTPUT = 64 * 1024;
/** Milliseconds from SIGTERM to SIGKILL; a cancelled call ends sooner, and the rest is ended behind it. */
const GRACE = 2000;
const CANCEL_WAIT = 700;
/** Output is handed on at most this often (milliseconds), and of a flood only its end (UTF-16 units). */
const OUTPUT_INTERVAL = 50;
const MAXIMUM_SHOWN = 16 * 1024;
/** Bytes read in one interval before the program has to wait: it shares the server with all sessions. */
const READ_BUDGET = 2 * 1024 * 1024;
/** End of file at a terminal. */
const END_OF_FILE = Uint8Array.of(4);
/** Milliseconds between ends of file for programs that read the terminal itself, and how many they get. */
const END_INTERVAL = 1000;
const MAXIMUM_ENDS = 60;

/** How a command came to its end. */
type Ending =
  | { readonly kind: 'exit'; readonly exit: PtyExit }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'cancelled' };

/** Runs a shell command on a pty of its own, and ends all that it started when it is cancelled or late. */
export async function runShell(run: ShellRun, { signal, onOutput }: RunOptions): Promise<ToolResult> {
  if (signal.aborted) throw new ToolError('The call was cancelled before the command began.');
  const mark = callMark();
  const begun = performance.now();
  const pty = start(run, mark);
  const cap = new OutputCap(MAXIMUM_OUTPUT);
  const live = new LiveOutput(onOutput);
  const plain = new PlainOutput((text) => {
    cap.add(text);
    live.add(text);
  });
  let budget = READ_BUDGET;
  pty.onData((bytes) => {
    plain.write(bytes);
    budget -= bytes.length;
    if (budget <= 0) pty.pause();
  });
  const output = setInterval(() => {
    live.flush(plain.pending);
    if (budget <= 0) pty.resume();
    budget = READ_BUDGET;
  }, OUTPUT_INTERVAL);
  let ends = 0;
  const stdin = setInterval(() => {
    ends += 1;
    if (ends <= MAXIMUM_ENDS && pty.pendingInput === 0) pty.write(END_OF_FILE);
  }, END_INTERVAL);
  try {
    const ending = await untilEnd(pty, run.timeout, signal);
    if (ending.kind !== 'exit') {
      // Its last words are still read meanwhile; without a limit, so that it is not kept from ending.
      budget = Number.POSITIVE_INFINITY;
      pty.resume();
      const ended = endProcesses({ pid: pty.pid, mark }, GRACE);
      if (ending.kind === 'cancelled') await Promise.race([ended, after(CANCEL_WAIT)]);
      else await ended;
    }
    plain.end();
    live.flush('');
    return report(ending, cap.toString(), performance.now() - begun, run.timeout);
  } finally {
    clearInterval(output);
    clearInterval(stdin);
    pty.dispose();
  }
}

function start({ command, workingDirectory, environment, size }: ShellRun, mark: string): Pty {
  const shell = SHELLS.find(isExecutable) ?? '/bin/sh';
  try {
    return openPty({
      file: '/bin/sh',
      // Standard input is empty, so that what reads it ends instead of waiting for a person.
      args: ['-c', `exec ${shell} -c "$1" </dev/null`, 'sh', command],
      workingDirectory,
      environment: commandEnvironment(environment, mark),
      size,
    });
  } catch (error) {
    throw new ToolError(`The command cannot be started: ${errorText(error)}.`);
  }
}

const SHELLS = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash', '/opt/homebrew/bin/bash'];

/**
 * What would be read by the shell before the command, or could replace programs in it; keys of endpoints; and what leads
 * to the server, so that a command does not answer for the person by accident.
 */
const LEFT_OUT = /^(?:BASH_ENV|ENV|BASH_FUNC_.*|PROMPT_COMMAND|SHELLOPTS|BASHOPTS|PS4|QMUX(?:_.*)?|\w*API_?KEY)$/i;

/** Variables that keep programs from waiting for a person, from paging and from painting. */
function commandEnvironment(environment: Readonly<Record<string, string>>, mark: string): Record<string, string> {
  const own = Object.entries(environment).filter(([name]) => !LEFT_OUT.test(name));
  return {
    ...Object.fromEntries(own),
    TERM: 'dumb',
    NO_COLOR: '1',
    CI: environment['CI'] ?? '1',
    PAGER: 'cat',
    MANPAGER: 'cat',
    GIT_PAGER: 'cat',
    GIT_TERMINAL_PROMPT: '0',
    GIT_EDITOR: 'true',
    DEBIAN_FRONTEND: 'noninteractive',
    [CALL_MARK]: mark,
  };
}

/** Settles once: with its end, or when it must be ended. */
function untilEnd(pty: Pty, timeout: number, signal: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    const finish = (ending: Ending) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      resolve(ending);
    };
    const cancel = () => finish({ kind: 'cancelled' });
    const timer = setTimeout(() => finish({ kind: 'timeout' }), timeout);
    signal.addEventListener('abort', cancel);
    pty.onExit((exit) => finish({ kind: 'exit', exit }));
  });
}

function report(ending: Ending, output: string, duration: number, timeout: number): ToolResult {
  const took = `${(duration / 1000).toFixed(1)} s`;
  const text = output.trimEnd();
  const lines = text === '' ? '[no output]' : text;
  if (ending.kind === 'timeout')
    return {
      ok: false,
      text: `${lines}\n[ended after its time limit of ${timeout / 1000} s, with all it had started]`,
    };
  if (ending.kind === 'cancelled') return { ok: false, text: `${lines}\n[cancelled after ${took}]` };
  const { exitCode, signal } = ending.exit;
  if (signal !== undefined) return { ok: false, text: `${lines}\n[ended by ${signalName(signal)} after ${took}]` };
  return { ok: exitCode === 0, text: `${lines}\n[exit code ${exitCode}, ${took}]` };
}

const signalName = (signal: number): string =>
  Object.entries(system.signals).find(([, number]) => number === signal)?.[0] ?? `signal ${signal}`;

const after = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Gathers output for those who watch: few, bounded pieces, whatever the flood. */
class LiveOutput {
  readonly #onOutput: (text: string) => void;
  #waiting = '';
  /** What was shown already of the line that has no end yet. */
  #begun = '';

  constructor(onOutput: (text: string) => void) {
    this.#onOutput = onOutput;
  }

  add(text: string): void {
    const fresh = this.#begun === '' ? text : this.#rest(text);
    this.#begun = '';
    this.#waiting += fresh;
    if (this.#waiting.length > 2 * MAXIMUM_SHOWN) this.#waiting = this.#waiting.slice(-MAXIMUM_SHOWN);
  }

  /** Shows what waits, and what is there of the line that has no end yet. */
  flush(pending: string): void {
    let text = this.#waiting;
    if (pending.length < MAXIMUM_SHOWN && pending.startsWith(this.#begun)) {
      text += pending.slice(this.#begun.length);
      this.#begun = pending;
    }
    this.#waiting = '';
    if (text !== '') this.#onOutput(text.slice(-MAXIMUM_SHOWN));
  }

  /** A line that was overwritten since its beginning was shown is shown again, whole. */
  #rest(text: string): string {
    return text.startsWith(this.#begun) ? text.slice(this.#begun.length) : `\n${text}`;
  }
}
