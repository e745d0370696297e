import type { OptionStore } from '../config/option-store.ts';
import type { Chat } from '../session/chat.ts';
import { isChat } from '../session/chat.ts';
import { isFirstName } from '../session/chat-name.ts';
import type { Session, SessionEvent } from '../session/session.ts';
import { freeName } from '../session/session-name.ts';
import type { ChatCode } from './chat-code.ts';

export interface ChatNamerOptions {
  readonly options: OptionStore;
  /** The code of chats; there once a chat is. */
  readonly code: () => ChatCode | undefined;
  readonly isTaken: (name: string) => boolean;
  /** Gives a session a name; the one before still finds it. */
  readonly rename: (session: Session, name: string) => void;
  readonly bug: (where: string, error: unknown) => void;
}

/** How far the naming of a chat has come. */
interface Naming {
  /** Messages of all kinds, and those of the person, when it was looked at last. */
  messages: number;
  said: number;
  isNamed: boolean;
  /** It has a name of two words, or three messages gave none. */
  isSettled: boolean;
  isRefined: boolean;
}

/** Messages of the person that a name is made of. */
const MAXIMUM_SAID = 3;

/** Names chats, and finds their types, by their first messages; over nothing that a person gave. */
export class ChatNamer {
  readonly #given: ChatNamerOptions;
  readonly #namings = new WeakMap<Session, Naming>();

  constructor(given: ChatNamerOptions) {
    this.#given = given;
  }

  /** A chat is there that has no name of its own yet, unless `isNamed`. One that was kept has what it got then. */
  made(chat: Chat, isNamed: boolean): void {
    const isSettled = chat.conversation.nextId > 1 && !isFirstName(chat.name);
    this.#namings.set(chat, { messages: 0, said: 0, isNamed, isSettled, isRefined: isSettled });
  }

  /** Whether a person gave its name. */
  isNamed(session: Session): boolean {
    return this.#namings.get(session)?.isNamed ?? false;
  }

  /** A person gave it a name, which stays. */
  named(session: Session): void {
    const naming = this.#namings.get(session);
    if (naming !== undefined) naming.isNamed = true;
  }

  heard(session: Session, event: SessionEvent): void {
    if (event.type !== 'changed' && event.type !== 'status') return;
    const naming = this.#namings.get(session);
    if (naming === undefined || !isChat(session) || !session.isAwake) return;
    if (!naming.isSettled) this.#look(session, naming);
    if (event.type === 'status' && session.waitingReason === 'turn-ended') this.#refine(session, naming);
  }

  get #option(): string {
    return this.#given.options.string('auto-generate-names');
  }

  get #maximum(): number {
    return this.#given.options.number('name-max-length');
  }

  #look(chat: Chat, naming: Naming): void {
    const { messages } = chat.conversation;
    if (messages.length === naming.messages) return;
    naming.messages = messages.length;
    const said = firstSaid(chat);
    const code = this.#given.code()?.naming;
    if (said.length === naming.said || code === undefined) return;
    naming.said = said.length;
    const name = code.conversationName(said, this.#maximum);
    naming.isSettled = said.length >= MAXIMUM_SAID || name?.includes('-') === true;
    if (name !== undefined) chat.suggestType(code.conversationType(said));
    if (name !== undefined && !naming.isNamed && this.#option !== 'off') this.#rename(chat, name);
  }

  #rename(chat: Chat, name: string): void {
    const free = freeName(name, (other) => other !== chat.name && this.#given.isTaken(other), this.#maximum);
    if (free !== chat.name) this.#given.rename(chat, free);
  }

  /** Asks the chat's own model for a better name, once, where the option says so. */
  #refine(chat: Chat, naming: Naming): void {
    const code = this.#given.code();
    if (this.#option !== 'model' || naming.isNamed || naming.isRefined || naming.said === 0 || code === undefined)
      return;
    naming.isRefined = true;
    code.naming
      .askName({ models: code.models, turns: code.turns, model: chat.modelName, said: firstSaid(chat) }, this.#maximum)
      .then((name) => {
        if (name === undefined || naming.isNamed || this.#option !== 'model') return;
        naming.isSettled = true;
        this.#rename(chat, name);
      })
      .catch((error: unknown) => this.#given.bug(`the name of ${chat.name}`, error));
  }
}

/** What the person said first. */
const firstSaid = ({ conversation }: Chat): readonly string[] =>
  conversation.messages
    .flatMap((message) => (message.kind === 'user' ? [message.parts.map(({ text }) => text).join('\n')] : []))
    .slice(0, MAXIMUM_SAID);
