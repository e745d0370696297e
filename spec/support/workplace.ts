import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isAlive } from './processes.ts';
import { TerminalClient, type TerminalClientOptions } from './terminal-client.ts';
import { waitUntil } from './wait.ts';

export const QMUX = path.resolve(import.meta.dirname, '../../../bin/qmux');

export interface Output {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface WorkplaceOptions {
  /** What a session is for which no command is given. */
  readonly kind?: 'program' | 'chat';
}

/** A home, a state folder and a socket of its own, with the built qmux run in it; dispose ends all of it. */
export class Workplace {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'qmux-'));
  readonly home = path.join(this.folder, 'home');
  readonly state = path.join(this.folder, 'state');
  readonly socketPath = path.join(this.folder, 'socket', 's');
  readonly #terminals: TerminalClient[] = [];

  readonly #kind: 'program' | 'chat';

  constructor({ kind = 'program' }: WorkplaceOptions = {}) {
    this.#kind = kind;
    mkdirSync(this.home, { recursive: true });
    this.writeConfig('');
    mkdirSync(path.dirname(this.socketPath), { mode: 0o700 });
    // The plainest prompt, so that screens are the same on every machine.
    this.write('.profile', "PS1='$ '\n");
  }

  get environment(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: this.home,
      XDG_STATE_HOME: this.state,
      XDG_CONFIG_HOME: path.join(this.home, '.config'),
      SHELL: '/bin/sh',
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      LANG: 'C.UTF-8',
      PS1: '$ ',
    };
  }

  /** Writes a file below the home. */
  write(name: string, text: string): string {
    const file = path.join(this.home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** What is set for this place stands behind the text, so that its lines keep their numbers. */
  writeConfig(text: string): string {
    const own = text.includes('[sessions]') ? '' : `\n[sessions]\ndefault_kind = "${this.#kind}"\n`;
    return this.write('.config/qmux/config.toml', text + own);
  }

  /** Any program on a real pty, in this place. */
  terminal(command: readonly string[], options: Partial<TerminalClientOptions> = {}): TerminalClient {
    const terminal = new TerminalClient(command, {
      environment: this.environment,
      workingDirectory: this.home,
      columns: 80,
      rows: 24,
      ...options,
    });
    this.#terminals.push(terminal);
    return terminal;
  }

  /** A real client on a real pty, before an outer terminal that keeps its screen. */
  attach(args: readonly string[] = [], options: Partial<TerminalClientOptions> = {}): TerminalClient {
    return this.terminal([process.execPath, QMUX, '-S', this.socketPath, ...args], options);
  }

  /** Runs one qmux command to its end. */
  async run(
    args: readonly string[],
    options: { stdin?: string; environment?: Record<string, string> } = {},
  ): Promise<Output> {
    const child = spawn(process.execPath, [QMUX, '-S', this.socketPath, ...args], {
      cwd: this.home,
      env: { ...this.environment, ...options.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.stdin ?? '');
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, stdout, stderr };
  }

  /** The standard output of a command that must succeed, without the last line feed. */
  async ask(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(args);
    if (code !== 0) throw new Error(`qmux ${args.join(' ')} exited with ${code}: ${stderr}${stdout}`);
    return stdout.replace(/\n$/, '');
  }

  async serverPid(): Promise<number> {
    return Number(await this.ask('display-message', '-p', '#{pid}'));
  }

  /** All that sessions and clients show is on disk: from here on a server may be killed and nothing is missed. */
  async kept(): Promise<void> {
    await waitUntil(
      async () => {
        const { database } = JSON.parse(await this.ask('stats', '--json'));
        return database.isUsable && database.unwritten === 0 && database.programs === 0 && database.layouts === 0;
      },
      'all to be kept',
      15_000,
    );
  }

  log(): string {
    const file = path.join(this.state, 'qmux', 'server.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  async dispose(): Promise<void> {
    for (const terminal of this.#terminals) terminal.dispose();
    const { code, stdout } = await this.run(['display-message', '-p', '#{pid}']);
    if (code === 0) {
      await this.run(['kill-server']);
      const pid = Number(stdout);
      await waitUntil(() => !isAlive(pid), `server ${pid} to leave`);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const alive = isAlive;
