import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { TerminalEvent } from '../terminal/virtual-terminal.ts';
import type { SessionEvent } from './session.ts';
import { nextStatus, type StatusChange, type StatusState, type WaitingReason } from './status.ts';

type Mark = Extract<TerminalEvent, { readonly type: 'mark' }>['mark'];

/** Silence that ends a burst of output, in milliseconds. */
const QUIET = 1000;
/** Output so soon after input is an echo, and no work of the program's. */
const ECHO = 200;
/** Output so soon after hiding is an answer to that (focus-out), and no news. */
const FAREWELL = 1000;

/**
 * What a program's output says of it: its status, and what of it nobody has seen. A shell with OSC 133 marks tells when
 * a command runs; without marks, work is output and rest is a second of silence. A timer runs only in a burst.
 */
export class ProgramActivity implements Disposable {
  readonly #clock: Clock;
  readonly #fire: (event: SessionEvent) => void;
  #state: StatusState = { status: 'processing', waitingReason: undefined, waitingSince: undefined };
  #timer: Disposable | undefined;
  #shown = false;
  #seen = true;
  #unread = 0;
  /** Whether this burst was counted as unread. */
  #counted = false;
  #hiddenSince = Number.NEGATIVE_INFINITY;
  #lastOutput = Number.NEGATIVE_INFINITY;
  #lastInput = Number.NEGATIVE_INFINITY;
  #lastActivity: number;
  /** Whether a command runs in a shell with marks; undefined before the first mark. */
  #running: boolean | undefined;

  constructor(clock: Clock, fire: (event: SessionEvent) => void) {
    this.#clock = clock;
    this.#fire = fire;
    this.#lastActivity = clock.now();
    this.#lastOutput = this.#lastActivity;
    this.#arm(QUIET);
  }

  get state(): StatusState {
    return this.#state;
  }

  get seen(): boolean {
    return this.#seen;
  }

  get unread(): number {
    return this.#unread;
  }

  get lastActivity(): number {
    return this.#lastActivity;
  }

  setShown(shown: boolean): void {
    if (shown) {
      this.#seen = true;
      this.#unread = 0;
    } else if (this.#shown) {
      this.#hiddenSince = this.#clock.now();
      this.#counted = false;
    }
    this.#shown = shown;
  }

  /** Some output was parsed. */
  output(): void {
    if (this.#isOver) return;
    const now = this.#clock.now();
    this.#lastActivity = now;
    this.#lastOutput = now;
    if (this.#timer === undefined) {
      this.#counted = false;
      this.#arm(QUIET);
    }
    const news = !this.#shown && now - this.#hiddenSince >= FAREWELL;
    if (news && !this.#counted) {
      this.#counted = true;
      this.#unread += 1;
      this.#fire({ type: 'activity' });
    }
    if (this.#state.status === 'processing' || this.#running === false || this.#calls()) return;
    if (now - this.#lastInput >= ECHO && (news || this.#shown)) this.#move({ status: 'processing' });
  }

  /** Something was written to the program. */
  input(): void {
    this.#lastInput = this.#clock.now();
    this.#lastActivity = this.#lastInput;
  }

  bell(): void {
    if (!this.#shown && !this.#isOver) this.#call('bell');
  }

  mark(mark: Mark): void {
    if (this.#isOver) return;
    const ran = this.#running === true;
    this.#running = mark === 'output';
    if (mark === 'output') this.#move({ status: 'processing' });
    else if (ran && mark === 'done') this.#call('command-ended');
    else if (this.#state.status === 'processing') this.#move({ status: 'waiting-for-input' });
  }

  /** The program was stopped by a signal. */
  stopped(): void {
    this.#move({ status: 'paused' });
  }

  continued(): void {
    if (this.#state.status !== 'paused') return;
    this.#lastOutput = this.#clock.now();
    this.#move({ status: 'processing' });
    if (this.#timer === undefined) this.#arm(QUIET);
  }

  ended(): void {
    this.#disarm();
    this.#lastActivity = this.#clock.now();
    this.#seen = this.#shown;
    this.#move({ status: 'completed' });
  }

  restarted(): void {
    this.#running = undefined;
    this.#lastOutput = this.#clock.now();
    this.#lastActivity = this.#lastOutput;
    this.#seen = true;
    this.#move({ status: 'processing' });
    this.#arm(QUIET);
  }

  dispose(): void {
    this.#disarm();
  }

  /** A completed session is started again by `restarted` alone. */
  get #isOver(): boolean {
    return this.#state.status === 'completed';
  }

  /** Waits for a reason that nobody has seen; only a person, a new command or the end takes it away. */
  #calls(): boolean {
    return this.#state.waitingReason !== undefined && !this.#seen;
  }

  #call(reason: WaitingReason): void {
    if (this.#state.waitingReason === reason && !this.#seen) return;
    this.#seen = this.#shown;
    this.#move({ status: 'waiting-for-input', reason });
  }

  #move(change: StatusChange): void {
    const previous = this.#state.status;
    const next = nextStatus(this.#state, change, this.#clock.now());
    if (next === undefined) return;
    this.#state = next;
    this.#fire({ type: 'status', previous });
  }

  #disarm(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  #arm(milliseconds: number): void {
    this.#timer?.dispose();
    this.#timer = this.#clock.after(milliseconds, () => {
      this.#timer = undefined;
      const left = this.#lastOutput + QUIET - this.#clock.now();
      // A clock that was set back ends the burst too.
      if (left > 0 && left <= QUIET) this.#arm(left);
      else if (this.#state.status === 'processing' && this.#running !== true)
        this.#move({ status: 'waiting-for-input' });
    });
  }
}
