import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Clock, systemClock } from '../../lib/base/clock.ts';
import { sessionId } from '../../lib/base/id.ts';
import { UserError } from '../../lib/base/user-error.ts';
import type { Message, UserPart } from '../../lib/conversation/message.ts';
import type { Models } from '../../lib/conversation/model.ts';
import { OpenAiModel } from '../../lib/conversation/openai-model.ts';
import { TurnQueue } from '../../lib/conversation/turn-queue.ts';
import type { Key } from '../../lib/input/key.ts';
import { keyName, keyText, parseKey } from '../../lib/input/key-name.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';
import type { ChatSessionOptions, ChatSettings, KeyAction } from '../../lib/session/chat-options.ts';
import { ChatSession } from '../../lib/session/chat-session.ts';
import { ToolError } from '../../lib/tools/tool.ts';
import { TOOLS } from '../../lib/tools/tool-table.ts';
import { keymapBindings } from './composer-typist.ts';
import { temporaryFolder } from './folder.ts';
import { ManualClock } from './manual-clock.ts';
import { ModelServer } from './model-server.ts';
import { waitUntil } from './wait.ts';

const tables = createKeyTables();
for (const name of ['overlay', 'compose-emacs', 'compose-vi'])
  for (const { table, binding } of keymapBindings(name)) tables.bind(table, binding);

/** What the shipped keymaps say of a key: the action of their `send-keys -X`. */
function keyAction(table: string, key: Key): KeyAction | undefined {
  const [command, flag, name, ...args] = tables.find(table, key)?.command.split(' ') ?? [];
  return command === 'send-keys' && flag === '-X' && name !== undefined ? { name, args, count: 1 } : undefined;
}

/** The first key of a table that does an action. */
function keyOf(table: string, action: string): string | undefined {
  const binding = tables.bindings(table).find(({ command }) => command === `send-keys -X ${action}`);
  return binding === undefined ? undefined : keyName(binding.key);
}

/** A clock of this machine whose waits are short: for retries. */
const hasty: Clock = { now: Date.now, after: (milliseconds, run) => systemClock.after(milliseconds / 1000, run) };

/** Chats with a real endpoint on the loopback and real tools in a folder of their own. */
export class ChatPlace {
  static async open(changes: Partial<ChatSettings> = {}): Promise<ChatPlace> {
    return new ChatPlace(await ModelServer.open(), changes);
  }

  readonly server: ModelServer;
  readonly folder = temporaryFolder();
  readonly work = path.join(this.folder, 'work');
  /** Of chats: it stands still unless it is advanced. */
  readonly clock = new ManualClock();
  readonly turns: TurnQueue;
  readonly errors: unknown[] = [];
  readonly commands: string[] = [];
  readonly history: string[] = [];
  readonly settings: ChatSettings;
  limit = 5;
  retries = 2;
  window = 100_000;
  readonly #chats: ChatSession[] = [];

  private constructor(server: ModelServer, changes: Partial<ChatSettings>) {
    this.server = server;
    const settings = {
      keys: 'emacs',
      prompts: new Map(),
      maximumRounds: 25,
      commandTimeout: 15_000,
      compactAt: 0.8,
    } as const;
    this.settings = { ...settings, ...changes };
    for (const name of ['work', 'home']) mkdirSync(path.join(this.folder, name));
    const onError = (error: unknown) => this.errors.push(error);
    const options = { limit: () => this.limit, maximumRetries: () => this.retries, clock: hasty, onError };
    this.turns = new TurnQueue({ ...options, random: () => 0 });
  }

  chat(changes: Partial<ChatSessionOptions> = {}, isShown = true): ChatPerson {
    const number = this.#chats.length + 1;
    const session = new ChatSession({
      id: sessionId(number),
      name: `api-${number}`,
      index: number,
      size: { columns: 80, rows: 24 },
      type: 'development',
      workingDirectory: this.work,
      sessionFolder: path.join(this.folder, `session-${number}`),
      home: path.join(this.folder, 'home'),
      model: undefined,
      models: this.models,
      turns: this.turns,
      tools: TOOLS,
      settings: () => this.settings,
      environment: () => ({ PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: path.join(this.folder, 'home') }),
      sessions: {
        list: () => [],
        read: (name) => {
          throw new ToolError(`no session ${name}`);
        },
        ask: (name) => Promise.reject(new ToolError(`no session ${name}`)),
      },
      history: this.history,
      runCommand: (line) => void this.commands.push(line),
      completeCommand: () => [],
      keyAction,
      keyOf,
      clock: this.clock,
      onError: (error) => void this.errors.push(error),
      ...changes,
    });
    this.#chats.push(session);
    return new ChatPerson(session, this.clock, isShown);
  }

  get models(): Models {
    const make = (name: string) =>
      new OpenAiModel({
        endpoint: {
          provider: 'work',
          baseUrl: this.server.url,
          api: 'chat',
          headers: new Map(),
          key: { read: () => Promise.resolve('sk-spec'), advice: 'set WORK_KEY', reject: () => false },
          addressAdvice: 'check base_url',
        },
        model: name,
        window: this.window,
        prices: { input: 1, cached: undefined, output: 2 },
        stallTimeout: () => 5000,
        clock: systemClock,
      });
    return {
      list: () => Promise.resolve([]),
      find: (name) => {
        if (name === 'none') return Promise.reject(new UserError('no model none: try /model'));
        return Promise.resolve(make(name?.replace('work/', '') ?? 'big'));
      },
    };
  }

  /** Closes all; gives what was thrown where nothing may. */
  async close(): Promise<readonly unknown[]> {
    const chats = this.#chats.splice(0);
    await Promise.all(chats.map((chat) => chat.kill()));
    for (const chat of chats) chat.dispose();
    await this.server.close();
    return this.errors;
  }
}

/** A person before a chat: presses keys, which mean what the shipped keymaps say, and reads rows. */
export class ChatPerson {
  readonly session: ChatSession;
  readonly #clock: ManualClock;

  constructor(session: ChatSession, clock: ManualClock, isShown = true) {
    this.session = session;
    this.#clock = clock;
    session.setShown(isShown ? 1 : 0, isShown);
  }

  /** Presses keys by their names, with blanks between. */
  press(keys: string): this {
    for (const name of keys.split(' ')) {
      const key = parseKey(name);
      const { keyTable } = this.session;
      const action = keyTable === undefined ? undefined : keyAction(keyTable, key);
      if (action !== undefined) this.session.action(action.name, action.args, action.count);
      else this.session.input({ type: 'key', key, action: 'press', bytes: Buffer.from(keyText(key) ?? '') });
    }
    return this;
  }

  type(text: string): this {
    for (const character of text) this.press(character === ' ' ? 'Space' : character);
    return this;
  }

  /** Types a line and sends it. */
  send(text: string): this {
    return this.type(text).press('Enter');
  }

  /** The rows of the screen, without blanks at their ends. */
  get rows(): readonly string[] {
    const { content, size } = this.session;
    return Array.from({ length: size.rows }, (_, row) => content.rowText(content.screenTop + row));
  }

  get screen(): string {
    return this.rows.join('\n');
  }

  /** The screen as one line: what was folded at its width is whole. */
  get flat(): string {
    return this.screen.replace(/\s+/g, ' ');
  }

  /** Everything from the first row on. */
  get all(): string {
    const { content } = this.session;
    const rows: string[] = [];
    for (let row = content.firstRow; row < content.endRow; row++) rows.push(content.rowText(row));
    return rows.join('\n');
  }

  /** The rows of the draft's first line on. */
  get draft(): string {
    return this.session.draft;
  }

  /** Waits until the screen shows a text. */
  async sees(text: string): Promise<this> {
    await waitUntil(
      () => this.screen.includes(text),
      () => `${JSON.stringify(text)} on the screen:\n${this.screen}`,
    );
    return this;
  }

  /** Waits until a call asks, and looks at it long enough for a key to count. */
  async isAsked(text = ' asks: '): Promise<this> {
    await this.sees(text);
    this.#clock.advance(500);
    return this;
  }

  async waits(reason: ChatSession['waitingReason']): Promise<this> {
    await waitUntil(
      () => this.session.status === 'waiting-for-input' && this.session.waitingReason === reason,
      () => `waiting for ${reason}, is ${this.session.status} ${this.session.waitingReason}:\n${this.screen}`,
    );
    return this;
  }

  /** The messages so far, each as one short text. */
  get messages(): readonly string[] {
    return this.session.conversation.messages.map(shortMessage);
  }
}

function shortMessage(message: Message): string {
  switch (message.kind) {
    case 'user':
      return `user: ${textOf(message.parts)}`;
    case 'assistant': {
      const calls = message.calls.map(({ name, state }) => ` ${name} ${state.kind}`).join('');
      return `${message.state}: ${message.text}${calls}`;
    }
    case 'note':
      return `${message.level}: ${message.text}`;
    case 'summary':
      return `summary: ${message.text}`;
  }
}

const textOf = (parts: readonly UserPart[]): string => parts.map(({ text }) => text).join('');
