import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import type { ProgramSession } from '../session/program-session.ts';
import type { Session } from '../session/session.ts';
import { OutputPipe } from './output-pipe.ts';

/** The commands that sessions are piped to, one each. */
export class SessionPipes {
  readonly #pipes = new Map<Session, OutputPipe>();
  readonly #environment: (session: Session) => Record<string, string>;

  constructor(environment: (session: Session) => Record<string, string>) {
    this.#environment = environment;
  }

  has(session: Session): boolean {
    return this.#pipes.has(session);
  }

  open(
    session: ProgramSession,
    command: string,
    directions: { readonly output: boolean; readonly input: boolean },
  ): void {
    this.close(session);
    const pipe = new OutputPipe({
      command,
      workingDirectory: existing(session.fact('pane_current_path')) ?? homedir(),
      environment: this.#environment(session),
      output: directions.output ? session.onOutput : undefined,
      input: directions.input ? (bytes) => session.send(bytes) : undefined,
      onEnd: () => {
        if (this.#pipes.get(session) === pipe) this.#pipes.delete(session);
      },
    });
    this.#pipes.set(session, pipe);
  }

  close(session: Session): void {
    this.#pipes.get(session)?.dispose();
    this.#pipes.delete(session);
  }

  closeAll(): void {
    for (const pipe of this.#pipes.values()) pipe.dispose();
  }
}

const existing = (folder: string | undefined): string | undefined =>
  folder !== undefined && folder !== '' && existsSync(folder) ? folder : undefined;
