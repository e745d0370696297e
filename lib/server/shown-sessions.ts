import type { PaneState, ShownPanes } from '../layout/shown-panes.ts';
import type { Session } from '../session/session.ts';
import { sessionBeside } from './session-list.ts';

/** Which session the active pane of a client shows, and which one was shown before. */
export class ShownSessions {
  readonly #panes: ShownPanes<Session>;
  #last: Session | undefined;

  constructor(panes: ShownPanes<Session>) {
    this.#panes = panes;
  }

  get last(): Session | undefined {
    return this.#last === this.#panes.session ? undefined : this.#last;
  }

  /** @param made the layout in which it is to stand; in the active pane otherwise */
  show(session: Session, made?: PaneState<Session>): void {
    const before = this.#panes.session;
    if (session !== before) this.#last = before;
    if (made === undefined) this.#panes.show(session);
    else this.#panes.restore(made, session, () => true);
  }

  /**
   * A session is no more. Its pane closes; what the last pane shows instead follows `rule`, as option detach-on-destroy
   * has it. False when the client is to leave.
   * @param recent what is left, last shown first
   * @param sessions what is left, by index
   */
  gone(gone: Session, rule: string, recent: readonly Session[], sessions: readonly Session[]): boolean {
    if (this.#last === gone) this.#last = undefined;
    const pane = this.#panes.paneOf(gone);
    if (pane === undefined || this.#panes.close(pane)) return true;
    const next = rule === 'on' ? undefined : (sessionBeside(rule, gone, sessions) ?? this.#last ?? recent[0]);
    if (next === undefined) return false;
    this.#last = recent.find((session) => session !== next);
    this.#panes.show(next);
    return true;
  }
}
