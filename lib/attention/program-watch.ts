import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import type { Event } from '../base/emitter.ts';
import type { ProgramSignal } from '../session/program-session.ts';
import type { Session, SessionEvent } from '../session/session.ts';
import type { AgentRules } from './agent-rules.ts';
import { judge, SILENT, type Verdict } from './arbiter.ts';
import { type Claim, type Evidence, type EvidenceSource, sameClaim } from './evidence.ts';
import { EvidenceList } from './evidence-list.ts';
import { isDeniedByTitle, type RuleFinding, type ScreenFinding, screenFinding, titleFinding } from './match-rules.ts';
import { screenText } from './screen-text.ts';
import { signalFinding } from './signal-finding.ts';
import { SHORTEST, type SteadyClaim, steadyClaim } from './steady.ts';

/** Who is in the foreground of a terminal. */
export interface Foreground {
  /** Undefined for anything that is no known agent. */
  readonly agent: AgentRules | undefined;
  /** Its process group; undefined where nobody knows. */
  readonly group: number | undefined;
}

export interface ProgramWatchOptions {
  readonly session: Pick<Session, 'content' | 'modes' | 'events'> & {
    /** The title that the program set, whatever a person calls its pane. */
    readonly ownTitle: string;
    readonly signals: Event<ProgramSignal>;
  };
  readonly clock: Clock;
  /** Asked at each look. */
  readonly foreground: () => Foreground;
  /** Hears who is in the foreground now, each time that is another one. Must not throw. */
  readonly onForeground?: (foreground: Foreground) => void;
  /** Whether what is in the foreground is blocked in a read of the terminal; undefined where nobody knows. */
  readonly reads: () => boolean | undefined;
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
  /** How often its screen was looked at. */
  readonly looks: number;
}

/** From a change of the screen until it is looked at, and from one look to the next at least; in milliseconds. */
const LOOK = 100;
const NEXT_LOOK = 250;
/** What was claimed last holds for so long while no rule fits the screen of an agent, in milliseconds. */
const HELD = 2000;
/** A report this young was meant for the agent that is found only now, in milliseconds. */
const FRESH = 3000;
/** An agent that says nothing else of it rests for so long before that is believed: half a picture is no rest. */
const SETTLE = { idle: 300, failed: 500 } as const;

/** How long a progress of a command holds that is not told again, in milliseconds; Ghostty takes it from its tab after as long. */
const PROGRESS = 15_000;

/** Gathers the evidence of one program and says what it does. It has a timer only while something changes or is done. */
export class ProgramWatch implements Disposable {
  readonly #options: ProgramWatchOptions;
  readonly #open = new DisposableStore();
  readonly #evidence: EvidenceList;
  #foreground: Foreground = { agent: undefined, group: undefined };
  /** Since when that agent is there, when something changed last, and since when no source says anything. */
  #agentSince = Number.NEGATIVE_INFINITY;
  #changed = Number.NEGATIVE_INFINITY;
  #nothingSince: number | undefined;
  #looked = Number.NEGATIVE_INFINITY;
  #looks = 0;
  /** A title was set since the last look: one that only stays is no news. */
  #isTitled = true;
  /** Since when its output shows what it shows now, while nobody claims more. */
  #unclaimedSince = Number.NEGATIVE_INFINITY;
  #isPutOff = false;
  #look: Disposable | undefined;
  #again: Disposable | undefined;
  #silence: Disposable | undefined;
  #progress: Disposable | undefined;
  #shown: SteadyClaim | undefined;

  constructor(options: ProgramWatchOptions) {
    this.#options = options;
    this.#evidence = new EvidenceList(options.clock);
    this.#open.add(options.session.events((event) => this.#heard(event)));
    this.#open.add(options.session.signals((signal) => this.#signalled(signal)));
  }

  get report(): WatchReport {
    const evidence = this.#evidence.all;
    const verdict = judge(evidence, this.#options.clock.now());
    return { agent: this.#foreground.agent, evidence, verdict, shown: this.#shown?.claim, looks: this.#looks };
  }

  /** What its screen shows at this moment by the rules of its agent. */
  get finding(): ScreenFinding | undefined {
    const { agent } = this.#options.foreground();
    // Another one is there since the last look: what stands on the screen was not its own.
    if (agent !== this.#foreground.agent) return undefined;
    return agent && screenFinding(agent, screenText(this.#options.session.content));
  }

  /** A source says what the program does; undefined takes back what it said. */
  say(source: EvidenceSource, claim: Claim | undefined, detail: string): void {
    this.#changed = this.#options.clock.now();
    this.#evidence.take(source, claim, detail);
    // Who is there when it is said is told by the next look: it holds as long as that one.
    if (source === 'report') this.#lookSoon();
    this.#decide();
  }

  /** Looks again: other rules hold now. */
  recheck(): void {
    this.#lookSoon();
  }

  dispose(): void {
    this.#open.dispose();
    this.#look?.dispose();
    this.#again?.dispose();
    this.#silence?.dispose();
    this.#progress?.dispose();
  }

  #heard(event: SessionEvent): void {
    if (event.type === 'title') this.#isTitled = true;
    if (event.type === 'status' && this.#shown === undefined) this.#unclaimedSince = this.#options.clock.now();
    if (event.type === 'changed' || event.type === 'title') this.#lookSoon();
    else if (event.type === 'exited' || event.type === 'restarted') this.#forget();
  }

  #signalled(signal: ProgramSignal): void {
    const { agent } = this.#foreground;
    const found = agent?.ignores.has(signal.type) === true ? undefined : signalFinding(signal, agent);
    if (agent === undefined && signal.type === 'progress') this.#expireProgress(found?.claim === 'none');
    // A shell at its prompt: the command that showed a progress has ended.
    if (agent === undefined && signal.type === 'mark' && signal.mark !== 'output') this.#endProgress();
    if (found !== undefined) this.say(signal.type, found.claim === 'none' ? undefined : found.claim, found.detail);
  }

  /** A progress that nobody tells again lapses, but for an agent's: a command that was killed leaves its own behind. */
  #expireProgress(isOver: boolean): void {
    this.#progress?.dispose();
    this.#progress = isOver ? undefined : this.#options.clock.after(PROGRESS, () => this.#endProgress());
  }

  #endProgress(): void {
    this.#progress?.dispose();
    this.#progress = undefined;
    if (this.#foreground.agent !== undefined) return;
    this.#evidence.take('progress', undefined, '');
    this.#decide();
  }

  /** Everything that was said of what ran here is past. */
  #forget(): void {
    this.#evidence.clear();
    this.#foreground = { agent: undefined, group: undefined };
    this.#options.onForeground?.(this.#foreground);
    this.#decide();
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
    const { clock, session } = this.#options;
    // In the middle of a frame half a picture stands there: once it is waited for.
    this.#isPutOff = session.modes.synchronizedOutput && !this.#isPutOff;
    if (this.#isPutOff) {
      this.#lookSoon();
      return;
    }
    this.#looks += 1;
    const before = this.#looked;
    this.#looked = clock.now();
    this.#changed = this.#looked;
    this.#findAgent(before);
    const { agent } = this.#foreground;
    if (agent === undefined && this.#evidence.isEmpty && this.#shown === undefined) return;
    if (this.#isTitled) this.#found('title', agent && titleFinding(agent, session.ownTitle));
    this.#isTitled = false;
    const { finding } = this;
    this.#found('screen', finding && agent && isDeniedByTitle(agent, session.ownTitle, finding) ? undefined : finding);
    this.#evidence.take('kernel', undefined, '');
    this.#decide();
  }

  /** @param looked when it was looked at before */
  #findAgent(looked: number): void {
    const before = this.#foreground;
    const found = this.#options.foreground();
    if (found.agent === before.agent && found.group === before.group) return;
    this.#foreground = found;
    this.#options.onForeground?.(found);
    this.#isTitled = true;
    if (found.agent === before.agent) {
      // Another command of a shell: what the one before it had said of itself is past with it.
      this.#evidence.clearSeen(found.agent === undefined ? looked : Number.NEGATIVE_INFINITY);
      return;
    }
    this.#agentSince = this.#looked;
    if (before.agent === undefined) this.#evidence.clearSeen(this.#looked - FRESH);
    else this.#evidence.clear();
  }

  #found(source: EvidenceSource, finding: RuleFinding | undefined): void {
    this.#evidence.take(source, finding?.claim, finding?.rule ?? '');
  }

  #decide(): void {
    this.#again?.dispose();
    this.#again = undefined;
    const now = this.#options.clock.now();
    const verdict = judge(this.#evidence.all, now);
    if (verdict === undefined) this.#nothing(now);
    else this.#show(verdict, now);
    this.#listen();
  }

  /** No rule fits: an agent that is there does what it did, for a while. */
  #nothing(now: number): void {
    if (this.#shown === undefined) return;
    this.#nothingSince ??= now;
    const left = this.#nothingSince + HELD - now;
    if (this.#foreground.agent !== undefined && left > 0 && left <= HELD) {
      this.#again = this.#options.clock.after(left, () => this.#decide());
      return;
    }
    this.#nothingSince = undefined;
    this.#shown = undefined;
    this.#options.onClaim(undefined);
  }

  #show(verdict: Verdict, now: number): void {
    this.#nothingSince = undefined;
    const { clock, onClaim } = this.#options;
    const { agent } = this.#foreground;
    const before = this.#shown;
    // What it did before it was known to be an agent was shown as well, and so was its output.
    const since = Math.max(this.#agentSince, this.#unclaimedSince);
    const early = before === undefined && agent !== undefined ? since + SHORTEST - now : 0;
    if (early > 0 && early <= SHORTEST) {
      this.#again = clock.after(early, () => this.#decide());
      return;
    }
    const settle = this.#evidence.hasReport ? agent?.settle : { ...SETTLE, ...agent?.settle };
    const { state, askAt } = steadyClaim(before, verdict.claim, now, settle, verdict.lasted);
    this.#shown = state;
    const next = Math.min(askAt ?? Number.POSITIVE_INFINITY, verdict.until ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(next)) this.#again = clock.after(Math.max(1, next - now), () => this.#decide());
    if (before === undefined || !sameClaim(before.claim, state.claim)) onClaim(state.claim);
  }

  /** As long as it is said to work, its silence is listened to: the kernel knows whether it only waits for a key. */
  #listen(): void {
    if (this.#shown?.claim.kind !== 'busy') {
      this.#silence?.dispose();
      this.#silence = undefined;
      return;
    }
    const quiet = Math.abs(this.#options.clock.now() - this.#changed);
    this.#silence ??= this.#options.clock.after(Math.max(1, SILENT - quiet), () => {
      this.#silence = undefined;
      this.#silent();
    });
  }

  #silent(): void {
    const now = this.#options.clock.now();
    const quiet = Math.abs(now - this.#changed);
    if (quiet >= SILENT && this.#options.reads() === true)
      this.#evidence.take('kernel', { kind: 'idle' }, 'blocked in a read of the terminal', this.#changed + 1);
    this.#decide();
  }
}
