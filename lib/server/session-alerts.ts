import type { OptionStore } from '../config/option-store.ts';
import type { Session, SessionEvent } from '../session/session.ts';
import type { ClientList } from './client-list.ts';
import type { Notices } from './notices.ts';
import type { PasteBufferList } from './paste-buffers.ts';

export interface SessionAlertsOptions {
  readonly options: OptionStore;
  readonly clients: ClientList;
  readonly buffers: PasteBufferList;
  readonly notices: Notices;
  readonly fireHook: (name: string, place: { readonly session: Session }) => void;
  readonly addMessage: (text: string) => void;
  readonly log: (text: string) => void;
  /** A program ended: whether its session stays is decided elsewhere. */
  readonly exited: (session: Session) => void;
}

/** What clients see and hear of a session's events. */
export class SessionAlerts {
  readonly #given: SessionAlertsOptions;

  constructor(given: SessionAlertsOptions) {
    this.#given = given;
  }

  heard(session: Session, event: SessionEvent): void {
    const { clients, notices, fireHook, addMessage, log, exited } = this.#given;
    switch (event.type) {
      case 'changed':
        for (const client of clients.showing(session)) client.painter.contentChanged();
        clients.contentChanged();
        return;
      case 'title':
        for (const client of clients.showing(session)) client.painter.statusChanged();
        return;
      case 'renamed':
        clients.statusChanged();
        fireHook('session-renamed', { session });
        return;
      case 'status':
        notices.turned(session);
        clients.statusTurned();
        return;
      case 'seen':
      case 'connection':
        clients.statusChanged();
        return;
      case 'refused':
        log(`session ${session.name} cannot go from ${event.from} to ${event.to}: refused`);
        return;
      case 'bell':
        this.#bell(session);
        return;
      case 'activity':
        this.#activity(session);
        return;
      case 'clipboard':
        this.#clipboard(session, event.text);
        return;
      case 'notification':
        if (notices.passOn(session, event.title, event.body))
          addMessage(`${session.name}: ${[event.title, event.body].filter((text) => text !== '').join(': ')}`);
        return;
      case 'exited':
        exited(session);
        return;
      case 'restarted':
        for (const client of clients.showing(session)) client.painter.contentChanged();
        clients.statusChanged();
        return;
      default:
        event satisfies never;
    }
  }

  #bell(session: Session): void {
    const { clients, notices, options, fireHook } = this.#given;
    clients.statusChanged();
    if (!options.boolean('monitor-bell', session.id) || !notices.mayRing(session)) return;
    if (!options.boolean('mute', session.id)) this.#tell(session, 'bell', `Bell in ${session.name}`);
    fireHook('alert-bell', { session });
  }

  #activity(session: Session): void {
    const { clients, options, fireHook } = this.#given;
    clients.statusChanged();
    if (!options.boolean('monitor-activity', session.id)) return;
    this.#tell(session, 'activity', `Activity in ${session.name}`);
    fireHook('alert-activity', { session });
  }

  /** By message or bell, to the clients that the action option of the alert names. */
  #tell(session: Session, alert: 'bell' | 'activity', text: string): void {
    const { clients, notices, options } = this.#given;
    const action = options.string(`${alert}-action`, session.id);
    const visual = options.string(`visual-${alert}`, session.id);
    for (const client of clients.all) {
      const shown = client.shows(session);
      if (action === 'none' || (action === 'current' && !shown) || (action === 'other' && shown)) continue;
      if (visual !== 'off') client.message(text);
      if (visual === 'on') continue;
      client.painter.bell();
      notices.rang(session);
    }
  }

  /** Option set-clipboard: `on` gives a program's text to the person's clipboard and a buffer, others do not. */
  #clipboard(session: Session, text: string): void {
    const { clients, options, buffers } = this.#given;
    if (options.string('set-clipboard') !== 'on') return;
    buffers.set(text);
    for (const client of clients.showing(session)) client.copyToClipboard(text);
  }
}
