import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type IPty, spawn } from 'node-pty';
import { TerminalPair } from './terminal-pair.ts';
import { waitUntil } from './wait.ts';

const SIZE = { columns: 80, rows: 24 };
/** What vttest prints last before it waits for a key: after a screen, at a menu. */
const WAITS = /Push <RETURN>$|choice number \([\d -]+\): $/;
const MENU = /: $/;
const TAIL = 200;

const isThere = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Where vttest is installed; undefined when it is not. */
export const vttestFile = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .map((folder) => path.join(folder, 'vttest'))
  .find(isThere);

/** vttest on a pty, its output in our engine and in the oracle; ours answers. It is asked for 80 columns only. */
export class VttestRun {
  readonly pair = new TerminalPair(SIZE);
  readonly #program: IPty;
  #tail = '';

  constructor(file: string) {
    const environment = { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
    const options = { cols: SIZE.columns, rows: SIZE.rows, encoding: null, cwd: tmpdir(), env: environment };
    this.#program = spawn(file, ['24x80.80'], options);
    this.pair.ours.events((event) => {
      if (event.type === 'reply') this.#program.write(Buffer.from(event.bytes));
    });
    // The package says text, and gives bytes when no encoding is asked for.
    this.#program.onData((data: string | Uint8Array) => {
      const bytes = Buffer.from(data);
      this.#tail = (this.#tail + bytes.toString('latin1')).slice(-TAIL);
      this.pair.write(bytes);
    });
  }

  /** Whether it shows a menu. */
  get isAtMenu(): boolean {
    return MENU.test(this.#tail);
  }

  /** Chooses from its menus, one after the other, as `11.3.9`. */
  async choose(choices: string): Promise<void> {
    await this.#settle('the first menu');
    for (const choice of choices.split('.')) await this.#type(choice);
  }

  async next(): Promise<void> {
    await this.#type('');
  }

  /** The rows that our engine shows. */
  rows(): readonly string[] {
    const { ours } = this.pair;
    return Array.from({ length: SIZE.rows }, (_, y) => ours.rowText(ours.screenTop + y).trimEnd());
  }

  end(): void {
    this.#program.kill('SIGKILL');
    this.pair.dispose();
  }

  async #type(keys: string): Promise<void> {
    this.#tail = '';
    this.#program.write(`${keys}\r`);
    await this.#settle(`what follows ${JSON.stringify(keys)}`);
  }

  async #settle(what: string): Promise<void> {
    await waitUntil(() => WAITS.test(this.#tail), what, 8000);
  }
}
