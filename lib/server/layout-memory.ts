import { clampSize, type Rect, type Size } from '../base/geometry.ts';
import type { PanePlace } from '../command/command-server.ts';
import { rects } from '../layout/layout.ts';
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

/** A layout that nobody shows now, and what it is arranged in. */
interface WaitingLayout {
  readonly panes: ShownPanes<Session>;
  area: Rect;
  /** The session with which a script began it. */
  owner: Session | undefined;
}

const USUAL_AREA: Rect = { x: 0, y: 0, width: 80, height: 24 };

/**
 * Layouts that no client shows now: those of clients that left, and those that wait to be shown, since a script made them, or a
 * client went from them to such a one. What stands in these has its size by them.
 */
export class LayoutMemory {
  /** The newest last. */
  #left: readonly ClientLayout[] = [];
  readonly #waiting = new Map<Session, WaitingLayout>();
  readonly #fit: (session: Session, size: Size) => void;

  /** @param fit gives a session that stands in a waiting layout its size */
  constructor(fit: (session: Session, size: Size) => void = () => undefined) {
    this.#fit = fit;
  }

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
    const made = this.takeWaiting(session);
    if (made !== undefined) return made;
    const fitting = this.#left.filter(({ state }) => [...state.sessions.values()].includes(session));
    return fitting.find((left) => left.client === client)?.state ?? shown ?? fitting.at(-1)?.state;
  }

  /** The layout that waits with a session in it, for a client that shows it from now on; undefined where none does. */
  takeWaiting(session: Session): PaneState<Session> | undefined {
    const made = this.#waiting.get(session)?.panes;
    for (const { session: other } of made?.all ?? []) this.#waiting.delete(other);
    return made?.state;
  }

  /** The layout that waits with a session in it; a new one has the session alone, and is kept once it has more. */
  waiting(session: Session): ShownPanes<Session> {
    return this.placeOf(session).panes;
  }

  /** Where a session stands that no client has: in a layout that waits, or alone. */
  placeOf(session: Session): PanePlace {
    const waiting = this.#waiting.get(session) ?? this.#layout(session, waitingArea(session), session);
    return { panes: waiting.panes, area: waiting.area, client: undefined, owner: waiting.owner };
  }

  isWaiting(session: Session): boolean {
    return this.#waiting.has(session);
  }

  /** A client goes from a layout to one that waited: it waits now. One with a single pane does not. */
  putAside(state: PaneState<Session>, area: Rect): void {
    const session = state.sessions.get(state.recent[0]);
    if (session === undefined || state.sessions.size === 1) return;
    this.#layout(session, area, undefined).panes.restore(state, session, () => true);
  }

  /** Arranges the layout of a session anew in another size; false where none waits. */
  resize(session: Session, size: Size): boolean {
    const waiting = this.#waiting.get(session);
    if (waiting === undefined) return false;
    waiting.area = { x: 0, y: 0, width: size.columns, height: size.rows };
    this.#fitAll(waiting);
    return true;
  }

  #layout(session: Session, area: Rect, owner: Session | undefined): WaitingLayout {
    const panes = new ShownPanes(session, () => {
      for (const [held, { panes: other }] of this.#waiting) if (other === panes) this.#waiting.delete(held);
      if (panes.count > 1) for (const { session: shown } of panes.all) this.#waiting.set(shown, waiting);
      this.#fitAll(waiting);
    });
    const waiting: WaitingLayout = { panes, area, owner };
    return waiting;
  }

  #fitAll({ panes, area }: WaitingLayout): void {
    for (const [pane, { width, height }] of rects(panes.layout, area).panes) {
      const session = panes.sessionOf(pane);
      if (session !== undefined && width > 0 && height > 0) this.#fit(session, clampSize(width, height));
    }
  }

  /** A session is no more. Gives the one that its name means from now on, where a script's layout outlives it. */
  forget(session: Session): Session | undefined {
    const waiting = this.#waiting.get(session);
    const panes = waiting?.panes;
    const pane = panes?.paneOf(session);
    if (pane !== undefined) panes?.close(pane);
    this.#left = this.#left.flatMap(({ client, state, area }): readonly ClientLayout[] => {
      const kept = living(state, (other) => other !== session);
      return kept === undefined ? [] : [{ client, state: kept, area }];
    });
    if (waiting === undefined || waiting.owner !== session) return undefined;
    waiting.owner = waiting.panes.session;
    return waiting.owner;
  }
}

/** What a layout of a session alone is arranged in: its size. */
const waitingArea = ({ size }: Session): Rect => ({ x: 0, y: 0, width: size.columns, height: size.rows });
