import path from 'node:path';
import { commandText } from './shell-command.ts';

interface Agent {
  /** The words that make it go on with its last conversation in this directory. */
  readonly resume: readonly string[];
  /** Whether those are flags, to which others may be added, or a subcommand that stands first. */
  readonly isFlag: boolean;
}

const flag = (...resume: readonly string[]): Agent => ({ resume, isFlag: true });
const subcommand = (...resume: readonly string[]): Agent => ({ resume, isFlag: false });

/** Agents by the name of their program, with how each says so in its own help. */
const AGENTS: ReadonlyMap<string, Agent> = new Map([
  ['claude', flag('--continue')],
  ['codex', subcommand('resume', '--last')],
  ['gemini', flag('--resume')],
  ['opencode', flag('--continue')],
  ['copilot', flag('--continue')],
  ['crush', flag('--continue')],
  ['qwen', flag('--continue')],
  ['aider', flag('--restore-chat-history')],
  ['pi', flag('--continue')],
]);

/** Words that already choose a conversation, or make a run that ends by itself. */
const CHOSEN = /^(-c|-C|-r|-p|-s|--continue|--resume|--restore-chat-history|--session(-id)?|--print|--prompt)(=|$)/;
/** A line of the shell that is no more than a program with plain words. */
const PLAIN_LINE = /^[\w@%+=:,./ -]+$/;

/**
 * The command by which an agent goes on where it was; undefined for other programs, and where the command says itself
 * what to do: a prompt, a subcommand, a conversation.
 */
export function resumeCommand(command: readonly string[]): readonly string[] | undefined {
  const isLine = command.length === 1;
  const line = command[0] ?? '';
  if (isLine && !PLAIN_LINE.test(line)) return undefined;
  const [program = '', ...args] = isLine ? line.trim().split(/ +/) : command;
  const agent = AGENTS.get(path.basename(program));
  const [first] = args;
  if (agent === undefined || (first !== undefined && !first.startsWith('-'))) return undefined;
  if (args.some((word) => CHOSEN.test(word))) return undefined;
  const words = agent.isFlag ? [program, ...args, ...agent.resume] : [program, ...agent.resume, ...args];
  return isLine ? [commandText(words)] : words;
}
