import { homedir } from 'node:os';
import path from 'node:path';
import type { SessionFiles } from '../attention/agent-rules.ts';
import type { Claim, EvidenceSource } from '../attention/evidence.ts';
import { opencodePort } from '../attention/opencode-events.ts';
import type { Foreground } from '../attention/program-watch.ts';
import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import { isListening } from '../pty/listening.ts';
import { groupProcesses } from '../pty/process-info.ts';
import type { ProgramSession } from '../session/program-session.ts';
import { OpencodeStream } from './opencode-stream.ts';
import { followSessionFiles } from './session-files.ts';

export interface AgentSourcesOptions {
  readonly clock: Clock;
  /** A source says what the agent of a session does. Must not throw. */
  readonly say: (session: ProgramSession, source: EvidenceSource, claim: Claim | undefined, detail: string) => void;
  /** An agent is in a conversation by which it can go on. */
  readonly inConversation: (session: ProgramSession, agent: string, id: string) => void;
}

/** Listens to what agents tell of themselves, each only while it is in the foreground of a session. */
export class AgentSources implements Disposable {
  readonly #given: AgentSourcesOptions;
  readonly #open = new Map<ProgramSession, DisposableStore>();

  constructor(given: AgentSourcesOptions) {
    this.#given = given;
  }

  /** Another program is in the foreground of a session now. */
  follow(session: ProgramSession, { agent, group }: Foreground): void {
    this.forget(session);
    if (agent === undefined || group === undefined) return;
    const { sessionFiles, eventStream } = agent;
    if (sessionFiles === undefined && eventStream === undefined) return;
    const store = new DisposableStore();
    this.#open.set(session, store);
    if (sessionFiles !== undefined) store.add(this.#followFiles(session, agent.name, sessionFiles, group));
    const port = eventStream === undefined ? undefined : portOf(session);
    if (port !== undefined) store.add(this.#followStream(session, port, group));
  }

  forget(session: ProgramSession): void {
    this.#open.get(session)?.dispose();
    this.#open.delete(session);
  }

  dispose(): void {
    for (const store of this.#open.values()) store.dispose();
    this.#open.clear();
  }

  #followFiles(session: ProgramSession, agent: string, files: SessionFiles, group: number): Disposable {
    const { clock, say, inConversation } = this.#given;
    const folder = folderOf(files, session.program.environment);
    return followSessionFiles(folder, groupProcesses(group), clock, (file) => {
      say(session, 'session-file', file?.claim, file?.detail ?? '');
      if (file?.conversation !== undefined) inConversation(session, agent, file.conversation);
    });
  }

  #followStream(session: ProgramSession, port: number, group: number): Disposable {
    const { clock, say } = this.#given;
    return new OpencodeStream({
      port,
      clock,
      isOurs: () => isListening(groupProcesses(group), port),
      onChange: (said) => say(session, 'event-stream', said?.claim, said?.detail ?? ''),
    });
  }
}

function folderOf(
  { home, homeVariable, folder }: SessionFiles,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const own = homeVariable === undefined ? undefined : environment[homeVariable];
  const person = environment['HOME']?.startsWith('/') === true ? environment['HOME'] : homedir();
  return path.join(own?.startsWith('/') === true ? own : path.join(person, home.slice(2)), folder);
}

function portOf(session: ProgramSession): number | undefined {
  for (const words of session.running?.foregroundCommands() ?? []) {
    const port = opencodePort(words);
    if (port !== undefined) return port;
  }
  return undefined;
}
