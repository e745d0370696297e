import type { Size } from '../base/geometry.ts';
import { UserError } from '../base/user-error.ts';
import type { CommandClient } from '../command/command-client.ts';
import type { CommandServer, NewSession, PanePlace } from '../command/command-server.ts';
import { complete } from '../command/completion.ts';
import { addName } from '../command/other-names.ts';
import type { ServerFigures } from '../command/stats.ts';
import { WaitChannels } from '../command/wait-channels.ts';
import type { FormatContext } from '../config/format-context.ts';
import type { Options } from '../config/options.ts';
import type { Models } from '../conversation/model.ts';
import type { KeyTables } from '../input/key-table.ts';
import type { CopyTarget } from '../mode/copy-state.ts';
import type { Session } from '../session/session.ts';
import type { AgentLink } from './agent-link.ts';
import type { ServerArchive } from './archive.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ServerAttention } from './attention.ts';
import { CallerEnvironment } from './caller-environment.ts';
import type { ClientDesk } from './client-desk.ts';
import type { ClientHost } from './client-host.ts';
import { lastUsed } from './client-list.ts';
import type { CoordinatorOptions } from './coordinator-options.ts';
import { type CoordinatorParts, createParts } from './coordinator-parts.ts';
import { copyPipe } from './copy-pipe.ts';
import { copyText } from './copy-text.ts';
import type { EndpointTrouble } from './endpoint-watch.ts';
import type { HerdrSocket } from './herdr-socket.ts';
import { KeptSessions } from './kept-sessions.ts';
import type { KnownAgents } from './known-agents.ts';
import { LayoutMemory } from './layout-memory.ts';
import { LineRunner } from './line-runner.ts';
import type { LoggedMessage } from './message-log.ts';
import { OuterColors } from './outer-colors.ts';
import { PasteBufferList } from './paste-buffers.ts';
import { ServerEnd } from './server-end.ts';
import { serverFigures } from './server-figures.ts';
import type { SessionFeed } from './session-feed.ts';
import type { SessionPipes } from './session-pipes.ts';
import { SidebarMemory } from './sidebar-memory.ts';
import { terminalReport } from './terminal-report.ts';

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
  readonly layouts = new LayoutMemory((session, size) => this.#guard(session.name, () => session.resize(size)));
  readonly sidebars = new SidebarMemory();
  readonly filePlaces: ClientHost['filePlaces'] = new WeakMap();
  readonly outerColors = new OuterColors();
  readonly otherNames = new WeakMap<Session, readonly string[]>();
  readonly agentLink: AgentLink;
  readonly archive: ServerArchive;
  readonly doctor: CommandServer['doctor'];
  readonly lines = new LineRunner(this);
  readonly callers: CallerEnvironment;
  readonly kept: KeptSessions;
  readonly end: ServerEnd;
  readonly feed: SessionFeed;
  readonly attention: ServerAttention;
  readonly agents: KnownAgents;
  /** Where agents report in herdr's protocol. */
  readonly herdr: HerdrSocket;
  readonly pipes: SessionPipes;
  /** Where clients come, change and go. */
  readonly desk: ClientDesk;
  readonly #given: CoordinatorOptions;
  readonly #parts: CoordinatorParts;
  readonly #histories = { command: [] as string[], text: [] as string[], chat: [] as string[] };
  #marked: Session | undefined;
  /** Settles when what was kept is there again; undefined where nothing is to come. Commands wait for it. */
  comingBack: Promise<unknown> | undefined;

  constructor(given: CoordinatorOptions) {
    const { options, keyTables, facts, agentLink } = given;
    this.#given = given;
    this.options = options;
    this.keyTables = keyTables;
    this.facts = facts;
    this.agentLink = agentLink;
    this.doctor = {
      terminal: (terminal) => terminalReport(terminal, options),
      configuration: given.explainConfiguration,
      models: async (signal) => await (await given.chats.load()).explain(signal),
    };
    this.buffers = new PasteBufferList(() => options.number('buffer-limit'));
    const guard = (name: string, task: () => void) => this.#guard(name, task);
    this.#parts = createParts({
      coordinator: this,
      lines: this.lines,
      chatParts: given.chats,
      log: given.log,
      agents: given.agents,
      removed: (session) => this.#removed(session),
      closed: (session) => this.#closed(session),
      guard,
    });
    const { archive, feed, attention, agents, herdr, pipes, desk } = this.#parts;
    this.archive = archive;
    this.feed = feed;
    this.attention = attention;
    this.agents = agents;
    this.herdr = herdr;
    this.pipes = pipes;
    this.desk = desk;
    this.callers = new CallerEnvironment({
      options,
      agentLink,
      variables: this.environment,
      note: given.noteEnvironment,
      guard,
    });
    this.kept = new KeptSessions({
      parts: this.#parts,
      layouts: this.layouts,
      sidebars: this.sidebars,
      isStopping: () => this.end.isStopping,
    });
    this.end = new ServerEnd({ ...given, parts: this.#parts, lines: this.lines, guard });
    options.changed(() => {
      this.#parts.statusClock.restart();
      this.#parts.sizes.update();
      this.#parts.clients.statusChanged();
    });
  }

  get server(): CommandServer {
    return this;
  }

  get sessions(): readonly Session[] {
    return this.#parts.keeper.list.all;
  }

  get clients(): readonly AttachedClient[] {
    return this.#parts.clients.all;
  }

  get lastSession(): Session | undefined {
    return this.#parts.keeper.list.recent[0];
  }

  get marked(): Session | undefined {
    return this.#marked;
  }

  set marked(session: Session | undefined) {
    this.#marked = session;
    this.#parts.clients.statusChanged();
  }

  get logFile(): string | undefined {
    return this.#given.log.file;
  }

  get noticeCount(): number {
    return this.#parts.notices.count;
  }

  get messages(): readonly LoggedMessage[] {
    return this.#parts.messages.all;
  }

  get models(): Models {
    return this.#given.chats.models;
  }

  get knownModels(): readonly string[] {
    return this.#given.chats.knownModels();
  }

  get tools(): CommandServer['tools'] {
    return this.#given.chats.code?.tools ?? [];
  }

  get preparing(): Promise<unknown> | undefined {
    return this.#given.chats.loading;
  }

  async prepare(kind: Session['kind']): Promise<void> {
    if (kind !== 'chat') return;
    await this.#given.chats.load();
    await this.#parts.hibernation.prepareRoom();
  }

  sessionFolder(session: Session): string | undefined {
    return this.#parts.chats.folderOf(session);
  }

  createSession(wanted: NewSession): Session {
    if (this.end.isStopping) throw new UserError('the server is stopping');
    const session = this.#parts.keeper.create(wanted);
    if (wanted.size !== undefined) this.#parts.sizes.keep(session);
    return session;
  }

  killSession(session: Session): Promise<void> {
    return this.#parts.keeper.kill(session);
  }

  restartSession(session: Session, options: Parameters<CommandServer['restartSession']>[1]): Promise<void> {
    return this.#parts.keeper.restart(session, options);
  }

  lookAtSessions(): void {
    this.#parts.keeper.look();
  }

  renameSession(session: Session, name: string): void {
    this.#parts.keeper.rename(session, name);
    this.#parts.namer.named(session);
  }

  moveSession(session: Session, index: number): void {
    this.#parts.keeper.move(session, index);
    this.#parts.recorder.choicesChanged();
  }

  swapSessions(a: Session, b: Session): void {
    this.#parts.keeper.swap(a, b);
    this.#parts.recorder.choicesChanged();
  }

  #closed(session: Session): void {
    this.lines.fireHook('session-closed', { session });
    this.end.leaveIfEmpty();
  }

  #removed(session: Session): void {
    this.#parts.pipes.close(session);
    const { keeper, clients } = this.#parts;
    // What one client throws keeps nothing from the others.
    for (const client of clients.all)
      this.#guard(`client ${client.name}`, () => client.sessionGone(session, keeper.list.recent));
    const heir = this.layouts.forget(session);
    if (heir !== undefined) addName(this, heir, session.name);
    if (session === this.#marked) this.marked = undefined;
  }

  get endpointTrouble(): EndpointTrouble | undefined {
    return this.#parts.endpoints.trouble;
  }

  dismissBanner(): void {
    this.#parts.endpoints.dismiss();
  }

  /** The attached client that a person used last. */
  get lastClient(): AttachedClient | undefined {
    return this.#parts.clients.last;
  }

  panesWith(session: Session, client?: CommandClient): PanePlace {
    const holding = this.clients.filter(({ panes }) => panes.paneOf(session) !== undefined);
    const own = holding.find((other) => other === client) ?? lastUsed(holding);
    if (own !== undefined) return { panes: own.panes, area: own.places.layoutArea, client: own };
    return this.layouts.placeOf(session);
  }

  resizeLayout(session: Session, size: Size): boolean {
    return this.panesWith(session).client === undefined && this.layouts.resize(session, size);
  }

  sessionById(id: number): Session | undefined {
    return this.#parts.keeper.list.byId(id);
  }

  copied(client: AttachedClient, text: string, target: CopyTarget): void {
    const command = copyText(this, client, text, target);
    if (command === undefined) return;
    copyPipe(command, text, {
      environment: this.#parts.programs.baseEnvironment,
      onError: (problem) => this.addMessage(problem),
    });
  }

  noteInput(): void {
    this.#parts.programs.noteInput();
  }

  formatContext(place: Parameters<CommandServer['formatContext']>[0]): FormatContext {
    return this.#parts.formats.context(place);
  }

  complete(line: string, cursor: number, client: AttachedClient): readonly string[] {
    return complete(line, cursor, { server: this, client });
  }

  history(kind: 'command' | 'text' | 'chat'): string[] {
    return this.#histories[kind];
  }

  reload(): readonly string[] {
    return this.#given.reload();
  }

  /** Says what is wrong in the person's files, or `otherwise`; where nobody is attached, to whom comes first. */
  tell(problems: readonly string[], otherwise?: string): void {
    for (const problem of problems) this.addMessage(problem);
    this.#parts.desk.tell(problems, otherwise);
  }

  figures(): ServerFigures {
    return serverFigures(this, this.#given.chats, this.#parts);
  }

  log(text: string): void {
    this.#given.log.info(text);
  }

  addMessage(text: string): void {
    this.#parts.messages.add(text);
    this.#given.log.info(`message: ${text}`);
  }

  /** The database is there: what waited for it is written. */
  storeOpened(): void {
    this.#parts.recorder.opened();
    this.#parts.layoutKeeper.note();
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
    this.#given.log.error(where, error);
  }
}
