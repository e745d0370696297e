import { UserError } from '../base/user-error.ts';
import type { PasteBuffer, PasteBuffers } from '../command/paste-buffer.ts';

/** Text that one buffer keeps at most, in UTF-16 units (64 Mi); what is longer is cut. */
const MAXIMUM_TEXT = 64 * 1024 * 1024;
/** Text that all buffers keep together; the oldest automatic ones go first. */
const MAXIMUM_TOTAL = 2 * MAXIMUM_TEXT;

interface Entry extends PasteBuffer {
  /** Named by us, so that it may be dropped when there are too many. */
  readonly automatic: boolean;
}

/** The server's paste buffers, newest first. */
export class PasteBufferList implements PasteBuffers {
  #entries: readonly Entry[] = [];
  #next = 0;
  readonly #limit: () => number;

  /** @param limit how many automatic buffers are kept; the oldest goes first */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  get all(): readonly PasteBuffer[] {
    return this.#entries;
  }

  get(name: string | undefined): PasteBuffer | undefined {
    return this.#find(name);
  }

  set(text: string, name?: string, append = false): void {
    const old = name === undefined && !append ? undefined : this.#find(name);
    if (text === '') return;
    const whole = (append && old !== undefined ? old.text + text : text).slice(0, MAXIMUM_TEXT);
    const automatic = old?.automatic ?? name === undefined;
    const entry = { name: old?.name ?? name ?? this.freeName(), text: whole, createdAt: Date.now(), automatic };
    this.#entries = [entry, ...this.#entries.filter((other) => other !== old)];
    this.#trim();
  }

  delete(name: string | undefined): boolean {
    const entry = this.#find(name);
    if (entry === undefined) return false;
    this.#entries = this.#entries.filter((other) => other !== entry);
    return true;
  }

  rename(from: string | undefined, to: string): void {
    const entry = this.#find(from);
    if (entry === undefined) throw new UserError(from === undefined ? 'no buffers' : `no buffer ${from}`);
    this.#entries = this.#entries
      .filter((other) => other.name !== to || other === entry)
      .map((other) => (other === entry ? { ...entry, name: to, automatic: false } : other));
  }

  /** Without a name the newest automatic buffer, as in tmux. */
  #find(name: string | undefined): Entry | undefined {
    if (name !== undefined) return this.#entries.find((entry) => entry.name === name);
    return this.#entries.find((entry) => entry.automatic) ?? this.#entries[0];
  }

  /** A name that no buffer has: the prefix and a number. */
  freeName(prefix = 'buffer'): string {
    for (;;) {
      const name = `${prefix}${this.#next++}`;
      if (this.#entries.every((entry) => entry.name !== name)) return name;
    }
  }

  #trim(): void {
    const limit = Math.max(1, this.#limit());
    let automatic = this.#entries.filter((entry) => entry.automatic).length;
    let total = this.#entries.reduce((sum, entry) => sum + entry.text.length, 0);
    while (automatic > limit || total > MAXIMUM_TOTAL) {
      const oldest = this.#entries.findLast((entry) => entry.automatic);
      if (oldest === undefined || oldest === this.#entries[0]) return;
      this.#entries = this.#entries.filter((entry) => entry !== oldest);
      automatic -= 1;
      total -= oldest.text.length;
    }
  }
}
