import { UserError } from '../base/user-error.ts';
import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import type { CommandContext } from './command.ts';

/** What runs in a session may not answer in the person's name. Rejects with UserError for it, and for who hides what it is. */
export async function checkPerson({ caller }: CommandContext): Promise<void> {
  if (caller.ownSession !== undefined)
    throw new UserError(
      `this runs in the session ${caller.ownSession.name}, and cannot answer for you: press the key of approve, or run it outside`,
    );
  await checkProven(caller);
}

/** A process must be the one that it says it is. Rejects with UserError. */
export async function checkProven(caller: CommandContext['caller']): Promise<void> {
  if (caller.kind === 'process' && (await caller.isProven?.()) === false)
    throw new UserError('it cannot be told which process asks this; press the key of approve instead');
}

/** Keys and texts of what runs in a session do not reach one that asks for an approval. Throws UserError. */
export function checkInput({ caller }: CommandContext, session: Session): void {
  const asks = isChat(session) ? session.approvals.length > 0 : session.waitingReason === 'approval';
  if (caller.ownSession !== undefined && asks)
    throw new UserError(
      `${session.name} asks for an approval; this runs in the session ${caller.ownSession.name}, and cannot answer for you`,
    );
}
