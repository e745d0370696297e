import path from 'node:path';
import { type AgentCatalog, readAgents, shippedAgents } from '../attention/agent-catalog.ts';
import type { Disposable } from '../base/disposable.ts';
import { configFolder } from '../config/paths.ts';
import { problemText } from '../config/toml-file.ts';
import { amount } from '../text/amount.ts';
import { FolderWatch } from './folder-watch.ts';

/** The rules of agents: those that ship, and the person's in `~/.config/qmux/agents`, read when they are first asked for. */
export class AgentFiles implements Disposable {
  readonly #own: string | undefined;
  readonly #onChange: () => void;
  #read: { readonly agents: AgentCatalog; readonly problems: readonly string[] } | undefined;
  #watch: FolderWatch | undefined;

  /** `onChange` hears when other rules hold than before. */
  constructor(environment: Readonly<Record<string, string | undefined>>, onChange: () => void) {
    const folder = configFolder(environment);
    this.#own = folder === undefined ? undefined : path.join(folder, 'agents');
    this.#onChange = onChange;
  }

  get agents(): AgentCatalog {
    return this.#all.agents;
  }

  /** What is wrong in them, as `file:line: text`. */
  get problems(): readonly string[] {
    return this.#all.problems;
  }

  /** Reads them anew; gives what is wrong. */
  load(): readonly string[] {
    this.#read = undefined;
    const { problems } = this;
    this.#onChange();
    return problems;
  }

  /** Reads them again when the person changes them. */
  watch(onChange: (problems: readonly string[]) => void): void {
    if (this.#own !== undefined) this.#watch = new FolderWatch([this.#own], () => onChange(this.load()));
  }

  /** The files as they were read last, with their problems, for people. */
  explain(): readonly string[] {
    const { agents, problems } = this;
    const wrong = problems.length === 0 ? '' : ` (${amount(problems.length, 'problem')})`;
    return [`agents: ${[...agents.keys()].sort().join(', ')}${wrong}`, ...problems.map((problem) => `  ${problem}`)];
  }

  dispose(): void {
    this.#watch?.dispose();
  }

  get #all(): { readonly agents: AgentCatalog; readonly problems: readonly string[] } {
    if (this.#read === undefined) {
      const { agents, problems } = readAgents([...(this.#own === undefined ? [] : [this.#own]), shippedAgents()]);
      this.#read = { agents, problems: problems.map(problemText) };
    }
    return this.#read;
  }
}
