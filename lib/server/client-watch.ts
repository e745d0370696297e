import { type Size, sameSize } from '../base/geometry.ts';
import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import type { HookPlace } from './line-runner.ts';

interface Seen {
  readonly session: Session;
  readonly size: Size;
}

/** Fires the hooks of what is new of a client since the last look: the session that it shows, its size. */
export class ClientWatch {
  readonly #fireHook: (name: string, place: HookPlace) => void;
  readonly #seen = new Map<AttachedClient, Seen>();

  constructor(fireHook: (name: string, place: HookPlace) => void) {
    this.#fireHook = fireHook;
  }

  look(client: AttachedClient): void {
    const before = this.#seen.get(client);
    const { session, size } = client;
    this.#seen.set(client, { session, size });
    if (before?.session !== session) this.#fireHook('client-session-changed', { session, client });
    if (before !== undefined && !sameSize(before.size, size)) this.#fireHook('client-resized', { session, client });
  }

  forget(client: AttachedClient): void {
    this.#seen.delete(client);
  }
}
