import { homedir } from 'node:os';
import { existingFolder } from '../base/existing-folder.ts';
import type { Pipes } from '../command/command-server.ts';
import type { ProgramSession } from '../session/program-session.ts';
import type { Session } from '../session/session.ts';
import { OutputPipe } from './output-pipe.ts';

/** The commands that sessions are piped to, one each. */
export class SessionPipes implements Pipes {
  readonly #pipes = new Map<Session, OutputPipe>();
  readonly #programOf: (session: Session) => ProgramSession;
  readonly #environment: (session: Session) => Record<string, string>;

  /** @param programOf throws UserError for a session without a program */
  constructor(
    programOf: (session: Session) => ProgramSession,
    environment: (session: Session) => Record<string, string>,
  ) {
    this.#programOf = programOf;
    this.#environment = environment;
  }

  has(session: Session): boolean {
    return this.#pipes.has(session);
  }

  set(
    session: Session,
    command: string | undefined,
    directions: { readonly output: boolean; readonly input: boolean },
  ): void {
    const program = this.#programOf(session);
    this.close(program);
    if (command === undefined) return;
    const pipe = new OutputPipe({
      command,
      workingDirectory: existingFolder(program.fact('pane_current_path')) ?? homedir(),
      environment: this.#environment(program),
      output: directions.output ? program.onOutput : undefined,
      input: directions.input ? (bytes) => program.send(bytes) : undefined,
      onEnd: () => {
        if (this.#pipes.get(program) === pipe) this.#pipes.delete(program);
      },
    });
    this.#pipes.set(program, pipe);
  }

  close(session: Session): void {
    this.#pipes.get(session)?.dispose();
    this.#pipes.delete(session);
  }

  closeAll(): void {
    for (const pipe of this.#pipes.values()) pipe.dispose();
  }
}
