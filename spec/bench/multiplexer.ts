import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { waitUntil } from '../support/wait.ts';
import { alive, QMUX } from '../support/workplace.ts';
import { BenchClient } from './bench-client.ts';

/** A program to start: `name` is what the status line shows. */
export interface Start {
  readonly name: string;
  readonly command: string;
}

const COLUMNS = 200;
const ROWS = 50;

/** One multiplexer with a server of its own, as the benchmarks drive it. */
export class Multiplexer {
  readonly name: 'qmux' | 'tmux';
  readonly folder: string;
  readonly #command: readonly string[];
  readonly #environment: Record<string, string>;
  readonly #clients: BenchClient[] = [];
  /** The server that runs now. */
  #pid: number | undefined;

  constructor(name: 'qmux' | 'tmux') {
    this.name = name;
    this.folder = mkdtempSync(path.join(tmpdir(), `bench-${name}-`));
    mkdirSync(path.join(this.folder, 'home'));
    const socket = path.join(this.folder, 's');
    this.#command =
      name === 'qmux' ? [process.execPath, QMUX, '-S', socket] : ['tmux', '-u', '-f', '/dev/null', '-S', socket];
    this.#environment = {
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

  /** Runs one command to its end. */
  run(...args: string[]): string {
    const [file = '', ...first] = this.#command;
    const { status, stdout, stderr } = spawnSync(file, [...first, ...args], {
      env: this.#environment,
      cwd: this.folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${this.name} ${args.join(' ')}: ${stderr}${stdout}`);
    return stdout.trim();
  }

  /** Runs one command to its end while this process goes on. */
  async runMeanwhile(...args: string[]): Promise<void> {
    const [file = '', ...first] = this.#command;
    await promisify(execFile)(file, [...first, ...args], { env: this.#environment, cwd: this.folder });
  }

  /** Starts programs as things that a client can switch to, numbered from 0: sessions of qmux, windows of tmux. */
  start(...programs: readonly Start[]): void {
    const words = programs.flatMap(({ name, command }, index) => {
      const first = this.#pid === undefined && index === 0;
      const size = ['-x', `${COLUMNS}`, '-y', `${ROWS}`];
      const made =
        this.name === 'qmux'
          ? ['new-session', '-d', '-s', name, ...size, command]
          : first
            ? ['new-session', '-d', '-s', 'bench', '-n', name, ...size, command]
            : ['new-window', '-d', '-t', 'bench:', '-n', name, command];
      return index === 0 ? made : [';', ...made];
    });
    this.run(...words);
    this.#pid ??= Number(this.run('display-message', '-p', '#{pid}'));
  }

  /** Ends one of the programs that were started. */
  end(name: string): void {
    if (this.name === 'qmux') this.run('kill-session', '-t', name);
    else this.run('kill-window', '-t', `bench:${name}`);
  }

  /** A client that shows what was started first. */
  attach(columns = COLUMNS, rows = ROWS): BenchClient {
    const target = this.name === 'qmux' ? ':0' : 'bench:0';
    const command = [...this.#command, 'attach-session', '-t', target];
    const client = new BenchClient(command, this.#environment, columns, rows);
    this.#clients.push(client);
    return client;
  }

  /** Resident memory of the server, in bytes. */
  memory(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#pid}/status`, 'utf8'))?.[1]) * 1024;
  }

  /** Processor time that the server has used, in milliseconds. */
  processorTime(): number {
    const fields = readFileSync(`/proc/${this.#pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // Fields 14 and 15 of proc(5), in ticks of 10 ms.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** Ends the clients, the server and all that ran in it; nothing of it comes back. */
  async reset(): Promise<void> {
    await Promise.all(this.#clients.splice(0).map((client) => client.close()));
    const pid = this.#pid;
    if (pid === undefined) return;
    this.#pid = undefined;
    this.run('kill-server');
    await waitUntil(() => !alive(pid), `${this.name}'s server to end`);
    rmSync(path.join(this.folder, 'state'), { recursive: true, force: true, maxRetries: 20 });
  }

  /** Ends all at once, for a run that was broken off; nothing stays. */
  dispose(): void {
    if (this.#pid !== undefined && alive(this.#pid)) process.kill(this.#pid, 'SIGTERM');
    this.#pid = undefined;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20 });
  }
}
