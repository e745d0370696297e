import path from 'node:path';
import { commandText } from '../session/shell-command.ts';
import type { AgentCatalog } from './agent-catalog.ts';

/** Words that already choose a conversation, or make a run that ends by itself. */
const CHOSEN = /^(-c|-C|-r|-p|-s|--continue|--resume|--restore-chat-history|--session(-id)?|--print|--prompt)(=|$)/;
/** A line of the shell that is no more than a program with plain words. */
const PLAIN_LINE = /^[\w@%+=:,./ -]+$/;
/** Stands for the name of a conversation in an agent's rules. */
const PLACE = 'ID';

/** The conversation that an agent said it is in. */
export interface AgentConversation {
  /** The agent's name in the catalogue. */
  readonly agent: string;
  readonly id: string;
}

const NAME = /^[\w-]{1,64}$/;
/** A name that is one word of a command line and no flag of it. */
export const CONVERSATION = /^\w[\w.:-]{0,127}$/;

/** Whether what was read of a conversation is one. */
export function isConversation(value: unknown): value is AgentConversation {
  if (typeof value !== 'object' || value === null || !('agent' in value) || !('id' in value)) return false;
  const { agent, id } = value;
  return typeof agent === 'string' && NAME.test(agent) && typeof id === 'string' && CONVERSATION.test(id);
}

/**
 * The command by which an agent goes on where it was: in `conversation` if it is one of its own, else in the last one of
 * its directory. Undefined for other programs, and where the command says itself what to do: a prompt, a subcommand, a
 * conversation.
 */
export function resumeCommand(
  agents: AgentCatalog,
  command: readonly string[],
  conversation?: AgentConversation,
): readonly string[] | undefined {
  const isLine = command.length === 1;
  const line = command[0] ?? '';
  if (isLine && !PLAIN_LINE.test(line)) return undefined;
  const [program = '', ...args] = isLine ? line.trim().split(/ +/) : command;
  const name = path.basename(program);
  const agent = [...agents.values()].find(({ programs }) => programs.includes(name));
  const [first] = args;
  if (agent?.resume === undefined || (first !== undefined && !first.startsWith('-'))) return undefined;
  if (args.some((word) => CHOSEN.test(word))) return undefined;
  const { last, id, first: isFirst } = agent.resume;
  const named =
    conversation?.agent === agent.name ? id?.map((word) => word.replace(PLACE, conversation.id)) : undefined;
  const resume = named ?? last;
  const words = isFirst ? [program, ...resume, ...args] : [program, ...args, ...resume];
  return isLine ? [commandText(words)] : words;
}
