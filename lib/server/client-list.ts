import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';

/** The attached clients. */
export class ClientList {
  readonly #clients = new Set<AttachedClient>();

  get all(): readonly AttachedClient[] {
    return [...this.#clients];
  }

  get isEmpty(): boolean {
    return this.#clients.size === 0;
  }

  /** The one that a person used last. */
  get last(): AttachedClient | undefined {
    return lastUsed(this.#clients);
  }

  /** The one whose size sessions have that nobody shows: who only watches decides nothing, unless nobody else is there. */
  get leading(): AttachedClient | undefined {
    return lastUsed(this.all.filter((client) => !client.readOnly)) ?? this.last;
  }

  add(client: AttachedClient): void {
    this.#clients.add(client);
  }

  /** Whether it was there. */
  remove(client: AttachedClient): boolean {
    return this.#clients.delete(client);
  }

  /** Those that have a session on their screen. */
  showing(session: Session): readonly AttachedClient[] {
    const found: AttachedClient[] = [];
    for (const client of this.#clients) if (client.shows(session)) found.push(client);
    return found;
  }

  /** Whether a client has a pane for a session, which zoom may hide. */
  holding(session: Session): boolean {
    for (const client of this.#clients) if (client.panes.paneOf(session) !== undefined) return true;
    return false;
  }

  /** Something changed in a session that a sidebar may tell of. */
  contentChanged(): void {
    for (const client of this.#clients) client.sidebar.contentChanged();
  }

  /** The status of a session changed: who looks sees it with the next turn, also between two frames of what streams. */
  statusTurned(): void {
    for (const client of this.#clients) {
      client.painter.hasten();
      client.painter.statusChanged();
    }
  }

  statusChanged(): void {
    for (const client of this.#clients) client.painter.statusChanged();
  }
}

/** The client of these that a person used last. */
export function lastUsed<C extends { readonly lastActivity: number }>(clients: Iterable<C>): C | undefined {
  let last: C | undefined;
  for (const client of clients) if (last === undefined || client.lastActivity >= last.lastActivity) last = client;
  return last;
}
