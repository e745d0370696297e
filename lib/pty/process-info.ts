import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';

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

/** Bytes of a command line that are looked at: what runs stands at its beginning. */
const MAXIMUM_COMMAND = 4096;
/** Generations below a group's leader that are looked at: a runner starts the program that counts. */
const MAXIMUM_DEPTH = 3;

/**
 * The words by which process group `group` was started: those of its leader, then of what that started in the same group,
 * one list a process. Linux only; empty elsewhere and for a group that is gone.
 */
export const groupCommands = (group: number): readonly (readonly string[])[] =>
  groupProcesses(group)
    .map(processWords)
    .filter((words) => words.length > 0);

/** The leader of process group `group`, and what that started in the same group, each by the one before. Linux only. */
export function groupProcesses(group: number): readonly number[] {
  const pids: number[] = [];
  let pid: number | undefined = group;
  for (let depth = 0; pid !== undefined && depth <= MAXIMUM_DEPTH; depth++) {
    pids.push(pid);
    pid = childIn(group, pid);
  }
  return pids;
}

/** Of the newest children of `pid` the first that is of the process group. */
function childIn(group: number, pid: number): number | undefined {
  const children = read(`/proc/${pid}/task/${pid}/children`)?.trim().split(' ') ?? [];
  return children
    .slice(-8)
    .map(Number)
    .find((child) => child > 0 && Number(statFields(child)[2]) === group);
}

/** The parent of process `pid`; undefined where nobody knows. Linux only. */
export function parentOf(pid: number): number | undefined {
  const parent = Number(statFields(pid)[1]);
  return parent > 0 ? parent : undefined;
}

/** The controlling terminal of process `pid`, by the kernel's number: field 7 of proc(5)'s stat. Undefined for none. */
export function terminalOf(pid: number): number | undefined {
  const terminal = Number(statFields(pid)[4]);
  return terminal > 0 ? terminal : undefined;
}

/** Whether process `pid` has a file open; false where the system does not tell. */
export function holdsFile(pid: number, file: string): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((number) => linkOf(`${folder}/${number}`) === file);
  } catch {
    return false;
  }
}

function linkOf(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}

/** The system call by which a process reads, by Node's name of the processor: from the kernel's tables. */
const READ: Readonly<Record<string, string>> = { x64: '0', arm64: '63', riscv64: '63', loong64: '63' };

/**
 * Whether process `pid` is blocked in a read of the terminal `tty`, by proc(5)'s syscall; undefined where that cannot be
 * known, as of a program that waits for many things at once.
 */
export function readsFrom(pid: number, tty: string): boolean | undefined {
  const [number, file] = read(`/proc/${pid}/syscall`)?.split(' ', 2) ?? [];
  const known = READ[process.arch];
  if (number === undefined || known === undefined) return undefined;
  if (number === 'running') return false;
  if (number !== known || file === undefined) return undefined;
  const link = linkOf(`/proc/${pid}/fd/${Number(file)}`);
  return link === undefined ? undefined : link === tty;
}

function processWords(pid: number): readonly string[] {
  try {
    const file = openSync(`/proc/${pid}/cmdline`, 'r');
    try {
      const bytes = Buffer.allocUnsafe(MAXIMUM_COMMAND);
      const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, MAXIMUM_COMMAND, null));
      return text.split('\0').filter((word) => word !== '');
    } finally {
      closeSync(file);
    }
  } catch {
    return [];
  }
}

/** The fields of proc(5)'s stat from the third to the eighth; none where there is no such process. */
function statFields(pid: number): readonly string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined ? [] : fieldsOfStat(stat);
}

/** Fields 3 to 8 of what proc(5)'s stat says, from the state to the terminal's foreground process group. */
export function fieldsOfStat(stat: string): readonly string[] {
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
  return linkOf(`/proc/${pid}/cwd`)?.replace(/ \(deleted\)$/, '');
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
