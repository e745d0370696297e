import { type IPty, spawn } from 'node-pty';

/** A client on a pty whose output is only searched and counted, so that the measuring side costs next to nothing. */
export class BenchClient {
  /** Bytes that came so far. */
  received = 0;
  readonly #pty: IPty;
  #tail = '';
  #waiting: { readonly text: string; readonly found: () => void } | undefined;
  readonly #ended: Promise<void>;

  constructor(command: readonly string[], environment: Record<string, string>, columns: number, rows: number) {
    const [file = '', ...args] = command;
    this.#pty = spawn(file, args, { name: 'xterm-256color', cols: columns, rows, env: environment, encoding: null });
    this.#pty.onData((data) => this.#read(data as unknown as Buffer));
    this.#ended = new Promise((resolve) => this.#pty.onExit(() => resolve()));
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  /**
   * Milliseconds from `act` until `mark` comes; what came before does not count. A mark is one character, which no
   * escape sequence can split, and which nothing else on the screen has.
   */
  async until(mark: string, act: () => void, timeout = 30_000): Promise<number> {
    this.#tail = '';
    let timer: NodeJS.Timeout | undefined;
    let start = 0;
    const found = new Promise<number>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no ${mark} within ${timeout} ms`)), timeout);
      const text = Buffer.from(mark).toString('latin1');
      this.#waiting = { text, found: () => resolve(performance.now() - start) };
    });
    start = performance.now();
    act();
    try {
      return await found;
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  /** Hangs the line up; fulfilled when the client has ended. */
  async close(): Promise<void> {
    this.#pty.kill('SIGHUP');
    await this.#ended;
  }

  #read(data: Buffer): void {
    this.received += data.length;
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    const text = this.#tail + data.toString('latin1');
    if (text.includes(waiting.text)) waiting.found();
    this.#tail = text.slice(-waiting.text.length);
  }
}
