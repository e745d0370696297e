import type { UserPart } from '../conversation/message.ts';
import type { CommandNote } from './completion-menu.ts';

export interface ComposerOptions {
  /** Whose fingers; may change at any time. */
  readonly keys: () => 'emacs' | 'vi';
  /** What was sent before, oldest first, shared by all composers; what is sent is added. */
  readonly history: string[];
  /** Messages that the history keeps (200). */
  readonly historyLimit?: number;
  /** What may stand at the cursor of a slash command (its `/` included in neither) instead of the word before it. */
  readonly completeCommand: (line: string, cursor: number) => readonly string[];
  /** What a command means, by its name, for the menu. */
  readonly describeCommand?: (name: string) => CommandNote | undefined;
  /** Paths for what was typed behind an `@`, folders with a `/` at their end. */
  readonly completeFile: (prefix: string, signal: AbortSignal) => Promise<readonly string[]>;
  /** Hears that it does not look as before; must not throw. */
  readonly onChange: () => void;
  /** Hears what a person should be told, as a sentence; must not throw. */
  readonly onNotice?: (text: string) => void;
}

/** What is sent: the parts, and all of them as one text. */
export interface Submitted {
  readonly parts: readonly UserPart[];
  readonly text: string;
}
