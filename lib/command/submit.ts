import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../base/user-error.ts';
import { encodeKey } from '../input/key-encoder.ts';
import { parseKey } from '../input/key-name.ts';
import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import type { CommandServer } from './command-server.ts';

/** From a text to its Enter, in milliseconds: Codex takes one within 120 ms for a line end of what is pasted. */
const BEFORE_ENTER = 150;
/**
 * An agent that is busy with itself reads late, and takes a text and its Enter for one piece if both lie there. So that
 * counts from what it shows of the text, for which so much is waited at most, in milliseconds.
 */
const ECHO = 2000;
/** Units of a text that is sent at once. */
const MAXIMUM_TEXT = 1 << 20;

/** Who types into a session now: the next one waits, so that no text comes between another and its Enter. */
const typing = new WeakMap<Session, Promise<void>>();

/** A text and Enter as one message: said in a chat, typed into a program. Rejects with UserError for what cannot take it. */
export async function submit(server: CommandServer, session: Session, text: string): Promise<void> {
  if (text.length > MAXIMUM_TEXT) throw new UserError('the text is too long to be sent at once (at most 1 MB)');
  checkOpen(session);
  if (isChat(session)) {
    if (!session.isAwake) await session.wake();
    session.say(text);
    return;
  }
  if (session.exit !== undefined) throw new UserError(`${session.name} has ended; nobody reads there`);
  const before = typing.get(session) ?? Promise.resolve();
  const turn = before.then(() => type(server, session, text));
  const ended = turn.catch(() => undefined);
  typing.set(session, ended);
  await turn;
}

/** What takes no input would swallow it. Throws UserError. */
export function checkOpen({ isInputOff, name }: Session): void {
  if (isInputOff) throw new UserError(`${name} takes no input; select-pane -e -t ${name} lets it take some again`);
}

/** Bracketed where the program asked for it, so that its line ends are no Enter of their own. */
async function type(server: CommandServer, session: Session, text: string): Promise<void> {
  const isAgent = server.attention.explain(session)?.agent !== undefined;
  const shown = isAgent ? shows(session) : undefined;
  session.paste(text);
  await shown;
  if (isAgent) await delay(BEFORE_ENTER);
  if (session.exit !== undefined) throw new UserError(`${session.name} has ended; nobody reads there`);
  session.send(encodeKey(parseKey('Enter'), session.modes));
}

/** Fulfilled when a session shows something new, or in time for one that does not. */
function shows(session: Session): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      heard.dispose();
      resolve();
    };
    const timer = setTimeout(end, ECHO);
    const heard = session.events((event) => {
      if (event.type === 'changed' || event.type === 'exited') end();
    });
  });
}
