import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Session } from '../session/session.ts';
import type { OpenStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientLayout, LayoutMemory } from './layout-memory.ts';
import { layoutRecord, readLayoutRecord } from './layout-record.ts';
import type { SessionKinds } from './session-kinds.ts';

export interface LayoutKeeperOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Of all clients that are kept, the newest last. */
  readonly layouts: () => readonly ClientLayout[];
  /** What names a session for ever; undefined for one that is not kept. */
  readonly keyOf: (session: Session) => string | undefined;
  /** Whether a client of that name has its sidebar open, or had. */
  readonly sidebarOf: (client: string) => boolean;
  readonly log: (text: string) => void;
}

/** A layout that comes back, and whether its client had the sidebar open. */
type KeptLayout = ClientLayout & { readonly sidebar: boolean };

/** From a change until it is written, in milliseconds: many follow one another while a border is dragged. */
const DELAY = 500;
/** From a failure until it is tried again. */
const RETRY = 5000;
/** How many clients' layouts are kept. */
const MAXIMUM_ROWS = 64;

/** Writes what clients show into the database, so that it comes back with the server. */
export class LayoutKeeper {
  readonly #given: LayoutKeeperOptions;
  #written = new Map<string, string>();
  #store: OpenStore | undefined;
  #timer: Disposable | undefined;
  #writing = 0;
  #isOver = false;

  constructor(given: LayoutKeeperOptions) {
    this.#given = given;
  }

  /** Something of what clients show may have changed. */
  note(delay = DELAY): void {
    if (this.#isOver) return;
    this.#timer ??= this.#given.clock.after(delay, () => {
      this.#timer = undefined;
      void this.write();
    });
  }

  /** Whether all that clients show is on disk. */
  get isWritten(): boolean {
    return this.#given.store.keeping === undefined || (this.#timer === undefined && this.#writing === 0);
  }

  /** The server ends: writes what is new, unless `asItWas`; how clients and sessions leave is not kept. Never rejects. */
  async end(asItWas: boolean): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timer?.dispose();
    this.#timer = undefined;
    if (!asItWas) await this.write();
  }

  /** Writes what is new. Never rejects. */
  async write(): Promise<void> {
    this.#writing += 1;
    await this.#write();
    this.#writing -= 1;
  }

  async #write(): Promise<void> {
    const { store, layouts, keyOf, sidebarOf, clock } = this.#given;
    const open = store.keeping;
    if (open === undefined) return;
    if (open !== this.#store) this.#written = new Map();
    this.#store = open;
    const now = clock.now();
    const all = layouts();
    try {
      for (const [place, { client, state, area }] of all.entries()) {
        const text = layoutRecord(state, area, keyOf, sidebarOf(client));
        const isLast = place === all.length - 1;
        const written = `${text}${isLast ? '*' : ''}`;
        if (text === undefined || this.#written.get(client) === written) continue;
        // The last one is what a client of another name is shown.
        await open.sessions.setLayout({ client, time: now + place, state: text }, MAXIMUM_ROWS);
        this.#written.set(client, written);
      }
    } catch (error) {
      store.failed(error);
      this.note(RETRY);
    }
  }

  /** The layouts of clients as they were, the newest last; without what did not come back. */
  async read(open: OpenStore, sessions: ReadonlyMap<string, Session>): Promise<readonly KeptLayout[]> {
    const rows = await open.sessions.layouts(MAXIMUM_ROWS);
    return rows.flatMap(({ client, state: text }): readonly KeptLayout[] => {
      const read = readLayoutRecord(text, sessions);
      if (read === 'unreadable') this.#given.log(`the layout of ${client} cannot be read: it is left out`);
      return read === 'unreadable' || read === undefined ? [] : [{ client, ...read }];
    });
  }
}

/** Of all clients, the one that was used last at the end. */
export function allLayouts(memory: LayoutMemory, clients: readonly AttachedClient[]): readonly ClientLayout[] {
  const attached = [...clients].sort((a, b) => a.lastActivity - b.lastActivity);
  const left = memory.left.filter(({ client }) => !attached.some(({ name }) => name === client));
  return [
    ...left,
    ...attached.map(({ name, panes, places }) => ({ client: name, state: panes.state, area: places.layoutArea })),
  ];
}

/** What names a session's row for ever; undefined for one without. */
export function sessionKey({ chats, recorder }: SessionKinds, session: Session): string | undefined {
  const folder = chats.folderOf(session);
  return folder === undefined ? recorder.folderOf(session) : path.basename(folder);
}
