import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RecordedScreen } from '../../lib/command/attention.ts';
import { isAlive } from '../support/processes.ts';
import { waitUntil } from '../support/wait.ts';
import { type Output, QMUX, Workplace } from '../support/workplace.ts';
import { AgentModel, PROMPTS, type PromptName, type Turn } from './agent-model.ts';
import type { AgentRecipe } from './recipes.ts';
import { StatusLog } from './status-log.ts';

export interface DrivenAgentOptions {
  /** By the names of our rules. */
  readonly name: string;
  readonly recipe: AgentRecipe;
  /** The folder of its programs. */
  readonly programs: string;
  readonly columns: number;
  /** Whether our hooks are put into its settings first. */
  readonly hooks: boolean;
  /** Where its screens are kept, if anywhere. */
  readonly record: string | undefined;
}

const ROWS = 30;
/** How long it may take to start and to ask, and until its model hears of a prompt, in milliseconds. */
const START = 60_000;
const HEARD = 60_000;
/** Nothing of a real agent goes out: what is not on the loopback ends at a port where nobody listens. */
const NOWHERE = 'http://127.0.0.1:9';
const SESSION = 'agent';

/** One real agent in a session of a real server, before a model of its own. */
export class DrivenAgent {
  readonly model: AgentModel;
  readonly #options: DrivenAgentOptions;
  readonly #place = new Workplace();
  readonly #project: string;
  readonly #kept: object[] = [];
  #log: StatusLog | undefined;

  static async open(options: DrivenAgentOptions): Promise<DrivenAgent> {
    return new DrivenAgent(options, await AgentModel.open());
  }

  private constructor(options: DrivenAgentOptions, model: AgentModel) {
    this.#options = options;
    this.model = model;
    if (options.recipe.command !== undefined) model.command = options.recipe.command;
    this.#project = path.join(realpathSync(this.#place.home), 'project');
    mkdirSync(this.#project);
    writeFileSync(path.join(this.#project, 'notes.txt'), 'Nothing yet.\n');
  }

  get log(): StatusLog {
    this.#log ??= new StatusLog(this.#place, SESSION);
    return this.#log;
  }

  async start(): Promise<void> {
    const { name, recipe, programs, columns, hooks } = this.#options;
    const place = { home: this.#place.home, project: this.#project, url: this.model.server.url };
    for (const [file, content] of Object.entries(recipe.files(place)))
      this.#place.write(file, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
    const environment: Readonly<Record<string, string>> = {
      PATH: `${programs}:${path.dirname(QMUX)}:${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HTTP_PROXY: NOWHERE,
      HTTPS_PROXY: NOWHERE,
      http_proxy: NOWHERE,
      https_proxy: NOWHERE,
      NO_PROXY: '127.0.0.1,localhost',
      no_proxy: '127.0.0.1,localhost',
      CI: '',
      ...recipe.environment(place),
    };
    await this.#place.ask('new-session', '-d', '-s', 'other', '-x', '80', '-y', '24', 'exec sleep 100000');
    if (hooks) await this.#place.ask('install-hooks', '-y', name);
    const given = Object.entries(environment).flatMap(([variable, value]) => ['-e', `${variable}=${value}`]);
    const size = ['-x', String(columns), '-y', String(ROWS)];
    const words = [
      path.join(programs, name),
      ...(recipe.args?.({ package: path.join(programs, '..', recipe.package) }) ?? []),
    ];
    await this.#place.ask('new-session', '-d', '-s', SESSION, ...size, '-c', this.#project, ...given, ...words);
  }

  /** A command for its session that must succeed; the target is put behind its name. */
  ask(command: string, ...words: readonly string[]): Promise<string> {
    return this.#place.ask(command, '-t', SESSION, ...words);
  }

  run(command: string, ...words: readonly string[]): Promise<Output> {
    return this.#place.run([command, '-t', SESSION, ...words]);
  }

  async screen(): Promise<string> {
    return (await this.run('capture-pane', '-p')).stdout.trimEnd();
  }

  /** When something stood on its screen. */
  seen(wanted: RegExp): Promise<number> {
    return waitUntil(
      async () => (wanted.test(await this.screen()) ? Date.now() : undefined),
      `${wanted} on the screen`,
      START,
    );
  }

  /** Sends a prompt, and waits until its model hears of it. */
  async prompt(name: PromptName): Promise<Turn> {
    const before = this.model.turns.length;
    await this.ask('send', `please ${PROMPTS[name]} now`);
    return await this.turn(name, before);
  }

  turn(prompt: Turn['prompt'], from: number): Promise<Turn> {
    return waitUntil(
      () => this.model.turns.slice(from).find((turn) => turn.prompt === prompt),
      `a request of ${prompt}`,
      HEARD,
    );
  }

  /** Ends the server by force, starts another one, and the agent in it again as a person would. */
  async comeBack(): Promise<void> {
    await this.#place.kept();
    const server = await this.#place.serverPid();
    const agent = Number(await this.ask('display-message', '-p', '#{pane_pid}'));
    this.#log?.dispose();
    this.#log = undefined;
    process.kill(server, 'SIGKILL');
    await waitUntil(() => !isAlive(server) && !isAlive(agent), 'the server and the agent to be gone', HEARD);
    await this.#place.ask('start-server');
    await this.ask('respawn-pane');
    // What is on the screen is the old one until it reads keys itself.
    const reads = async () => (await this.ask('display-message', '-p', '#{bracket_paste_flag}')) === '1';
    await waitUntil(reads, 'the agent to run again', START);
  }

  /** Keeps the screen for a spec, with no path of this place in it, and what is true of it. */
  async keep(step: string, expect: string): Promise<void> {
    const { record, columns, name, recipe } = this.#options;
    if (record === undefined) return;
    mkdirSync(record, { recursive: true });
    const file = path.join(record, `screen-${name}-${columns}.json`);
    rmSync(file, { force: true });
    await this.ask('explain', '--record', file);
    const text = readFileSync(file, 'utf8')
      .replaceAll(this.#project, '/home/me/project')
      .replaceAll(this.#place.home, '/home/me')
      // Where lines are broken.
      .replaceAll(/qmux-[a-zA-Z0-9]{6}\b/g, 'qmux-000000');
    rmSync(file);
    const { agent, rows, title, screen } = JSON.parse(text) as RecordedScreen;
    const needsTitle = recipe.needsTitle === expect;
    this.#kept.push({ step, expect, agent, columns, rows, title, ...(needsTitle && { needsTitle }), screen });
    writeFileSync(path.join(record, `${name}-${columns}.json`), `${JSON.stringify(this.#kept, undefined, 1)}\n`);
  }

  async dispose(): Promise<void> {
    this.#log?.dispose();
    await this.#place.dispose();
    await this.model.close();
    // Some leave a process of their own behind, which runs from this place.
    for (const pid of processesOf(this.#place.folder)) endByForce(pid);
    rmSync(this.#place.folder, { recursive: true, force: true });
  }
}

/** The processes whose program lies below a folder, where `/proc` tells. */
function processesOf(folder: string): readonly number[] {
  if (!existsSync('/proc/self')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => programOf(pid).startsWith(`${folder}/`));
}

function programOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 1)[0] ?? '';
  } catch {
    return '';
  }
}

function endByForce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
