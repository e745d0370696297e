import { accessSync, constants, statSync } from 'node:fs';
import { userInfo } from 'node:os';

/** A program with its arguments. */
export interface Invocation {
  readonly file: string;
  readonly args: readonly string[];
}

/** The person's login shell: SHELL, else what the system has for the user, else /bin/sh. */
export function loginShell(environment: Readonly<Record<string, string | undefined>>): string {
  return [environment['SHELL'], systemShell()].find(isShell) ?? '/bin/sh';
}

/**
 * What a session's command runs: nothing is the shell, as a login shell; one word is a line for the shell; several
 * are a program with its arguments, as tmux has it.
 */
export function invocationOf(command: readonly string[], shell: string): Invocation {
  const [file, ...args] = command;
  if (file === undefined || (file === '' && args.length === 0)) return { file: shell, args: ['-l'] };
  return args.length === 0 ? { file: shell, args: ['-c', file] } : { file, args };
}

/** A command as one line, for pane_start_command. */
export const commandText = (command: readonly string[]): string =>
  command.length === 1 ? (command[0] ?? '') : command.map(quote).join(' ');

const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

function isShell(file: string | undefined | null): file is string {
  if (file === undefined || file === null || !file.startsWith('/')) return false;
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function systemShell(): string | null {
  try {
    return userInfo().shell;
  } catch {
    return null;
  }
}
