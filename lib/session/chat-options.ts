import type { Clock } from '../base/clock.ts';
import type { Size } from '../base/geometry.ts';
import type { SessionId } from '../base/id.ts';
import type { Models } from '../conversation/model.ts';
import type { SessionType } from '../conversation/session-type.ts';
import type { TurnQueue } from '../conversation/turn-queue.ts';
import type { Key } from '../input/key.ts';
import type { SessionReader, Tool } from '../tools/tool.ts';
import type { ChatMemory, ConversationKeeper } from './chat.ts';
import type { CommandNote } from './completion-menu.ts';

/** What people may set of chats; asked for whenever it is needed. */
export interface ChatSettings {
  /** Which composer keys: tables `compose-emacs`; `compose-vi`, `compose-vi-normal`. */
  readonly keys: 'emacs' | 'vi';
  /** System prompts of the person's own, by type; `default` for all. */
  readonly prompts: ReadonlyMap<string, string>;
  /** Rounds of tool calls in one turn before it asks whether to go on. */
  readonly maximumRounds: number;
  /** Milliseconds that a tool's command may run. */
  readonly commandTimeout: number;
  /** Share of the model's window (0 to 1) at which older turns are summarised. */
  readonly compactAt: number;
}

/** An action of the key table that a chat is in. */
export interface KeyAction {
  readonly name: string;
  readonly args: readonly string[];
  readonly count: number;
}

export interface ChatSessionOptions {
  readonly id: SessionId;
  readonly name: string;
  readonly index: number;
  readonly size: Size;
  readonly type: SessionType;
  /** Whether a person chose the type. */
  readonly isTypeGiven?: boolean;
  /** Absolute; where its tools work. */
  readonly workingDirectory: string;
  /** Absolute; `@session/`, made when it is first needed. */
  readonly sessionFolder: string;
  readonly home: string;
  /** The model's name, or undefined for the default one. */
  readonly model: string | undefined;
  readonly models: Models;
  /** One for all chats. */
  readonly turns: TurnQueue;
  readonly tools: readonly Tool[];
  readonly settings: () => ChatSettings;
  /** Variables of programs that tools start. */
  readonly environment: () => Readonly<Record<string, string>>;
  readonly sessions: SessionReader;
  /** Messages sent before, oldest first, of all chats; the composer adds to it. */
  readonly history: string[];
  /** Runs a slash command typed into the composer, without its `/`; its output comes back by `note`. */
  readonly runCommand: (line: string) => void;
  /** What may stand at the cursor of a slash command (its `/` included in neither) instead of the word before it. */
  readonly completeCommand: (line: string, cursor: number) => readonly string[];
  /** What a command means, by its name without its `/`, for the menu of completions. */
  readonly describeCommand?: (name: string) => CommandNote | undefined;
  /** What a key table says of a key: for keys that scripts send, and those that come too early; undefined for no action. */
  readonly keyAction: (table: string, key: Key) => KeyAction | undefined;
  /** The key of a table that does an action, as it is typed, for hints; undefined for none. */
  readonly keyOf: (table: string, action: string) => string | undefined;
  /** What it was before the server was started anew; undefined for a new one. */
  readonly memory?: ChatMemory | undefined;
  /** Fulfilled when what was said is kept, before it is sent; never rejects. Without it nothing is kept. */
  readonly saved?: (() => Promise<void>) | undefined;
  /** Where its conversation can be read again; without it the chat never sleeps. */
  readonly keeper?: ConversationKeeper | undefined;
  readonly clock: Clock;
  /** Hears what a listener or a tool threw; must not throw. */
  readonly onError: (error: unknown) => void;
}
