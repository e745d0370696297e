import { UserError } from '../../lib/base/user-error.ts';
import type { Archive, ClosedSession, KeptPlace } from '../../lib/command/archive.ts';

/** An archive of what a spec puts into it, from which nothing is opened. */
export class ListedArchive implements Archive {
  kept: readonly KeptPlace[] = [];
  sessions: readonly ClosedSession[] = [];

  get closedNames(): readonly string[] {
    return this.sessions.map(({ name }) => name);
  }

  search(words: string): Promise<readonly KeptPlace[]> {
    return Promise.resolve(this.kept.filter(({ excerpt }) => excerpt.includes(words)));
  }

  closed(limit: number, name?: string): Promise<readonly ClosedSession[]> {
    const found = this.sessions.filter((session) => name === undefined || session.name === name);
    return Promise.resolve(found.slice(0, limit));
  }

  reopen(id: number): Promise<never> {
    return Promise.reject(new UserError(`would open ${id}`));
  }

  screen(): Promise<string> {
    return Promise.resolve('');
  }

  forget(id: number): Promise<never> {
    return Promise.reject(new UserError(`would forget ${id}`));
  }

  read(source: unknown): Promise<never> {
    return Promise.reject(new UserError(`would read ${JSON.stringify(source)}`));
  }

  add(_saved: unknown, { name }: { readonly name: string }): Promise<never> {
    return Promise.reject(new UserError(`would add ${name}`));
  }

  fork(source: unknown, wanted: unknown): Promise<never> {
    return Promise.reject(new UserError(`would fork ${JSON.stringify([source, wanted])}`));
  }
}
