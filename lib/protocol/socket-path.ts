import path from 'node:path';
import { UserError } from '../base/user-error.ts';

/** What decides where the server listens. */
export interface SocketChoice {
  /** -S: the socket itself. */
  readonly path?: string | undefined;
  /** -L: a name in the person's own folder. */
  readonly name?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly uid: number;
  readonly workingDirectory: string;
}

/** Beside the socket: held by its one server while it lives, and by the one client that starts it. */
export const SERVER_LOCK_SUFFIX = '.s';
export const START_LOCK_SUFFIX = '.c';

/** Names the descriptor on which a starting server tells its client, in text, that it listens, or what went wrong. */
export const START_DESCRIPTOR_VARIABLE = 'QMUX_START_DESCRIPTOR';
export const SERVER_READY = 'ready\n';

/**
 * The longest path, in bytes: `sun_path` holds 108 with its NUL (104 on macOS), and ten are kept for the locks that
 * lie beside the socket.
 */
export const MAXIMUM_SOCKET_PATH = (process.platform === 'darwin' ? 103 : 107) - 10;

/**
 * Where the server listens: -S, else -L, else the server of the session we are in ($QMUX), else `default` in the
 * person's folder: `qmux-UID` in $QMUX_TMPDIR, $TMPDIR or /tmp. Not in $XDG_RUNTIME_DIR: that is removed at the last
 * logout, and the server must outlive it. Throws UserError for a name or path that cannot be one.
 */
export function findSocketPath(choice: SocketChoice): string {
  const found = chosenPath(choice);
  const length = Buffer.byteLength(found);
  if (found.includes('\0')) throw new UserError('a socket path cannot hold a NUL');
  if (length > MAXIMUM_SOCKET_PATH) {
    throw new UserError(
      `socket path too long: ${found} has ${length} bytes, at most ${MAXIMUM_SOCKET_PATH} work (choose a shorter one with -S)`,
    );
  }
  return found;
}

function chosenPath({ path: given, name, environment, uid, workingDirectory }: SocketChoice): string {
  if (given !== undefined) {
    if (given === '') throw new UserError('-S needs the path of a socket');
    return path.resolve(workingDirectory, given);
  }
  if (name !== undefined) {
    if (name === '' || name === '.' || name === '..' || name.includes('/')) {
      throw new UserError(`-L needs a plain name, not '${name}' (for a path use -S)`);
    }
    return path.join(ownFolder(environment, uid), name);
  }
  return socketOfSession(environment['QMUX']) ?? path.join(ownFolder(environment, uid), 'default');
}

/** The socket in QMUX=socket,pid,session; the path itself may hold commas. */
function socketOfSession(value: string | undefined): string | undefined {
  const socket = /^(\/.*),\d+,[^,]*$/s.exec(value ?? '')?.[1];
  return socket === undefined ? undefined : path.normalize(socket);
}

function ownFolder(environment: SocketChoice['environment'], uid: number): string {
  const base = [environment['QMUX_TMPDIR'], environment['TMPDIR']].find((folder) => folder?.startsWith('/'));
  return path.join(base ?? '/tmp', `qmux-${uid}`);
}
