import type { AgentCatalog } from '../attention/agent-catalog.ts';
import { systemClock } from '../base/clock.ts';
import { addName } from '../command/other-names.ts';
import { completeSlash } from '../command/slash-completion.ts';
import type { Session, SessionEvent } from '../session/session.ts';
import type { ServerAttention } from './attention.ts';
import { ChatMaker } from './chat-maker.ts';
import { ChatNamer } from './chat-namer.ts';
import type { ChatParts } from './chat-parts.ts';
import type { ClientList } from './client-list.ts';
import type { Coordinator } from './coordinator.ts';
import type { HerdrSocket } from './herdr-socket.ts';
import type { LineRunner } from './line-runner.ts';
import { ProgramMaker } from './program-maker.ts';
import { ProgramRecorder } from './program-recorder.ts';
import type { SessionFeed } from './session-feed.ts';
import { SessionKeeper } from './session-keeper.ts';
import { SessionMakers } from './session-makers.ts';
import { ServerSessionReader } from './session-reader.ts';

export interface SessionKindsOptions {
  readonly coordinator: Coordinator;
  readonly clients: ClientList;
  readonly lines: LineRunner;
  readonly parts: ChatParts;
  readonly feed: SessionFeed;
  readonly attention: ServerAttention;
  readonly herdr: HerdrSocket;
  /** The rules of agents as they are now. */
  readonly agents: () => AgentCatalog;
  readonly heard: (session: Session, event: SessionEvent) => void;
  /** Finds a place for one chat more. Throws UserError where there is none. */
  readonly makeRoom: () => void;
  readonly removed: (session: Session) => void;
  readonly closed: (session: Session) => void;
  readonly guard: (name: string, task: () => void) => void;
}

/** The makers of each kind of session, and the keeper of what they make. */
export interface SessionKinds {
  readonly programs: ProgramMaker;
  readonly recorder: ProgramRecorder;
  readonly chats: ChatMaker;
  readonly keeper: SessionKeeper;
  readonly namer: ChatNamer;
}

/** Joins sessions of every kind to the rest of the server. */
export function createSessionKinds(given: SessionKindsOptions): SessionKinds {
  const {
    coordinator,
    clients,
    lines,
    parts,
    feed,
    attention,
    herdr,
    agents,
    heard,
    makeRoom,
    removed,
    closed,
    guard,
  } = given;
  const { options, keyTables, facts, agentLink, environment } = coordinator;
  const isTaken = (name: string): boolean => keeper.isTaken(name);
  const bug = (where: string, error: unknown) => coordinator.bug(where, error);
  /** Which chat asks which other one now. */
  const asking = new Map<number, number>();
  const recorder = new ProgramRecorder({ store: parts.store, clock: systemClock });
  const programs = new ProgramMaker({
    options,
    agents,
    facts,
    agentLink,
    environment,
    isTaken,
    bug,
    recorder,
    attention,
    herdr,
    otherNames: coordinator.otherNames,
    colors: coordinator.outerColors,
  });
  const namer = new ChatNamer({
    options,
    code: () => parts.code,
    isTaken,
    rename: (session, name) => {
      const { name: previous } = session;
      keeper.rename(session, name);
      addName(coordinator, session, previous);
    },
    bug,
  });
  const chats = new ChatMaker({
    parts,
    options,
    keyTables,
    isTaken,
    made: (chat, isNamed) => namer.made(chat, isNamed),
    isNamed: (chat) => namer.isNamed(chat),
    environmentOf: (id) => programs.environmentOf(id, {}),
    readerFor: (id) => new ServerSessionReader(() => keeper.list.all, id, asking),
    history: coordinator.history('chat'),
    runCommand: (chat, line) => lines.runSlash(chat, line),
    completeCommand: (line, cursor) =>
      completeSlash(line, cursor, { server: coordinator, client: coordinator.lastClient }),
    bug,
  });
  const keeper = new SessionKeeper({
    options,
    clients,
    makers: new SessionMakers({
      table: { program: programs, chat: chats },
      options,
      clients,
      restart: (session, change) => programs.restart(session, change),
    }),
    log: (text) => coordinator.log(text),
    fireHook: (name, place) => lines.fireHook(name, place),
    feed,
    heard: (session, event) => {
      heard(session, event);
      namer.heard(session, event);
    },
    makeRoom,
    removed,
    closed,
    guard,
  });
  return { programs, recorder, chats, keeper, namer };
}
