import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type IPty, spawn } from 'node-pty';
import { QMUX } from '../support/workplace.ts';

/** A client on a pty whose output is only searched and counted, so that the measuring side costs next to nothing. */
export class BenchClient {
  received = 0;
  readonly #pty: IPty;
  #tail = '';
  #waiting: { readonly text: string; readonly found: () => void } | undefined;

  constructor(command: readonly string[], environment: Record<string, string>, columns: number, rows: number) {
    const [file = '', ...args] = command;
    this.#pty = spawn(file, args, { name: 'xterm-256color', cols: columns, rows, env: environment, encoding: null });
    this.#pty.onData((data) => this.#read(data as unknown as Buffer));
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  /** Milliseconds from now until `text` comes; what came before does not count. */
  async until(text: string, act: () => void, timeout = 30_000): Promise<number> {
    this.#tail = '';
    const start = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const found = new Promise<number>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no ${JSON.stringify(text)} within ${timeout} ms`)), timeout);
      this.#waiting = { text, found: () => resolve(performance.now() - start) };
    });
    act();
    try {
      return await found;
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  close(): void {
    this.#pty.kill('SIGHUP');
  }

  #read(data: Buffer): void {
    this.received += data.length;
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    // The escape sequences between letters of a text that is repainted in parts would hide it.
    const text = this.#tail + data.toString('latin1');
    if (text.includes(waiting.text)) waiting.found();
    this.#tail = text.slice(-waiting.text.length);
  }
}

/** One multiplexer with a server of its own, as the benchmarks drive it. */
export class Multiplexer {
  readonly name: 'qmux' | 'tmux';
  readonly folder: string;
  readonly #command: readonly string[];
  readonly environment: Record<string, string>;

  constructor(name: 'qmux' | 'tmux') {
    this.name = name;
    this.folder = mkdtempSync(path.join(tmpdir(), `bench-${name}-`));
    mkdirSync(path.join(this.folder, 'home'));
    const socket = path.join(this.folder, 's');
    this.#command =
      name === 'qmux' ? [process.execPath, QMUX, '-S', socket] : ['tmux', '-u', '-f', '/dev/null', '-S', socket];
    this.environment = {
      PATH: process.env['PATH'] ?? '',
      HOME: path.join(this.folder, 'home'),
      XDG_STATE_HOME: path.join(this.folder, 'state'),
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      LANG: 'C.UTF-8',
      SHELL: '/bin/sh',
      PS1: '$ ',
    };
  }

  run(...args: string[]): string {
    const [file = '', ...first] = this.#command;
    const { status, stdout, stderr } = spawnSync(file, [...first, ...args], {
      env: this.environment,
      cwd: this.folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${this.name} ${args.join(' ')}: ${stderr}${stdout}`);
    return stdout.trim();
  }

  /**
   * Starts a program as one more thing that a client can switch to: a session of qmux, a window of tmux.
   * @returns what `-t` takes
   */
  start(name: string, command: string, columns = 200, rows = 50): string {
    const exists = this.name === 'tmux' && this.running;
    const made = exists
      ? this.run('new-window', '-d', '-t', 'bench', '-P', '-F', '#{window_id}', '-n', name, command)
      : this.name === 'tmux'
        ? this.run(
            'new-session',
            '-d',
            '-s',
            'bench',
            '-n',
            name,
            '-x',
            `${columns}`,
            '-y',
            `${rows}`,
            '-P',
            '-F',
            '#{window_id}',
            command,
          )
        : this.run(
            'new-session',
            '-d',
            '-s',
            name,
            '-x',
            `${columns}`,
            '-y',
            `${rows}`,
            '-P',
            '-F',
            '#{session_id}',
            command,
          );
    this.running = true;
    return made;
  }

  running = false;

  attach(columns = 200, rows = 50): BenchClient {
    return new BenchClient([...this.#command, 'attach-session'], this.environment, columns, rows);
  }

  get pid(): number {
    return Number(this.run('display-message', '-p', '#{pid}'));
  }

  /** Resident memory of the server, in bytes. */
  memory(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1]) * 1024;
  }

  /** Processor time that the server has used, in milliseconds. */
  processorTime(pid = this.pid): number {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // Fields 14 and 15 of proc(5), in ticks of 10 ms.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** Ends the server and all that ran in it. */
  reset(): void {
    if (this.running) this.run('kill-server');
    this.running = false;
  }

  dispose(): void {
    this.reset();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
