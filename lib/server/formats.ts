import type { CommandClient } from '../command/command-client.ts';
import type { CommandServer } from '../command/command-server.ts';
import type { FormatContext } from '../config/format-context.ts';
import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import { formatVariable } from './format-variables.ts';
import type { ShellCache } from './shell-cache.ts';

type FormatServer = Omit<CommandServer, 'clients'> & { readonly clients: readonly AttachedClient[] };

/** The contexts in which formats are expanded: variables, then options, then environment variables. */
export class Formats {
  readonly #server: FormatServer;
  readonly #shell: ShellCache;

  constructor(server: FormatServer, shell: ShellCache) {
    this.#server = server;
    this.#shell = shell;
  }

  context(place: {
    readonly client?: CommandClient | undefined;
    readonly session?: Session | undefined;
  }): FormatContext {
    const { client } = place;
    const session = place.session ?? client?.session;
    const attached = this.#server.clients.find((other) => other === client);
    const modeFact = (name: string) => (session === undefined ? undefined : attached?.modes.fact(name, session));
    return {
      lookup: (name) =>
        formatVariable(name, { server: this.#server, client, session, modeFact }) ??
        this.#optionText(name, session) ??
        this.#variable(name),
      loop: (kind) =>
        kind !== 'clients'
          ? this.#looped(kind, client, session).map((item) => this.context({ client, session: item }))
          : this.#server.clients.map((item) => this.context({ client: item, session: item.session })),
      shell: (command) => this.#shell.read(command),
      now: Date.now(),
    };
  }

  #looped(kind: 'sessions' | 'panes', client: CommandClient | undefined, session: Session | undefined) {
    if (kind === 'sessions' || session === undefined) return this.#server.sessions;
    return this.#server.panesWith(session, client).panes.all.map((pane) => pane.session);
  }

  #optionText(name: string, session: Session | undefined): string | undefined {
    if (!this.#server.options.names.includes(name)) return undefined;
    const value = this.#server.options.get(name, session?.id);
    if (typeof value === 'boolean') return value ? '1' : '0';
    return Array.isArray(value) ? value.join(' ') : String(value);
  }

  #variable(name: string): string | undefined {
    return (
      this.#server.hiddenEnvironment.get(name) ??
      (this.#server.environment.has(name) ? this.#server.environment.get(name) : process.env[name])
    );
  }
}
