import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { systemClock } from '../base/clock.ts';
import { clampSize, type Size, sameSize } from '../base/geometry.ts';
import { sessionId } from '../base/id.ts';
import type { Log } from '../base/log.ts';
import { UserError } from '../base/user-error.ts';
import type { CommandServer, NewSession } from '../command/command.ts';
import { complete } from '../command/completion.ts';
import { WaitChannels } from '../command/wait-channels.ts';
import type { FormatContext } from '../config/format-context.ts';
import type { Options } from '../config/options.ts';
import type { KeyTables } from '../input/key-table.ts';
import type { CopyTarget } from '../mode/copy-state.ts';
import { programEnvironment } from '../session/environment.ts';
import { ParseScheduler } from '../session/parse-scheduler.ts';
import { ProgramSession } from '../session/program-session.ts';
import type { Session, SessionEvent } from '../session/session.ts';
import { automaticName, nameProblem } from '../session/session-name.ts';
import { loginShell } from '../session/shell-command.ts';
import { XtermTerminal } from '../terminal/xterm-terminal.ts';
import type { AgentLink } from './agent-link.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientHost, LineOrigin } from './client-host.ts';
import { Formats } from './formats.ts';
import { LineRunner } from './line-runner.ts';
import { OutputPipe } from './output-pipe.ts';
import { PasteBufferList } from './paste-buffers.ts';
import { SessionList } from './session-list.ts';
import { chooseSize } from './session-size.ts';
import { ShellCache } from './shell-cache.ts';

/** How long after the last resize hidden sessions follow, in milliseconds. */
const HIDDEN_RESIZE_DELAY = 250;

export interface CoordinatorOptions {
  readonly options: Options;
  readonly keyTables: KeyTables;
  readonly log: Log;
  readonly facts: CommandServer['facts'];
  readonly agentLink: AgentLink;
  /** Reads files anew; gives their problems. */
  readonly reload: () => readonly string[];
  /** Called once, when the server is to end. */
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
  readonly agentLink: AgentLink;
  readonly #log: Log;
  readonly #reload: () => readonly string[];
  readonly #onStop: () => void;
  readonly #sessions = new SessionList();
  readonly #clients = new Set<AttachedClient>();
  readonly #scheduler = new ParseScheduler(systemClock);
  readonly #shell: ShellCache;
  /** Sessions that a person ends: nothing of them stays. */
  readonly #killing = new WeakSet<Session>();
  /** Sessions whose program ends only to start again. */
  readonly #restarting = new WeakSet<Session>();
  readonly #pipes = new Map<Session, OutputPipe>();
  readonly #histories = { command: [] as string[], text: [] as string[] };
  readonly #formats: Formats;
  readonly #lines = new LineRunner(this);
  #messages: readonly { readonly time: number; readonly text: string }[] = [];
  #nextSession = 0;
  #lastUse = 0;
  #stopping = false;
  #hiddenTimer: NodeJS.Timeout | undefined;

  constructor({ options, keyTables, log, facts, agentLink, reload, onStop }: CoordinatorOptions) {
    this.options = options;
    this.keyTables = keyTables;
    this.facts = facts;
    this.agentLink = agentLink;
    this.#log = log;
    this.#reload = reload;
    this.#onStop = onStop;
    this.buffers = new PasteBufferList(() => options.number('buffer-limit'));
    this.#shell = new ShellCache(
      () => merged(process.env, this.environment),
      () => this.#statusChanged(),
    );
    this.#formats = new Formats(this, this.#shell);
    options.changed(() => {
      this.#resizeAll();
      this.#statusChanged();
    });
  }

  get server(): CommandServer {
    return this;
  }

  get sessions(): readonly Session[] {
    return this.#sessions.all;
  }

  get clients(): readonly AttachedClient[] {
    return [...this.#clients];
  }

  get lastSession(): Session | undefined {
    return this.#sessions.recent[0];
  }

  get messages(): readonly { readonly time: number; readonly text: string }[] {
    return this.#messages;
  }

  createSession(wanted: NewSession): Session {
    if (this.#stopping) throw new UserError('the server is stopping');
    const limit = this.options.number('max-programs');
    if (this.#sessions.all.length >= limit)
      throw new UserError(`${limit} programs run already; end one, or raise the option max-programs`);
    if (wanted.name !== undefined) this.#checkName(wanted.name);
    const index = this.#sessions.freeIndex(this.options.number('base-index'), wanted.index);
    const id = sessionId(this.#nextSession);
    const name = wanted.name ?? this.#automaticName(wanted);
    const session = new ProgramSession({
      id,
      index,
      name,
      command: this.#commandOf(wanted),
      workingDirectory: wanted.workingDirectory,
      environment: this.#programEnvironment(id, wanted.environment),
      size: wanted.size ?? this.#defaultSize(),
      scheduler: this.#scheduler,
      clock: systemClock,
      onError: (error) => this.bug(`session ${name}`, error),
      createTerminal: (size) => this.#createTerminal(size),
    });
    this.#nextSession += 1;
    this.#sessions.add(session);
    session.events((event) => this.#guard(session.name, () => this.#heard(session, event)));
    this.#log.info(`session ${session.name} ($${id}) started`);
    this.#statusChanged();
    this.fireHook('session-created', { session });
    return session;
  }

  async killSession(session: Session): Promise<void> {
    const own = this.#own(session);
    this.#killing.add(own);
    await own.kill();
    this.#remove(own);
  }

  async restartSession(session: Session, options: Parameters<CommandServer['restartSession']>[1]): Promise<void> {
    const own = this.#own(session);
    if (own.exit === undefined) {
      if (!options.kill) throw new UserError(`${own.name} still runs; use -k to end it first`);
      this.#restarting.add(own);
      await own.kill().finally(() => this.#restarting.delete(own));
    }
    own.restart({
      command: options.command,
      workingDirectory: options.workingDirectory,
      environment: this.#programEnvironment(own.id, options.environment),
    });
  }

  renameSession(session: Session, name: string): void {
    if (session.name === name) return;
    this.#checkName(name);
    session.rename(name);
  }

  #checkName(name: string): void {
    const problem = nameProblem(name, this.#isTaken, this.options.number('name-max-length'));
    if (problem !== undefined) throw new UserError(problem);
  }

  #automaticName(wanted: NewSession): string {
    const command = this.#commandOf(wanted);
    const line = command[0] ?? loginShell(merged(process.env, this.environment));
    return automaticName(line, wanted.workingDirectory, this.#isTaken, this.options.number('name-max-length'));
  }

  readonly #isTaken = (name: string): boolean => this.#sessions.byName(name) !== undefined;

  moveSession(session: Session, index: number): void {
    this.#sessions.move(this.#own(session), index);
    this.#statusChanged();
  }

  swapSessions(a: Session, b: Session): void {
    this.#sessions.swap(this.#own(a), this.#own(b));
    this.#statusChanged();
  }

  #own(session: Session): ProgramSession {
    const own = this.#sessions.byId(session.id);
    if (own === undefined) throw new UserError(`session ${session.name} is gone`);
    return own;
  }

  #createTerminal(size: Size): XtermTerminal {
    return new XtermTerminal({
      size,
      name: 'qmux',
      release: this.facts.version,
      historyLimit: this.options.number('history-limit'),
      onError: (error) => this.bug('a terminal', error),
    });
  }

  #commandOf(wanted: NewSession): readonly string[] {
    if (wanted.command.length > 0) return wanted.command;
    const line = this.options.string('default-command');
    return line === '' ? [] : [line];
  }

  #programEnvironment(id: number, over: Readonly<Record<string, string>>): Record<string, string> {
    const base = merged(process.env, this.environment);
    if (this.agentLink.active) base['SSH_AUTH_SOCK'] = this.agentLink.path;
    return programEnvironment(
      { ...base, ...over },
      {
        session: id,
        socketPath: this.facts.socketPath,
        serverPid: this.facts.pid,
        version: this.facts.version,
        term: this.options.string('default-terminal'),
      },
    );
  }

  /** What a session that nobody shows yet gets: the size of the client used last, else option default-size. */
  #defaultSize(): Size {
    const client = this.lastClient;
    if (client !== undefined) return client.paneSize;
    const [columns = 80, rows = 24] = this.options.string('default-size').split('x').map(Number);
    return clampSize(columns, rows);
  }

  /** What a session says. */
  #heard(session: ProgramSession, event: SessionEvent): void {
    switch (event.type) {
      case 'changed':
        for (const client of this.#showing(session)) client.contentChanged();
        return;
      case 'title':
        for (const client of this.#showing(session)) client.statusChanged();
        return;
      case 'renamed':
        this.#statusChanged();
        this.fireHook('session-renamed', { session });
        return;
      case 'status':
        this.#statusChanged();
        return;
      case 'bell':
        this.#bell(session);
        return;
      case 'activity':
        this.#activity(session);
        return;
      case 'clipboard':
        this.#clipboard(session, event.text);
        return;
      case 'notification':
        this.addMessage(`${session.name}: ${[event.title, event.body].filter((text) => text !== '').join(': ')}`);
        return;
      case 'exited':
        this.#exited(session);
        return;
      case 'restarted':
        for (const client of this.#showing(session)) client.contentChanged();
        this.#statusChanged();
        return;
      default:
        event satisfies never;
    }
  }

  #bell(session: ProgramSession): void {
    this.#statusChanged();
    const action = this.options.string('bell-action', session.id);
    for (const client of this.#clients) {
      const shown = client.session === session;
      if (action === 'none' || (action === 'current' && !shown) || (action === 'other' && shown)) continue;
      if (this.options.boolean('visual-bell', session.id)) client.message(`Bell in ${session.name}`);
      else client.bell();
    }
    this.fireHook('alert-bell', { session });
  }

  #activity(session: ProgramSession): void {
    this.#statusChanged();
    if (!this.options.boolean('monitor-activity', session.id)) return;
    if (this.options.boolean('visual-activity', session.id))
      for (const client of this.#clients) if (client.session !== session) client.message(`Activity in ${session.name}`);
    this.fireHook('alert-activity', { session });
  }

  /** Option set-clipboard: `on` gives a program's text to the person's clipboard and a buffer, others do not. */
  #clipboard(session: ProgramSession, text: string): void {
    if (this.options.string('set-clipboard') !== 'on') return;
    this.buffers.set(text);
    for (const client of this.#showing(session)) client.copyToClipboard(text);
  }

  #exited(session: ProgramSession): void {
    this.#log.info(`session ${session.name} ended: ${JSON.stringify(session.exit)}`);
    if (this.#restarting.has(session)) return;
    const remain = this.options.string('remain-on-exit', session.id);
    const failed = session.exit !== undefined && (session.exit.exitCode !== 0 || session.exit.signal !== undefined);
    this.fireHook(remain === 'on' || (remain === 'failed' && failed) ? 'pane-died' : 'pane-exited', { session });
    if (
      (remain === 'on' && !this.#killing.has(session)) ||
      (remain === 'failed' && failed && !this.#killing.has(session))
    ) {
      for (const client of this.#showing(session)) client.contentChanged();
      this.#statusChanged();
      return;
    }
    this.#remove(session);
  }

  #remove(session: ProgramSession): void {
    if (this.#sessions.byId(session.id) === undefined) return;
    this.#sessions.remove(session);
    this.#pipes.get(session)?.dispose();
    this.#pipes.delete(session);
    if (this.options.boolean('renumber-windows')) this.#sessions.renumber(this.options.number('base-index'));
    for (const client of this.#clients) client.sessionGone(session, this.#sessions.recent);
    session.dispose();
    this.options.forgetSession(session.id);
    this.#statusChanged();
    this.fireHook('session-closed', { session: undefined });
    if (this.#sessions.all.length === 0 && this.options.boolean('exit-empty')) this.stop('[exited]');
  }

  /** The attached client that a person used last. */
  get lastClient(): AttachedClient | undefined {
    let last: AttachedClient | undefined;
    for (const client of this.#clients)
      if (last === undefined || client.lastActivity >= last.lastActivity) last = client;
    return last;
  }

  sessionById(id: number): Session | undefined {
    return this.#sessions.byId(id);
  }

  /** A client is attached now; it shows its first session. */
  addClient(client: AttachedClient): void {
    this.#clients.add(client);
    this.#log.info(`client ${client.name} attached`);
    this.#statusChanged();
  }

  clientChanged(client: AttachedClient): void {
    const { session } = client;
    if (session !== undefined) {
      const own = this.#sessions.byId(session.id);
      if (own !== undefined) this.#sessions.shown(own);
    }
    this.#resizeAll();
    this.#statusChanged();
  }

  clientClosed(client: AttachedClient): void {
    if (!this.#clients.delete(client)) return;
    this.#log.info(`client ${client.name} detached`);
    this.#resizeAll();
    this.#statusChanged();
    this.fireHook('client-detached', { session: client.session });
    if (this.#clients.size === 0 && this.options.boolean('exit-unattached')) this.stop('[exited]');
  }

  /** Sessions that somebody shows follow their clients at once; the others follow the last client a little later. */
  #resizeAll(): void {
    for (const session of this.#sessions.all) {
      const showing = this.#showing(session);
      session.setShown(
        showing.length,
        showing.some((client) => client.focused),
      );
      const viewers = showing.map((client) => ({ size: client.paneSize, lastActivity: client.lastActivity }));
      const size = chooseSize(this.options.string('window-size', session.id), viewers);
      if (size !== undefined && !sameSize(size, session.size)) session.resize(size);
    }
    this.#resizeHidden();
  }

  /** Hidden sessions keep the size of the client used last, so that a switch shows the right one; one a turn, after a rest. */
  #resizeHidden(delay = HIDDEN_RESIZE_DELAY): void {
    clearTimeout(this.#hiddenTimer);
    const size = this.lastClient?.paneSize;
    if (size === undefined) return;
    const next = this.#sessions.all.find(
      (session) =>
        this.#showing(session).length === 0 &&
        !sameSize(session.size, size) &&
        this.options.string('window-size', session.id) !== 'manual',
    );
    if (next === undefined) return;
    this.#hiddenTimer = setTimeout(() => {
      this.#guard(next.name, () => next.resize(size));
      this.#resizeHidden(0);
    }, delay);
  }

  #showing(session: Session): readonly AttachedClient[] {
    const found: AttachedClient[] = [];
    for (const client of this.#clients) if (client.session === session) found.push(client);
    return found;
  }

  get lastUse(): number {
    return this.#lastUse;
  }

  noteUse(time: number): void {
    this.#lastUse = time;
  }

  /** The variables of option update-environment and the SSH agent follow the client that came last. */
  welcome(environment: Readonly<Record<string, string>>): void {
    this.agentLink.follow(environment['SSH_AUTH_SOCK']);
    const names = this.options.get('update-environment');
    if (!Array.isArray(names)) return;
    for (const name of names) if (name !== 'SSH_AUTH_SOCK') this.environment.set(name, environment[name]);
  }

  /** Text copied in a client's copy mode: to a buffer, the person's clipboard, and a command where one is asked for. */
  copied(client: AttachedClient, text: string, target: CopyTarget): void {
    if (target.buffer) {
      const name = target.prefix === undefined ? undefined : this.buffers.freeName(target.prefix);
      this.buffers.set(text, name, target.append);
      client.copyToClipboard(text);
    }
    if (target.pipe === undefined) return;
    const command = target.pipe === '' ? this.options.string('copy-command') : target.pipe;
    if (command !== '') this.#copyPipe(command, text);
  }

  #copyPipe(command: string, text: string): void {
    const child = spawn('/bin/sh', ['-c', command], {
      env: merged(process.env, this.environment),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.on('error', (error) => this.addMessage(`${command}: ${error.message}`));
    // A command that does not read its input is no fault of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(text);
  }

  noteInput(): void {
    this.#scheduler.noteInput();
  }

  #statusChanged(): void {
    for (const client of this.#clients) client.statusChanged();
  }

  runLine(line: string, origin: LineOrigin): void {
    this.#lines.runLine(line, origin);
  }

  runServerLine(line: string): Promise<void> {
    return this.#lines.runServerLine(line);
  }

  fireHook(name: string, place: { readonly session: Session | undefined }): void {
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
    this.#pipes.get(own)?.dispose();
    this.#pipes.delete(own);
    if (command === undefined) return;
    const pipe = new OutputPipe({
      command,
      workingDirectory: existing(own.fact('pane_current_path')) ?? homedir(),
      environment: this.#programEnvironment(own.id, {}),
      output: directions.output ? own.onOutput : undefined,
      input: directions.input ? (bytes) => own.send(bytes) : undefined,
      onEnd: () => {
        if (this.#pipes.get(own) === pipe) this.#pipes.delete(own);
      },
    });
    this.#pipes.set(own, pipe);
  }

  isPiped(session: Session): boolean {
    return this.#pipes.has(session);
  }

  reload(): readonly string[] {
    return this.#reload();
  }

  /** The files were read anew because they changed: what is wrong in them is said. */
  reloaded(problems: readonly string[]): void {
    for (const problem of problems) this.addMessage(problem);
    const [first] = problems;
    const text =
      first === undefined
        ? 'configuration read'
        : problems.length === 1
          ? first
          : `${first} (+${problems.length - 1} more: show-messages)`;
    for (const client of this.#clients) client.message(text);
  }

  log(text: string): void {
    this.#log.info(text);
  }

  addMessage(text: string): void {
    this.#messages = [...this.#messages, { time: Date.now(), text }].slice(-this.options.number('message-limit'));
    this.#log.info(`message: ${text}`);
  }

  /** Ends every session and client, then the server. */
  stop(text = '[server exited]'): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#lines.stop();
    clearTimeout(this.#hiddenTimer);
    for (const client of [...this.#clients]) client.leave(text);
    for (const pipe of this.#pipes.values()) pipe.dispose();
    const ended = this.#sessions.all.map((session) => session.kill());
    void Promise.allSettled(ended).then(() => this.#onStop());
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

const existing = (folder: string | undefined): string | undefined =>
  folder !== undefined && folder !== '' && existsSync(folder) ? folder : undefined;

/** The server's own variables with those that people set over them. */
const merged = (own: NodeJS.ProcessEnv, over: ReadonlyMap<string, string | undefined>): Record<string, string> => {
  const result: Record<string, string> = {};
  for (const [name, value] of [...Object.entries(own), ...over])
    if (value === undefined) delete result[name];
    else result[name] = value;
  return result;
};
