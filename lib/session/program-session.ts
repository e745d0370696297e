import { Emitter, type Event } from '../base/emitter.ts';
import type { Size } from '../base/geometry.ts';
import { UserError } from '../base/user-error.ts';
import type { InputEvent } from '../input/key.ts';
import type { Pty } from '../pty/pty.ts';
import type { Cursor, TerminalEvent, TerminalModes, VirtualTerminal } from '../terminal/virtual-terminal.ts';
import type { RowSource } from '../text/row-source.ts';
import { KeptScreen } from './kept-screen.ts';
import type { ParseScheduler } from './parse-scheduler.ts';
import { previewOf } from './preview.ts';
import { ProgramActivity } from './program-activity.ts';
import type { ProgramClaim } from './program-claim.ts';
import { directoryOf, type ProgramDetails, programFact } from './program-facts.ts';
import { ProgramInput } from './program-input.ts';
import { type ProgramChange, ProgramLife } from './program-life.ts';
import type { Program } from './program-process.ts';
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
  readonly #onError: (error: unknown) => void;
  readonly #output: Emitter<Uint8Array>;
  readonly #signals: Emitter<ProgramSignal>;
  readonly #marksBell: () => boolean;
  readonly #terminal: VirtualTerminal;
  protected readonly activity: ProgramActivity;
  readonly #input: ProgramInput;
  readonly #life: ProgramLife;
  #shown = 0;
  #focused = false;
  /** While what a kept program showed is still to come. */
  #keptScreen: KeptScreen | undefined;

  /** Starts the program, unless it is a kept one. Throws UserError when it cannot be started. */
  constructor(options: ProgramSessionOptions) {
    super(options);
    const { clock, scheduler, onError, createTerminal } = options;
    this.#onError = onError;
    this.#marksBell = options.marksBell ?? (() => true);
    this.#output = new Emitter(onError);
    this.#signals = new Emitter(onError);
    const { command, workingDirectory, environment, kept } = options;
    this.#life = new ProgramLife({
      program: { command, workingDirectory, environment },
      size: this.size,
      keptSince: kept?.lastActivity,
      listener: {
        isShown: () => this.#shown > 0,
        received: (bytes) => {
          if (this.#output.listenerCount > 0) this.#output.fire(Uint8Array.from(bytes));
        },
        parse: (bytes) => this.#parse(bytes),
        ended: (exit) => this.#exited(exit),
        stopped: () => this.activity.stopped(),
        continued: () => this.activity.continued(),
      },
      scheduler,
      clock,
    });
    try {
      this.#terminal = createTerminal(this.size);
    } catch (error) {
      this.#life.dispose();
      throw error;
    }
    if (kept !== undefined) this.#keptScreen = new KeptScreen(this.#terminal);
    this.#terminal.events((event) => this.#terminalEvent(event));
    const isHeld = () => this.#life.isHeld;
    this.activity = new ProgramActivity(clock, (event) => this.fire(event), kept, isHeld);
    this.#input = new ProgramInput((bytes) => this.#life.pty?.write(bytes));
  }

  /** Offers a kept program's start; one that runs gets every key as it is. */
  get keyTable(): string | undefined {
    return this.#life.pty === undefined ? 'kept' : undefined;
  }

  /** What it runs, or is to run again. */
  get program(): Program {
    return this.#life.program;
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
    return this.#life.exit;
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
    return this.#life.exit === undefined ? this.#life.pty : undefined;
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
    this.activity.input();
    this.#input.input(event, this.#terminal.modes);
  }

  send(bytes: Uint8Array): void {
    if (this.isInputOff) return;
    this.activity.input();
    this.#life.pty?.write(bytes);
  }

  paste(text: string): void {
    if (this.isInputOff) return;
    this.activity.input();
    this.#input.paste(text, this.#terminal.modes);
  }

  setShown(count: number, focused: boolean): void {
    const wasShown = this.#shown > 0;
    this.#shown = count;
    this.#focused = focused && count > 0;
    if (wasShown !== count > 0) this.#life.shownChanged();
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
    if (this.#keptScreen === undefined || this.isDisposed) return;
    this.#keptScreen.write(bytes);
    this.changed();
  }

  /** All that a kept program showed is there. */
  rebuilt(): void {
    if (this.#keptScreen === undefined || this.isDisposed) return;
    this.#keptScreen.finish(this.size);
    this.#keptScreen = undefined;
    this.changed();
  }

  /**
   * Runs it again, or something else, on an empty screen without history; a kept program goes on below what it showed.
   * Throws UserError while it still runs, and when the program cannot be started.
   */
  restart(change: ProgramChange = {}): void {
    const { exit, pty } = this.#life;
    if (exit === undefined) throw new UserError(`${this.name} still runs`);
    const isKept = pty === undefined;
    this.rebuilt();
    this.#life.again(change, this.size);
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
    return this.isDisposed ? Promise.resolve() : this.#life.kill();
  }

  /** Stops the program as Ctrl-Z does, until `continue`. */
  stop(): void {
    this.#life.stop();
  }

  continue(): void {
    this.#life.continue();
  }

  /** Finds out whether it was stopped or let go on from outside, of which nobody tells; where the kernel says so (Linux). */
  look(): void {
    this.#life.look();
  }

  protected findPreview(): string {
    return previewOf(this.#terminal);
  }

  protected resized(size: Size): void {
    if (this.#keptScreen === undefined) this.#terminal.resize(size);
    this.#life.pty?.resize(size);
    this.activity.resized();
  }

  /** A program that still runs is hung up, and killed if it does not care. */
  protected end(): void {
    this.#life.dispose();
    this.activity.dispose();
    this.#terminal.dispose();
    this.#output.dispose();
    this.#signals.dispose();
  }

  get #details(): ProgramDetails {
    return { session: this, pty: this.#life.pty, terminal: this.#terminal, program: this.#life.program };
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

  #reply(bytes: Uint8Array): void {
    const { pty } = this.#life;
    if (pty !== undefined && pty.pendingInput <= MAXIMUM_REPLIES) pty.write(bytes);
  }

  #exited(exit: ExitStatus): void {
    this.activity.ended();
    this.fire({ type: 'exited', exit });
  }

  #terminalEvent(event: TerminalEvent): void {
    switch (event.type) {
      case 'reply':
        this.#reply(event.bytes);
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
