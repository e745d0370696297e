import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../base/user-error.ts';

/** What execvp searches where PATH is not set. */
const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin';

type Verdict = 'program' | 'directory' | 'forbidden' | 'missing';

/** Throws a UserError unless `file` can be started: found in `searchPath`, a file, and ours to execute. */
export function checkProgram(file: string, searchPath: string | undefined, workingDirectory: string): void {
  if (file === '') throw new UserError('no command was given');
  let refused: Verdict = 'missing';
  for (const candidate of candidates(file, searchPath, workingDirectory)) {
    const verdict = judge(candidate);
    if (verdict === 'program') return;
    if (verdict !== 'missing') refused = verdict;
  }
  if (refused === 'directory') throw new UserError(`${file} is a directory, not a command`);
  if (refused === 'forbidden') throw new UserError(`${file} may not be executed: permission denied`);
  throw new UserError(file.includes('/') ? `no such command: ${file}` : `command not found: ${file}`);
}

/** Throws a UserError unless a program can be started in `directory`. */
export function checkDirectory(directory: string): void {
  try {
    if (!statSync(directory).isDirectory()) throw new UserError(`${directory} is not a directory`);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`no such directory: ${directory}`);
  }
  try {
    accessSync(directory, constants.X_OK);
  } catch {
    throw new UserError(`the directory ${directory} may not be entered: permission denied`);
  }
}

function candidates(file: string, searchPath: string | undefined, workingDirectory: string): string[] {
  if (file.includes('/')) return [path.resolve(workingDirectory, file)];
  return (searchPath ?? DEFAULT_PATH).split(':').map((folder) => path.resolve(workingDirectory, folder, file));
}

function judge(candidate: string): Verdict {
  try {
    const stat = statSync(candidate);
    if (stat.isDirectory()) return 'directory';
    accessSync(candidate, constants.X_OK);
    return stat.isFile() ? 'program' : 'forbidden';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES' ? 'forbidden' : 'missing';
  }
}
