import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { waitUntil } from './wait.ts';

const INPUT_LOG = path.resolve(import.meta.dirname, 'input-log.js');

/** A program for a session of a spec: prints what it is told to, and keeps what reaches it. */
export class LoggedProgram {
  /** The shell command that starts it. */
  readonly command: string;
  readonly #file: string;
  #seen = 0;

  /** `sequence` is printed at the start; it may hold ESC as itself, but no quote. */
  constructor(folder: string, name: string, sequence = '') {
    this.#file = path.join(folder, name);
    this.command = `exec '${process.execPath}' '${INPUT_LOG}' '${this.#file}' '${sequence}'`;
  }

  /** Prints on its terminal, as the program would. */
  print(text: string): void {
    writeFileSync(readFileSync(`${this.#file}.tty`, 'utf8'), text);
  }

  /** All that reached it since the last `hears`. */
  get heard(): string {
    return readFileSync(this.#file).toString('latin1').slice(this.#seen);
  }

  /** Waits until exactly `text` has reached it since the last time. */
  async hears(text: string): Promise<void> {
    const wanted = Buffer.from(text).toString('latin1');
    await waitUntil(
      () => this.heard === wanted,
      () => `the program to hear ${JSON.stringify(wanted)}; it heard ${JSON.stringify(this.heard)}`,
      5000,
    );
    this.#seen += wanted.length;
  }
}
