import type { Clock } from '../base/clock.ts';
import type { ChatMemory, Connection } from './chat.ts';
import type { SessionEvent } from './session.ts';
import { SessionActivity } from './session-activity.ts';
import { type StatusChange, type WaitingReason, waitsForPerson } from './status.ts';

/** What a chat is seen to do, and how it stands with its endpoint: a new one waits, and calls nobody. */
export class ChatActivity extends SessionActivity {
  readonly #fire: (event: SessionEvent) => void;
  #connection: Connection = { kind: 'disconnected' };

  /** @param memory as it was before the server was started anew, with the reason that it waits for */
  constructor(clock: Clock, fire: (event: SessionEvent) => void, memory?: ChatMemory, waitingReason?: WaitingReason) {
    const isPaused = memory?.asleep?.isPaused === true;
    const remembered = memory && { ...memory, waitingReason: isPaused ? undefined : waitingReason };
    super({ kind: 'chat', clock, fire, status: isPaused ? 'paused' : 'waiting-for-input', remembered });
    this.#fire = fire;
  }

  /** A reply has ended; it is news where nobody looks. */
  replied(): void {
    if (!this.state.isShown) this.addUnread();
  }

  /** It sleeps: it is paused, unless something is left here for a person. */
  sleep(): void {
    if (!waitsForPerson(this.state)) this.step({ become: { status: 'paused' } });
  }

  /** It wakes, and calls nobody for it. */
  wake(change: StatusChange): void {
    if (change.status !== this.state.status) this.step({ become: change });
  }

  /** Takes another status; a reason is new to whoever does not look now. */
  become(change: StatusChange): void {
    const { status, waitingReason, seen, isShown } = this.state;
    const isNew = change.status !== status || change.reason !== waitingReason || change.anew === true;
    this.step({ become: change, seen: isNew && change.reason !== undefined ? isShown : seen });
  }

  /** How it stands with its endpoint now. */
  connect(connection: Connection): void {
    if (isSame(connection, this.#connection)) return;
    this.#connection = connection;
    this.#fire({ type: 'connection', connection });
  }
}

function isSame(a: Connection, b: Connection): boolean {
  if (a.kind === 'reconnecting') return b.kind === 'reconnecting' && a.attempt === b.attempt;
  if (a.kind === 'error') return b.kind === 'error' && a.text === b.text;
  return a.kind === b.kind;
}
