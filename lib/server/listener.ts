import { chmodSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import net from 'node:net';
import type { Disposable } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import { errorText, UserError } from '../base/user-error.ts';
import { checkSocket, checkSocketFolder } from '../protocol/socket-folder.ts';
import { takeSocketLock } from '../protocol/socket-lock.ts';
import { SERVER_LOCK_SUFFIX } from '../protocol/socket-path.ts';
import { acceptConnection, type Connection } from './connection.ts';

/** How long to accept nobody after accepting failed (no descriptors left), in milliseconds. */
const PAUSE = 1000;

/** Another server holds the socket, or is about to: this one has nothing to do. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
}

/** Disposing closes, and frees the lock: another server may follow. */
export interface Listener extends Disposable {
  readonly path: string;
  /** Takes the socket away and lets nobody in; connections stay, each is its owner's to end. */
  close(): void;
  /** Fulfilled once it is closed and the last connection has ended. */
  readonly deserted: Promise<void>;
}

/**
 * Listens as the only server of a socket: the lock is held from here on, so a socket that lies there is stale and is
 * replaced. The socket is 0600 from its first moment. `onConnection` gets each client after its valid `hello`. Throws
 * AlreadyRunningError, or UserError where the place is not safe or not usable.
 */
export async function listen(
  socketPath: string,
  onConnection: (connection: Connection) => void,
  log: Log,
): Promise<Listener> {
  const uid = process.getuid?.() ?? 0;
  checkSocketFolder(socketPath, uid, { create: true });
  checkSocket(socketPath, uid);
  const listener = new SocketListener(socketPath, onConnection, log);
  const lock = await takeSocketLock(socketPath + SERVER_LOCK_SUFFIX, () => listener.repair()).catch((error) => {
    throw new UserError(`cannot lock ${socketPath}: ${errorText(error)}`);
  });
  if (lock === undefined) throw new AlreadyRunningError(`a server for ${socketPath} runs already`);
  try {
    await listener.open();
  } catch (error) {
    lock.dispose();
    throw new UserError(`cannot listen on ${socketPath}: ${errorText(error)}`);
  }
  return {
    path: socketPath,
    deserted: listener.deserted,
    close: () => listener.dispose(),
    dispose() {
      listener.dispose();
      lock.dispose();
    },
  };
}

class SocketListener implements Disposable {
  readonly #path: string;
  readonly #onConnection: (connection: Connection) => void;
  readonly #log: Log;
  readonly #strangers = new Set<Disposable>();
  #server: net.Server | undefined;
  #inode = 0n;
  #reopening: NodeJS.Timeout | undefined;
  #disposed = false;
  /** Fulfilled once this is disposed and the last connection has ended. */
  readonly deserted: Promise<void>;
  #desert: () => void = () => undefined;

  constructor(socketPath: string, onConnection: (connection: Connection) => void, log: Log) {
    this.#path = socketPath;
    this.#onConnection = onConnection;
    this.#log = log;
    this.deserted = new Promise((resolve) => {
      this.#desert = resolve;
    });
  }

  /** Binds beside the place and renames into it, so that there is no moment without a socket that works. */
  async open(): Promise<void> {
    const server = net.createServer((socket) => this.#accept(socket));
    const temporary = `${this.#path}.new`;
    await bind(server, temporary);
    if (this.#disposed) {
      server.close();
      return;
    }
    chmodSync(temporary, 0o600);
    this.#inode = lstatSync(temporary, { bigint: true }).ino;
    renameSync(temporary, this.#path);
    this.#server = server;
    server.on('error', (error) => this.#pause(error));
  }

  /** Someone looked whether we live: a socket that was deleted meanwhile is made again. */
  repair(): void {
    if (this.#server === undefined || this.#disposed || this.#isOurs()) return;
    this.#log.warning('the socket was removed: it is made again');
    this.#reopenIn(0);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    clearTimeout(this.#reopening);
    if (this.#server !== undefined && this.#isOurs()) unlinkSync(this.#path);
    if (this.#server === undefined) this.#desert();
    else this.#server.close(() => this.#desert());
    for (const stranger of this.#strangers) stranger.dispose();
  }

  #accept(socket: net.Socket): void {
    const stranger = acceptConnection(socket, this.#log, (connection) => {
      this.#strangers.delete(stranger);
      try {
        this.#onConnection(connection);
      } catch (error) {
        this.#log.error(`client ${connection.hello.pid}`, error);
        connection.abort('the server failed');
      }
    });
    this.#strangers.add(stranger);
    socket.once('close', () => this.#strangers.delete(stranger));
  }

  /** A listening socket that cannot accept is ready again at once, for ever: it is closed for a moment instead. */
  #pause(error: Error): void {
    if (this.#disposed || this.#reopening !== undefined) return;
    this.#log.error('accepting a client failed', error);
    this.#reopenIn(PAUSE);
  }

  #reopenIn(milliseconds: number): void {
    if (this.#reopening !== undefined) return;
    this.#server?.close();
    this.#reopening = setTimeout(() => {
      this.#reopening = undefined;
      this.open().catch((error: unknown) => {
        this.#log.debug(`listening again failed: ${errorText(error)}`);
        if (!this.#disposed) this.#reopenIn(PAUSE);
      });
    }, milliseconds);
  }

  #isOurs(): boolean {
    return lstatSync(this.#path, { bigint: true, throwIfNoEntry: false })?.ino === this.#inode;
  }
}

function bind(server: net.Server, socketPath: string): Promise<void> {
  try {
    unlinkSync(socketPath);
  } catch {
    // nothing was left behind by a server that died in between
  }
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const umask = process.umask(0o177);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
    process.umask(umask);
  });
}
