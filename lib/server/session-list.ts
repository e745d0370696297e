import { UserError } from '../base/user-error.ts';
import type { Session } from '../session/session.ts';

/** The sessions of the server, by index, and the order in which they were shown. */
export class SessionList {
  #sessions: Session[] = [];
  /** Shown last first. */
  #recent: Session[] = [];
  readonly #seen = new WeakSet<Session>();

  get all(): readonly Session[] {
    return this.#sessions;
  }

  /** The sessions that were shown, the last one first; those never shown come after, newest first. */
  get recent(): readonly Session[] {
    return this.#recent;
  }

  byId(id: number): Session | undefined {
    return this.#sessions.find((session) => session.id === id);
  }

  byName(name: string): Session | undefined {
    return this.#sessions.find((session) => session.name === name);
  }

  /** `wanted` where it is free, else the lowest free index from `base`. */
  freeIndex(base: number, wanted?: number): number {
    const taken = new Set(this.#sessions.map((session) => session.index));
    if (wanted !== undefined) {
      if (taken.has(wanted)) throw new UserError(`index ${wanted} is in use; leave it out for the lowest free one`);
      return wanted;
    }
    let index = base;
    while (taken.has(index)) index += 1;
    return index;
  }

  add(session: Session): void {
    this.#sessions.push(session);
    const unseen = this.#recent.findIndex((other) => !this.#seen.has(other));
    this.#recent.splice(unseen < 0 ? this.#recent.length : unseen, 0, session);
    this.#sort();
  }

  remove(session: Session): void {
    this.#sessions = this.#sessions.filter((other) => other !== session);
    this.#recent = this.#recent.filter((other) => other !== session);
  }

  /** Remembers that a client shows it now. */
  shown(session: Session): void {
    this.#seen.add(session);
    this.#recent = [session, ...this.#recent.filter((other) => other !== session)];
  }

  /** Gives an index, which must be free. */
  move(session: Session, index: number): void {
    if (session.index === index) return;
    if (this.#sessions.some((other) => other.index === index)) throw new UserError(`index ${index} is in use`);
    session.setIndex(index);
    this.#sort();
  }

  swap(a: Session, b: Session): void {
    const index = a.index;
    a.setIndex(b.index);
    b.setIndex(index);
    this.#sort();
  }

  /** Closes the gaps (option renumber-windows). */
  renumber(base: number): void {
    for (const [position, session] of this.#sessions.entries()) session.setIndex(base + position);
  }

  #sort(): void {
    this.#sessions.sort((a, b) => a.index - b.index);
  }
}

/** The session before or after one that is gone, by option detach-on-destroy. */
export function sessionBeside(rule: string, gone: Session, sessions: readonly Session[]): Session | undefined {
  if (rule === 'previous') return sessions.findLast((session) => session.index < gone.index) ?? sessions.at(-1);
  if (rule === 'next') return sessions.find((session) => session.index >= gone.index) ?? sessions[0];
  return undefined;
}
