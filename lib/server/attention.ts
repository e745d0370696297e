import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AgentCatalog } from '../attention/agent-catalog.ts';
import { agentOf } from '../attention/agent-catalog.ts';
import type { AgentRules } from '../attention/agent-rules.ts';
import { type Claim, type Evidence, type EvidenceSource, RANKS } from '../attention/evidence.ts';
import type { ScreenFinding } from '../attention/match-rules.ts';
import { type Foreground, ProgramWatch } from '../attention/program-watch.ts';
import type { Clock } from '../base/clock.ts';
import { UserError } from '../base/user-error.ts';
import type { Attention, Explanation, RecordedScreen, ScreenQuestion, ToldEvidence } from '../command/attention.ts';
import type { ReviewAnswer } from '../command/dialogs.ts';
import { encodeKey } from '../input/key-encoder.ts';
import { parseKey } from '../input/key-name.ts';
import { ProgramSession } from '../session/program-session.ts';
import type { Session } from '../session/session.ts';
import { stripControls } from '../text/sanitize.ts';
import { HookQuestions } from './hook-questions.ts';

type WaitingClaim = Extract<Claim, { readonly kind: 'waiting' }>;

export interface ServerAttentionOptions {
  readonly clock: Clock;
  /** The rules of agents as they are now. */
  readonly agents: () => AgentCatalog;
  /** Hears who is in the foreground of a session now, each time that is another one. Must not throw. */
  readonly onForeground?: (session: ProgramSession, foreground: Foreground) => void;
}

/** How long the words of one process group are good for, in milliseconds: a program may become another one in its place. */
const WORDS_AGE = 1000;
/** From one key of an answer to the next, in milliseconds. */
const BETWEEN_KEYS = 150;
const MAXIMUM_WORDS = 40;
const MAXIMUM_TEXT = 400;

/** Watches every program session: what its agent does, and why that is thought. */
export class ServerAttention implements Attention {
  /** What agents ask by hooks that can decide. */
  readonly hookQuestions: HookQuestions;
  readonly #clock: Clock;
  readonly #agents: () => AgentCatalog;
  readonly #onForeground: NonNullable<ServerAttentionOptions['onForeground']>;
  readonly #watches = new Map<Session, ProgramWatch>();
  readonly #foregrounds = new WeakMap<Session, () => Foreground>();

  constructor({ clock, agents, onForeground = () => undefined }: ServerAttentionOptions) {
    this.hookQuestions = new HookQuestions(clock);
    this.#clock = clock;
    this.#agents = agents;
    this.#onForeground = onForeground;
  }

  watch(session: ProgramSession): void {
    const foreground = this.#foregroundOf(session);
    this.#foregrounds.set(session, foreground);
    const watch = new ProgramWatch({
      session,
      clock: this.#clock,
      foreground,
      onForeground: (found) => this.#onForeground(session, found),
      reads: () => session.running?.foregroundReads(),
      onClaim: (claim) => session.claimed(claim),
    });
    this.#watches.set(session, watch);
  }

  forget(session: Session): void {
    this.#watches.get(session)?.dispose();
    this.#watches.delete(session);
    this.hookQuestions.forget(session);
    if (session instanceof ProgramSession) this.#onForeground(session, { agent: undefined, group: undefined });
  }

  /** Other rules hold now. */
  agentsChanged(): void {
    for (const watch of this.#watches.values()) watch.recheck();
  }

  report(session: Session, claim: Claim | undefined, message: string): void {
    const watch = this.#watches.get(session);
    if (watch === undefined) throw new UserError(`${session.name} is a ${session.kind}; it knows its own status`);
    watch.say('report', claim, stripControls(message, 200));
  }

  /** A source says what the agent of a session does; undefined takes that back. */
  say(session: Session, source: EvidenceSource, claim: Claim | undefined, detail: string): void {
    this.#watches.get(session)?.say(source, claim, detail);
  }

  /** The agent in the foreground of a session at this moment; undefined for none that is known. */
  agentIn(session: Session): AgentRules | undefined {
    return this.#foregrounds.get(session)?.().agent;
  }

  /** For what it waits by the sources that know it; `but` is another one. */
  reasonOf(session: Session, but: EvidenceSource): WaitingClaim['reason'] | undefined {
    for (const { source, claim } of this.#watches.get(session)?.report.evidence ?? [])
      if (source !== but && (source === 'hook' || source === 'screen') && claim.kind === 'waiting') return claim.reason;
    return undefined;
  }

  explain(session: Session): Explanation | undefined {
    const watch = this.#watches.get(session);
    if (watch === undefined || !(session instanceof ProgramSession)) return undefined;
    const { agent, evidence, verdict, shown, looks } = watch.report;
    const told = (one: Evidence) => this.#told(one);
    return {
      agent: agent && { name: agent.name, title: agent.title, version: agent.version },
      foreground: this.#foregroundWords(session, agent).map(wordsText),
      evidence: evidence.map(told).sort((a, b) => b.rank - a.rank || a.age - b.age),
      verdict: verdict && {
        claim: claimWord(verdict.claim),
        because: told(verdict.because),
        overruled: verdict.overruled && told(verdict.overruled),
      },
      shown: shown && claimWord(shown),
      looks,
    };
  }

  question(session: Session): ScreenQuestion | undefined {
    const hooked = this.hookQuestions.question(session);
    if (hooked !== undefined) return hooked;
    const asked = this.#asked(session);
    if (asked === undefined) return undefined;
    const { agent, finding } = asked;
    return {
      id: questionId(agent, finding),
      agent: agent.title,
      rule: finding.rule,
      lines: finding.rows.map((row) => stripControls(row, row.length)),
      isScreen: true,
    };
  }

  async answer(session: Session, question: ScreenQuestion, answer: ReviewAnswer): Promise<void> {
    if (this.hookQuestions.answer(session, question, answer)) return;
    const asked = this.#asked(session);
    if (asked === undefined || questionId(asked.agent, asked.finding) !== question.id)
      throw new UserError(`${session.name} does not ask that any more; nothing was answered`);
    const { rule, answer: keys } = asked.finding;
    const names = answer === 'once' ? keys?.approve : answer === 'trust' ? keys?.trust : keys?.deny;
    if (names === undefined)
      throw new UserError(`${asked.agent.title} has no key here that trusts; allow it once, or refuse it`);
    for (const [index, name] of names.entries()) {
      if (index > 0) await delay(BETWEEN_KEYS);
      // What one key has answered takes no further one: that would be for what stands there now.
      if (index > 0 && this.#asked(session)?.finding.rule !== rule) return;
      session.send(encodeKey(parseKey(name), session.modes));
    }
  }

  record(session: Session): RecordedScreen | undefined {
    const told = this.explain(session);
    if (told === undefined) return undefined;
    const { content, size, title } = session;
    const screen: string[] = [];
    for (let row = content.screenTop; row < content.endRow; row++) screen.push(content.rowText(row).trimEnd());
    const { agent, evidence, shown } = told;
    const { columns, rows } = size;
    return { agent: agent?.name, version: agent?.version, columns, rows, title, screen, evidence, expect: shown };
  }

  /** The question of an agent that waits for its answer, as its screen shows it now. */
  #asked(session: Session): { readonly agent: AgentRules; readonly finding: ScreenFinding } | undefined {
    const watch = this.#watches.get(session);
    if (watch === undefined || session.waitingReason !== 'approval') return undefined;
    const { finding } = watch;
    const { agent } = watch.report;
    const isKnown =
      finding?.claim.kind === 'waiting' && finding.claim.reason === 'approval' && finding.answer !== undefined;
    return agent !== undefined && finding !== undefined && isKnown ? { agent, finding } : undefined;
  }

  /** Who is in the foreground: the group is asked for each time, its words only when it is another one or some time went. */
  #foregroundOf(session: ProgramSession): () => Foreground {
    let known: Foreground & { readonly agents: AgentCatalog; readonly time: number } = {
      agent: undefined,
      group: undefined,
      agents: new Map(),
      time: Number.NEGATIVE_INFINITY,
    };
    return () => {
      const { running } = session;
      const group = running?.foregroundGroup;
      const now = this.#clock.now();
      const agents = this.#agents();
      const isYoung = Math.abs(now - known.time) < WORDS_AGE;
      if (isYoung && group === known.group && agents === known.agents) return known;
      const commands = running?.foregroundCommands() ?? [];
      let agent: Foreground['agent'];
      for (const words of commands) agent ??= agentOf(agents, words);
      known = { agent, group, agents, time: now };
      return known;
    };
  }

  /** The command lines in the foreground, that of the agent first: it may run others in its group. */
  #foregroundWords({ running }: ProgramSession, agent: AgentRules | undefined): readonly (readonly string[])[] {
    const commands = running?.foregroundCommands() ?? [];
    const own = commands.filter((words) => agent !== undefined && agentOf(this.#agents(), words) === agent);
    return [...own, ...commands.filter((words) => !own.includes(words))];
  }

  #told({ source, claim, since, heard, detail }: Evidence): ToldEvidence {
    const now = this.#clock.now();
    return {
      source,
      rank: RANKS[source],
      claim: claimWord(claim),
      age: Math.max(0, now - since),
      heard: Math.max(0, now - heard),
      detail,
    };
  }
}

/** What spins while a question stands is no part of it. */
const SPINNER = /[\u2800-\u28ff]/gu;

const questionId = (agent: AgentRules, { rule, rows }: ScreenFinding): string =>
  createHash('sha256')
    .update([agent.name, rule, ...rows].join('\n').replaceAll(SPINNER, ''))
    .digest('hex')
    .slice(0, 12);

/** A claim by one word. */
const claimWord = (claim: Claim): string => (claim.kind === 'waiting' ? claim.reason : claim.kind);

const wordsText = (words: readonly string[]): string =>
  stripControls(words.slice(0, MAXIMUM_WORDS).join(' '), MAXIMUM_TEXT);
