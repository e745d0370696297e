import { UserError } from '../base/user-error.ts';
import type { Arguments, Command } from './command.ts';

/** How a command is called: `kill-session [-a] [-t target-session]`. */
export function usage(command: Command): string {
  const switches = [...command.switches].sort(byLetter).join('');
  const parts = [
    command.name,
    ...(switches === '' ? [] : [`[-${switches}]`]),
    ...Object.entries(command.values)
      .sort(([a], [b]) => byLetter(a, b))
      .map(([flag, value]) => `[-${flag} ${value}]`),
    ...(command.longs ?? []).map((long) => `[--${long}]`),
    ...Object.entries(command.longValues ?? {}).map(([long, value]) => `[--${long} ${value}]`),
    ...(command.positional.usage === '' ? [] : [command.positional.usage]),
  ];
  return parts.join(' ');
}

/** a before A before b, as people look for it. They are ASCII: a comparison by language would load its tables first. */
function byLetter(a: string, b: string): number {
  const [first, second] = [a.toLowerCase(), b.toLowerCase()];
  if (first !== second) return first < second ? -1 : 1;
  return a < b ? 1 : -1;
}

/** The words after a command's name, checked against its record. Throws UserError that says how it is called. */
export function parseArguments(command: Command, words: readonly string[]): Arguments {
  const flags = new Map<string, string[]>();
  const give = (flag: string, value?: string) => {
    const values = flags.get(flag) ?? [];
    if (value !== undefined) values.push(value);
    flags.set(flag, values);
  };
  const positional: string[] = [];
  let index = 0;
  for (; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--') {
      index += 1;
      break;
    }
    if (word.length < 2 || !word.startsWith('-')) {
      if (command.positional.flagsAfter === undefined) break;
      positional.push(word);
      continue;
    }
    if (word.startsWith('--')) {
      const [, long = '', attached] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      if (attached === undefined && command.longs?.includes(long)) give(long);
      else if (Object.hasOwn(command.longValues ?? {}, long)) {
        if (attached === undefined) index += 1;
        give(long, wantedValue(command, word, attached ?? words[index]));
      } else throw unknownFlag(command, word);
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const flag = word[at] ?? '';
      if (command.switches.includes(flag)) give(flag);
      else if (Object.hasOwn(command.values, flag)) {
        const attached = word.slice(at + 1);
        if (attached === '') index += 1;
        give(flag, wantedValue(command, `-${flag}`, attached === '' ? words[index] : attached));
        break;
      } else throw unknownFlag(command, `-${flag}`);
    }
  }
  positional.push(...words.slice(index));
  checkCount(
    command,
    positional.length,
    positional.find((word) => /^-./s.test(word)),
  );
  return {
    has: (flag) => flags.has(flag),
    value: (flag) => flags.get(flag)?.at(-1),
    all: (flag) => flags.get(flag) ?? [],
    positional,
    target: command.target,
  };
}

/** Words that a command does not take. */
export class UsageError extends UserError {
  /** What is wrong with them, without how the command is called. */
  readonly problem: string;

  constructor(command: Command, problem: string, need = '') {
    super(`command ${command.name}: ${problem} (${need}usage: ${usage(command)})`);
    this.problem = problem;
  }
}

function wantedValue(command: Command, flag: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new UsageError(command, `${flag} expects an argument`);
}

function checkCount(command: Command, count: number, flag: string | undefined): void {
  const { minimum, maximum } = command.positional;
  const late = flag === undefined ? '' : `, or ${flag.slice(0, 40)} stands too late: flags come first`;
  if (count < minimum) throw new UsageError(command, 'too few arguments', `need at least ${minimum}; `);
  if (count > maximum) throw new UsageError(command, `too many arguments${late}`, `need at most ${maximum}; `);
}

function unknownFlag(command: Command, flag: string): UserError {
  const near = nearestFlag(command, flag);
  const hint = near === undefined ? '' : `, the nearest is ${near}`;
  return new UsageError(command, `unknown flag ${flag.slice(0, 40)}${hint}`);
}

/** The same letter in the other case, or the long flag that begins alike. */
function nearestFlag(command: Command, flag: string): string | undefined {
  if (flag.startsWith('--')) {
    const start = flag.slice(2, 4);
    const longs = [...(command.longs ?? []), ...Object.keys(command.longValues ?? {})];
    const long = longs.find((name) => name.startsWith(start));
    return long === undefined ? undefined : `--${long}`;
  }
  const letter = flag.slice(1);
  const letters = [...command.switches, ...Object.keys(command.values)];
  const other = letters.find((known) => known.toLowerCase() === letter.toLowerCase());
  return other === undefined ? undefined : `-${other}`;
}
