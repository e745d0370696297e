import type { Disposable } from '../base/disposable.ts';
import type { Session } from '../session/session.ts';

/** How long what happens to sessions that are only named in a list may wait to be drawn, in milliseconds. */
const PATIENCE = 250;

/** Follows the sessions of a list: the selected one as it changes, the others a few times a second. */
export class SessionWatch implements Disposable {
  readonly #onChange: () => void;
  readonly #watched = new Map<Session, Disposable>();
  #selected: Session | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param onChange what was drawn of a session is out of date */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** This one is selected now. */
  select(session: Session): void {
    this.#selected = session;
  }

  /** These are in the list now. */
  look(sessions: readonly Session[]): void {
    const wanted = new Set(sessions);
    for (const [session, watch] of this.#watched) {
      if (wanted.has(session)) continue;
      this.#watched.delete(session);
      watch.dispose();
    }
    for (const session of sessions) if (!this.#watched.has(session)) this.#watched.set(session, this.#watch(session));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const watch of this.#watched.values()) watch.dispose();
    this.#watched.clear();
  }

  #watch(session: Session): Disposable {
    return session.events(({ type }) => {
      if (type !== 'changed') return;
      if (session === this.#selected) this.#onChange();
      else
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.#onChange();
        }, PATIENCE);
    });
  }
}
