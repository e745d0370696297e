import { readFileSync, readlinkSync } from 'node:fs';

/**
 * The foreground process group of the terminal of session leader `pid`: field 8 of proc(5)'s stat. Linux only.
 * Undefined while `pid` does not lead a session yet: its terminal would still be ours.
 */
export function foregroundGroup(pid: number): number | undefined {
  const [, , , session, , group] = statFields(pid).map(Number);
  return session === pid && group !== undefined && group > 0 ? group : undefined;
}

/** Whether process `pid` is stopped by a signal: field 3 of proc(5)'s stat. Linux only; undefined where nobody knows. */
export function isStopped(pid: number): boolean | undefined {
  const [state] = statFields(pid);
  return state === undefined ? undefined : state === 'T';
}

/** The fields of proc(5)'s stat from the third to the eighth; none where there is no such process. */
function statFields(pid: number): readonly string[] {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return [];
  // The second field is the name in parentheses and may hold blanks and parentheses itself.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ', 6);
}

/** What process `pid` calls itself: the first word of its command line, without its path and a login shell's dash. */
export function processName(pid: number): string | undefined {
  const command = read(`/proc/${pid}/cmdline`)?.split('\0', 1)[0];
  const name = command === undefined || command === '' ? read(`/proc/${pid}/comm`)?.trimEnd() : firstName(command);
  return name === undefined || name === '' ? undefined : name;
}

/** The working directory of process `pid`. Linux only. */
export function processDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, '');
  } catch {
    return undefined;
  }
}

/** `/bin/zsh` and `-zsh` are zsh; a title that a process gave itself ends at its first blank. */
export function firstName(command: string): string {
  const word = command.trim().split(' ', 1)[0] ?? '';
  return word.slice(word.lastIndexOf('/') + 1).replace(/^-/, '');
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
