import type { CommandCaller, CommandContext } from '../command/command.ts';
import type { CommandClient } from '../command/command-client.ts';
import type { CommandServer } from '../command/command-server.ts';
import { executeLine } from '../command/execute.ts';
import type { Session } from '../session/session.ts';

export interface LinePlace {
  readonly server: CommandServer;
  readonly client: CommandClient | undefined;
  readonly session: Session | undefined;
  readonly caller: CommandCaller;
  readonly signal: AbortSignal;
  readonly mouseSession?: Session | undefined;
  readonly hookFacts?: Readonly<Record<string, string>>;
  /** Prints text as it is, with its line ends. */
  readonly print: (text: string) => void;
  /** Fulfilled when what was printed is taken; at once where it is left out. */
  readonly taken?: () => Promise<void>;
}

/** The place in which one command line runs. */
export class LineContext implements CommandContext {
  readonly server: CommandServer;
  readonly client: CommandClient | undefined;
  readonly caller: CommandCaller;
  readonly signal: AbortSignal;
  readonly mouseSession: Session | undefined;
  readonly hookFacts: Readonly<Record<string, string>>;
  exitCode = 0;
  readonly #print: (text: string) => void;
  readonly #taken: () => Promise<void>;
  #session: Session | undefined;

  constructor(place: LinePlace) {
    this.server = place.server;
    this.client = place.client;
    this.caller = place.caller;
    this.signal = place.signal;
    this.mouseSession = place.mouseSession;
    this.hookFacts = place.hookFacts ?? {};
    this.#print = place.print;
    this.#taken = place.taken ?? (() => Promise.resolve());
    this.#session = place.session;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  use(session: Session): void {
    this.#session = session;
  }

  setExitCode(code: number): void {
    this.exitCode = code;
  }

  print(text: string, options?: { readonly raw: boolean }): void {
    this.#print(options?.raw === true ? text : `${text}\n`);
  }

  async taken(): Promise<void> {
    await this.#taken();
  }

  async runLine(commandLine: string): Promise<void> {
    await executeLine(commandLine, this);
  }
}
