import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorText, UserError } from '../base/user-error.ts';
import { isSessionType } from '../conversation/session-type.ts';
import type { Session } from '../session/session.ts';
import { freeName } from '../session/session-name.ts';
import type { KeptChat } from '../store/chat-rows.ts';
import type { OpenStore } from '../store/open-store.ts';
import { sanitize } from '../text/sanitize.ts';
import type { WantedSession } from './session-makers.ts';

export interface RestoreOptions {
  /** Loads the code of chats. */
  readonly load: () => Promise<unknown>;
  /** Makes a chat again. Throws UserError. */
  readonly make: (kept: KeptChat) => void;
  /** A sentence for the person. */
  readonly tell: (text: string) => void;
  /** Hears why a chat did not come back that nobody is to blame for. Must not throw. */
  readonly onError: (error: unknown) => void;
  /** Whether the chat of that folder is there already: made while the database was another's. */
  readonly isThere: (folder: string) => boolean;
}

/**
 * Brings back the chats that nobody closed, by index and asleep: no message is read before somebody looks. One at a time, so
 * that keys and frames have their turn between them; one that cannot be read keeps no other.
 */
export async function restoreChats(
  open: OpenStore,
  { load, make, tell, onError, isThere }: RestoreOptions,
): Promise<void> {
  const rows = (await open.sessions.open()).filter(({ kind, folder }) => kind === 'chat' && !isThere(folder));
  if (rows.length > 0) await load();
  for (const row of rows) {
    await nextTurn();
    try {
      make(await open.sleepingChat(row));
    } catch (error) {
      if (!(error instanceof UserError)) onError(error);
      tell(`${sanitize(row.session_name)} did not come back: ${errorText(error)}`);
    }
  }
}

/** What is wanted for a kept chat: its name gets a number, and its index is left open, where another session has them now. */
export function restoredChat(kept: KeptChat, others: readonly Session[]): WantedSession {
  const { session_name: name, session_type: type, session_index: index, wanted_model, working_directory } = kept.row;
  const hasIndex = others.some((other) => other.index === index);
  return {
    kind: 'chat',
    name: freeName(name, (taken) => others.some((other) => other.name === taken)),
    command: [],
    type: type !== null && isSessionType(type) ? type : undefined,
    model: wanted_model ?? undefined,
    workingDirectory: working_directory,
    environment: {},
    size: undefined,
    ...(hasIndex ? {} : { index }),
    kept,
  };
}
