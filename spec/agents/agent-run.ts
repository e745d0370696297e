import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../support/processes.ts';
import { waitUntil } from '../support/wait.ts';
import { QMUX, Workplace } from '../support/workplace.ts';
import { AgentModel, PROMPTS, type PromptName, type Turn } from './agent-model.ts';
import type { AgentRecipe } from './recipes.ts';
import { type ShownStatus, StatusLog } from './status-log.ts';

export interface AgentRunOptions {
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
  readonly print: (text: string) => void;
}

/** What was expected of one step, and what was shown. */
export interface Step {
  readonly name: string;
  readonly expected: string;
  /** All that was shown from the beginning of the step to its end. */
  readonly shown: readonly string[];
  /** From what happened until it was shown, in milliseconds; undefined for never. */
  readonly late: number | undefined;
  readonly isRight: boolean;
}

const ROWS = 30;
/** How late a status may be, how long is waited for it, and how long it must stay then, in milliseconds. */
const WITHIN = 1000;
/** A status is seen for so long at least, in milliseconds, within what timers are late. */
const SHORTEST = 290;
/** Rows of a dialog. */
const DIALOG = 16;
const PATIENCE = 6000;
const LINGER = 900;
const START = 60_000;
/** Nothing of a real agent goes out: what is not on the loopback ends at a port where nobody listens. */
const NOWHERE = 'http://127.0.0.1:9';
const SESSION = 'agent';

/** Drives one real agent in a session of a real server through all that it can do. */
export class AgentRun {
  readonly #options: AgentRunOptions;
  readonly #place = new Workplace();
  readonly #model: AgentModel;
  readonly #project: string;
  readonly steps: Step[] = [];
  #log: StatusLog | undefined;

  static async drive(options: AgentRunOptions): Promise<readonly Step[]> {
    const run = new AgentRun(options, await AgentModel.open());
    try {
      await run.#all();
    } catch (error) {
      options.print(`${error instanceof Error ? error.message : error}\n${await run.#screen()}`);
      run.steps.push({ name: 'to its end', expected: 'no fault', shown: ['a fault'], late: undefined, isRight: false });
    } finally {
      await run.#dispose();
    }
    return run.steps;
  }

  private constructor(options: AgentRunOptions, model: AgentModel) {
    this.#options = options;
    this.#model = model;
    if (options.recipe.command !== undefined) model.command = options.recipe.command;
    this.#project = path.join(realpathSync(this.#place.home), 'project');
    mkdirSync(this.#project);
    writeFileSync(path.join(this.#project, 'notes.txt'), 'Nothing yet.\n');
  }

  async #all(): Promise<void> {
    await this.#start();
    await this.#works();
    await this.#asks();
    await this.#isStopped();
    await this.#quotes();
    await this.#leaves();
    const flickers = this.#flickers();
    for (const flicker of flickers) this.#options.print(`  WRONG  flickers: ${flicker}`);
    this.steps.push({
      name: 'flickers',
      expected: 'none',
      shown: flickers.length === 0 ? ['none'] : flickers,
      late: undefined,
      isRight: flickers.length === 0,
    });
  }

  async #start(): Promise<void> {
    const { name, recipe, programs, columns, hooks } = this.#options;
    const place = { home: this.#place.home, project: this.#project, url: this.#model.server.url };
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
    await this.#ask('new-session', '-d', '-s', 'other', '-x', '80', '-y', '24', 'exec sleep 100000');
    if (hooks) await this.#ask('install-hooks', '-y', name);
    const given = Object.entries(environment).flatMap(([variable, value]) => ['-e', `${variable}=${value}`]);
    const size = ['-x', String(columns), '-y', String(ROWS)];
    const words = [
      path.join(programs, name),
      ...(recipe.args?.({ package: path.join(programs, '..', recipe.package) }) ?? []),
    ];
    await this.#ask('new-session', '-d', '-s', SESSION, ...size, '-c', this.#project, ...given, ...words);
    this.#log = new StatusLog(this.#place, SESSION);
    await this.#step('started', 'idle', await this.#seen(recipe.ready));
  }

  async #works(): Promise<void> {
    const turn = await this.#prompt('work');
    await this.#step('works', 'busy', turn.request.time);
    await turn.request.finished;
    await this.#step('finished', 'idle', Date.now());
  }

  /** Asked, refused by a key of its own, asked again, allowed by `approve`. */
  async #asks(): Promise<void> {
    const { recipe } = this.#options;
    const first = await this.#prompt('ask');
    await first.request.finished;
    await this.#step('asks', 'approval', await this.#seen(recipe.asking));
    // What it will quote: its own dialog.
    this.#model.quoted = (await this.#screen()).split('\n').slice(-DIALOG).join('\n');
    const sofar = this.#model.turns.length;
    await this.#ask('send-keys', '-t', SESSION, 'Escape');
    if (recipe.worksOnRefused) await (await this.#turn('answered', sofar)).request.finished;
    await this.#step('refused', 'idle', Date.now());
    const second = await this.#prompt('ask');
    await second.request.finished;
    await this.#step('asks again', 'approval', await this.#seen(recipe.asking));
    const { stderr } = await this.#place.run(['approve', '-t', SESSION]);
    const id = /--question ([0-9a-f]+)/.exec(stderr)?.[1];
    if (id === undefined) throw new Error(`approve shows no question: ${stderr}`);
    const before = this.#model.turns.length;
    const { code, stderr: refused } = await this.#place.run(['approve', '-t', SESSION, '--question', id]);
    if (code !== 0) throw new Error(`approve fails: ${refused}`);
    const goesOn = await this.#turn('answered', before);
    await this.#step('allowed', 'busy', goesOn.request.time);
    await goesOn.request.finished;
    await this.#step('done', 'idle', Date.now());
  }

  async #isStopped(): Promise<void> {
    const turn = await this.#prompt('work');
    await this.#step('works again', 'busy', turn.request.time);
    await this.#ask('send-keys', '-t', SESSION, 'Escape');
    let isOver = false;
    const finished = turn.request.finished.then(() => {
      isOver = true;
    });
    await Promise.race([finished, delay(500)]);
    // Some want it twice.
    if (!isOver) await this.#ask('send-keys', '-t', SESSION, 'Escape');
    await finished;
    await this.#step('stopped', 'idle', Date.now());
  }

  async #quotes(): Promise<void> {
    const turn = await this.#prompt('quote');
    await this.#step('quotes', 'busy', turn.request.time);
    await turn.request.finished;
    await this.#step('has quoted', 'idle', Date.now());
  }

  async #leaves(): Promise<void> {
    const pid = Number(await this.#ask('display-message', '-p', '-t', SESSION, '#{pane_pid}'));
    for (const key of this.#options.recipe.leave) {
      if (!isAlive(pid)) break;
      await this.#ask('send-keys', '-t', SESSION, key);
      await delay(300);
    }
    await waitUntil(() => !isAlive(pid), 'the agent to leave', 15_000);
    await this.#step('leaves', 'gone', Date.now());
  }

  /** Sends a prompt, and waits until its model hears of it. */
  async #prompt(name: PromptName): Promise<Turn> {
    const before = this.#model.turns.length;
    await this.#ask('send', '-t', SESSION, `please ${PROMPTS[name]} now`);
    return await this.#turn(name, before);
  }

  /** When something stood on its screen. */
  #seen(wanted: RegExp): Promise<number> {
    return waitUntil(
      async () => (wanted.test(await this.#screen()) ? Date.now() : undefined),
      `${wanted} on the screen`,
      START,
    );
  }

  #turn(prompt: Turn['prompt'], from: number): Promise<Turn> {
    return waitUntil(
      () => this.#model.turns.slice(from).find((turn) => turn.prompt === prompt),
      `a request of ${prompt}`,
      15_000,
    );
  }

  /** Something happened at `since`: the status follows soon, and stays. */
  async #step(name: string, expected: string, since: number): Promise<void> {
    const log = this.#log;
    if (log === undefined) throw new Error('not started');
    // Whatever starts is busy at first.
    const span = name === 'started' ? -LINGER : 150;
    const before = log.all.filter(({ time }) => time < since - span).length;
    const found = await log.until(expected, PATIENCE);
    await delay(LINGER);
    const shown = log.all.slice(before);
    const late = found === undefined ? undefined : Math.max(0, found.time - since);
    const within = expected === 'idle' ? (this.#options.recipe.restsWithin ?? WITHIN) : WITHIN;
    const last = log.last?.word;
    const isRight = late !== undefined && late <= within && last === expected && shown.length <= 1;
    const words = shown.map(({ word }) => word);
    const step = { name, expected, shown: words.length === 0 ? [last ?? 'nothing'] : words, late, isRight };
    this.steps.push(step);
    this.#options.print(
      `  ${isRight ? 'right' : 'WRONG'}  ${name.padEnd(12)} ${expected.padEnd(9)} ${step.shown.join(', ').padEnd(12)} ${late ?? '-'} ms`,
    );
    if (!isRight) this.#options.print(`${await this.#screen()}\n${await this.#told()}`);
    if (expected !== 'gone') await this.#keep(name, expected);
  }

  /** Statuses that did not last. */
  #flickers(): readonly string[] {
    const all = this.#log?.all ?? [];
    return all.flatMap(({ word, time }: ShownStatus, index) => {
      const next = all[index + 1];
      if (next === undefined || next.word === 'gone' || next.time - time >= SHORTEST) return [];
      return [`${all[index - 1]?.word ?? 'nothing'}, ${word} for ${next.time - time} ms, ${next.word}`];
    });
  }

  /** The screen as a record for a spec, with no path of this place in it. */
  async #keep(step: string, expect: string): Promise<void> {
    const { record, name, columns } = this.#options;
    if (record === undefined) return;
    mkdirSync(record, { recursive: true });
    const file = path.join(record, `${name}-real-${step.replaceAll(' ', '-')}-${columns}.json`);
    rmSync(file, { force: true });
    await this.#ask('explain', '--record', file, '-t', SESSION);
    const text = readFileSync(file, 'utf8')
      .replaceAll(this.#project, '/home/me/project')
      .replaceAll(this.#place.home, '/home/me')
      // Where lines are broken.
      .replaceAll(/qmux-[a-zA-Z0-9]{6}\b/g, 'qmux-000000');
    writeFileSync(file, `${JSON.stringify({ ...(JSON.parse(text) as object), expect }, undefined, 2)}\n`);
  }

  async #screen(): Promise<string> {
    const { stdout } = await this.#place.run(['capture-pane', '-p', '-t', SESSION]);
    return stdout.trimEnd();
  }

  async #told(): Promise<string> {
    const { stdout } = await this.#place.run(['explain', '-t', SESSION]);
    return stdout;
  }

  #ask(...words: readonly string[]): Promise<string> {
    return this.#place.ask(...words);
  }

  async #dispose(): Promise<void> {
    this.#log?.dispose();
    await this.#place.dispose();
    await this.#model.close();
  }
}
