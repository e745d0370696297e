import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import type { Session, SessionEvent } from '../session/session.ts';
import type { AgentRules } from './agent-rules.ts';
import { judge, type Verdict } from './arbiter.ts';
import { type Claim, type Evidence, type EvidenceSource, sameClaim } from './evidence.ts';
import { type RuleFinding, screenFinding, titleFinding } from './match-rules.ts';
import { screenText } from './screen-text.ts';
import { type SteadyClaim, steadyClaim } from './steady.ts';

export interface ProgramWatchOptions {
  readonly session: Pick<Session, 'content' | 'title' | 'events'>;
  readonly clock: Clock;
  /** The agent in the foreground of its terminal now; undefined for anything else. Asked at most every two seconds. */
  readonly findAgent: () => AgentRules | undefined;
  /** What the agent is seen to do, each time that is another thing; undefined when no agent is there any more. */
  readonly onClaim: (claim: Claim | undefined) => void;
}

/** All that is known of one program, for `explain`. */
export interface WatchReport {
  readonly agent: AgentRules | undefined;
  readonly evidence: readonly Evidence[];
  readonly verdict: Verdict | undefined;
  /** What is shown, which follows the verdict when that has settled. */
  readonly shown: Claim | undefined;
}

/** From a change of the screen until it is looked at, and from one look to the next at least; in milliseconds. */
const LOOK = 100;
const NEXT_LOOK = 250;
/** How often it is asked at most which program is in the foreground, in milliseconds. */
const ASK_AGENT = 2000;
const MAXIMUM_DETAIL = 200;

/** Gathers the evidence of one program and says what it does. It has a timer only while something changes. */
export class ProgramWatch implements Disposable {
  readonly #options: ProgramWatchOptions;
  readonly #open = new DisposableStore();
  readonly #evidence = new Map<EvidenceSource, Evidence>();
  #agent: AgentRules | undefined;
  #asked = Number.NEGATIVE_INFINITY;
  #looked = Number.NEGATIVE_INFINITY;
  /** A title was set since the last look: one that only stays is no news. */
  #isTitled = true;
  #look: Disposable | undefined;
  #again: Disposable | undefined;
  #shown: SteadyClaim | undefined;

  constructor(options: ProgramWatchOptions) {
    this.#options = options;
    this.#open.add(options.session.events((event) => this.#heard(event)));
  }

  get report(): WatchReport {
    const { clock } = this.#options;
    const evidence = [...this.#evidence.values()];
    return { agent: this.#agent, evidence, verdict: judge(evidence, clock.now()), shown: this.#shown?.claim };
  }

  /** A source says what the program does; undefined takes back what it said. */
  say(source: EvidenceSource, claim: Claim | undefined, detail: string): void {
    this.#take(source, claim, detail);
    this.#decide();
  }

  /** Everything that was said of what ran here is past. */
  forget(): void {
    this.#evidence.clear();
    this.#agent = undefined;
    this.#asked = Number.NEGATIVE_INFINITY;
    this.#decide();
  }

  dispose(): void {
    this.#open.dispose();
    this.#look?.dispose();
    this.#again?.dispose();
  }

  #heard(event: SessionEvent): void {
    if (event.type === 'title') this.#isTitled = true;
    if (event.type === 'changed' || event.type === 'title') this.#lookSoon();
    else if (event.type === 'exited' || event.type === 'restarted') this.forget();
  }

  #lookSoon(): void {
    if (this.#look !== undefined) return;
    const { clock } = this.#options;
    const since = clock.now() - this.#looked;
    const wait = since >= 0 && since < NEXT_LOOK ? Math.max(LOOK, NEXT_LOOK - since) : LOOK;
    this.#look = clock.after(wait, () => {
      this.#look = undefined;
      this.#lookNow();
    });
  }

  #lookNow(): void {
    const { clock, session, findAgent } = this.#options;
    const now = clock.now();
    this.#looked = now;
    if (Math.abs(now - this.#asked) >= ASK_AGENT) {
      this.#asked = now;
      const agent = findAgent();
      if (agent !== this.#agent) {
        this.#evidence.clear();
        this.#isTitled = true;
      }
      this.#agent = agent;
    }
    const agent = this.#agent;
    if (agent === undefined && this.#evidence.size === 0 && this.#shown === undefined) return;
    if (this.#isTitled) this.#found('title', agent && titleFinding(agent, session.title));
    this.#isTitled = false;
    this.#found('screen', agent && screenFinding(agent, screenText(session.content)));
    this.#decide();
  }

  #found(source: EvidenceSource, finding: RuleFinding | undefined): void {
    this.#take(source, finding?.claim, finding?.rule ?? '');
  }

  #take(source: EvidenceSource, claim: Claim | undefined, detail: string): void {
    if (claim === undefined) {
      this.#evidence.delete(source);
      return;
    }
    const now = this.#options.clock.now();
    const before = this.#evidence.get(source);
    const since = before !== undefined && sameClaim(before.claim, claim) ? before.since : now;
    this.#evidence.set(source, { source, claim, since, heard: now, detail: detail.slice(0, MAXIMUM_DETAIL) });
  }

  #decide(): void {
    this.#again?.dispose();
    this.#again = undefined;
    const { clock, onClaim } = this.#options;
    const now = clock.now();
    const verdict = judge([...this.#evidence.values()], now);
    if (verdict === undefined) {
      const hadClaim = this.#shown !== undefined;
      this.#shown = undefined;
      if (hadClaim) onClaim(undefined);
      return;
    }
    const before = this.#shown;
    const { state, askAt } = steadyClaim(before, verdict.claim, now, this.#agent?.settle);
    this.#shown = state;
    const next = Math.min(askAt ?? Number.POSITIVE_INFINITY, verdict.until ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(next)) this.#again = clock.after(Math.max(1, next - now), () => this.#decide());
    if (before === undefined || !sameClaim(before.claim, state.claim)) onClaim(state.claim);
  }
}
