import { systemClock } from '../../lib/base/clock.ts';
import { sessionId } from '../../lib/base/id.ts';
import { programEnvironment } from '../../lib/session/environment.ts';
import { ParseScheduler } from '../../lib/session/parse-scheduler.ts';
import { ProgramSession, type ProgramSessionOptions } from '../../lib/session/program-session.ts';
import type { SessionEvent } from '../../lib/session/session.ts';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';

/** Makes program sessions with real terminals for a spec, and closes them all after it. */
export class ProgramSessions {
  readonly scheduler = new ParseScheduler(systemClock);
  readonly errors: unknown[] = [];
  #sessions: ProgramSession[] = [];
  #next = 1;

  /** A session that runs a line of sh, unless `options` give another command. */
  start(line: string, options: Partial<ProgramSessionOptions> = {}): ProgramSession {
    const number = this.#next++;
    const session = new ProgramSession({
      id: sessionId(number),
      name: `program-${number}`,
      index: number,
      command: ['sh', '-c', line],
      workingDirectory: '/',
      environment: programEnvironment(
        { PATH: process.env['PATH'] ?? '/usr/bin:/bin', SHELL: '/bin/sh' },
        { term: 'xterm-256color', version: '0', socketPath: '/none', serverPid: process.pid, session: number },
      ),
      size: { columns: 80, rows: 24 },
      createTerminal: (size) => new TerminalEngine({ size, release: '0', name: 'xterm-256color' }),
      scheduler: this.scheduler,
      clock: systemClock,
      onError: (error) => this.errors.push(error),
      ...options,
    });
    this.#sessions.push(session);
    return session;
  }

  close(): void {
    for (const session of this.#sessions.splice(0)) session.dispose();
  }
}

/** Fulfilled at the next event of this type. */
export function nextEvent<Type extends SessionEvent['type']>(
  session: ProgramSession,
  type: Type,
): Promise<Extract<SessionEvent, { readonly type: Type }>> {
  return new Promise((resolve) => {
    const listening = session.events((event) => {
      if (event.type !== type) return;
      listening.dispose();
      resolve(event as Extract<SessionEvent, { readonly type: Type }>);
    });
  });
}

/** All the text that a session keeps, history first, without blank rows at the end. */
export function textOf({ content }: ProgramSession): string {
  const rows: string[] = [];
  for (let row = content.firstRow; row < content.endRow; row++) rows.push(content.rowText(row));
  return rows.join('\n').trimEnd();
}
