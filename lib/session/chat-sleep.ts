import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorText, UserError } from '../base/user-error.ts';
import { conversationPreview } from '../conversation/chat-text.ts';
import { countedAhead } from '../conversation/context-use.ts';
import { BAD, FAINT, span } from '../conversation/transcript-style.ts';
import type { Line } from '../text/line.ts';
import { sanitize } from '../text/sanitize.ts';
import type { AsleepFacts, ConversationKeeper } from './chat.ts';
import type { ChatScreen } from './chat-screen.ts';
import type { ChatWork } from './chat-work.ts';

export interface ChatSleepOptions {
  readonly work: ChatWork;
  readonly screen: ChatScreen;
  readonly keeper: ConversationKeeper | undefined;
  /** The chat comes back asleep. */
  readonly asleep: AsleepFacts | undefined;
  readonly name: () => string;
  readonly title: () => string;
  /** It sleeps or wakes now. */
  readonly changed: (isAwake: boolean) => void;
  /** It could not be woken, and shows so. */
  readonly failed: () => void;
  /** Hears what something that waited for it threw; must not throw. */
  readonly onError: (error: unknown) => void;
}

const faint = (text: string): Line => span(sanitize(text), FAINT);

/** Things to do that wait for one chat at most; more are forgotten. */
const MAXIMUM_TASKS = 2000;

/**
 * The sleep of a chat: its conversation and all that was laid out of it are given up, and read again when somebody needs
 * them. Its draft, its settings and its last screen stay; what is done to it meanwhile waits, in order.
 */
export class ChatSleep {
  readonly #options: ChatSleepOptions;
  #facts: AsleepFacts | undefined;
  #waking: Promise<void> | undefined;
  #tasks: (() => void)[] = [];
  /** What its screen shows meanwhile. */
  #lines: readonly Line[] = [];
  #isDisposed = false;

  constructor(options: ChatSleepOptions) {
    this.#options = options;
    const { asleep, work } = options;
    this.#facts = asleep;
    if (asleep === undefined) return;
    work.conversation.sleep(asleep.conversation);
    this.#show([faint(`${options.name()} …`), faint(asleep.preview)]);
  }

  /** What is known of it while it sleeps. */
  get facts(): AsleepFacts | undefined {
    return this.#facts;
  }

  /** Gives up what can be read again; false where that is not all on disk. Only for a chat at rest. */
  begin(isPaused: boolean): boolean {
    const { work, screen, keeper, title } = this.#options;
    const { value } = work.conversation;
    if (this.#facts !== undefined || keeper === undefined) return false;
    const { used, counted } = work.context;
    const preview = conversationPreview(value);
    const conversation = { ...value, messages: [], reply: undefined };
    const { lines } = screen.view;
    if (!keeper.release(value)) return false;
    this.#facts = { preview, title: title(), conversation, used, counted, isPaused };
    work.conversation.sleep(conversation);
    this.#show(lines);
    this.#options.changed(false);
    return true;
  }

  /** Fulfilled when its conversation is there. Rejects with UserError when it cannot be read. */
  wake(): Promise<void> {
    if (this.#facts === undefined) return Promise.resolve();
    this.#waking ??= this.#wake().finally(() => {
      this.#waking = undefined;
    });
    return this.#waking;
  }

  /** Does something to the chat when it is awake, after all that waits already; at once where it is. */
  whenAwake(task: () => void): void {
    if (this.#facts === undefined) {
      task();
      return;
    }
    if (this.#tasks.length < MAXIMUM_TASKS) this.#tasks.push(task);
    this.wakeSoon();
  }

  /** Wakes it behind; what fails is told on its screen. */
  wakeSoon(): void {
    this.wake().catch(() => {});
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#tasks = [];
  }

  #show(lines: readonly Line[]): void {
    this.#lines = lines;
    this.#options.screen.view.sleep(lines);
  }

  async #wake(): Promise<void> {
    const { work, screen, keeper, changed, failed, name, onError } = this.#options;
    try {
      if (keeper === undefined) throw new UserError('it is kept nowhere');
      const conversation = await keeper.read();
      for (const _ of countedAhead(conversation.messages)) await nextTurn();
      if (this.#isDisposed) return;
      work.conversation.wake(conversation);
    } catch (error) {
      if (!(error instanceof UserError)) onError(error);
      const text = `${name()} cannot be read now: ${errorText(error)}`;
      screen.view.sleep([...this.#lines, span(sanitize(text), BAD)]);
      failed();
      throw new UserError(text);
    }
    this.#facts = undefined;
    this.#lines = [];
    screen.view.wake();
    changed(true);
    const tasks = this.#tasks;
    this.#tasks = [];
    for (const task of tasks) {
      try {
        task();
      } catch (error) {
        onError(error);
      }
    }
  }
}
