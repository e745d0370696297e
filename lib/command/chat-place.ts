import { UserError } from '../base/user-error.ts';
import { type Chat, isChat } from '../session/chat.ts';
import type { Arguments, CommandContext } from './command.ts';
import { targetSession } from './place.ts';

/** The chat of `-t`, else the present one. Throws UserError for a program. */
export function targetChat(context: CommandContext, args: Arguments, flag = 't'): Chat {
  const session = targetSession(context, args, flag);
  if (isChat(session)) return session;
  throw new UserError(`${session.name} is a program; this is for chats (-t names one, new-session --chat makes one)`);
}

/** All chats, by index. */
export const chatsOf = ({ server }: CommandContext): readonly Chat[] => server.sessions.filter(isChat);

/**
 * The text of a command: its words, or without any what stands on the caller's standard input; a `-` at their end means
 * that as well, below the words before it.
 */
export async function textOf({ caller }: CommandContext, words: readonly string[]): Promise<string> {
  if (words.length > 0 && words.at(-1) !== '-') return words.join(' ');
  const input = new TextDecoder().decode(await caller.readStdin()).trimEnd();
  return [words.slice(0, -1).join(' '), input].filter((text) => text !== '').join('\n\n');
}
