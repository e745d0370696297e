import type { Rect } from '../base/geometry.ts';
import { living, type PaneState, ShownPanes } from '../layout/shown-panes.ts';
import type { Session } from '../session/session.ts';

/** How many layouts of clients that left are kept. */
const MAXIMUM_LEFT = 64;

/** What a client shows, or showed when it left. */
export interface ClientLayout {
  readonly client: string;
  readonly state: PaneState<Session>;
  /** What it was arranged in. */
  readonly area: Rect;
}

const USUAL_AREA: Rect = { x: 0, y: 0, width: 80, height: 24 };

/** Layouts that no client shows now: those of clients that left, and those that scripts make before anybody comes. */
export class LayoutMemory {
  /** The newest last. */
  #left: readonly ClientLayout[] = [];
  readonly #waiting = new Map<Session, ShownPanes<Session>>();

  /** A client leaves with these panes. */
  keep(client: string, state: PaneState<Session>, area: Rect = USUAL_AREA): void {
    this.#left = [...this.#left.filter((left) => left.client !== client), { client, state, area }].slice(-MAXIMUM_LEFT);
  }

  /** What clients left with, the newest last. */
  get left(): readonly ClientLayout[] {
    return this.#left;
  }

  /**
   * What a client that attaches to a session is to show: the layout that a script made of it, else the one that the
   * client itself left with, else the one that another client shows now, else the one that somebody left with last;
   * undefined where none of them has the session.
   */
  take(client: string, session: Session, shown?: PaneState<Session>): PaneState<Session> | undefined {
    const made = this.#waiting.get(session);
    if (made !== undefined) {
      for (const { session: other } of made.all) this.#waiting.delete(other);
      return made.state;
    }
    const fitting = this.#left.filter(({ state }) => [...state.sessions.values()].includes(session));
    return fitting.find((left) => left.client === client)?.state ?? shown ?? fitting.at(-1)?.state;
  }

  /** The layout that waits with a session in it; a new one has the session alone, and is kept once it has more. */
  waiting(session: Session): ShownPanes<Session> {
    const found = this.#waiting.get(session);
    if (found !== undefined) return found;
    const panes = new ShownPanes(session, () => {
      for (const [held, other] of this.#waiting) if (other === panes) this.#waiting.delete(held);
      const { all } = panes;
      if (all.length > 1) for (const { session: shown } of all) this.#waiting.set(shown, panes);
    });
    return panes;
  }

  /** A session is no more. */
  forget(session: Session): void {
    const panes = this.#waiting.get(session);
    const pane = panes?.paneOf(session);
    if (pane !== undefined) panes?.close(pane);
    this.#left = this.#left.flatMap(({ client, state, area }): readonly ClientLayout[] => {
      const kept = living(state, (other) => other !== session);
      return kept === undefined ? [] : [{ client, state: kept, area }];
    });
  }
}

/** What a waiting layout is arranged in: the size of its sessions. */
export const waitingArea = ({ size }: Session): Rect => ({ x: 0, y: 0, width: size.columns, height: size.rows });
