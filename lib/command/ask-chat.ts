import { UserError } from '../base/user-error.ts';
import type { Chat } from '../session/chat.ts';
import { stripControls } from '../text/sanitize.ts';
import type { CommandContext } from './command.ts';

/**
 * Says a text in a chat and waits for the reply, which is printed; whether to a terminal nobody knows, so of its controls
 * only line feeds and tabs are left. A caller who goes away leaves the turn alone.
 */
export async function askChat(
  context: CommandContext,
  chat: Chat,
  text: string,
  timeout: number | undefined,
): Promise<void> {
  const late = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const signal = late === undefined ? context.signal : AbortSignal.any([context.signal, late]);
  const result = await chat.ask(text, signal);
  if (context.signal.aborted) return;
  if (late?.aborted === true) throw new UserError(`${chat.name} works still after ${(timeout ?? 0) / 1000} seconds`);
  const plain = stripControls(result.text, result.text.length, '\n\t');
  if (!result.ok) throw new UserError(plain);
  context.print(plain);
}
