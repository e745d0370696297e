import { systemClock } from '../base/clock.ts';
import type { Size } from '../base/geometry.ts';
import type { CommandServer, NewSession } from '../command/command.ts';
import type { OptionStore } from '../config/option-store.ts';
import { programEnvironment } from '../session/environment.ts';
import { ParseScheduler } from '../session/parse-scheduler.ts';
import { ProgramSession } from '../session/program-session.ts';
import { automaticName } from '../session/session-name.ts';
import { loginShell } from '../session/shell-command.ts';
import { XtermTerminal } from '../terminal/xterm-terminal.ts';
import type { AgentLink } from './agent-link.ts';
import type { SessionMaker, SessionPlace } from './session-makers.ts';

export interface ProgramMakerOptions {
  readonly options: OptionStore;
  readonly facts: CommandServer['facts'];
  readonly agentLink: AgentLink;
  /** Variables that people set over the server's own; undefined takes one away. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  readonly isTaken: (name: string) => boolean;
  readonly bug: (where: string, error: unknown) => void;
}

/** Makes program sessions: their command, name, environment, size and terminal. */
export class ProgramMaker implements SessionMaker {
  readonly #given: ProgramMakerOptions;
  readonly #scheduler = new ParseScheduler(systemClock);

  constructor(given: ProgramMakerOptions) {
    this.#given = given;
  }

  create(wanted: NewSession, { id, index, size }: SessionPlace & { readonly size: Size }): ProgramSession {
    const name = wanted.name ?? this.#automaticName(wanted);
    return new ProgramSession({
      id,
      index,
      name,
      command: this.#commandOf(wanted),
      workingDirectory: wanted.workingDirectory,
      environment: this.environmentOf(id, wanted.environment),
      size,
      scheduler: this.#scheduler,
      clock: systemClock,
      onError: (error) => this.#given.bug(`session ${name}`, error),
      createTerminal: (size) => this.#createTerminal(size),
      marksBell: () => this.#given.options.boolean('monitor-bell', id),
    });
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
    const { agentLink, facts, options } = this.#given;
    const base = this.baseEnvironment;
    const shell = options.string('default-shell');
    if (shell !== '') base['SHELL'] = shell;
    if (agentLink.active) base['SSH_AUTH_SOCK'] = agentLink.path;
    return programEnvironment(
      { ...base, ...over },
      {
        session: id,
        socketPath: facts.socketPath,
        serverPid: facts.pid,
        version: facts.version,
        term: options.string('default-terminal'),
      },
    );
  }

  /** A key went to a session: hidden floods wait a moment. */
  noteInput(): void {
    this.#scheduler.noteInput();
  }

  #automaticName(wanted: NewSession): string {
    const line =
      this.#commandOf(wanted)[0] ??
      loginShell({ SHELL: this.#given.options.string('default-shell') || this.baseEnvironment['SHELL'] });
    const { isTaken, options } = this.#given;
    return automaticName(line, wanted.workingDirectory, isTaken, options.number('name-max-length'));
  }

  #commandOf(wanted: NewSession): readonly string[] {
    if (wanted.command.length > 0) return wanted.command;
    const line = this.#given.options.string('default-command');
    return line === '' ? [] : [line];
  }

  #createTerminal(size: Size): XtermTerminal {
    return new XtermTerminal({
      size,
      name: 'qmux',
      release: this.#given.facts.version,
      historyLimit: this.#given.options.number('history-limit'),
      onError: (error) => this.#given.bug('a terminal', error),
    });
  }
}
