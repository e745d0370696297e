import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Disposable } from '../base/disposable.ts';
import { errorCode } from '../base/error-code.ts';
import { UserError } from '../base/user-error.ts';
import { checkSocket, checkSocketFolder } from '../protocol/socket-folder.ts';
import { takeSocketLock } from '../protocol/socket-lock.ts';
import { START_LOCK_SUFFIX } from '../protocol/socket-path.ts';
import type { ServerStart, StartingServer } from './start-server.ts';

/** How long a server may take until it listens, in milliseconds. */
const START_TIMEOUT = 10_000;
/** How long to wait between two looks, in milliseconds. */
const POLL = 15;

/**
 * Connects to the server of a socket. Where none runs, and `start` says how, starts it: many clients at once agree on
 * one of them to do it, and the others wait. Throws UserError.
 */
export async function connect(socketPath: string, start: ServerStart | undefined): Promise<net.Socket> {
  const uid = process.getuid?.() ?? 0;
  checkSocketFolder(socketPath, uid, { create: start !== undefined });
  const attempt = () => connectOnce(socketPath, uid);
  const socket = await attempt();
  if (socket !== undefined) return socket;
  if (start === undefined) throw new UserError(`no server running on ${socketPath}`);
  return new Starter(socketPath, start, attempt).run();
}

/** The one that gets the start lock starts the server; whoever dies over it is followed by the next. */
class Starter {
  readonly #socketPath: string;
  readonly #start: ServerStart;
  readonly #attempt: () => Promise<net.Socket | undefined>;
  #lock: Disposable | undefined;
  #server: StartingServer | undefined;
  /** Whether the server that we started has left or listens: if it does not answer then, another one is started. */
  #settled = false;

  constructor(socketPath: string, start: ServerStart, attempt: () => Promise<net.Socket | undefined>) {
    this.#socketPath = socketPath;
    this.#start = start;
    this.#attempt = attempt;
  }

  async run(): Promise<net.Socket> {
    const deadline = Date.now() + START_TIMEOUT;
    try {
      while (Date.now() < deadline) {
        const socket = await this.#attempt();
        if (socket !== undefined) return socket;
        await this.#advance();
      }
      throw new UserError(`the server did not answer on ${this.#socketPath} within ${START_TIMEOUT / 1000} seconds`);
    } finally {
      this.#server?.release();
      this.#lock?.dispose();
    }
  }

  /** One step towards a server that answers; the caller looks again after it. */
  async #advance(): Promise<void> {
    if (this.#lock === undefined) {
      this.#lock = await takeSocketLock(this.#socketPath + START_LOCK_SUFFIX);
      if (this.#lock === undefined) await delay(POLL);
    } else if (this.#server === undefined) {
      await this.#spawn();
    } else if (this.#settled) {
      // it listened and is gone, or left since another one, perhaps just ending, still held the socket
      this.#server.release();
      this.#server = undefined;
      await delay(4 * POLL);
    } else {
      await Promise.race([this.#server.settled, delay(POLL)]);
    }
  }

  async #spawn(): Promise<void> {
    const { startServer } = await import('./start-server.ts');
    this.#settled = false;
    this.#server = startServer(this.#socketPath, this.#start);
    this.#server.settled.then(
      () => {
        this.#settled = true;
      },
      () => {},
    );
  }
}

function connectOnce(socketPath: string, uid: number): Promise<net.Socket | undefined> {
  if (!checkSocket(socketPath, uid)) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const socket = net.connect(socketPath);
    const onError = (error: Error) => {
      socket.destroy();
      const code = errorCode(error);
      if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'EAGAIN') resolve(undefined);
      else reject(new UserError(`cannot connect to ${socketPath}: ${error.message}`));
    };
    socket.once('error', onError);
    socket.once('connect', () => {
      socket.off('error', onError);
      resolve(socket);
    });
  });
}
