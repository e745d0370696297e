import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { logFile, openLogFile } from '../base/log.ts';
import { UserError } from '../base/user-error.ts';
import { SERVER_READY, START_DESCRIPTOR_VARIABLE } from '../protocol/socket-path.ts';

/** How to start a server. */
export interface ServerStart {
  /** The module that Node runs, with the socket's path and the configuration file as its arguments. */
  readonly entry: string;
  readonly configFile: string | undefined;
  readonly verbose: boolean;
}

/** A server on its way. */
export interface StartingServer {
  /**
   * Resolves when it listens, or when it left because another one runs. Rejects with UserError, in the server's own
   * words where it had any, when it failed.
   */
  readonly settled: Promise<void>;
  /** Forgets it; it goes on. */
  release(): void;
}

/** The longest sentence taken from a server that fails, in characters. */
const MAXIMUM_TEXT = 4000;

/**
 * Node lets the young part of its heap grow to 16 MB three times over, and keeps it: a server that lives for weeks gives
 * a third of its memory back with 4 MB, and parses and paints as fast (measured with the bench). It has them from the
 * start: growing from 1 MB copies all that a start makes several times, a sixth of its time.
 */
export const NODE_FLAGS = ['--min-semi-space-size=4', '--max-semi-space-size=4'];

/** Starts a server that belongs to no terminal and waits for nobody. */
export function startServer(socketPath: string, start: ServerStart): StartingServer {
  const { QMUX: _inside, QMUX_SESSION: _session, ...environment } = process.env;
  if (start.verbose) environment['QMUX_LOG'] = 'debug';
  const log = openLog();
  const words = [start.entry, socketPath, ...(start.configFile ? [start.configFile] : [])];
  const child = spawn(process.execPath, [...NODE_FLAGS, ...words], {
    detached: true,
    cwd: '/',
    env: { ...environment, [START_DESCRIPTOR_VARIABLE]: '3' },
    stdio: ['ignore', 'ignore', log ?? 'ignore', 'pipe'],
  });
  if (log !== undefined) closeSync(log);
  const pipe = child.stdio[3] as Readable;
  let text = '';
  pipe.setEncoding('utf8');
  pipe.on('data', (piece: string) => {
    text = (text + piece).slice(0, MAXIMUM_TEXT);
  });
  const settled = new Promise<void>((resolve, reject) => {
    const fail = (reason: string) => reject(new UserError(text.trim() === '' ? reason : text.trim()));
    child.once('error', (error) => fail(`the server cannot be started: ${error.message}`));
    pipe.on('data', () => {
      if (text === SERVER_READY) resolve();
    });
    child.once('close', (code, signal) => {
      if (code === 0 && text === '') resolve();
      else fail(`the server ended while it started (${signal ?? `code ${code}`})${seeLog()}`);
    });
  });
  settled.catch(() => {});
  return {
    settled,
    release() {
      pipe.destroy();
      child.unref();
    },
  };
}

/** What a server prints that dies before it can log: to the end of its log. */
function openLog(): number | undefined {
  const file = logFile(process.env);
  if (file === undefined) return undefined;
  try {
    return openLogFile(file);
  } catch {
    return undefined;
  }
}

function seeLog(): string {
  const file = logFile(process.env);
  return file === undefined ? '' : `: see ${file}`;
}
