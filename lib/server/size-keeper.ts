import { sameSize } from '../base/geometry.ts';
import type { OptionStore } from '../config/option-store.ts';
import type { Session } from '../session/session.ts';
import type { ClientList } from './client-list.ts';
import type { LayoutMemory } from './layout-memory.ts';
import type { SessionList } from './session-list.ts';
import { chooseSize } from './session-size.ts';

/** How long after the last resize hidden sessions follow, in milliseconds. */
const HIDDEN_DELAY = 250;

export interface SizeKeeperOptions {
  readonly sessions: SessionList;
  readonly clients: ClientList;
  readonly options: OptionStore;
  /** Layouts that wait give what stands in them its size. */
  readonly layouts: Pick<LayoutMemory, 'isWaiting'>;
  /** Runs a task for a session whose failure must stay there. */
  readonly guard: (name: string, task: () => void) => void;
  /** Which sessions are shown may be others now. */
  readonly updated: () => void;
}

/** Keeps the sizes of sessions with those of the clients that show them, or would. */
export class SizeKeeper {
  readonly #given: SizeKeeperOptions;
  /** Sessions made with a size, which they keep until somebody shows them. */
  readonly #kept = new WeakSet<Session>();
  #timer: NodeJS.Timeout | undefined;

  constructor(given: SizeKeeperOptions) {
    this.#given = given;
  }

  /** Sessions that somebody shows follow their clients at once; the others follow the last client a little later. */
  update(): void {
    const { sessions, guard } = this.#given;
    for (const session of sessions.all) guard(session.name, () => this.#fit(session));
    this.#given.updated();
    this.#updateHidden(HIDDEN_DELAY);
  }

  #fit(session: Session): void {
    const { clients, options } = this.#given;
    const showing = clients.showing(session);
    if (showing.length > 0) this.#kept.delete(session);
    session.setShown(
      showing.length,
      showing.some((client) => client.focused && client.session === session),
    );
    // Who only watches does not change the size, unless nobody else is there.
    const writing = showing.filter((client) => !client.readOnly);
    const viewers = (writing.length > 0 ? writing : showing).map((client) => ({
      size: client.places.sizeOf(session),
      lastActivity: client.lastActivity,
    }));
    const size = chooseSize(options.string('window-size', session.id), viewers);
    if (size !== undefined && !sameSize(size, session.size)) session.resize(size);
  }

  /** It was asked for in this size. */
  keep(session: Session): void {
    this.#kept.add(session);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Hidden sessions keep the size of the client used last, so that a switch shows the right one; one a turn, after a rest. */
  #updateHidden(delay: number): void {
    clearTimeout(this.#timer);
    const { sessions, clients, options, layouts, guard } = this.#given;
    const size = clients.leading?.areaSize;
    if (size === undefined) return;
    const next = sessions.all.find((session) => {
      if (this.#kept.has(session) || sameSize(session.size, size) || clients.holding(session)) return false;
      if (layouts.isWaiting(session)) return false;
      return options.string('window-size', session.id) !== 'manual';
    });
    if (next === undefined) return;
    this.#timer = setTimeout(() => {
      guard(next.name, () => next.resize(size));
      this.#updateHidden(0);
    }, delay);
  }
}
