import type { AgentCatalog } from '../attention/agent-catalog.ts';
import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import type { Agents, FoundAgent, HookChange } from '../command/agents.ts';
import { checkProgram } from '../pty/program-path.ts';
import type { AgentReports } from './agent-reports.ts';
import { hookChange } from './hook-installer.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface KnownAgentsOptions {
  readonly catalog: () => AgentCatalog;
  /** The variables of new programs. */
  readonly environment: () => Environment;
  readonly reports: Pick<AgentReports, 'hook'>;
}

/** The agents of the catalogue, as commands see them. */
export class KnownAgents implements Agents {
  readonly #catalog: () => AgentCatalog;
  readonly #environment: () => Environment;
  readonly #reports: KnownAgentsOptions['reports'];

  constructor({ catalog, environment, reports }: KnownAgentsOptions) {
    this.#catalog = catalog;
    this.#environment = environment;
    this.#reports = reports;
  }

  hook(...given: Parameters<Agents['hook']>): Promise<string | undefined> {
    return this.#reports.hook(...given);
  }

  get hookable(): readonly string[] {
    return [...this.#catalog().values()].filter(({ hooks }) => hooks !== undefined).map(({ name }) => name);
  }

  found(): readonly FoundAgent[] {
    const searchPath = this.#environment()['PATH'];
    return [...this.#catalog().values()]
      .flatMap(({ name, title, programs }) => {
        const program = programs.find((one) => isThere(one, searchPath));
        return program === undefined ? [] : [{ name, title, program }];
      })
      .sort((a, b) => a.title.localeCompare(b.title, 'en'));
  }

  async hookChange(name: string, undo: boolean, environment: Environment): Promise<HookChange> {
    const recipe = this.#catalog().get(name)?.hooks;
    if (recipe !== undefined) return await hookChange(recipe, undo, environment);
    const { hookable } = this;
    const near = nearest(name, hookable);
    const advice = near === undefined ? `there are ${hookable.join(', ')}` : `the nearest is ${near}`;
    throw new UserError(`no hooks are known for ${name.slice(0, 60)}; ${advice}`);
  }
}

/** A plain name: what a rules file calls a program is not looked for anywhere else. */
function isThere(program: string, searchPath: string | undefined): boolean {
  try {
    if (program.includes('/')) return false;
    checkProgram(program, searchPath, '/');
    return true;
  } catch {
    return false;
  }
}
