import { closeSync, existsSync, openSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { randomBytes } from '../base/random-bytes.ts';
import { holdsFile } from '../pty/process-info.ts';
import type { Connection } from './connection.ts';

/** How long a client has to show who it is, in milliseconds. */
const TIMEOUT = 5000;

/**
 * Whether a client is the process that it says it is: it opens a file that nobody knew before, and the system tells who has
 * that open. A program that names another process cannot make that one open it. Where the system does not tell (no /proc),
 * every client is believed. `proved` is fulfilled when the client says that it has opened the file.
 */
export async function isProven(connection: Connection, proved: Promise<void>, socketPath: string): Promise<boolean> {
  if (!existsSync('/proc/self/fd')) return true;
  if (connection.hello.proves !== true) return false;
  const file = path.join(path.dirname(socketPath), `.proof-${randomBytes(16).toString('hex')}`);
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch {
    return false;
  }
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, TIMEOUT);
    });
    connection.send({ type: 'prove', file });
    await Promise.race([proved, late]);
    return holdsFile(connection.hello.pid, file);
  } finally {
    clearTimeout(timer);
    unlinkSync(file);
  }
}
