import { MAXIMUM_STRING, notification } from './osc-strings.ts';
import type { TerminalEvent } from './virtual-terminal.ts';

/** Notifications that wait for their last chunk; a program that ends none loses its oldest. */
const MAXIMUM_PENDING = 16;
const MAXIMUM_ID = 64;

interface Pending {
  readonly title: string;
  readonly body: string;
}

/** OSC 99 (sw.kovidgoyal.net/kitty/desktop-notifications): `key=value:... ; payload`, in chunks until one has d=1. */
export class KittyNotifications {
  readonly #pending = new Map<string, Pending>();

  /** Takes one chunk; the notification, when it is complete. */
  take(data: string): TerminalEvent | undefined {
    const separator = data.indexOf(';');
    if (separator < 0) return undefined;
    const metadata = new Map(
      data
        .slice(0, separator)
        .split(':')
        .map((entry) => [entry.charAt(0), entry.slice(2)] as const),
    );
    const part = metadata.get('p') ?? 'title';
    const id = (metadata.get('i') ?? '').slice(0, MAXIMUM_ID);
    const payload = data.slice(separator + 1);
    const text = metadata.get('e') === '1' ? Buffer.from(payload, 'base64').toString('utf8') : payload;
    const old = this.#pending.get(id) ?? { title: '', body: '' };
    this.#pending.delete(id);
    if (part !== 'title' && part !== 'body' && old.title === '' && old.body === '') return undefined;
    const next: Pending = {
      title: part === 'title' ? (old.title + text).slice(0, MAXIMUM_STRING) : old.title,
      body: part === 'body' ? (old.body + text).slice(0, MAXIMUM_STRING) : old.body,
    };
    if (metadata.get('d') !== '0') return notification(next.title, next.body);
    this.#pending.set(id, next);
    const [oldest] = this.#pending.keys();
    if (this.#pending.size > MAXIMUM_PENDING && oldest !== undefined) this.#pending.delete(oldest);
    return undefined;
  }

  clear(): void {
    this.#pending.clear();
  }
}
