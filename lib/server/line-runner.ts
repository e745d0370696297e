import { homedir } from 'node:os';
import { existingFolder } from '../base/existing-folder.ts';
import { errorText, UserError } from '../base/user-error.ts';
import type { CommandCaller } from '../command/command.ts';
import { findCommand } from '../command/command-table.ts';
import { executeLine, runHook } from '../command/execute.ts';
import { checkLine } from '../command/resolve.ts';
import { executeSlash } from '../command/slash.ts';
import type { OptionStore } from '../config/option-store.ts';
import type { Chat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import type { LineOrigin } from './client-host.ts';
import { lastUsed } from './client-list.ts';
import type { Coordinator } from './coordinator.ts';
import { LineContext } from './line-context.ts';

/** What an event is about. */
export interface HookPlace {
  /** The session, also when it is gone. */
  readonly session: Session | undefined;
  readonly client?: AttachedClient;
}

type HookFacts = Readonly<Record<string, string>>;

/** What formats of a hook's command lines call the place of the event, by tmux's names. */
function hookFacts(name: string, session: Session | undefined, client: AttachedClient | undefined): HookFacts {
  return {
    hook: name,
    hook_client: client?.name ?? '',
    hook_session: session === undefined ? '' : `$${session.id}`,
    hook_session_name: session?.name ?? '',
    hook_window: session === undefined ? '' : `@${session.id}`,
    hook_window_name: session?.name ?? '',
    hook_pane: session === undefined ? '' : `%${session.id}`,
  };
}

/** Runs command lines for clients, hooks and configuration files, and shows what comes of them. */
export class LineRunner {
  readonly #coordinator: Coordinator;
  readonly #abort = new AbortController();

  constructor(coordinator: Coordinator) {
    this.#coordinator = coordinator;
  }

  runLine(line: string, { client, mouseSession }: LineOrigin): void {
    const printed: string[] = [];
    const context = new LineContext({
      server: this.#coordinator,
      client,
      session: client.session,
      caller: this.#caller('client', client.session),
      signal: client.signal,
      mouseSession,
      print: (text) => printed.push(text),
    });
    const finish = (error?: unknown) => {
      if (printed.length > 0) showOutput(client, printed.join('').replace(/\n$/, ''));
      if (error !== undefined) this.showError(client, error);
    };
    executeLine(line, context).then(() => finish(), finish);
  }

  /**
   * Runs what was typed after `/` in a chat, for the client that used it last; what comes of it stands in that chat. A
   * client that only watches types nothing.
   */
  runSlash(chat: Chat, line: string): void {
    const writing = this.#coordinator.clients.filter(({ readOnly }) => !readOnly);
    const showing = writing.filter((client) => client.shows(chat));
    const client = lastUsed(showing) ?? lastUsed(writing);
    const printed: string[] = [];
    const context = new LineContext({
      server: this.#coordinator,
      client,
      session: chat,
      caller: this.#caller(client === undefined ? 'server' : 'client', chat),
      signal: client?.signal ?? this.#abort.signal,
      print: (text) => printed.push(text),
    });
    const finish = (error?: unknown) => {
      if (error !== undefined && !(error instanceof UserError))
        this.#coordinator.bug(`the line /${line} of ${chat.name}`, error);
      if (!this.#coordinator.sessions.includes(chat)) return;
      if (printed.length > 0) chat.note(printed.join('').replace(/\n$/, ''));
      if (error !== undefined) chat.note(errorText(error), 'error');
    };
    executeSlash(line, chat, context).then(() => finish(), finish);
  }

  /** Runs a line of a configuration file, for nobody in particular; `place` says where it stands. */
  async runServerLine(line: string, place: string): Promise<void> {
    try {
      await executeLine(line, this.#serverContext(this.#coordinator.lastSession));
    } catch (error) {
      this.#coordinator.tell([`${place}: ${errorText(error)}`]);
      if (!(error instanceof UserError)) this.#coordinator.bug(`the line ${line} of ${place}`, error);
    }
  }

  /** Runs what people hooked to an event. */
  fireHook(name: string, { session, client }: HookPlace): void {
    if (!this.#coordinator.hooks.has(name)) return;
    const own = session !== undefined && this.#coordinator.sessions.includes(session);
    const context = this.#serverContext(own ? session : this.#coordinator.lastSession, {
      client,
      facts: hookFacts(name, session, client),
    });
    runHook(name, context).catch((error: unknown) => this.#coordinator.bug(`the hook ${name}`, error));
  }

  #serverContext(
    session: Session | undefined,
    { client, facts }: { readonly client?: AttachedClient | undefined; readonly facts?: HookFacts } = {},
  ): LineContext {
    return new LineContext({
      server: this.#coordinator,
      client: client ?? this.#coordinator.lastClient,
      ...(facts === undefined ? {} : { hookFacts: facts }),
      session,
      caller: this.#caller('server', session),
      signal: this.#abort.signal,
      print: (text) => this.#coordinator.addMessage(text.trimEnd()),
    });
  }

  #caller(kind: 'client' | 'server', session: Session | undefined): CommandCaller {
    return {
      kind,
      // Few commands ask; all that a key runs would look at the disk.
      get workingDirectory() {
        return existingFolder(session?.fact('pane_current_path')) ?? homedir();
      },
      environment: {},
      readStdin: () => Promise.resolve(new Uint8Array()),
      terminal: undefined,
      checkAttach: () => undefined,
      attach: (target) => this.#coordinator.lastClient?.show(target),
    };
  }

  showError(client: AttachedClient, error: unknown): void {
    if (!(error instanceof UserError)) this.#coordinator.bug(`client ${client.name}`, error);
    const text = errorText(error);
    if (text.includes('\n')) client.dialogs.showText('Error', text);
    else client.message(text);
  }

  /** Ends what still runs. */
  stop(): void {
    this.#abort.abort();
  }
}

/** What is wrong with a command line that is to run later; undefined when nothing is. */
export function lineProblem(line: string, options: OptionStore): string | undefined {
  const aliases = options.get('command-alias');
  try {
    checkLine(line, findCommand, Array.isArray(aliases) ? aliases : []);
    return undefined;
  } catch (error) {
    return errorText(error);
  }
}

/** Output of a command that a key ran: one line as a message, more on a page. */
function showOutput(client: AttachedClient, text: string): void {
  if (text.includes('\n')) client.dialogs.showText('', text);
  else client.message(text);
}
