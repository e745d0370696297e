import { constants } from 'node:os';
import { spawnShell } from '../base/descriptor-guard.ts';
import type { Session } from '../session/session.ts';
import type { CommandContext } from './command.ts';

/** Bytes of output that are kept of one shell command. */
const MAXIMUM_OUTPUT = 1 << 20;
/** Milliseconds between asking a command to end and making it. */
const KILL_DELAY = 5000;

export interface ShellResult {
  readonly output: string;
  /** Exit code, or 128 and the signal's number, as shells count. */
  readonly code: number;
  readonly signal: number | undefined;
}

export interface ShellOptions {
  readonly workingDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Ends the command and all that it started. */
  readonly signal?: AbortSignal;
}

/** What a shell command of a context gets: programs' variables, and which server and session it is about. */
export function shellEnvironment({ server }: CommandContext, session: Session | undefined): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env };
  for (const [name, value] of server.environment) {
    if (value === undefined) delete environment[name];
    else environment[name] = value;
  }
  const { socketPath, pid } = server.facts;
  environment['QMUX'] = `${socketPath},${pid},${session?.id ?? 0}`;
  if (session !== undefined) environment['QMUX_SESSION'] = String(session.id);
  return environment;
}

/** Runs `sh -c command`, standard output and error together; what does not start ends with code 127. Never rejects. */
export function runShell(command: string, options: ShellOptions): Promise<ShellResult> {
  return new Promise((resolve) => {
    const child = spawnShell(command, {
      cwd: options.workingDirectory,
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    const keep = (chunk: Buffer) => {
      if (size < MAXIMUM_OUTPUT) chunks.push(chunk.subarray(0, MAXIMUM_OUTPUT - size));
      size += chunk.length;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    let killing: NodeJS.Timeout | undefined;
    const stop = () => {
      const { pid } = child;
      if (pid === undefined) return;
      endGroup(pid, 'SIGTERM');
      killing = setTimeout(() => endGroup(pid, 'SIGKILL'), KILL_DELAY).unref();
    };
    if (options.signal?.aborted) stop();
    options.signal?.addEventListener('abort', stop, { once: true });
    const finish = (output: string, code: number, signal: number | undefined) => {
      options.signal?.removeEventListener('abort', stop);
      clearTimeout(killing);
      resolve({ output, code, signal });
    };
    child.once('error', (error) => finish(error.message, 127, undefined));
    child.once('close', (code, name) => {
      const text = Buffer.concat(chunks).toString();
      const cut = size > MAXIMUM_OUTPUT ? `\n[${size - MAXIMUM_OUTPUT} more bytes left out]` : '';
      const signal = name === null ? undefined : constants.signals[name];
      finish(text + cut, signal === undefined ? (code ?? 0) : 128 + signal, signal);
    });
  });
}

function endGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}
