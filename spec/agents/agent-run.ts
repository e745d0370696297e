import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../support/processes.ts';
import { waitUntil } from '../support/wait.ts';
import { PROMPTS, type Turn } from './agent-model.ts';
import { DrivenAgent, type DrivenAgentOptions } from './driven-agent.ts';
import type { AgentRecipe } from './recipes.ts';
import type { ShownStatus } from './status-log.ts';

export interface AgentRunOptions extends DrivenAgentOptions {
  readonly print: (text: string) => void;
}

/** What was expected of one step, and what was shown. */
export interface Step {
  readonly name: string;
  readonly expected: string;
  /** All that was shown from the beginning of the step to its end. */
  readonly shown: readonly string[];
  readonly isRight: boolean;
}

/** How late a status may be, how long is waited for it, and how long it must stay then, in milliseconds. */
const WITHIN = 1000;
const PATIENCE = 6000;
const LINGER = 900;
/** A status is seen for so long at least, in milliseconds, within what timers are late. */
const SHORTEST = 290;
/** An answer to a key is seen so long before the key is known to be sent, in milliseconds. */
const EARLY = 150;
/** Steps whose screens are worth a spec, and stand for long enough. */
const KEPT: ReadonlySet<string> = new Set([
  'new hooks',
  'started',
  'works',
  'finished',
  'asks',
  'refused',
  'stopped',
  'quotes',
  'has quoted',
]);
/** Rows of a dialog, and of what stands under the prompt. */
const DIALOG = 16;
const FOOTER = 5;

/** Drives one real agent through all that it can do, and looks at its status at each step. */
export class AgentRun {
  readonly #agent: DrivenAgent;
  readonly #recipe: AgentRecipe;
  readonly #hasHooks: boolean;
  readonly #print: (text: string) => void;
  readonly #steps: Step[] = [];

  static async drive(options: AgentRunOptions): Promise<readonly Step[]> {
    const agent = await DrivenAgent.open(options);
    const run = new AgentRun(agent, options);
    try {
      await run.#all();
    } catch (error) {
      options.print(`${error instanceof Error ? error.message : error}\n${await agent.screen()}`);
      run.#steps.push({ name: 'to its end', expected: 'no fault', shown: ['a fault'], isRight: false });
    } finally {
      await agent.dispose();
    }
    return run.#steps;
  }

  private constructor(agent: DrivenAgent, { recipe, hooks, print }: AgentRunOptions) {
    this.#hasHooks = hooks;
    this.#agent = agent;
    this.#recipe = recipe;
    this.#print = print;
  }

  async #all(): Promise<void> {
    await this.#agent.start();
    await this.#trustsHooks();
    await this.#starts('started');
    await this.#works();
    await this.#asks();
    await this.#isStopped();
    await this.#quotes();
    this.#flickers();
    await this.#comesBack();
    await this.#leaves();
    this.#flickers();
  }

  async #starts(name: 'started' | 'back'): Promise<void> {
    const { ready, back = ready } = this.#recipe;
    await this.#step(name, 'idle', await this.#agent.seen(name === 'back' ? back : ready));
  }

  async #trustsHooks(): Promise<void> {
    const { doubtsHooks: doubt } = this.#recipe;
    if (doubt === undefined || !this.#hasHooks) return;
    await this.#step('new hooks', 'question', await this.#agent.seen(doubt.asking));
    for (const key of doubt.keys) {
      await this.#agent.ask('send-keys', key);
      await delay(EARLY);
      if (!doubt.asking.test(await this.#agent.screen())) return;
    }
  }

  async #works(): Promise<void> {
    const turn = await this.#agent.prompt('work');
    await this.#step('works', 'busy', turn.request.time);
    await this.#step('finished', 'idle', await this.#rests(turn));
  }

  /** Asked, refused by a key of its own, asked again, allowed by `approve`. */
  async #asks(): Promise<void> {
    const { model } = this.#agent;
    const first = await this.#agent.prompt('ask');
    await first.request.finished;
    await this.#step('asks', 'approval', await this.#agent.seen(this.#recipe.asking));
    // What it will quote: its own dialog.
    model.quoted = (await this.#agent.screen()).split('\n').slice(-DIALOG).join('\n');
    const sofar = model.turns.length;
    await this.#agent.ask('send-keys', 'Escape');
    if (this.#recipe.worksOnRefused) await (await this.#agent.turn('answered', sofar)).request.finished;
    await this.#step('refused', 'idle', await this.#rests(first));
    const second = await this.#agent.prompt('ask');
    await second.request.finished;
    await this.#step('asks again', 'approval', await this.#agent.seen(this.#recipe.asking));
    await this.#isAllowed();
  }

  async #isAllowed(): Promise<void> {
    const { stderr } = await this.#agent.run('approve');
    const id = /--question ([0-9a-f]+)/.exec(stderr)?.[1];
    if (id === undefined) throw new Error(`approve shows no question: ${stderr}`);
    const before = this.#agent.model.turns.length;
    await this.#agent.ask('approve', '--question', id);
    const goesOn = await this.#agent.turn('answered', before);
    await this.#step('allowed', 'busy', goesOn.request.time);
    await this.#step('done', 'idle', await this.#rests(goesOn));
  }

  async #isStopped(): Promise<void> {
    const turn = await this.#agent.prompt('work');
    await this.#step('works again', 'busy', turn.request.time);
    await this.#agent.ask('send-keys', 'Escape');
    let isOver = false;
    const finished = turn.request.finished.then(() => {
      isOver = true;
    });
    await Promise.race([finished, delay(500)]);
    // Some want it twice.
    if (!isOver) await this.#agent.ask('send-keys', 'Escape');
    await this.#step('stopped', 'idle', await this.#rests(turn));
  }

  async #quotes(): Promise<void> {
    const turn = await this.#agent.prompt('quote');
    await this.#step('quotes', 'busy', turn.request.time);
    await this.#step('has quoted', 'idle', await this.#rests(turn));
  }

  /** After the end of the server it goes on in its conversation. */
  async #comesBack(): Promise<void> {
    await this.#agent.comeBack();
    await this.#starts('back');
    const [, foreground = ''] = /^foreground: (.*?);/m.exec(await this.#agent.ask('explain')) ?? [];
    this.#print(`         by ${foreground.replace(/^.*\//, '')}`);
    // Some take no prompt yet while they read their history.
    await delay(2 * LINGER);
    const turn = await this.#agent.prompt('work');
    const isSame = JSON.stringify(turn.request.body).includes(PROMPTS.quote);
    this.#judge({ name: 'goes on', expected: 'the same', shown: [isSame ? 'the same' : 'another'], isRight: isSame });
    await this.#step('rests', 'idle', await this.#rests(turn));
  }

  async #leaves(): Promise<void> {
    const pid = Number(await this.#agent.ask('display-message', '-p', '#{pane_pid}'));
    // Its end ends what follows it.
    const { log } = this.#agent;
    for (const key of this.#recipe.leave) {
      if (!isAlive(pid)) break;
      await this.#agent.ask('send-keys', key);
      await delay(300);
    }
    await waitUntil(() => !isAlive(pid), 'the agent to leave', 15_000);
    await this.#step('leaves', 'gone', Date.now());
    if (log.last?.word !== 'gone') this.#print(JSON.stringify(log.all));
  }

  /** When its model has said all, and it shows that. */
  async #rests(turn: Turn): Promise<number> {
    await turn.request.finished;
    const { working } = this.#recipe;
    const ended = Date.now();
    if (working === undefined) return ended;
    return await waitUntil(
      async () => !working.test((await this.#agent.screen()).split('\n').slice(-FOOTER).join('\n')) && Date.now(),
      'the agent to show that it rests',
      15_000,
    );
  }

  /** Something happened at `since`: the status follows soon, and stays. */
  async #step(name: string, expected: string, since: number): Promise<void> {
    const { log } = this.#agent;
    const found = await log.until(expected, PATIENCE);
    await delay(LINGER);
    // Whatever starts is busy at first.
    const span = ['new hooks', 'started', 'back'].includes(name) ? -LINGER : EARLY;
    const words = log.all.filter(({ time }) => time >= since - span).map(({ word }) => word);
    const late = found === undefined ? undefined : Math.max(0, found.time - since);
    const within = expected === 'idle' ? (this.#recipe.restsWithin ?? WITHIN) : WITHIN;
    const last = log.last?.word;
    // A refusal is worked on before it is the end.
    const [first, ...rest] = words;
    const counted = name === 'refused' && first === 'busy' ? rest : words;
    const isRight = late !== undefined && late <= within && last === expected && counted.length <= 1;
    this.#judge({ name, expected, shown: words.length === 0 ? [last ?? 'nothing'] : words, isRight }, late);
    if (!isRight) this.#print(`${await this.#agent.screen()}\n${(await this.#agent.run('explain')).stdout}`);
    if (KEPT.has(name)) await this.#agent.keep(name, expected);
  }

  /** Statuses that did not last. */
  #flickers(): void {
    const { all } = this.#agent.log;
    const shown = all.flatMap(({ word, time }: ShownStatus, index) => {
      const next = all[index + 1];
      if (next === undefined || next.word === 'gone' || next.time - time >= SHORTEST) return [];
      return [`${all[index - 1]?.word ?? 'nothing'}, ${word} for ${next.time - time} ms, ${next.word}`];
    });
    const isRight = shown.length === 0;
    this.#judge({ name: 'flickers', expected: 'none', shown: isRight ? ['none'] : shown, isRight });
  }

  #judge(step: Step, late?: number): void {
    this.#steps.push(step);
    const { isRight, name, expected, shown } = step;
    const time = late === undefined ? '' : `${late} ms`;
    const told = shown.join(', ').padEnd(10);
    this.#print(`  ${isRight ? 'right' : 'WRONG'}  ${name.padEnd(12)} ${expected.padEnd(9)} ${told} ${time}`);
  }
}
