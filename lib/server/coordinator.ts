import { systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { UserError } from '../base/user-error.ts';
import type { CommandServer, NewSession, TerminalFacts } from '../command/command.ts';
import { complete } from '../command/completion.ts';
import { WaitChannels } from '../command/wait-channels.ts';
import type { FormatContext } from '../config/format-context.ts';
import type { Options } from '../config/options.ts';
import type { Models } from '../conversation/model.ts';
import type { KeyTables } from '../input/key-table.ts';
import type { CopyTarget } from '../mode/copy-state.ts';
import type { Session } from '../session/session.ts';
import type { AgentLink } from './agent-link.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ChatMaker } from './chat-maker.ts';
import type { ChatParts } from './chat-parts.ts';
import { ClientDesk } from './client-desk.ts';
import type { ClientHost, LineOrigin } from './client-host.ts';
import { ClientList } from './client-list.ts';
import { copyPipe } from './copy-pipe.ts';
import { copyText } from './copy-text.ts';
import { Formats } from './formats.ts';
import { type HookPlace, LineRunner } from './line-runner.ts';
import { type LoggedMessage, MessageLog } from './message-log.ts';
import { PasteBufferList } from './paste-buffers.ts';
import type { ProgramMaker } from './program-maker.ts';
import { SessionAlerts } from './session-alerts.ts';
import type { SessionKeeper } from './session-keeper.ts';
import { createSessionKinds } from './session-kinds.ts';
import { SessionPipes } from './session-pipes.ts';
import { ShellCache } from './shell-cache.ts';
import { SizeKeeper } from './size-keeper.ts';
import { StatusClock, statusFormats } from './status-clock.ts';
import { terminalReport } from './terminal-report.ts';

/** From the order to stop until the server leaves also without the ends of all programs, in milliseconds. */
const STOP_TIMEOUT = 8000;

export interface CoordinatorOptions {
  readonly options: Options;
  readonly keyTables: KeyTables;
  readonly log: Log;
  readonly facts: CommandServer['facts'];
  readonly agentLink: AgentLink;
  /** For doctor: the files and their problems. */
  readonly explainConfiguration: CommandServer['explainConfiguration'];
  readonly chats: ChatParts;
  /** Hears the variables of clients, the newest last. */
  readonly noteEnvironment: (environment: Readonly<Record<string, string>>) => void;
  /** Reads files anew; gives their problems. */
  readonly reload: () => readonly string[];
  /** Called once, when the server is about to end: nobody is let in any more. */
  readonly onStopping: () => void;
  /** Called once, when all programs have ended, or do not for too long. */
  readonly onStop: () => void;
}

/** Owns sessions and clients: the only object that changes their lists. */
export class Coordinator implements CommandServer, ClientHost {
  readonly options: Options;
  readonly keyTables: KeyTables;
  readonly facts: CommandServer['facts'];
  readonly buffers: PasteBufferList;
  readonly environment = new Map<string, string | undefined>();
  readonly hiddenEnvironment = new Map<string, string>();
  readonly channels = new WaitChannels();
  readonly hooks = new Map<string, string[]>();
  readonly otherNames = new WeakMap<Session, readonly string[]>();
  readonly agentLink: AgentLink;
  readonly explainConfiguration: CommandServer['explainConfiguration'];
  readonly #log: Log;
  readonly #noteEnvironment: CoordinatorOptions['noteEnvironment'];
  readonly #reload: () => readonly string[];
  readonly #onStopping: () => void;
  readonly #onStop: () => void;
  readonly #keeper: SessionKeeper;
  readonly #clients = new ClientList();
  readonly #desk: ClientDesk;
  readonly #programs: ProgramMaker;
  readonly #chats: ChatMaker;
  readonly #parts: ChatParts;
  readonly #alerts: SessionAlerts;
  readonly #sizes: SizeKeeper;
  readonly #pipes: SessionPipes;
  readonly #messages: MessageLog;
  readonly #statusClock: StatusClock;
  readonly #shell: ShellCache;
  readonly #histories = { command: [] as string[], text: [] as string[], chat: [] as string[] };
  readonly #formats: Formats;
  readonly #lines = new LineRunner(this);
  #lastUse = 0;
  #stopping = false;

  constructor(given: CoordinatorOptions) {
    const { options, keyTables, log, facts, agentLink, reload, onStopping, onStop } = given;
    this.#parts = given.chats;
    this.#noteEnvironment = given.noteEnvironment;
    this.options = options;
    this.keyTables = keyTables;
    this.facts = facts;
    this.agentLink = agentLink;
    this.explainConfiguration = given.explainConfiguration;
    this.#log = log;
    this.#reload = reload;
    this.#onStopping = onStopping;
    this.#onStop = onStop;
    this.buffers = new PasteBufferList(() => options.number('buffer-limit'));
    this.#messages = new MessageLog(() => options.number('message-limit'));
    const clients = this.#clients;
    const { programs, chats, keeper } = createSessionKinds({
      coordinator: this,
      clients,
      lines: this.#lines,
      parts: given.chats,
      heard: (session, event) => this.#alerts.heard(session, event),
      removed: (session) => this.#removed(session),
      closed: (session) => this.#closed(session),
      guard: (name, task) => this.#guard(name, task),
    });
    this.#programs = programs;
    this.#chats = chats;
    this.#keeper = keeper;
    this.#alerts = new SessionAlerts({
      options,
      clients,
      buffers: this.buffers,
      fireHook: (name, place) => this.fireHook(name, place),
      addMessage: (text) => this.addMessage(text),
      exited: (session) => this.#keeper.exited(session),
    });
    this.#sizes = new SizeKeeper({
      sessions: this.#keeper.list,
      clients,
      options,
      guard: (name, task) => this.#guard(name, task),
    });
    this.#pipes = new SessionPipes((session) => this.#programs.environmentOf(session.id, {}));
    this.#shell = new ShellCache(
      () => this.#programs.baseEnvironment,
      () => clients.statusChanged(),
    );
    this.#formats = new Formats(this, this.#shell);
    this.#statusClock = new StatusClock({
      clock: systemClock,
      interval: () => options.number('status-interval'),
      formats: () => statusFormats(options),
      onTick: () => clients.statusChanged(),
    });
    this.#desk = new ClientDesk({
      clients,
      sizes: this.#sizes,
      statusClock: this.#statusClock,
      messages: this.#messages,
      log: (text) => log.info(text),
      fireHook: (name, place) => this.fireHook(name, place),
      shown: (session) => this.#keeper.shown(session),
      deserted: () => {
        if (options.boolean('exit-unattached')) this.stop('[exited]');
      },
    });
    options.changed(() => {
      this.#statusClock.restart();
      this.#sizes.update();
      this.#clients.statusChanged();
    });
  }

  get server(): CommandServer {
    return this;
  }

  get sessions(): readonly Session[] {
    return this.#keeper.list.all;
  }

  get clients(): readonly AttachedClient[] {
    return this.#clients.all;
  }

  get lastSession(): Session | undefined {
    return this.#keeper.list.recent[0];
  }

  get messages(): readonly LoggedMessage[] {
    return this.#messages.all;
  }

  get models(): Models {
    return this.#parts.models;
  }

  get knownModels(): readonly string[] {
    return this.#parts.knownModels();
  }

  get tools(): CommandServer['tools'] {
    return this.#parts.code?.tools ?? [];
  }

  get preparing(): Promise<unknown> | undefined {
    return this.#parts.loading;
  }

  async prepare(kind: Session['kind']): Promise<void> {
    if (kind === 'chat') await this.#parts.load();
  }

  async explainModels(signal: AbortSignal): Promise<readonly string[]> {
    const { explain } = await this.#parts.load();
    return await explain(signal);
  }

  sessionFolder(session: Session): string | undefined {
    return this.#chats.folderOf(session);
  }

  createSession(wanted: NewSession): Session {
    if (this.#stopping) throw new UserError('the server is stopping');
    const session = this.#keeper.create(wanted);
    if (wanted.size !== undefined) this.#sizes.keep(session);
    return session;
  }

  killSession(session: Session): Promise<void> {
    return this.#keeper.kill(session);
  }

  restartSession(session: Session, options: Parameters<CommandServer['restartSession']>[1]): Promise<void> {
    return this.#keeper.restart(session, options);
  }

  renameSession(session: Session, name: string): void {
    this.#keeper.rename(session, name);
  }

  moveSession(session: Session, index: number): void {
    this.#keeper.move(session, index);
  }

  swapSessions(a: Session, b: Session): void {
    this.#keeper.swap(a, b);
  }

  #closed(session: Session): void {
    this.fireHook('session-closed', { session });
    if (this.#keeper.list.all.length === 0 && this.options.boolean('exit-empty')) this.stop('[exited]');
  }

  #removed(session: Session): void {
    this.#pipes.close(session);
    this.#eachClient((client) => client.sessionGone(session, this.#keeper.list.recent));
  }

  /** The attached client that a person used last. */
  get lastClient(): AttachedClient | undefined {
    return this.#clients.last;
  }

  sessionById(id: number): Session | undefined {
    return this.#keeper.list.byId(id);
  }

  addClient(client: AttachedClient): void {
    this.#desk.came(client);
  }

  clientChanged(client: AttachedClient): void {
    this.#desk.changed(client);
  }

  clientClosed(client: AttachedClient): void {
    this.#desk.left(client);
  }

  get lastUse(): number {
    return this.#lastUse;
  }

  noteUse(time: number): void {
    this.#lastUse = time;
  }

  /** The variables of option update-environment and the SSH agent follow the client that came last. */
  welcome(environment: Readonly<Record<string, string>>): void {
    this.followAgent(environment['SSH_AUTH_SOCK']);
    this.noteEnvironment(environment);
    const names = this.options.get('update-environment');
    if (!Array.isArray(names)) return;
    for (const name of names) if (name !== 'SSH_AUTH_SOCK') this.environment.set(name, environment[name]);
  }

  /** Variables by which chats find their endpoint follow whoever came last. */
  noteEnvironment(environment: Readonly<Record<string, string>>): void {
    this.#noteEnvironment(environment);
  }

  followAgent(socket: string | undefined): void {
    this.#guard('the link to the SSH agent', () => this.agentLink.follow(socket));
  }

  copied(client: AttachedClient, text: string, target: CopyTarget): void {
    const command = copyText(this, client, text, target);
    if (command === undefined) return;
    copyPipe(command, text, {
      environment: this.#programs.baseEnvironment,
      onError: (problem) => this.addMessage(problem),
    });
  }

  noteInput(): void {
    this.#programs.noteInput();
  }

  runLine(line: string, origin: LineOrigin): void {
    this.#lines.runLine(line, origin);
  }

  runServerLine(line: string, place: string): Promise<void> {
    return this.#lines.runServerLine(line, place);
  }

  fireHook(name: string, place: HookPlace): void {
    this.#lines.fireHook(name, place);
  }

  showError(client: AttachedClient, error: unknown): void {
    this.#lines.showError(client, error);
  }

  formatContext(place: Parameters<CommandServer['formatContext']>[0]): FormatContext {
    return this.#formats.context(place);
  }

  complete(line: string, cursor: number, client: AttachedClient): readonly string[] {
    return complete(line, cursor, { server: this, client });
  }

  history(kind: 'command' | 'text' | 'chat'): string[] {
    return this.#histories[kind];
  }

  pipe(
    session: Session,
    command: string | undefined,
    directions: { readonly output: boolean; readonly input: boolean },
  ): void {
    const own = this.#keeper.program(session, 'pipe');
    if (command === undefined) this.#pipes.close(own);
    else this.#pipes.open(own, command, directions);
  }

  isPiped(session: Session): boolean {
    return this.#pipes.has(session);
  }

  explainTerminal(terminal: TerminalFacts): string {
    return terminalReport(terminal, this.options);
  }

  reload(): readonly string[] {
    return this.#reload();
  }

  /** Says what is wrong in the person's files, or `otherwise`; where nobody is attached, to whom comes first. */
  tell(problems: readonly string[], otherwise?: string): void {
    for (const problem of problems) this.addMessage(problem);
    this.#desk.tell(problems, otherwise);
  }

  log(text: string): void {
    this.#log.info(text);
  }

  addMessage(text: string): void {
    this.#messages.add(text);
    this.#log.info(`message: ${text}`);
  }

  /** Ends every session and client, then the server. */
  stop(text = '[server exited]'): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#guard('the end', this.#onStopping);
    this.#lines.stop();
    this.#sizes.stop();
    this.#statusClock.dispose();
    this.#shell.dispose();
    this.#eachClient((client) => client.leave(text));
    this.#pipes.closeAll();
    const late = new Promise((resolve) => setTimeout(resolve, STOP_TIMEOUT));
    void Promise.race([this.#keeper.end(), late]).then(() => this.#onStop());
  }

  /** What one client throws keeps nothing from the others. */
  #eachClient(task: (client: AttachedClient) => void): void {
    for (const client of this.#clients.all) this.#guard(`client ${client.name}`, () => task(client));
  }

  /** What a session or a client throws ends there. */
  #guard(name: string, task: () => void): void {
    try {
      task();
    } catch (error) {
      this.bug(name, error);
    }
  }

  /** What should not have happened: logged with its stack. */
  bug(where: string, error: unknown): void {
    this.#log.error(where, error);
  }
}
