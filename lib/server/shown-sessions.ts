import type { Session } from '../session/session.ts';
import { sessionBeside } from './session-list.ts';

/** Which session a client shows, and which one it showed before. */
export class ShownSessions {
  #current: Session;
  #last: Session | undefined;

  constructor(session: Session) {
    this.#current = session;
  }

  get current(): Session {
    return this.#current;
  }

  get last(): Session | undefined {
    return this.#last;
  }

  /** False when it is shown already. */
  show(session: Session): boolean {
    if (session === this.#current) return false;
    this.#last = this.#current;
    this.#current = session;
    return true;
  }

  /**
   * A session is no more. What is shown instead of it follows `rule`, as option detach-on-destroy has it: `none` when the
   * client is to leave, `same` when it showed another one.
   * @param recent what is left, last shown first
   * @param sessions what is left, by index
   */
  gone(
    gone: Session,
    rule: string,
    recent: readonly Session[],
    sessions: readonly Session[],
  ): 'same' | 'next' | 'none' {
    if (this.#last === gone) this.#last = undefined;
    if (this.#current !== gone) return 'same';
    const next = rule === 'on' ? undefined : (sessionBeside(rule, gone, sessions) ?? this.#last ?? recent[0]);
    if (next === undefined) return 'none';
    this.#current = next;
    this.#last = recent.find((session) => session !== next);
    return 'next';
  }
}
