import { readSync } from 'node:fs';
import { fieldsOfStat } from '../pty/process-info.ts';

/** How long what was found out is good for a write, in milliseconds: an echo follows its key. */
const GOOD = 20;
/** What proc(5)'s stat has at most that matters here, in bytes. */
const STAT_LENGTH = 256;
/** States of proc(5) in which a process reads no terminal: stopped, traced, and ended in three ways. */
const STOPPED = Buffer.from('TtZXx');

const stat = Buffer.allocUnsafe(STAT_LENGTH);

/** What stat said when the process was in the foreground: all up to its last field that matters, and where its state is. */
interface Known {
  readonly text: Buffer;
  readonly state: number;
}

/**
 * Whether a process runs in the foreground of a terminal: one that was stopped, or killed, has left it to a shell. By
 * proc(5)'s stat; process group, terminal and the terminal's foreground group.
 */
export class ForegroundWatch {
  readonly #file: number;
  readonly #device: number;
  #known: Known | undefined;
  #heldAt = Number.NEGATIVE_INFINITY;

  /**
   * @param file proc's stat of the process or of its first thread, open for reading: of that one, also when its number is used again
   * @param device the terminal's number
   */
  constructor(file: number, device: number) {
    this.#file = file;
    this.#device = device;
  }

  /** Whether it was so a moment ago, which is good enough for a write. */
  get wasHeld(): boolean {
    return performance.now() < this.#heldAt + GOOD;
  }

  /** Whether it is so. */
  isHeld(): boolean {
    try {
      const length = readSync(this.#file, stat, 0, STAT_LENGTH, 0);
      const isHeld = this.#isAsKnown(length) || this.#find(length);
      if (isHeld) this.#heldAt = performance.now();
      return isHeld;
    } catch {
      return false;
    }
  }

  /** Whether all is as it was; the process may sleep or run. Asked with every key. */
  #isAsKnown(length: number): boolean {
    if (this.#known === undefined) return false;
    const { text, state } = this.#known;
    const after = state + 1;
    return (
      length >= text.length &&
      !STOPPED.includes(stat[state] ?? 0) &&
      stat.compare(text, 0, state, 0, state) === 0 &&
      stat.compare(text, after, text.length, after, text.length) === 0
    );
  }

  #find(length: number): boolean {
    const text = stat.toString('latin1', 0, length);
    const fields = fieldsOfStat(text);
    const [state = '', , group, , terminal, foreground] = fields;
    const isHeld = group === foreground && Number(terminal) === this.#device && !STOPPED.includes(state.charCodeAt(0));
    // Behind its name, which may hold anything; with the blank after the last field, or 12 would be as good as 1.
    const start = text.lastIndexOf(')') + 2;
    const known = Buffer.from(`${text.slice(0, start)}${fields.join(' ')} `, 'latin1');
    this.#known = isHeld ? { text: known, state: start } : undefined;
    return isHeld;
  }
}
