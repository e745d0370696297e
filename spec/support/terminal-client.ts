import xterm from '@xterm/headless';
import { type IPty, spawn } from 'node-pty';
import { waitUntil } from './wait.ts';

export interface TerminalClientOptions {
  readonly columns: number;
  readonly rows: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
}

/** A program on a real pty whose output an @xterm/headless terminal shows: what a person would see. */
export class TerminalClient {
  readonly terminal: xterm.Terminal;
  readonly pid: number;
  /** Fulfilled with the exit code when the program has ended. */
  readonly exited: Promise<number>;
  /** Bytes that came so far. */
  received = 0;
  /** Everything that came, as text; the last 4 million units. */
  transcript = '';
  /** Hears every piece that the program prints. */
  onOutput: ((bytes: Uint8Array) => void) | undefined;
  readonly #pty: IPty;
  readonly #decoder = new TextDecoder();
  #ended = false;

  constructor(command: readonly string[], options: TerminalClientOptions) {
    const [file = '', ...args] = command;
    this.terminal = new xterm.Terminal({
      cols: options.columns,
      rows: options.rows,
      allowProposedApi: true,
      logLevel: 'off',
      scrollback: 5000,
    });
    this.#pty = spawn(file, args, {
      name: options.environment['TERM'] ?? 'xterm-256color',
      cols: options.columns,
      rows: options.rows,
      cwd: options.workingDirectory,
      env: { ...options.environment },
      encoding: null,
    });
    this.pid = this.#pty.pid;
    this.#pty.onData((data) => {
      const bytes = data as unknown as Uint8Array;
      this.received += bytes.length;
      this.onOutput?.(bytes);
      const text = this.#decoder.decode(bytes, { stream: true });
      this.transcript = (this.transcript + text).slice(-4_000_000);
      this.terminal.write(text);
    });
    this.terminal.onData((reply) => this.#write(reply));
    this.exited = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => {
        this.#ended = true;
        resolve(exitCode);
      });
    });
  }

  /** Types text: what a keyboard would send. */
  type(text: string): void {
    this.#write(text);
  }

  /** Types bytes that need not be text. */
  typeBytes(bytes: Uint8Array): void {
    if (!this.#ended) this.#pty.write(Buffer.from(bytes));
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
    if (!this.#ended) this.#pty.resize(columns, rows);
  }

  /** Stops reading what the program prints, as a slow line would. */
  pause(): void {
    this.#pty.pause();
  }

  resume(): void {
    this.#pty.resume();
  }

  /** The rows of the screen, without blanks at their ends. */
  rows(): string[] {
    const buffer = this.terminal.buffer.active;
    return Array.from(
      { length: this.terminal.rows },
      (_, y) => buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? '',
    );
  }

  /** The screen as one text. */
  text(): string {
    return this.rows().join('\n').trimEnd();
  }

  get cursor(): { x: number; y: number } {
    return { x: this.terminal.buffer.active.cursorX, y: this.terminal.buffer.active.cursorY };
  }

  /** Waits until the screen has `text`, or fits the expression, or `probe` of it is true; gives the screen. */
  async shows(wanted: string | RegExp | ((screen: string) => boolean), timeout = 10_000): Promise<string> {
    const fits = (screen: string) =>
      typeof wanted === 'string'
        ? screen.includes(wanted)
        : typeof wanted === 'function'
          ? wanted(screen)
          : wanted.test(screen);
    return waitUntil(
      () => {
        const screen = this.text();
        return fits(screen) ? screen : undefined;
      },
      () => `${wanted} on the screen:\n${this.text()}`,
      timeout,
    );
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  dispose(): void {
    if (!this.#ended) {
      try {
        process.kill(this.pid, 'SIGKILL');
      } catch {
        // It ended by itself a moment ago.
      }
    }
    this.terminal.dispose();
  }

  #write(text: string): void {
    if (!this.#ended) this.#pty.write(text);
  }
}
