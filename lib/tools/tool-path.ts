import { lstat, readlink } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../base/error-code.ts';
import { errorText } from '../base/user-error.ts';
import { shorten } from '../text/cut.ts';
import { ToolError, type ToolPlace } from './tool.ts';

/** Units shown of a text from outside. */
const SHOWN = 200;

type PathPlace = Pick<ToolPlace, 'workingDirectory' | 'sessionFolder' | 'home'>;

/** Linux's PATH_MAX, in bytes with the NUL, and NAME_MAX; macOS has less and says so itself. */
const MAXIMUM_PATH = 4095;
const MAXIMUM_NAME = 255;
/** Links followed in one path, as the kernel has it. */
const MAXIMUM_LINKS = 40;

/**
 * The absolute path that a model means by `text`: relative to the working directory, `~`, `@session/…`, or absolute;
 * every link and `..` resolved as the kernel would, as far as it exists. Rejects with ToolError for what is no path.
 */
export async function resolveToolPath(text: string, place: PathPlace): Promise<string> {
  return await resolveLinks(absolutePath(text, place));
}

/** An absolute path with its links and `..` resolved, as far as it exists; also where a dangling link leads. */
export async function resolveLinks(absolute: string): Promise<string> {
  let links = 0;
  let current = '/';
  const waiting = absolute.split('/').reverse();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      current = path.dirname(current);
      continue;
    }
    const next = path.join(current, name);
    const target = await linkTarget(next);
    if (target === undefined) {
      current = next;
      continue;
    }
    links += 1;
    if (links > MAXIMUM_LINKS) throw new ToolError(`${shorten(absolute, SHOWN)} leads through too many links.`);
    if (target.startsWith('/')) current = '/';
    waiting.push(...target.split('/').reverse());
  }
  if (Buffer.byteLength(current) > MAXIMUM_PATH) throw new ToolError('The path is too long.');
  return current;
}

/** A resolved path as the person would write it: relative to the working directory, `@session/…`, `~/…`, or whole. */
export function displayPath(absolute: string, { workingDirectory, sessionFolder, home }: PathPlace): string {
  if (absolute === workingDirectory) return '.';
  const session = below(absolute, sessionFolder);
  if (session !== undefined) return session === '' ? '@session' : `@session/${session}`;
  const inside = below(absolute, workingDirectory);
  if (inside !== undefined) return inside;
  const own = below(absolute, home);
  return own === undefined ? absolute : own === '' ? '~' : `~/${own}`;
}

/** What follows `folder` in a path that lies in it (empty for the folder itself); undefined for one that does not. */
export function below(absolute: string, folder: string): string | undefined {
  if (absolute === folder) return '';
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return absolute.startsWith(prefix) ? absolute.slice(prefix.length) : undefined;
}

/** The error for the model of a file operation that failed. */
export function fileError(error: unknown, name: string): ToolError {
  if (error instanceof ToolError) return error;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'does not exist',
    ENOTDIR: 'does not exist: a part of its path is no directory',
    EACCES: 'may not be used: permission denied',
    EPERM: 'may not be used: the operation is not permitted',
    EISDIR: 'is a directory',
    ELOOP: 'is a link, which it was not a moment ago, or leads through too many links',
    ENOSPC: 'cannot be written: the disk is full',
    EDQUOT: 'cannot be written: the disk quota is used up',
    EROFS: 'cannot be written: the file system is read-only',
    ENAMETOOLONG: 'has too long a name',
    ENXIO: 'is not a regular file',
    EMFILE: 'cannot be opened: too many files are open',
  };
  const code = errorCode(error);
  const reason = code === undefined ? undefined : reasons[code];
  return new ToolError(
    reason === undefined ? `${shorten(name, SHOWN)}: ${errorText(error)}` : `${shorten(name, SHOWN)} ${reason}.`,
  );
}

function absolutePath(text: string, { workingDirectory, sessionFolder, home }: PathPlace): string {
  if (text === '') throw new ToolError('The path is empty: name a file or directory.');
  if (text.includes('\0')) throw new ToolError('A path cannot have a NUL in it.');
  if (Buffer.byteLength(text) > MAXIMUM_PATH) throw new ToolError('The path is too long.');
  if (text.split('/').some((name) => Buffer.byteLength(name) > MAXIMUM_NAME))
    throw new ToolError('The path has too long a name in it.');
  if (text === '~' || text.startsWith('~/')) return `${home}/${text.slice(1)}`;
  if (/^~[\w.-]*(?:\/|$)/.test(text))
    throw new ToolError(`${shorten(text, SHOWN)}: write the home of another user in full.`);
  if (text === '@session' || text.startsWith('@session/')) return `${sessionFolder}/${text.slice('@session'.length)}`;
  return text.startsWith('/') ? text : `${workingDirectory}/${text}`;
}

/** Where the link at `file` leads; undefined for anything else, and for what cannot be seen. */
async function linkTarget(file: string): Promise<string | undefined> {
  try {
    if (!(await lstat(file)).isSymbolicLink()) return undefined;
    return await readlink(file);
  } catch {
    return undefined;
  }
}
