import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { TerminalEvent } from '../terminal/virtual-terminal.ts';
import type { ProgramClaim } from './program-claim.ts';
import type { SessionEvent } from './session.ts';
import { type RememberedActivity, SessionActivity } from './session-activity.ts';
import type { WaitingReason } from './status.ts';

type Mark = Extract<TerminalEvent, { readonly type: 'mark' }>['mark'];

/** Silence that ends a burst of output, in milliseconds. */
const QUIET = 1000;
/** Output so soon after input is an echo, and no work of the program's. */
const ECHO = 200;
/** Rest lasts so long at least when more output comes, so that nothing flickers. */
const REST = 300;
/** Output so soon after hiding is an answer to that (focus-out), and no news. */
const FAREWELL = 1000;
/** Output so soon after another size is the old screen drawn anew: neither news nor work. */
const REDRAW = 500;

/**
 * What a program's output says of it: its status, and what of it nobody has seen. A shell with OSC 133 marks tells when
 * a command runs; without marks, work is output and rest is a second of silence. A timer runs only in a burst. As long as
 * somebody knows better what it does, that `claimed` decides alone.
 */
export class ProgramActivity extends SessionActivity implements Disposable {
  readonly #isHeld: () => boolean;
  #timer: Disposable | undefined;
  /** Whether this burst was counted as unread. */
  #counted = false;
  #hiddenSince = Number.NEGATIVE_INFINITY;
  #lastResize = Number.NEGATIVE_INFINITY;
  #lastOutput: number;
  #lastInput = Number.NEGATIVE_INFINITY;
  /** When its last burst ended. */
  #rested = Number.NEGATIVE_INFINITY;
  /** Whether a command runs in a shell with marks; undefined before the first mark. */
  #running: boolean | undefined;
  #claim: ProgramClaim | undefined;
  /** A command of the shell ended while a claim decided. */
  #endedUnheard = false;

  /**
   * A program that is not started, since it comes back after the end of its server, is `kept` and paused. The silence of
   * one whose output `isHeld` is none of its own.
   */
  constructor(
    clock: Clock,
    fire: (event: SessionEvent) => void,
    kept?: RememberedActivity,
    isHeld: () => boolean = () => false,
  ) {
    super({ kind: 'program', clock, fire, status: kept === undefined ? 'processing' : 'paused', remembered: kept });
    this.#isHeld = isHeld;
    this.#lastOutput = this.lastActivity;
    if (kept === undefined) this.#arm(QUIET);
  }

  override setShown(shown: boolean): void {
    if (!shown && this.state.isShown) {
      this.#hiddenSince = this.clock.now();
      this.#counted = false;
    }
    super.setShown(shown);
  }

  /** Some output was parsed. */
  output(): void {
    if (this.#isOver) return;
    const now = this.touch();
    this.#lastOutput = now;
    if (this.#timer === undefined) {
      this.#counted = false;
      this.#arm(QUIET);
    }
    if (now - this.#lastResize < REDRAW) return;
    const news = !this.state.isShown && now - this.#hiddenSince >= FAREWELL;
    if (news && !this.#counted) {
      this.#counted = true;
      this.addUnread();
    }
    if (this.#claim !== undefined) return;
    if (this.state.status === 'processing' || this.#running === false || this.#calls()) return;
    if (Math.abs(now - this.#rested) < REST) return;
    if (now - this.#lastInput >= ECHO && (news || this.state.isShown)) this.step({ become: { status: 'processing' } });
  }

  /** Something was written to the program. */
  input(): void {
    this.#lastInput = this.touch();
    this.#lastResize = Number.NEGATIVE_INFINITY;
  }

  /** It has another size. */
  resized(): void {
    this.#lastResize = this.clock.now();
  }

  bell(): void {
    if (!this.state.isShown && !this.#isOver && this.#claim === undefined) this.#call('bell');
  }

  mark(mark: Mark): void {
    if (this.#isOver) return;
    // Whoever does what is claimed marks its own texts, and leaves no end behind: only the shell's end of it counts.
    if (this.#claim !== undefined && this.#running !== false && mark !== 'done') return;
    const ran = this.#running === true;
    this.#running = mark === 'output';
    if (this.#claim !== undefined) {
      this.#endedUnheard = ran && mark === 'done' ? true : this.#endedUnheard && mark !== 'output';
      return;
    }
    if (mark === 'output') this.step({ become: { status: 'processing' } });
    else if (ran && mark === 'done') this.#call('command-ended');
    else if (this.state.status === 'processing') this.step({ become: { status: 'waiting-for-input' } });
  }

  /**
   * What the program does by those who know it better than its output; undefined when nobody does any more. An end of
   * work calls for a person who did not see it.
   */
  claimed(claim: ProgramClaim | undefined): void {
    const before = this.#claim;
    this.#claim = claim;
    if (this.#isOver || this.state.status === 'paused') return;
    if (claim === undefined) this.#unclaimed(before);
    else this.#follow(claim, before);
  }

  /** The program was stopped by a signal. */
  stopped(): void {
    if (!this.#isOver) this.step({ become: { status: 'paused' } });
  }

  continued(): void {
    if (this.state.status !== 'paused') return;
    this.#lastOutput = this.clock.now();
    if (this.#claim === undefined) this.step({ become: { status: 'processing' } });
    else this.#follow(this.#claim, undefined);
    if (this.#timer === undefined) this.#arm(QUIET);
  }

  ended(): void {
    this.#disarm();
    this.touch();
    this.step({ become: { status: 'completed' }, seen: this.state.isShown });
  }

  restarted(): void {
    this.#running = undefined;
    this.#claim = undefined;
    this.#endedUnheard = false;
    this.#lastOutput = this.touch();
    this.step({ become: { status: 'processing' }, seen: true });
    this.#arm(QUIET);
  }

  dispose(): void {
    this.#disarm();
  }

  /** A completed session is started again by `restarted` alone. */
  get #isOver(): boolean {
    return this.state.status === 'completed';
  }

  #follow(claim: ProgramClaim, before: ProgramClaim | undefined): void {
    switch (claim.kind) {
      case 'busy':
        this.step({ become: { status: 'processing' } });
        return;
      case 'waiting':
        this.#call(claim.reason);
        return;
      case 'failed':
        this.#call('turn-failed');
        return;
      case 'idle':
        // A question that was answered from elsewhere is work that nobody saw the end of.
        if (before?.kind === 'busy' || before?.kind === 'waiting') this.#call('turn-ended');
        else if (!this.#calls()) this.step({ become: { status: 'waiting-for-input' } });
    }
  }

  /** What a shell told meanwhile holds, else it is at rest until more comes; a question is gone with who asked it. */
  #unclaimed(before: ProgramClaim | undefined): void {
    const ended = this.#endedUnheard;
    this.#endedUnheard = false;
    if (ended) this.#call('command-ended');
    else if (this.#running === true) this.step({ become: { status: 'processing' } });
    else if (before?.kind === 'waiting' || (this.#timer === undefined && !this.#calls()))
      this.step({ become: { status: 'waiting-for-input' } });
  }

  /** Waits for a reason that nobody has seen; only a person, a new command or the end takes it away. */
  #calls(): boolean {
    return this.state.waitingReason !== undefined && !this.state.seen;
  }

  #call(reason: WaitingReason): void {
    const { waitingReason, seen, isShown } = this.state;
    if (waitingReason === reason && !seen) return;
    this.step({ become: { status: 'waiting-for-input', reason, anew: true }, seen: isShown });
  }

  #disarm(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  #arm(milliseconds: number): void {
    this.#timer?.dispose();
    this.#timer = this.clock.after(milliseconds, () => {
      this.#timer = undefined;
      if (this.#isHeld()) {
        this.#arm(QUIET);
        return;
      }
      const left = this.#lastOutput + QUIET - this.clock.now();
      // A clock that was set back ends the burst too.
      if (left > 0 && left <= QUIET) this.#arm(left);
      else if (this.state.status === 'processing' && this.#running !== true && this.#claim === undefined) {
        this.#rested = this.clock.now();
        this.step({ become: { status: 'waiting-for-input' } });
      }
    });
  }
}
