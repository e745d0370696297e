import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { waitUntil } from './wait.ts';
import type { Workplace } from './workplace.ts';

/** Bytes given to the pty at once. */
const PIECE = 4096;

/** A session whose program prints the bytes that a spec gives it, when it gives them. */
export class PlayedSession {
  readonly name: string;
  readonly #workplace: Workplace;
  #pipe: number | undefined;
  #plays = 0;

  /** The session must be there. */
  constructor(workplace: Workplace, name: string) {
    this.#workplace = workplace;
    this.name = name;
  }

  /** A new program, on an empty screen. */
  async restart(): Promise<void> {
    const fifo = path.join(this.#workplace.folder, `play-${this.#plays++}`);
    const ready = `${fifo}.ready`;
    execFileSync('mkfifo', [fifo]);
    const before = this.#pipe;
    // Open for both, so that neither end waits for the other, and the program's input never ends.
    this.#pipe = openSync(fifo, 'r+');
    // Raw in both directions: the bytes have passed a line discipline already.
    const command = `stty raw -echo; touch '${ready}'; exec cat '${fifo}'`;
    await this.#workplace.ask('respawn-window', '-k', '-t', this.name, command);
    if (before !== undefined) closeSync(before);
    await waitUntil(() => existsSync(ready), 'the program to run');
  }

  /** At most 64 KB that the program has not read yet. */
  print(bytes: Uint8Array): void {
    if (this.#pipe === undefined) throw new Error('no program runs');
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#pipe, bytes.subarray(done, done + PIECE));
  }

  /** Waits until the program has this size. */
  async hasSize(columns: number, rows: number): Promise<void> {
    const size = () => this.#workplace.ask('display-message', '-p', '-t', this.name, '#{pane_width}x#{pane_height}');
    await waitUntil(async () => (await size()) === `${columns}x${rows}`, `${columns}x${rows}`);
  }

  dispose(): void {
    if (this.#pipe !== undefined) closeSync(this.#pipe);
    this.#pipe = undefined;
  }
}
