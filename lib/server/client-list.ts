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
    let last: AttachedClient | undefined;
    for (const client of this.#clients)
      if (last === undefined || client.lastActivity >= last.lastActivity) last = client;
    return last;
  }

  add(client: AttachedClient): void {
    this.#clients.add(client);
  }

  /** Whether it was there. */
  remove(client: AttachedClient): boolean {
    return this.#clients.delete(client);
  }

  /** Those that show a session. */
  showing(session: Session): readonly AttachedClient[] {
    const found: AttachedClient[] = [];
    for (const client of this.#clients) if (client.session === session) found.push(client);
    return found;
  }

  statusChanged(): void {
    for (const client of this.#clients) client.statusChanged();
  }
}
