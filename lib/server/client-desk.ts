import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientList } from './client-list.ts';
import { ClientWatch } from './client-watch.ts';
import type { HookPlace } from './line-runner.ts';
import type { MessageLog } from './message-log.ts';
import type { SizeKeeper } from './size-keeper.ts';
import type { StatusClock } from './status-clock.ts';

export interface ClientDeskOptions {
  readonly clients: ClientList;
  readonly sizes: SizeKeeper;
  readonly statusClock: StatusClock;
  readonly messages: MessageLog;
  readonly log: (text: string) => void;
  readonly fireHook: (name: string, place: HookPlace) => void;
  /** A client shows this session now. */
  readonly shown: (session: Session) => void;
  /** Who looks at what may be another one now. */
  readonly looked: () => void;
  /** What a client shows, or how, may be another now. */
  readonly arranged: () => void;
  /** The last client has gone. */
  readonly deserted: () => void;
}

/** Where clients come, change and go, and what follows from it for all. */
export class ClientDesk {
  readonly #given: ClientDeskOptions;
  readonly #watch: ClientWatch;
  #lastUse = 0;

  constructor(given: ClientDeskOptions) {
    this.#given = given;
    this.#watch = new ClientWatch(given.fireHook);
  }

  /** When a person last did something at any client, in milliseconds since the epoch. */
  get lastUse(): number {
    return this.#lastUse;
  }

  used(time: number): void {
    this.#lastUse = time;
  }

  /** It is attached now, and shows its first session. */
  came(client: AttachedClient): void {
    const { clients, statusClock, messages, log, fireHook } = this.#given;
    clients.add(client);
    statusClock.run(true);
    log(`client ${client.name} attached`);
    showProblems(client, messages.takeUntold(), 'Problems found at the start');
    this.#given.looked();
    clients.statusChanged();
    this.#watch.look(client);
    fireHook('client-attached', { session: client.session, client });
  }

  /** It shows another session, has another size, or was used. */
  changed(client: AttachedClient): void {
    const { clients, sizes, shown, looked } = this.#given;
    shown(client.session);
    sizes.update();
    looked();
    clients.statusChanged();
    this.#watch.look(client);
    this.#given.arranged();
  }

  left(client: AttachedClient): void {
    const { clients, sizes, statusClock, log, fireHook, deserted } = this.#given;
    if (!clients.remove(client)) return;
    statusClock.run(!clients.isEmpty);
    log(`client ${client.name} detached`);
    sizes.update();
    clients.statusChanged();
    this.#watch.forget(client);
    fireHook('client-detached', { session: client.session, client });
    this.#given.arranged();
    if (clients.isEmpty) deserted();
  }

  /** Says what is wrong in the person's files, or `otherwise`; where nobody is attached, to whom comes first. */
  tell(problems: readonly string[], otherwise: string | undefined): void {
    const { clients, messages } = this.#given;
    if (clients.isEmpty) messages.keepUntold(problems);
    for (const client of clients.all) {
      showProblems(client, problems, 'Problems in the configuration');
      if (problems.length === 0 && otherwise !== undefined) client.message(otherwise);
    }
  }
}

/** One problem stays until a key; several are a page. They stand in the messages already. */
function showProblems(client: AttachedClient, problems: readonly string[], title: string): void {
  const [first] = problems;
  if (first === undefined) return;
  if (problems.length === 1) client.dialogs.message(first, 0);
  else client.dialogs.showText(title, problems.join('\n'));
}
