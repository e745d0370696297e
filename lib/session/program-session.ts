import type { Clock } from '../base/clock.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import type { Size } from '../base/geometry.ts';
import { UserError } from '../base/user-error.ts';
import type { InputEvent } from '../input/key.ts';
import type { Pty, PtyExit } from '../pty/pty.ts';
import type { Cursor, TerminalEvent, TerminalModes, VirtualTerminal } from '../terminal/virtual-terminal.ts';
import type { RowSource } from '../text/row-source.ts';
import type { ParseScheduler } from './parse-scheduler.ts';
import { previewOf } from './preview.ts';
import { ProgramActivity } from './program-activity.ts';
import type { ProgramClaim } from './program-claim.ts';
import { directoryOf, type ProgramDetails, programFact } from './program-facts.ts';
import { ProgramInput } from './program-input.ts';
import { type Program, ProgramProcess } from './program-process.ts';
import type { ExitStatus, Session } from './session.ts';
import type { RememberedActivity } from './session-activity.ts';
import { SessionBase, type SessionBaseOptions } from './session-base.ts';

export interface ProgramSessionOptions extends Program, SessionBaseOptions {
  readonly createTerminal: (size: Size) => VirtualTerminal;
  /** One for all sessions. */
  readonly scheduler: ParseScheduler;
  /** Whether a bell says that the session waits; it does when this is left out. */
  readonly marksBell?: () => boolean;
  /** Set for a program that ran when its server ended: it is not started until `restart`. */
  readonly kept?: RememberedActivity | undefined;
}

/** What a program writes for those who watch it (OSC 9;4, OSC 133, notifications, and a bell that nobody saw ring). */
export type ProgramSignal = Extract<TerminalEvent, { readonly type: 'progress' | 'mark' | 'notification' | 'bell' }>;

/** What a watch asks of a program that runs. */
export type RunningProgram = Pick<Pty, 'pid' | 'foregroundGroup' | 'foregroundCommands' | 'foregroundReads'>;

/** Replies are dropped while so much input waits: a program that asks and never reads gets no answers. */
const MAXIMUM_REPLIES = 1024 * 1024;

/** About what a cell of the screen takes, in bytes. */
const CELL_BYTES = 12;

/** A program on a pty, seen through a virtual terminal. It outlives its clients, and its screen outlives the program. */
export class ProgramSession extends SessionBase implements Session {
  readonly kind = 'program';
  readonly actions: readonly string[] = [];
  /** What a kept program runs instead of its command to go on where it was. */
  again: readonly string[] | undefined;
  readonly #clock: Clock;
  readonly #scheduler: ParseScheduler;
  readonly #onError: (error: unknown) => void;
  readonly #output: Emitter<Uint8Array>;
  readonly #signals: Emitter<ProgramSignal>;
  readonly #marksBell: () => boolean;
  readonly #ended = new Emitter<void>();
  readonly #terminal: VirtualTerminal;
  protected readonly activity: ProgramActivity;
  readonly #input: ProgramInput;
  #program: Program;
  /** Undefined for a program that its server's end took, until it is started again. */
  #process: ProgramProcess | undefined;
  #exit: ExitStatus | undefined;
  #shown = 0;
  #focused = false;
  /** Whether a signal holds it, as far as is known. */
  #isStopped = false;
  /** Whether what a kept program showed is still to come, at the size that it had. */
  #isRebuilding: boolean;

  /** Starts the program, unless it is a kept one. Throws UserError when it cannot be started. */
  constructor(options: ProgramSessionOptions) {
    super(options);
    const { clock, scheduler, onError, createTerminal } = options;
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#onError = onError;
    this.#marksBell = options.marksBell ?? (() => true);
    this.#output = new Emitter(onError);
    this.#signals = new Emitter(onError);
    const { command, workingDirectory, environment } = options;
    this.#program = { command, workingDirectory, environment };
    const { kept } = options;
    this.#isRebuilding = kept !== undefined;
    if (kept === undefined) this.#process = this.#start(this.#program);
    else this.#exit = { exitCode: 0, signal: undefined, time: kept.lastActivity, withServer: true };
    try {
      this.#terminal = createTerminal(this.size);
    } catch (error) {
      this.#process?.hangUp();
      this.#process?.dispose();
      throw error;
    }
    this.#terminal.events((event) => this.#terminalEvent(event));
    const isHeld = () => this.#process?.isHeld === true;
    this.activity = new ProgramActivity(clock, (event) => this.fire(event), kept, isHeld);
    this.#input = new ProgramInput((bytes) => this.#process?.pty.write(bytes));
  }

  /** Offers a kept program's start; one that runs gets every key as it is. */
  get keyTable(): string | undefined {
    return this.#process === undefined ? 'kept' : undefined;
  }

  /** What it runs, or is to run again. */
  get program(): Program {
    return this.#program;
  }

  get content(): RowSource {
    return this.#terminal;
  }

  get cursor(): Cursor {
    return this.#terminal.cursor;
  }

  get modes(): TerminalModes {
    return this.#terminal.modes;
  }

  get memoryUse(): number {
    return this.#terminal.historyBytes + this.size.columns * this.size.rows * CELL_BYTES;
  }

  /** The title that the program set. */
  get ownTitle(): string {
    return this.#terminal.title;
  }

  get exit(): ExitStatus | undefined {
    return this.#exit;
  }

  /** The program's output as it comes, for pipe-pane; each array is the listener's own. */
  get onOutput(): Event<Uint8Array> {
    return this.#output.event;
  }

  /** What it marks in its output. */
  get signals(): Event<ProgramSignal> {
    return this.#signals.event;
  }

  /** What runs in it, as the system has it; undefined while nothing does. */
  get running(): RunningProgram | undefined {
    return this.#exit === undefined ? this.#process?.pty : undefined;
  }

  /** What it does by those who watch it; undefined when nobody knows it better than its output. */
  claimed(claim: ProgramClaim | undefined): void {
    if (!this.isDisposed) this.activity.claimed(claim);
  }

  /** Where the foreground process is now, else where the program was started: the place for what is opened beside it. */
  get currentDirectory(): string {
    return directoryOf(this.#details);
  }

  /** Keys of a program are its own. */
  action(): boolean {
    return false;
  }

  input(event: InputEvent): void {
    if (this.isInputOff) return;
    this.#noteInput();
    this.#input.input(event, this.#terminal.modes);
  }

  send(bytes: Uint8Array): void {
    if (this.isInputOff) return;
    this.#noteInput();
    this.#process?.pty.write(bytes);
  }

  paste(text: string): void {
    if (this.isInputOff) return;
    this.#noteInput();
    this.#input.paste(text, this.#terminal.modes);
  }

  setShown(count: number, focused: boolean): void {
    const wasShown = this.#shown > 0;
    this.#shown = count;
    this.#focused = focused && count > 0;
    if (wasShown !== count > 0) this.#process?.shownChanged();
    this.activity.setShown(count > 0);
    this.#input.tellFocus(this.#focused, this.modes);
  }

  clearHistory(): void {
    this.#terminal.clearHistory();
    this.changed();
  }

  resetTerminal(): void {
    this.#terminal.reset();
    this.changed();
  }

  fact(name: string): string | undefined {
    return programFact(name, this.#details);
  }

  /** Shows a piece of what a kept program showed, up to `rebuilt`. The size of its terminal follows only then. */
  rebuild(bytes: Uint8Array): void {
    if (!this.#isRebuilding || this.isDisposed) return;
    this.#terminal.write(bytes);
    this.changed();
  }

  /** All that a kept program showed is there; the row below it is free, for what is said of it and for what comes. */
  rebuilt(): void {
    if (!this.#isRebuilding || this.isDisposed) return;
    this.#isRebuilding = false;
    const { screenTop, endRow } = this.#terminal;
    let last = endRow - 1;
    while (last >= screenTop && this.#terminal.rowText(last).trim() === '') last -= 1;
    if (last >= screenTop) this.#terminal.write(Buffer.from(`\x1b[m\x1b[${last - screenTop + 1};1H\r\n`));
    this.#terminal.resize(this.size);
    this.changed();
  }

  /**
   * Runs it again, or something else, on an empty screen without history; a kept program goes on below what it showed.
   * Throws UserError while it still runs, and when the program cannot be started.
   */
  restart(change: { readonly [Part in keyof Program]?: Program[Part] | undefined } = {}): void {
    if (this.#exit === undefined) throw new UserError(`${this.name} still runs`);
    const program = {
      command: change.command ?? this.#program.command,
      workingDirectory: change.workingDirectory ?? this.#program.workingDirectory,
      environment: change.environment ?? this.#program.environment,
    };
    const isKept = this.#process === undefined;
    this.rebuilt();
    this.#process = this.#start(program);
    this.#program = program;
    this.#exit = undefined;
    this.#isStopped = false;
    this.#input.reset();
    if (!isKept) {
      this.#terminal.reset();
      this.#terminal.clearHistory();
    }
    this.activity.restarted();
    this.fire({ type: 'restarted' });
    this.changed();
  }

  /** HUP to its process groups, KILL after 5 s; fulfilled when it has ended and its last output is on the screen. */
  kill(): Promise<void> {
    const running = this.#process;
    if (this.#exit !== undefined || this.isDisposed || running === undefined) return Promise.resolve();
    const gone = new Promise<void>((resolve) => {
      const listening = this.#ended.event(() => {
        listening.dispose();
        resolve();
      });
    });
    running.hangUp();
    return gone;
  }

  /** Stops the program as Ctrl-Z does, until `continue`. */
  stop(): void {
    if (this.#exit !== undefined) return;
    this.#process?.pty.kill('SIGSTOP');
    this.#isStopped = true;
    this.activity.stopped();
  }

  /** Finds out whether it was stopped or let go on from outside, of which nobody tells; where the kernel says so (Linux). */
  look(): void {
    if (this.#exit !== undefined) return;
    const isStopped = this.#process?.pty.foregroundStopped ?? this.#isStopped;
    if (isStopped === this.#isStopped) return;
    this.#isStopped = isStopped;
    if (isStopped) this.activity.stopped();
    else this.activity.continued();
  }

  continue(): void {
    if (this.#exit !== undefined) return;
    this.#process?.pty.kill('SIGCONT');
    this.#isStopped = false;
    this.activity.continued();
  }

  protected findPreview(): string {
    return previewOf(this.#terminal);
  }

  protected resized(size: Size): void {
    if (!this.#isRebuilding) this.#terminal.resize(size);
    this.#process?.pty.resize(size);
    this.activity.resized();
  }

  /** A program that still runs is hung up, and killed if it does not care. */
  protected end(): void {
    if (this.#exit === undefined) this.#process?.hangUp();
    this.#process?.dispose();
    this.activity.dispose();
    this.#terminal.dispose();
    this.#output.dispose();
    this.#signals.dispose();
    this.#ended.fire();
    this.#ended.dispose();
  }

  get #details(): ProgramDetails {
    return { session: this, pty: this.#process?.pty, terminal: this.#terminal, program: this.#program };
  }

  #start(program: Program): ProgramProcess {
    const listener = {
      isShown: () => this.#shown > 0,
      received: (bytes: Uint8Array) => {
        if (this.#output.listenerCount > 0) this.#output.fire(Uint8Array.from(bytes));
      },
      parse: (bytes: Uint8Array) => this.#parse(bytes),
      ended: (exit: PtyExit) => this.#exited({ ...exit, time: this.#clock.now() }),
    };
    return new ProgramProcess(program, this.size, listener, this.#scheduler, this.#clock);
  }

  #noteInput(): void {
    this.#scheduler.noteInput();
    this.activity.input();
  }

  #parse(bytes: Uint8Array): void {
    try {
      this.#terminal.write(bytes);
      this.#input.tellFocus(this.#focused, this.modes);
      this.activity.output();
    } catch (error) {
      this.#onError(error);
    }
    this.changed();
  }

  #bell(): void {
    this.activity.bell();
    if (this.#shown === 0) this.#signals.fire({ type: 'bell' });
  }

  #exited(exit: ExitStatus): void {
    this.#exit = exit;
    this.activity.ended();
    this.fire({ type: 'exited', exit });
    this.#ended.fire();
  }

  #terminalEvent(event: TerminalEvent): void {
    switch (event.type) {
      case 'reply':
        if (this.#process !== undefined && this.#process.pty.pendingInput <= MAXIMUM_REPLIES)
          this.#process.pty.write(event.bytes);
        return;
      case 'bell':
      case 'title':
      case 'clipboard':
      case 'notification':
        if (event.type === 'title') this.retitled();
        else this.fire(event);
        if (event.type === 'notification') this.#signals.fire(event);
        if (event.type === 'bell' && this.#marksBell()) this.#bell();
        return;
      case 'mark':
        this.activity.mark(event.mark);
        this.#signals.fire(event);
        return;
      case 'progress':
        this.#signals.fire(event);
        return;
      case 'directory':
        return;
    }
  }
}
