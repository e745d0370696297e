import type { AgentCatalog } from '../attention/agent-catalog.ts';
import { type AgentConversation, resumeCommand } from '../attention/agent-resume.ts';
import { systemClock } from '../base/clock.ts';
import type { Size } from '../base/geometry.ts';
import { UserError } from '../base/user-error.ts';
import type { CommandServer } from '../command/command-server.ts';
import { isDirectory } from '../command/place.ts';
import type { OptionStore } from '../config/option-store.ts';
import { programEnvironment } from '../session/environment.ts';
import { ParseScheduler } from '../session/parse-scheduler.ts';
import { ProgramSession } from '../session/program-session.ts';
import type { Session } from '../session/session.ts';
import type { RememberedActivity } from '../session/session-activity.ts';
import { automaticName } from '../session/session-name.ts';
import { loginShell } from '../session/shell-command.ts';
import { keptOptions } from '../store/chat-rows.ts';
import { jsonArray } from '../store/message-row.ts';
import type { ConversationRow } from '../store/schema.ts';
import type { TerminalColors } from '../terminal/colors.ts';
import { TerminalEngine } from '../terminal/terminal-engine.ts';
import type { AgentLink } from './agent-link.ts';
import type { ServerAttention } from './attention.ts';
import type { HerdrSocket } from './herdr-socket.ts';
import type { ProgramStart } from './kept-program.ts';
import type { ProgramRecorder } from './program-recorder.ts';
import type { SessionMaker, SessionPlace, WantedSession } from './session-makers.ts';
import { ownOptions, setOptions } from './session-options.ts';
import { uniqueFolder } from './unique-folder.ts';

export interface ProgramMakerOptions {
  readonly options: OptionStore;
  readonly facts: CommandServer['facts'];
  readonly agents: () => AgentCatalog;
  readonly agentLink: AgentLink;
  /** Variables that people set over the server's own; undefined takes one away. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  readonly isTaken: (name: string) => boolean;
  readonly recorder: ProgramRecorder;
  readonly attention: ServerAttention;
  readonly herdr: Pick<HerdrSocket, 'path' | 'paneOf' | 'forget'>;
  /** Further names that targets find a session by. */
  readonly otherNames: Pick<WeakMap<Session, readonly string[]>, 'get' | 'set'>;
  /** What programs are told of the terminal's colours, as it is known by then. */
  readonly colors: TerminalColors;
  readonly bug: (where: string, error: unknown) => void;
}

type Restart = Parameters<CommandServer['restartSession']>[1];

/** What a person asked for, as far as it is not what the session itself knows. */
interface Origin {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The conversation that its agent said it is in. */
  readonly conversation?: AgentConversation | undefined;
}

/** Makes program sessions: their command, name, environment, size and terminal. */
export class ProgramMaker implements SessionMaker {
  readonly #given: ProgramMakerOptions;
  readonly #scheduler = new ParseScheduler(systemClock);
  readonly #origins = new WeakMap<ProgramSession, Origin>();

  constructor(given: ProgramMakerOptions) {
    this.#given = given;
    given.options.changed(() => given.recorder.choicesChanged());
  }

  create(wanted: WantedSession, { id, index, size }: SessionPlace & { readonly size: Size }): ProgramSession {
    const { keptProgram: kept } = wanted;
    const { options, recorder, otherNames } = this.#given;
    const name = wanted.name ?? this.#automaticName(wanted);
    const command = kept?.command ?? this.#commandOf(wanted);
    const session = new ProgramSession({
      id,
      index,
      name,
      command,
      workingDirectory: wanted.workingDirectory,
      environment: this.environmentOf(id, wanted.environment),
      size,
      scheduler: this.#scheduler,
      clock: systemClock,
      onError: (error) => this.#given.bug(`session ${name}`, error),
      createTerminal: (size) => this.#createTerminal(size),
      marksBell: () => options.boolean('monitor-bell', id),
      ...(kept === undefined ? {} : { createdAt: kept.row.created_at, kept: activityOf(kept.row) }),
    });
    this.#origins.set(session, { command, environment: wanted.environment, conversation: kept?.conversation });
    this.#given.attention.watch(session);
    if (kept !== undefined) {
      session.again = resumeCommand(this.#given.agents(), command, kept.conversation);
      setOptions(options, id, keptOptions(kept.row.options));
      otherNames.set(
        session,
        (jsonArray(kept.row.other_names) ?? []).filter((other) => typeof other === 'string'),
      );
    }
    const choices = () => ({
      start: this.#startOf(session),
      otherNames: otherNames.get(session) ?? [],
      options: JSON.stringify(ownOptions(options, id)),
    });
    recorder.watch(session, kept?.row.folder ?? `program-${uniqueFolder()}`, choices, kept);
    return session;
  }

  /** Runs its command again, or another one; an agent that comes back goes on where it was. Throws UserError. */
  restart(session: ProgramSession, change: Omit<Restart, 'kill'>): void {
    const origin: Origin = this.#origins.get(session) ?? { command: session.program.command, environment: {} };
    const environment = { ...origin.environment, ...change.environment };
    const command = change.command ?? origin.command;
    const comesBack = session.exit?.withServer === true && change.command === undefined && change.plain !== true;
    const { workingDirectory } = session.program;
    if (session.exit?.withServer === true && change.workingDirectory === undefined && !isDirectory(workingDirectory))
      throw new UserError(`${workingDirectory} is gone: press h to start it in your home folder`);
    session.restart({
      command: (comesBack ? session.again : undefined) ?? command,
      workingDirectory: change.workingDirectory,
      environment: this.environmentOf(session.id, environment),
    });
    this.#origins.set(session, { command, environment, conversation: comesBack ? origin.conversation : undefined });
  }

  closing(session: Session): void {
    if (session instanceof ProgramSession) this.#given.recorder.closing(session);
  }

  /** Its agent said which conversation it is in: with that it goes on after the end of the server. */
  inConversation(session: ProgramSession, conversation: AgentConversation): void {
    const origin = this.#origins.get(session);
    const before = origin?.conversation;
    if (origin === undefined || (before?.agent === conversation.agent && before.id === conversation.id)) return;
    this.#origins.set(session, { ...origin, conversation });
    this.#given.recorder.choicesChanged(session);
  }

  discarded(session: Session): void {
    this.#given.attention.forget(session);
    this.#given.herdr.forget(session.id);
    if (session instanceof ProgramSession) this.#given.recorder.closed(session);
  }

  #startOf(session: ProgramSession): ProgramStart {
    const { command = [], environment = {}, conversation } = this.#origins.get(session) ?? {};
    // A shell comes back where it was; a command begins where it began.
    const directory = command.length === 0 ? session.currentDirectory : session.program.workingDirectory;
    return { command, environment, directory, size: session.size, ...(conversation && { conversation }) };
  }

  /** The server's own variables with those that people set over them. */
  get baseEnvironment(): Record<string, string> {
    const result: Record<string, string> = {};
    for (const [name, value] of [...Object.entries(process.env), ...this.#given.environment])
      if (value === undefined) delete result[name];
      else result[name] = value;
    return result;
  }

  /** The variables of a program in a session. */
  environmentOf(id: number, over: Readonly<Record<string, string>>): Record<string, string> {
    const { agentLink, facts, options, herdr } = this.#given;
    const base = this.baseEnvironment;
    const shell = options.string('default-shell');
    if (shell !== '') base['SHELL'] = shell;
    if (agentLink.active) base['SSH_AUTH_SOCK'] = agentLink.path;
    return programEnvironment(
      { ...base, ...over },
      {
        session: id,
        herdr: { socketPath: herdr.path, pane: herdr.paneOf(id) },
        socketPath: facts.socketPath,
        serverPid: facts.pid,
        version: facts.version,
        term: options.string('default-terminal'),
      },
    );
  }

  /** A person did something: hidden floods wait a moment. */
  noteInput(): void {
    this.#scheduler.noteInput();
  }

  #automaticName(wanted: WantedSession): string {
    const line =
      this.#commandOf(wanted)[0] ??
      loginShell({ SHELL: this.#given.options.string('default-shell') || this.baseEnvironment['SHELL'] });
    const { isTaken, options } = this.#given;
    return automaticName(line, wanted.workingDirectory, isTaken, options.number('name-max-length'));
  }

  #commandOf(wanted: WantedSession): readonly string[] {
    if (wanted.command.length > 0) return wanted.command;
    const line = this.#given.options.string('default-command');
    return line === '' ? [] : [line];
  }

  #createTerminal(size: Size): TerminalEngine {
    return new TerminalEngine({
      size,
      name: 'qmux',
      release: this.#given.facts.version,
      colors: this.#given.colors,
      historyLimit: this.#given.options.number('history-limit'),
      onError: (error) => this.#given.bug('a terminal', error),
    });
  }
}

const activityOf = ({ seen, unread, last_active }: ConversationRow): RememberedActivity => ({
  waitingReason: undefined,
  seen: seen === 1,
  unread,
  lastActivity: last_active,
});

/** What names a session's row for ever. */
