import { lstatSync, mkdirSync, type Stats } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../base/error-code.ts';
import { errorText, UserError } from '../base/user-error.ts';

/**
 * Makes sure that nobody else can put a socket in the place of ours. A person's own folder (`qmux-UID`) is made where
 * it is missing, and must be theirs with mode 0700; any other folder must be theirs or root's, and not open to all
 * without the sticky bit. Never follows a link. Throws UserError. Both sides check before they bind or connect.
 */
export function checkSocketFolder(socketPath: string, uid: number, options: { readonly create: boolean }): void {
  const folder = path.dirname(socketPath);
  const own = path.basename(folder) === `qmux-${uid}`;
  if (own && options.create) makeFolder(folder);
  const stats = lstat(folder);
  if (stats === undefined) {
    if (!options.create) return;
    throw new UserError(`there is no folder ${folder} for the socket`);
  }
  if (stats.isSymbolicLink()) throw new UserError(`the folder of the socket, ${folder}, is a link: that is not safe`);
  if (!stats.isDirectory()) throw new UserError(`${folder} is not a folder, so there can be no socket in it`);
  if (stats.uid !== uid && (own || stats.uid !== 0)) {
    throw new UserError(`the folder of the socket, ${folder}, belongs to someone else (uid ${stats.uid})`);
  }
  const mode = stats.mode & 0o1777;
  if (own && (mode & 0o077) !== 0) {
    throw new UserError(`the folder of the socket, ${folder}, is open to others: chmod 700 ${folder}`);
  }
  if (!own && (mode & 0o002) !== 0 && (mode & 0o1000) === 0) {
    throw new UserError(`anyone can change the folder of the socket, ${folder}: chmod o-w ${folder}`);
  }
}

/**
 * Whether a socket of ours lies at the path; false where there is nothing. Throws UserError where something else does,
 * or a socket of someone else: to connect there would hand them our environment.
 */
export function checkSocket(socketPath: string, uid: number): boolean {
  const stats = lstat(socketPath);
  if (stats === undefined) return false;
  if (!stats.isSocket()) throw new UserError(`${socketPath} exists and is not a socket`);
  if (stats.uid !== uid) throw new UserError(`the socket ${socketPath} belongs to someone else (uid ${stats.uid})`);
  return true;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    throw new UserError(`cannot make the folder of the socket: ${errorText(error)}`);
  }
}

function lstat(file: string): Stats | undefined {
  try {
    return lstatSync(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new UserError(`cannot look at ${file}: ${errorText(error)}`);
  }
}
