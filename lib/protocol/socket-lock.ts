import { linkSync, lstatSync, readdirSync, unlinkSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { Disposable } from '../base/disposable.ts';
import { errorCode } from '../base/error-code.ts';

/** Attempts against others that take the lock at the same moment; each that fails means that another one succeeded. */
const ATTEMPTS = 1000;

/**
 * A lock that its process holds while it lives, however it dies: the kernel frees it, and no pid is ever compared.
 *
 * Holders are numbered: `PATH.1`, `PATH.2`, … are listening sockets, each made elsewhere and linked into its place once
 * it listens, so that one that refuses a connection has lost its process for ever. Only who found the highest one
 * refusing links the next, which is atomic. Who was so slow that a higher one exists by now takes its own away again;
 * the highest is never removed, so nobody can overlook it.
 *
 * Resolves to undefined while another process holds the lock. `onProbe` is called each time that another process
 * looks whether we still hold it.
 */
export async function takeSocketLock(lockPath: string, onProbe?: () => void): Promise<Disposable | undefined> {
  const unlinked = `${lockPath}~${Math.random().toString(36).slice(2, 8)}`;
  let server: net.Server | undefined;
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const highest = highestNumber(lockPath);
      if (highest > 0 && (await answers(`${lockPath}.${highest}`))) return undefined;
      server ??= await listenQuietly(unlinked, onProbe);
      const own = `${lockPath}.${highest + 1}`;
      if (!tryLink(unlinked, own)) continue;
      if (highestNumber(lockPath) > highest + 1) {
        unlinkSync(own);
        continue;
      }
      for (const number of numbers(lockPath)) if (number <= highest) tryUnlink(`${lockPath}.${number}`);
      const held = server;
      server = undefined;
      return { dispose: () => held.close() };
    }
    return undefined;
  } finally {
    tryUnlink(unlinked);
    server?.close();
  }
}

function numbers(lockPath: string): number[] {
  const prefix = `${path.basename(lockPath)}.`;
  return readdirSync(path.dirname(lockPath))
    .filter((name) => name.startsWith(prefix) && /^[1-9]\d{0,14}$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
}

const highestNumber = (lockPath: string): number => Math.max(0, ...numbers(lockPath));

/** Whether a process of this person listens there. Anything but a clear refusal counts as yes: a lock is rather held than broken. */
function answers(socketPath: string): Promise<boolean> {
  if (lstatSync(socketPath, { throwIfNoEntry: false })?.uid !== process.getuid?.()) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = net.connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => {
      const code = errorCode(error);
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT' && code !== 'ENOTSOCK');
    });
  });
}

function listenQuietly(socketPath: string, onProbe: (() => void) | undefined): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.destroy();
      onProbe?.();
    });
    server.unref();
    server.once('error', reject);
    const umask = process.umask(0o177);
    server.listen(socketPath, () => {
      server.off('error', reject);
      server.on('error', () => {});
      resolve(server);
    });
    process.umask(umask);
  });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function tryUnlink(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // gone already, or someone else's in a shared folder: it stands in nobody's way
  }
}
