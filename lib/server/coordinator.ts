import { systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { UserError } from '../base/user-error.ts';
import type { CommandServer, NewSession } from '../command/command.ts';
import { complete } from '../command/completion.ts';
import { WaitChannels } from '../command/wait-channels.ts';
import type { FormatContext } from '../config/format-context.ts';
import type { Options } from '../config/options.ts';
import type { KeyTables } from '../input/key-table.ts';
import type { CopyTarget } from '../mode/copy-state.ts';
import type { ProgramSession } from '../session/program-session.ts';
import type { Session } from '../session/session.ts';
import { nameProblem } from '../session/session-name.ts';
import type { AgentLink } from './agent-link.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientHost, LineOrigin } from './client-host.ts';
import { ClientList } from './client-list.ts';
import { ClientWatch } from './client-watch.ts';
import { copyPipe } from './copy-pipe.ts';
import { Formats } from './formats.ts';
import { type HookPlace, LineRunner } from './line-runner.ts';
import { type LoggedMessage, MessageLog } from './message-log.ts';
import { PasteBufferList } from './paste-buffers.ts';
import { ProgramMaker } from './program-maker.ts';
import { SessionAlerts } from './session-alerts.ts';
import { SessionList } from './session-list.ts';
import { SessionPipes } from './session-pipes.ts';
import { ShellCache } from './shell-cache.ts';
import { SizeKeeper } from './size-keeper.ts';
import { StatusClock, statusFormats } from './status-clock.ts';

/** From the order to stop until the server leaves also without the ends of all programs, in milliseconds. */
const STOP_TIMEOUT = 8000;

export interface CoordinatorOptions {
  readonly options: Options;
  readonly keyTables: KeyTables;
  readonly log: Log;
  readonly facts: CommandServer['facts'];
  readonly agentLink: AgentLink;
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
  readonly #log: Log;
  readonly #reload: () => readonly string[];
  readonly #onStopping: () => void;
  readonly #onStop: () => void;
  readonly #sessions = new SessionList();
  readonly #clients = new ClientList();
  readonly #maker: ProgramMaker;
  readonly #alerts: SessionAlerts;
  readonly #sizes: SizeKeeper;
  readonly #pipes: SessionPipes;
  readonly #messages: MessageLog;
  readonly #statusClock: StatusClock;
  readonly #shell: ShellCache;
  /** Sessions that a person ended, gone from the list, until their programs have ended too. */
  readonly #killing = new Set<ProgramSession>();
  /** Sessions whose program ends only to start again. */
  readonly #restarting = new WeakSet<Session>();
  readonly #histories = { command: [] as string[], text: [] as string[] };
  readonly #formats: Formats;
  readonly #lines = new LineRunner(this);
  readonly #watch = new ClientWatch((name, place) => this.fireHook(name, place));
  #lastUse = 0;
  #stopping = false;

  constructor({ options, keyTables, log, facts, agentLink, reload, onStopping, onStop }: CoordinatorOptions) {
    this.options = options;
    this.keyTables = keyTables;
    this.facts = facts;
    this.agentLink = agentLink;
    this.#log = log;
    this.#reload = reload;
    this.#onStopping = onStopping;
    this.#onStop = onStop;
    this.buffers = new PasteBufferList(() => options.number('buffer-limit'));
    this.#messages = new MessageLog(() => options.number('message-limit'));
    const clients = this.#clients;
    this.#maker = new ProgramMaker({
      options,
      facts,
      agentLink,
      clients,
      environment: this.environment,
      isTaken: this.#isTaken,
      bug: (where, error) => this.bug(where, error),
    });
    this.#alerts = new SessionAlerts({
      options,
      clients,
      buffers: this.buffers,
      fireHook: (name, place) => this.fireHook(name, place),
      addMessage: (text) => this.addMessage(text),
      exited: (session) => this.#exited(session),
    });
    this.#sizes = new SizeKeeper({
      sessions: this.#sessions,
      clients,
      options,
      guard: (name, task) => this.#guard(name, task),
    });
    this.#pipes = new SessionPipes((session) => this.#maker.environmentOf(session.id, {}));
    this.#shell = new ShellCache(
      () => this.#maker.baseEnvironment,
      () => clients.statusChanged(),
    );
    this.#formats = new Formats(this, this.#shell);
    this.#statusClock = new StatusClock({
      clock: systemClock,
      interval: () => options.number('status-interval'),
      formats: () => statusFormats(options),
      onTick: () => clients.statusChanged(),
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
    return this.#sessions.all;
  }

  get clients(): readonly AttachedClient[] {
    return this.#clients.all;
  }

  get lastSession(): Session | undefined {
    return this.#sessions.recent[0];
  }

  get messages(): readonly LoggedMessage[] {
    return this.#messages.all;
  }

  createSession(wanted: NewSession): Session {
    if (this.#stopping) throw new UserError('the server is stopping');
    const limit = this.options.number('max-programs');
    if (this.#sessions.all.length >= limit)
      throw new UserError(`${limit} programs run already; end one, or raise the option max-programs`);
    if (wanted.name !== undefined) this.#checkName(wanted.name);
    const index = this.#sessions.freeIndex(this.options.number('base-index'), wanted.index);
    const session = this.#maker.create(wanted, index);
    this.#sessions.add(session);
    if (wanted.size !== undefined) this.#sizes.keep(session);
    session.events((event) => {
      if (!this.#killing.has(session)) this.#guard(session.name, () => this.#alerts.heard(session, event));
    });
    this.#log.info(`session ${session.name} ($${session.id}) started`);
    this.#clients.statusChanged();
    this.fireHook('session-created', { session });
    return session;
  }

  /** Gone for everybody at once, so that the next key means the next session; fulfilled when the program has ended. */
  async killSession(session: Session): Promise<void> {
    const own = this.#own(session);
    this.#killing.add(own);
    const ended = own.kill();
    this.#remove(own);
    await ended.finally(() => this.#discard(own));
  }

  async restartSession(session: Session, options: Parameters<CommandServer['restartSession']>[1]): Promise<void> {
    const own = this.#own(session);
    if (own.exit === undefined) {
      if (!options.kill) throw new UserError(`${own.name} still runs; use -k to end it first`);
      this.#restarting.add(own);
      await own.kill().finally(() => this.#restarting.delete(own));
      this.#own(own);
    }
    own.restart({
      command: options.command,
      workingDirectory: options.workingDirectory,
      environment: this.#maker.environmentOf(own.id, options.environment),
    });
  }

  renameSession(session: Session, name: string): void {
    if (session.name === name) return;
    const own = this.#own(session);
    this.#checkName(name);
    own.rename(name);
  }

  #checkName(name: string): void {
    const problem = nameProblem(name, this.#isTaken, this.options.number('name-max-length'));
    if (problem !== undefined) throw new UserError(problem);
  }

  readonly #isTaken = (name: string): boolean => this.#sessions.byName(name) !== undefined;

  moveSession(session: Session, index: number): void {
    this.#sessions.move(this.#own(session), index);
    this.#clients.statusChanged();
  }

  swapSessions(a: Session, b: Session): void {
    this.#sessions.swap(this.#own(a), this.#own(b));
    this.#clients.statusChanged();
  }

  #own(session: Session): ProgramSession {
    const own = this.#sessions.byId(session.id);
    if (own === undefined) throw new UserError(`session ${session.name} is gone`);
    return own;
  }

  #exited(session: ProgramSession): void {
    this.#log.info(`session ${session.name} ended: ${JSON.stringify(session.exit)}`);
    if (this.#restarting.has(session)) return;
    const remain = this.options.string('remain-on-exit', session.id);
    const failed = session.exit !== undefined && (session.exit.exitCode !== 0 || session.exit.signal !== undefined);
    this.fireHook(remain === 'on' || (remain === 'failed' && failed) ? 'pane-died' : 'pane-exited', { session });
    if (remain === 'on' || (remain === 'failed' && failed)) {
      for (const client of this.#clients.showing(session)) client.contentChanged();
      this.#clients.statusChanged();
      return;
    }
    this.#remove(session);
  }

  #remove(session: ProgramSession): void {
    if (this.#sessions.byId(session.id) === undefined) return;
    this.#sessions.remove(session);
    this.#pipes.close(session);
    if (this.options.boolean('renumber-windows')) this.#sessions.renumber(this.options.number('base-index'));
    this.#eachClient((client) => client.sessionGone(session, this.#sessions.recent));
    if (!this.#killing.has(session)) this.#discard(session);
    this.options.forgetSession(session.id);
    this.#clients.statusChanged();
    this.fireHook('session-closed', { session });
    if (this.#sessions.all.length === 0 && this.options.boolean('exit-empty')) this.stop('[exited]');
  }

  #discard(session: ProgramSession): void {
    this.#killing.delete(session);
    this.#guard(session.name, () => session.dispose());
  }

  /** The attached client that a person used last. */
  get lastClient(): AttachedClient | undefined {
    return this.#clients.last;
  }

  sessionById(id: number): Session | undefined {
    return this.#sessions.byId(id);
  }

  /** A client is attached now; it shows its first session. */
  addClient(client: AttachedClient): void {
    this.#clients.add(client);
    this.#statusClock.run(true);
    this.#log.info(`client ${client.name} attached`);
    showProblems(client, this.#messages.takeUntold());
    this.#clients.statusChanged();
    this.#watch.look(client);
    this.fireHook('client-attached', { session: client.session, client });
  }

  clientChanged(client: AttachedClient): void {
    const { session } = client;
    if (session !== undefined) {
      const own = this.#sessions.byId(session.id);
      if (own !== undefined) this.#sessions.shown(own);
    }
    this.#sizes.update();
    this.#clients.statusChanged();
    this.#watch.look(client);
  }

  clientClosed(client: AttachedClient): void {
    if (!this.#clients.remove(client)) return;
    this.#statusClock.run(!this.#clients.isEmpty);
    this.#log.info(`client ${client.name} detached`);
    this.#sizes.update();
    this.#clients.statusChanged();
    this.#watch.forget(client);
    this.fireHook('client-detached', { session: client.session, client });
    if (this.#clients.isEmpty && this.options.boolean('exit-unattached')) this.stop('[exited]');
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
    const names = this.options.get('update-environment');
    if (!Array.isArray(names)) return;
    for (const name of names) if (name !== 'SSH_AUTH_SOCK') this.environment.set(name, environment[name]);
  }

  followAgent(socket: string | undefined): void {
    this.#guard('the link to the SSH agent', () => this.agentLink.follow(socket));
  }

  /** Text copied in a client's copy mode: to a buffer, the person's clipboard, and a command where one is asked for. */
  copied(client: AttachedClient, text: string, target: CopyTarget): void {
    if (client.readOnly) {
      if (target.buffer) client.copyToClipboard(text);
      return;
    }
    if (target.buffer) {
      const name = target.prefix === undefined ? undefined : this.buffers.freeName(target.prefix);
      this.buffers.set(text, name, target.append);
      client.copyToClipboard(text);
    }
    if (target.pipe === undefined) return;
    const command = target.pipe === '' ? this.options.string('copy-command') : target.pipe;
    if (command === '') return;
    copyPipe(command, text, {
      environment: this.#maker.baseEnvironment,
      onError: (problem) => this.addMessage(problem),
    });
  }

  noteInput(): void {
    this.#maker.noteInput();
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

  history(kind: 'command' | 'text'): string[] {
    return this.#histories[kind];
  }

  pipe(
    session: Session,
    command: string | undefined,
    directions: { readonly output: boolean; readonly input: boolean },
  ): void {
    const own = this.#own(session);
    if (command === undefined) this.#pipes.close(own);
    else this.#pipes.open(own, command, directions);
  }

  isPiped(session: Session): boolean {
    return this.#pipes.has(session);
  }

  reload(): readonly string[] {
    return this.#reload();
  }

  /** Says what is wrong in the person's files, or `otherwise`; where nobody is attached, to whom comes first. */
  tell(problems: readonly string[], otherwise?: string): void {
    for (const problem of problems) this.addMessage(problem);
    if (this.#clients.isEmpty) this.#messages.keepUntold(problems);
    for (const client of this.#clients.all) {
      showProblems(client, problems);
      if (problems.length === 0 && otherwise !== undefined) client.message(otherwise);
    }
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
    const ended = [...this.#sessions.all, ...this.#killing].map(async (session) => session.kill());
    const late = new Promise((resolve) => setTimeout(resolve, STOP_TIMEOUT));
    void Promise.race([Promise.allSettled(ended), late]).then(() => this.#onStop());
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

/** One problem stays until a key; several are a page. */
function showProblems(client: AttachedClient, problems: readonly string[]): void {
  const [first] = problems;
  if (first === undefined) return;
  if (problems.length === 1) client.message(first, 0);
  else client.showText('Problems in the configuration', problems.join('\n'));
}
