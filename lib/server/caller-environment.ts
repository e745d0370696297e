import type { OptionStore } from '../config/option-store.ts';
import type { AgentLink } from './agent-link.ts';

type Variables = Readonly<Record<string, string>>;

export interface CallerEnvironmentOptions {
  readonly options: OptionStore;
  readonly agentLink: AgentLink;
  /** What new programs are given; changed by `welcome`. */
  readonly variables: Map<string, string | undefined>;
  /** Hears the variables by which chats find their endpoint, the newest last. */
  readonly note: (environment: Variables) => void;
  readonly guard: (name: string, task: () => void) => void;
}

/** What the server takes over from the environment of who comes: clients, and processes that only run a command. */
export class CallerEnvironment {
  readonly #given: CallerEnvironmentOptions;

  constructor(given: CallerEnvironmentOptions) {
    this.#given = given;
  }

  /** The variables of option update-environment and the SSH agent follow the client that came last. */
  welcome(environment: Variables): void {
    const { options, variables } = this.#given;
    this.followAgent(environment['SSH_AUTH_SOCK']);
    this.note(environment);
    const names = options.get('update-environment');
    if (!Array.isArray(names)) return;
    for (const name of names) if (name !== 'SSH_AUTH_SOCK') variables.set(name, environment[name]);
  }

  /** Variables by which chats find their endpoint follow whoever came last. */
  note(environment: Variables): void {
    this.#given.note(environment);
  }

  followAgent(socket: string | undefined): void {
    const { agentLink, guard } = this.#given;
    guard('the link to the SSH agent', () => agentLink.follow(socket));
  }
}
