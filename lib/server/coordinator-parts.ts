import type { AgentCatalog } from '../attention/agent-catalog.ts';
import { systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Session } from '../session/session.ts';
import { nameProblem } from '../session/session-name.ts';
import { AgentReports } from './agent-reports.ts';
import { ServerArchive } from './archive.ts';
import { ServerAttention } from './attention.ts';
import type { ChatParts } from './chat-parts.ts';
import { ClientDesk } from './client-desk.ts';
import { ClientList } from './client-list.ts';
import type { Coordinator } from './coordinator.ts';
import { EndpointWatch } from './endpoint-watch.ts';
import { Formats } from './formats.ts';
import { HerdrSocket } from './herdr-socket.ts';
import { Hibernation } from './hibernation.ts';
import { KnownAgents } from './known-agents.ts';
import { allLayouts, LayoutKeeper, sessionKey } from './layout-keeper.ts';
import type { LineRunner } from './line-runner.ts';
import { MemoryReturn } from './memory-return.ts';
import { MessageLog } from './message-log.ts';
import { NoticeCommand } from './notice-command.ts';
import { Notices } from './notices.ts';
import { SessionAlerts } from './session-alerts.ts';
import { SessionFeed } from './session-feed.ts';
import { createSessionKinds, type SessionKinds } from './session-kinds.ts';
import { SessionPipes } from './session-pipes.ts';
import { ShellCache } from './shell-cache.ts';
import { SizeKeeper } from './size-keeper.ts';
import { StatusClock, statusFormats } from './status-clock.ts';

export interface CoordinatorPartsOptions {
  readonly agents: () => AgentCatalog;
  readonly coordinator: Coordinator;
  readonly lines: LineRunner;
  readonly chatParts: ChatParts;
  readonly log: Log;
  readonly removed: (session: Session) => void;
  readonly closed: (session: Session) => void;
  readonly guard: (name: string, task: () => void) => void;
}

/** What the coordinator gives its work to. */
export interface CoordinatorParts extends SessionKinds {
  readonly archive: ServerArchive;
  readonly feed: SessionFeed;
  readonly attention: ServerAttention;
  readonly agents: KnownAgents;
  readonly herdr: HerdrSocket;
  readonly hibernation: Hibernation;
  readonly clients: ClientList;
  readonly desk: ClientDesk;
  readonly layoutKeeper: LayoutKeeper;
  readonly sizes: SizeKeeper;
  readonly pipes: SessionPipes;
  readonly messages: MessageLog;
  readonly notices: Notices;
  readonly noticeCommand: NoticeCommand;
  readonly statusClock: StatusClock;
  readonly shell: ShellCache;
  readonly formats: Formats;
  readonly endpoints: EndpointWatch;
}

/** Makes the parts of the coordinator and joins them; nothing of it is asked before they are all there. */
export function createParts(given: CoordinatorPartsOptions): CoordinatorParts {
  const { coordinator, lines, chatParts, log, removed, closed, guard } = given;
  const { options, buffers } = coordinator;
  const fireHook: LineRunner['fireHook'] = (name, place) => lines.fireHook(name, place);
  const clients = new ClientList();
  const messages = new MessageLog(() => options.number('message-limit'));
  const noticeCommand = new NoticeCommand({
    clock: systemClock,
    command: () => options.string('notify-command'),
    environment: () => programs.baseEnvironment,
    onProblem: (text) => coordinator.addMessage(text),
  });
  const notices = new Notices({
    clock: systemClock,
    options,
    clients: () => clients.all,
    sessions: () => keeper.list.all,
    run: (noticed) => noticeCommand.tell(noticed),
  });
  const alerts = new SessionAlerts({
    options,
    clients,
    buffers,
    notices,
    fireHook,
    addMessage: (text) => coordinator.addMessage(text),
    log: (text) => log.warning(text),
    exited: (session) => kinds.keeper.exited(session),
  });
  const feed = new SessionFeed({
    clock: systemClock,
    onError: (error) => coordinator.bug('what follows sessions', error),
  });
  const attention = new ServerAttention({
    clock: systemClock,
    agents: given.agents,
    onForeground: (session, foreground) => reports.follow(session, foreground),
  });
  const herdr = new HerdrSocket({
    path: `${coordinator.facts.socketPath}.herdr`,
    onReport: (session, request) => guard('a report of an agent', () => reports.herdr(session, request)),
    onProblem: (error) => log.error('the socket for reports of agents', error),
  });
  const kinds = createSessionKinds({
    coordinator,
    clients,
    lines,
    parts: chatParts,
    feed,
    attention,
    herdr,
    agents: given.agents,
    heard: (session, event) => {
      alerts.heard(session, event);
      hibernation.heard(session);
    },
    makeRoom: () => hibernation.makeRoom(),
    removed: (session) => {
      notices.forget(session);
      removed(session);
    },
    closed,
    guard,
  });
  const { programs, keeper } = kinds;
  const reports: AgentReports = new AgentReports({
    clock: systemClock,
    attention,
    agents: given.agents,
    sessionById: (id) => keeper.list.byId(id),
    inConversation: (session, conversation) => programs.inConversation(session, conversation),
  });
  const memory = new MemoryReturn(systemClock, () => desk.lastUse);
  const hibernation = new Hibernation({
    options,
    clock: systemClock,
    sessions: () => keeper.list.all,
    isRead: (session) => clients.all.some((client) => client.modes.copyOf(session) !== undefined),
    save: () => chatParts.store.recorder.flush(),
    tell: (text) => {
      if (clients.last === undefined) coordinator.addMessage(text);
      else clients.last.message(text);
    },
    log: (text) => log.info(text),
    freed: (bytes) => memory.freed(bytes),
  });
  const archive = new ServerArchive({
    store: chatParts.store,
    sessions: () => keeper.list.all,
    folderOf: (session) => coordinator.sessionFolder(session),
    nameProblem: (name) => nameProblem(name, () => false, options.number('name-max-length')),
    now: () => Date.now(),
    load: () => coordinator.prepare('chat'),
    restore: (kept) => coordinator.kept.chat(kept),
  });
  const sizes = new SizeKeeper({
    sessions: keeper.list,
    clients,
    options,
    layouts: coordinator.layouts,
    guard,
    updated: () => hibernation.update(),
  });
  const shell = new ShellCache(
    () => programs.baseEnvironment,
    () => clients.statusChanged(),
  );
  const statusClock = new StatusClock({
    clock: systemClock,
    interval: () => options.number('status-interval'),
    formats: () => statusFormats(options),
    onTick: () => {
      keeper.look();
      clients.statusChanged();
    },
  });
  const desk = new ClientDesk({
    clients,
    sizes,
    statusClock,
    messages,
    log: (text) => log.info(text),
    fireHook,
    shown: (session) => keeper.shown(session),
    looked: () => {
      notices.looked();
      endpoints.look();
    },
    arranged: () => layoutKeeper.note(),
    deserted: () => {
      if (options.boolean('exit-unattached')) coordinator.end.stop('[exited]');
    },
  });
  const endpoints = new EndpointWatch({
    clock: systemClock,
    endpoints: () => chatParts.code?.endpoints() ?? [],
    hindrance: (baseUrl) => chatParts.code?.whyUnreachable(baseUrl) ?? Promise.resolve(undefined),
    isWatched: () => chatParts.code !== undefined && clients.all.some(({ session }) => session.kind === 'chat'),
    onChange: () => {
      for (const client of clients.all) client.changed();
    },
  });
  const layoutKeeper = new LayoutKeeper({
    store: chatParts.store,
    clock: systemClock,
    layouts: () => allLayouts(coordinator.layouts, clients.all),
    keyOf: (session) => sessionKey(kinds, session),
    sidebarOf: (name) =>
      clients.all.find((client) => client.name === name)?.sidebar.open ?? coordinator.sidebars.open(name),
    log: (text) => log.info(text),
  });
  const pipes = new SessionPipes(
    (session) => keeper.program(session, 'pipe'),
    (session) => programs.environmentOf(session.id, {}),
  );
  return {
    ...kinds,
    archive,
    agents: new KnownAgents({ catalog: given.agents, environment: () => programs.baseEnvironment, reports }),
    herdr,
    feed,
    attention,
    hibernation,
    clients,
    desk,
    layoutKeeper,
    sizes,
    pipes,
    messages,
    notices,
    noticeCommand,
    statusClock,
    shell,
    formats: new Formats(coordinator, shell),
    endpoints,
  };
}
