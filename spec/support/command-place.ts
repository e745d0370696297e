import { readAgents, shippedAgents } from '../../lib/attention/agent-catalog.ts';
import { systemClock } from '../../lib/base/clock.ts';
import { Emitter } from '../../lib/base/emitter.ts';
import { sessionId } from '../../lib/base/id.ts';
import { UserError } from '../../lib/base/user-error.ts';
import type { CommandCaller, CommandContext } from '../../lib/command/command.ts';
import type { CommandServer, NewSession } from '../../lib/command/command-server.ts';
import { executeLine, executeWords } from '../../lib/command/execute.ts';
import type { PasteBuffer } from '../../lib/command/paste-buffer.ts';
import type { ServerFigures } from '../../lib/command/stats.ts';
import { WaitChannels } from '../../lib/command/wait-channels.ts';
import { Options } from '../../lib/config/options.ts';
import type { Model } from '../../lib/conversation/model.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';
import { KnownAgents } from '../../lib/server/known-agents.ts';
import { LayoutMemory } from '../../lib/server/layout-memory.ts';
import { SessionFeed } from '../../lib/server/session-feed.ts';
import type { Session, SessionEvent } from '../../lib/session/session.ts';
import { PLAIN_MODES } from '../../lib/terminal/plain-modes.ts';
import { ListedArchive } from './listed-archive.ts';
import { ListedAttention } from './listed-attention.ts';
import { TextRows } from './text-rows.ts';

/** A session without a program: it keeps what commands do to it. */
export interface ListedSession extends Session {
  readonly sent: string[];
  readonly wanted: NewSession;
}

function listedSession(id: number, index: number, wanted: NewSession, rows: readonly string[]): ListedSession {
  const nothing = (): void => undefined;
  const sent: string[] = [];
  const place = { name: wanted.name ?? `session-${id}`, index, title: '', isInputOff: false };
  return {
    id: sessionId(id),
    kind: 'program',
    get name() {
      return place.name;
    },
    get index() {
      return place.index;
    },
    wanted,
    sent,
    createdAt: 0,
    lastActivity: 0,
    status: 'processing',
    waitingReason: undefined,
    waitingSince: undefined,
    seen: true,
    isShown: false,
    unread: 0,
    preview: '',
    size: { columns: 80, rows: 24 },
    content: new TextRows(rows),
    cursor: { x: 0, y: 0, visible: true, shape: undefined, blinking: false },
    modes: PLAIN_MODES,
    get title() {
      return place.title;
    },
    get isInputOff() {
      return place.isInputOff;
    },
    exit: undefined,
    events: new Emitter<SessionEvent>().event,
    memoryUse: 0,
    keyTable: undefined,
    actions: [],
    action: () => false,
    kill: () => Promise.resolve(),
    rename: (name) => {
      place.name = name;
    },
    setTitle: (title) => {
      place.title = title;
    },
    setInputOff: (off) => {
      place.isInputOff = off;
    },
    setIndex: (next) => {
      place.index = next;
    },
    resize: nothing,
    input: nothing,
    send: (bytes) => sent.push(Buffer.from(bytes).toString()),
    paste: (text) => sent.push(`paste:${text}`),
    setShown: nothing,
    clearHistory: () => sent.push('clear-history'),
    resetTerminal: () => sent.push('reset'),
    fact: () => undefined,
    dispose: nothing,
  };
}

/**
 * The lists, tables and options that commands work on, without programs, clients or sockets: for specs of what a command
 * says and changes there. What needs a program or a terminal is shown by the flow specs.
 */
export class CommandPlace {
  /** What the server holds and does, as it says itself. */
  figures: ServerFigures = {
    uptime: 0,
    clients: 0,
    memory: { resident: 0, heapUsed: 0, heapTotal: 0, external: 0 },
    sessions: [],
    limits: { awakeChats: 10, programs: 100, turns: 5, scrollback: 10_000_000, hibernateAfterMinutes: 30 },
    turns: { inFlight: 0, queued: 0 },
    database: { file: '/state/qmux.db', isUsable: true, size: 0, unwritten: 0, lag: 0, programs: 0, layouts: 0 },
  };
  readonly archive = new ListedArchive();
  readonly attention = new ListedAttention();
  readonly sessions: ListedSession[] = [];
  readonly options = new Options();
  readonly layouts = new LayoutMemory();
  readonly feed = new SessionFeed({
    clock: systemClock,
    onError: (error) => {
      throw error;
    },
  });
  readonly printed: string[] = [];
  readonly server: CommandServer;
  readonly context: CommandContext & { taken: CommandContext['taken'] };
  /** Rows of sessions made from now on. */
  rows: readonly string[] = [];
  stdin = '';
  exitCode = 0;
  current: Session | undefined;
  /** In which session the caller runs. */
  ownSession: Session | undefined;
  readonly #abort = new AbortController();
  #buffers: readonly PasteBuffer[] = [];
  #next = 0;

  constructor(folder = '/', kind: CommandCaller['kind'] = 'server') {
    this.server = this.#server();
    const place = this;
    const caller: CommandCaller = {
      kind,
      get ownSession() {
        return place.ownSession;
      },
      workingDirectory: folder,
      environment: {},
      readStdin: () => Promise.resolve(Buffer.from(this.stdin)),
      terminal: undefined,
      checkAttach: () => {
        throw new UserError('open terminal failed: not a terminal');
      },
      attach: () => undefined,
    };
    this.context = {
      server: this.server,
      client: undefined,
      get session() {
        return place.current;
      },
      caller,
      signal: this.#abort.signal,
      use: (session) => {
        this.current = session;
      },
      setExitCode: (code) => {
        this.exitCode = code;
      },
      print: (text, { raw } = { raw: false }) => this.printed.push(raw ? text : `${text}\n`),
      taken: () => Promise.resolve(),
      runLine: (line) => executeLine(line, this.context),
    };
  }

  /** What a command line prints. */
  async run(line: string): Promise<string> {
    this.printed.length = 0;
    await executeLine(line, this.context);
    return this.printed.join('');
  }

  /** What the words of a CLI call print. */
  async call(...words: readonly string[]): Promise<string> {
    this.printed.length = 0;
    await executeWords(words, this.context);
    return this.printed.join('');
  }

  /** The sentence with which a command line is refused. */
  async refusal(line: string): Promise<string> {
    try {
      await executeLine(line, this.context);
    } catch (error) {
      if (error instanceof UserError) return error.message;
      throw error;
    }
    return 'none';
  }

  abort(): void {
    this.#abort.abort();
  }

  #server(): CommandServer {
    const place = this;
    const { sessions, options } = this;
    const own = (session: Session): ListedSession => {
      const found = sessions.find((other) => other.id === session.id);
      if (found === undefined) throw new Error('not a session of this place');
      return found;
    };
    const inOrder = () => sessions.sort((a, b) => a.index - b.index);
    const buffer = (name: string | undefined) =>
      name === undefined ? this.#buffers[0] : this.#buffers.find((item) => item.name === name);
    return {
      sessions,
      clients: [],
      options,
      keyTables: createKeyTables(),
      noticeCount: 0,
      agents: new KnownAgents({
        catalog: () => readAgents([shippedAgents()]).agents,
        environment: () => process.env,
        reports: { hook: () => Promise.resolve(undefined) },
      }),
      buffers: {
        get all() {
          return place.#buffers;
        },
        get: buffer,
        set: (text, given, append = false) => {
          const old = append ? buffer(given) : undefined;
          const name = old?.name ?? given ?? `buffer${this.#next++}`;
          const rest = this.#buffers.filter((item) => item.name !== name);
          this.#buffers = [{ name, text: `${old?.text ?? ''}${text}`, createdAt: 0 }, ...rest];
        },
        delete: (name) => {
          const found = buffer(name);
          this.#buffers = this.#buffers.filter((item) => item !== found);
          return found !== undefined;
        },
        rename: () => undefined,
      },
      environment: new Map(),
      hiddenEnvironment: new Map(),
      feed: this.feed,
      channels: new WaitChannels(),
      messages: [],
      hooks: new Map(),
      otherNames: new WeakMap(),
      facts: { pid: 1, socketPath: '/tmp/qmux', version: '0.0.0', startedAt: 0 },
      doctor: {
        terminal: ({ term }) => `${term}: a terminal`,
        configuration: () => ['configuration: none'],
        models: () => Promise.resolve(['looked at nothing', 'Chats use the guide.']),
      },
      models: { list: () => Promise.resolve([]), find },
      knownModels: ['work/big', 'work/small'],
      tools: [],
      archive: this.archive,
      attention: this.attention,
      figures: () => this.figures,
      sessionFolder: () => undefined,
      prepare: () => Promise.resolve(),
      createSession: (wanted) => {
        if (sessions.some((session) => session.name === wanted.name))
          throw new UserError(`duplicate session: ${wanted.name}`);
        let index = wanted.index ?? 0;
        while (sessions.some((session) => session.index === index)) index += 1;
        const session = listedSession(this.#next++, index, wanted, this.rows);
        sessions.push(session);
        inOrder();
        return session;
      },
      killSession: (session) => {
        sessions.splice(sessions.indexOf(own(session)), 1);
        return Promise.resolve();
      },
      restartSession: () => Promise.resolve(),
      lookAtSessions: () => undefined,
      renameSession: (session, name) => session.rename(name),
      moveSession: (session, index) => {
        session.setIndex(index);
        inOrder();
      },
      swapSessions: (a, b) => {
        const index = a.index;
        a.setIndex(b.index);
        b.setIndex(index);
        inOrder();
      },
      resizeLayout: (session, size) => this.layouts.resize(session, size),
      panesWith: (session) => this.layouts.placeOf(session),
      lastSession: undefined,
      marked: undefined,
      pipes: { has: () => false, set: () => undefined },
      formatContext: ({ session }) => ({
        lookup: (name) => {
          const facts: Readonly<Record<string, string | undefined>> = {
            session_name: session?.name,
            window_name: session?.name,
            window_index: session?.index.toString(),
            session_windows: '1',
            pane_id: session && `%${session.id}`,
          };
          return facts[name];
        },
        loop: () => [],
        shell: () => '',
        now: 0,
      }),
      reload: () => [],
      dismissBanner: () => undefined,
      log: () => undefined,
      end: { stay: () => undefined, stop: () => undefined },
    };
  }
}

/** A model that says nothing, for the names that there are. */
async function find(name = 'guide'): Promise<Model> {
  if (!['guide', 'work/big', 'work/small'].includes(name)) throw new UserError(`no model ${name} here`);
  return { name, window: 8192, prices: undefined, async *stream() {} };
}
