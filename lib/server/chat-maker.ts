import { rmdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../base/clock.ts';
import type { Size } from '../base/geometry.ts';
import { describeSlash } from '../command/slash-completion.ts';
import type { OptionStore } from '../config/option-store.ts';
import { DEFAULT_SESSION_TYPE } from '../conversation/session-type.ts';
import type { KeyTables } from '../input/key-table.ts';
import { type Chat, isChat } from '../session/chat.ts';
import { chatName } from '../session/chat-name.ts';
import type { ChatSettings } from '../session/chat-options.ts';
import type { Session } from '../session/session.ts';
import { keptOptions, type SessionOptions } from '../store/chat-rows.ts';
import type { SessionReader } from '../tools/tool.ts';
import type { ChatParts } from './chat-parts.ts';
import { keyAction, keyOfAction } from './key-action.ts';
import type { SessionMaker, SessionPlace, WantedSession } from './session-makers.ts';
import { ownOptions, setOptions } from './session-options.ts';
import { uniqueFolder } from './unique-folder.ts';

export interface ChatMakerOptions {
  readonly parts: ChatParts;
  readonly options: OptionStore;
  readonly keyTables: KeyTables;
  readonly isTaken: (name: string) => boolean;
  /** Hears of each chat, and whether a person gave its name. */
  readonly made: (chat: Chat, isNamed: boolean) => void;
  /** Whether a person gave its name, now. */
  readonly isNamed: (chat: Chat) => boolean;
  /** Variables of programs that tools of a chat start. */
  readonly environmentOf: (id: number) => Readonly<Record<string, string>>;
  /** The other sessions, as the tools of one may see them. */
  readonly readerFor: (id: number) => SessionReader;
  /** Messages sent before, of all chats. */
  readonly history: string[];
  readonly runCommand: (chat: Chat, line: string) => void;
  readonly completeCommand: (line: string, cursor: number) => readonly string[];
  readonly bug: (where: string, error: unknown) => void;
}

/** Makes chats: their name, folder, settings, and what they may reach of the server. */
export class ChatMaker implements SessionMaker {
  readonly #given: ChatMakerOptions;
  readonly #folders = new WeakMap<Session, string>();
  /** What was set for each alone, until an option changes: it is asked for at each writing. */
  #ownOptions = new WeakMap<Session, SessionOptions>();

  constructor(given: ChatMakerOptions) {
    this.#given = given;
    given.options.changed(() => {
      this.#ownOptions = new WeakMap();
      given.parts.store.recorder.choicesChanged();
    });
  }

  create(wanted: WantedSession, { id, index, size }: SessionPlace & { readonly size: Size }): Chat {
    const { code } = this.#given.parts;
    if (code === undefined) throw new Error('a chat was made before its code was there');
    const { parts, options, keyTables, isTaken, environmentOf, readerFor, history } = this.#given;
    const type = wanted.type ?? DEFAULT_SESSION_TYPE;
    const name = wanted.name ?? chatName(type, isTaken, options.number('name-max-length'));
    const sessionFolder = path.join(parts.folder, wanted.kept?.row.folder ?? uniqueFolder());
    const chat: Chat = code.create({
      id,
      name,
      index,
      size,
      type,
      isTypeGiven: wanted.kept?.memory.isTypeGiven ?? wanted.type !== undefined,
      workingDirectory: wanted.workingDirectory,
      sessionFolder,
      home: homedir(),
      model: wanted.model,
      models: code.models,
      turns: code.turns,
      tools: code.tools,
      settings: () => this.#settings(),
      environment: () => without({ ...environmentOf(id), ...wanted.environment }, parts.keyNames()),
      sessions: readerFor(id),
      history,
      runCommand: (line) => this.#given.runCommand(chat, line),
      completeCommand: this.#given.completeCommand,
      describeCommand: describeSlash,
      keyAction: (table, key) => keyAction(keyTables, table, key),
      keyOf: (table, action) => keyOfAction(keyTables, table, action),
      memory: wanted.kept?.memory,
      saved: () => parts.store.saved(chat),
      keeper: {
        release: (conversation) => parts.store.recorder.release(chat, conversation),
        read: () => parts.store.read(chat),
      },
      clock: systemClock,
      onError: (error) => this.#given.bug(`session ${name}`, error),
    });
    this.#folders.set(chat, sessionFolder);
    this.#given.made(chat, wanted.kept === undefined ? wanted.name !== undefined : wanted.kept.row.is_name_given === 1);
    if (wanted.kept !== undefined) setOptions(options, id, keptOptions(wanted.kept.row.options));
    parts.store.recorder.watch(chat, path.basename(sessionFolder), wanted.kept, () => ({
      isNameGiven: this.#given.isNamed(chat),
      options: this.#optionsOf(chat),
    }));
    return chat;
  }

  /** The folder of a chat's conversation, which need not be there yet. */
  folderOf(session: Session): string | undefined {
    return this.#folders.get(session);
  }

  discarded(session: Session): void {
    if (isChat(session)) void this.#given.parts.store.recorder.closed(session);
    const folder = this.#folders.get(session);
    if (folder === undefined) return;
    try {
      rmdirSync(folder);
    } catch {
      // it was never made, or keeps what tools wrote
    }
  }

  #optionsOf(chat: Chat): SessionOptions {
    const known = this.#ownOptions.get(chat);
    if (known !== undefined) return known;
    const own = ownOptions(this.#given.options, chat.id);
    this.#ownOptions.set(chat, own);
    return own;
  }

  #settings(): ChatSettings {
    const { options, parts } = this.#given;
    return {
      keys: options.string('composer-keys') === 'vi' ? 'vi' : 'emacs',
      prompts: parts.prompts(),
      maximumRounds: options.number('tool-rounds'),
      commandTimeout: options.number('command-timeout') * 1000,
      compactAt: options.number('compact-at') / 100,
    };
  }
}

/** What tools run gets no key of an endpoint. */
const without = (environment: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)));
