import type { AgentCatalog } from '../attention/agent-catalog.ts';
import type { AgentConversation } from '../attention/agent-resume.ts';
import type { AgentRules } from '../attention/agent-rules.ts';
import type { Claim, EvidenceSource } from '../attention/evidence.ts';
import type { HerdrRequest } from '../attention/herdr-request.ts';
import { decisionText, hookQuestion } from '../attention/hook-question.ts';
import { hookReport, readPayload } from '../attention/hook-report.ts';
import type { Foreground } from '../attention/program-watch.ts';
import type { Clock } from '../base/clock.ts';
import { ProgramSession } from '../session/program-session.ts';
import type { Session } from '../session/session.ts';
import { AgentSources } from './agent-sources.ts';
import type { ServerAttention } from './attention.ts';

export interface AgentReportsOptions {
  readonly clock: Clock;
  readonly attention: ServerAttention;
  readonly agents: () => AgentCatalog;
  readonly sessionById: (id: number) => Session | undefined;
  /** With this conversation a session goes on after the end of the server. */
  readonly inConversation: (session: ProgramSession, conversation: AgentConversation) => void;
}

/** Takes what agents say of themselves, by whatever way, as evidence of the sessions they run in. */
export class AgentReports {
  readonly #given: AgentReportsOptions;
  readonly #sources: AgentSources;

  constructor(given: AgentReportsOptions) {
    this.#given = given;
    this.#sources = new AgentSources({
      clock: given.clock,
      say: (session, source, claim, detail) => this.#say(session, source, claim, detail),
      inConversation: (session, agent, id) => given.inConversation(session, { agent, id }),
    });
  }

  /** Another program is in the foreground of a session now, or none. */
  follow(session: ProgramSession, foreground: Foreground): void {
    this.#sources.follow(session, foreground);
  }

  /**
   * An agent called one of its hooks; what it told there is JSON, if it is good. Gives what the hook is to print: where it
   * may decide, what a person answered. Never rejects.
   */
  async hook(session: Session, event: string, bytes: Uint8Array, signal: AbortSignal): Promise<string | undefined> {
    if (!(session instanceof ProgramSession)) return undefined;
    const payload = readPayload(bytes);
    const own = this.#agentIn(session);
    const agent = own?.hooks === undefined ? this.#agentOfEvent(event) : own;
    const report = agent?.hooks && hookReport(agent.hooks, event, payload);
    if (agent === undefined || report === undefined) return undefined;
    if (report.claim !== 'keep') this.#given.attention.say(session, 'hook', report.claim, report.detail);
    if (report.conversation !== undefined && agent === own)
      this.#given.inConversation(session, { agent: agent.name, id: report.conversation });
    const asks = report.claim !== 'keep' && report.claim?.kind === 'waiting' && report.claim.reason === 'approval';
    if (!asks || agent !== own || agent.hooks?.decides !== event) return undefined;
    return await this.#decided(session, agent, payload, signal);
  }

  async #decided(
    session: ProgramSession,
    { title: agent }: AgentRules,
    payload: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { attention } = this.#given;
    const lines = hookQuestion(payload);
    const decision = lines && (await attention.hookQuestions.ask(session, { agent, lines, signal }));
    if (decision === undefined) return undefined;
    attention.say(session, 'hook', { kind: 'busy' }, `PermissionRequest · answered: ${decision}`);
    return decisionText(decision);
  }

  /** What came over herdr's protocol for the session of a number. Never throws. */
  herdr(id: number, request: Exclude<HerdrRequest, { readonly type: 'ping' }>): void {
    const session = this.#given.sessionById(id);
    if (!(session instanceof ProgramSession)) return;
    if (request.type === 'report') this.#say(session, 'report', request.claim, request.detail);
    else if (request.type === 'release') this.#say(session, 'report', undefined, '');
    const own = this.#agentIn(session);
    if (request.conversation === undefined || own === undefined) return;
    if (request.agent === undefined || request.agent === own.name || own.programs.includes(request.agent))
      this.#given.inConversation(session, { agent: own.name, id: request.conversation });
  }

  #say(session: ProgramSession, source: EvidenceSource, claim: Claim | undefined, detail: string): void {
    const { attention } = this.#given;
    if (claim?.kind !== 'waiting') {
      attention.say(session, source, claim, detail);
      return;
    }
    // These sources do not say for what it waits: others do.
    const reason = attention.reasonOf(session, source) ?? claim.reason;
    attention.say(session, source, { kind: 'waiting', reason }, detail);
  }

  #agentIn(session: ProgramSession): AgentRules | undefined {
    return this.#given.attention.agentIn(session);
  }

  /** Where the system does not tell who is in the foreground: agents that know an event mean the same by it. */
  #agentOfEvent(event: string): AgentRules | undefined {
    return [...this.#given.agents().values()].find(({ hooks }) =>
      [...(hooks?.events.keys() ?? [])].some((name) => name.split('/', 1)[0] === event),
    );
  }
}
