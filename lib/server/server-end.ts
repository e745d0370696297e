import type { OptionStore } from '../config/option-store.ts';
import type { ChatParts } from './chat-parts.ts';
import type { CoordinatorParts } from './coordinator-parts.ts';
import type { LineRunner } from './line-runner.ts';

/** From the order to stop until the server leaves also without the ends of all programs, in milliseconds. */
const STOP_TIMEOUT = 8000;

export interface ServerEndOptions {
  readonly parts: CoordinatorParts;
  readonly chats: ChatParts;
  readonly lines: LineRunner;
  readonly options: OptionStore;
  /** Called once, when the server is about to end: nobody is let in any more. */
  readonly onStopping: () => void;
  /** Called once, when all programs have ended, or do not for too long. */
  readonly onStop: () => void;
  /** Runs a task whose failure keeps nothing else from ending. */
  readonly guard: (name: string, task: () => void) => void;
}

/** When the server ends, and how: on an order, or when nothing is left in it. */
export class ServerEnd {
  readonly #given: ServerEndOptions;
  #isStopping = false;
  /** Processes whose commands run. */
  #calls = 0;
  /** A server that was started without a session on purpose waits for its first one. */
  #stays = false;

  constructor(given: ServerEndOptions) {
    this.#given = given;
  }

  /** No session is made any more. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Goes on also without a session, although a command that began the server made none. */
  stay(): void {
    this.#stays = true;
  }

  /** A process asks for a command; to be called with its end. */
  callBegan(): () => void {
    this.#calls += 1;
    return () => {
      this.#calls -= 1;
      if (this.#calls === 0 && !this.#stays && this.#given.parts.clients.isEmpty) this.leaveIfEmpty();
    };
  }

  /** What the option exit-empty says of a server without sessions. */
  leaveIfEmpty(): void {
    const { options, parts } = this.#given;
    if (parts.keeper.list.all.length === 0 && options.boolean('exit-empty')) this.stop('[exited]', 'empty');
  }

  /** Ends every session and client, then the server. What was open comes back, with what a `signal` to all ended before us. */
  stop(text = '[server exited]', cause: 'asked' | 'empty' | 'signal' = 'asked'): void {
    const { chats, lines, guard, onStopping, onStop } = this.#given;
    const { recorder, layoutKeeper, keeper, clients, feed, pipes, ...parts } = this.#given.parts;
    const taken = cause === 'asked' ? 0 : recorder.reopen(cause === 'signal');
    if (this.#isStopping) return;
    this.#isStopping = true;
    guard('the end', onStopping);
    lines.stop();
    parts.sizes.stop();
    parts.hibernation.dispose();
    parts.statusClock.dispose();
    parts.endpoints.dispose();
    parts.shell.dispose();
    parts.notices.dispose();
    parts.noticeCommand.dispose();
    for (const client of clients.all) guard(`client ${client.name}`, () => client.leave(text));
    pipes.closeAll();
    const late = new Promise((resolve) => setTimeout(resolve, STOP_TIMEOUT));
    // As they are now, not as their ends leave them.
    const kept = Promise.all([recorder.end(), chats.store.recorder.end(), layoutKeeper.end(taken > 0)]);
    const ended = kept.then(() => keeper.end()).then(() => recorder.end());
    void Promise.race([ended, late]).then(() => {
      feed.end();
      onStop();
    });
  }
}
