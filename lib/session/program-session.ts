import type { Clock } from '../base/clock.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { clampSize, type Size, sameSize } from '../base/geometry.ts';
import type { SessionId } from '../base/id.ts';
import { UserError } from '../base/user-error.ts';
import type { InputEvent } from '../input/key.ts';
import type { PtyExit } from '../pty/pty.ts';
import type { Cursor, TerminalEvent, TerminalModes, VirtualTerminal } from '../terminal/virtual-terminal.ts';
import type { RowSource } from '../text/row-source.ts';
import type { ParseScheduler } from './parse-scheduler.ts';
import { previewOf } from './preview.ts';
import { ProgramActivity } from './program-activity.ts';
import { directoryOf, type ProgramDetails, programFact } from './program-facts.ts';
import { ProgramInput } from './program-input.ts';
import { type Program, ProgramProcess } from './program-process.ts';
import type { ExitStatus, Session, SessionEvent } from './session.ts';
import type { SessionStatus, WaitingReason } from './status.ts';

export interface ProgramSessionOptions extends Program {
  readonly id: SessionId;
  readonly name: string;
  readonly index: number;
  readonly size: Size;
  readonly createTerminal: (size: Size) => VirtualTerminal;
  /** One for all sessions. */
  readonly scheduler: ParseScheduler;
  readonly clock: Clock;
  /** Whether a bell says that the session waits; it does when this is left out. */
  readonly marksBell?: () => boolean;
  /** Hears what a listener or the terminal threw; must not throw. */
  readonly onError: (error: unknown) => void;
}

/** Replies are dropped while so much input waits: a program that asks and never reads gets no answers. */
const MAXIMUM_REPLIES = 1024 * 1024;

/** A program on a pty, seen through a virtual terminal. It outlives its clients, and its screen outlives the program. */
export class ProgramSession implements Session {
  readonly id: SessionId;
  readonly kind = 'program';
  readonly createdAt: number;
  readonly keyTable = undefined;
  readonly actions: readonly string[] = [];
  readonly #clock: Clock;
  readonly #scheduler: ParseScheduler;
  readonly #onError: (error: unknown) => void;
  readonly #events: Emitter<SessionEvent>;
  readonly #output: Emitter<Uint8Array>;
  readonly #marksBell: () => boolean;
  readonly #ended = new Emitter<void>();
  readonly #terminal: VirtualTerminal;
  readonly #activity: ProgramActivity;
  readonly #input: ProgramInput;
  #program: Program;
  #process: ProgramProcess;
  #exit: ExitStatus | undefined;
  #disposed = false;
  #name: string;
  #index: number;
  #size: Size;
  #shown = 0;
  #focused = false;
  #preview: string | undefined;

  /** Starts the program. Throws UserError when it cannot be started. */
  constructor(options: ProgramSessionOptions) {
    const { id, name, index, size, clock, scheduler, onError, createTerminal } = options;
    this.id = id;
    this.#name = name;
    this.#index = index;
    this.#size = clampSize(size.columns, size.rows);
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#onError = onError;
    this.#marksBell = options.marksBell ?? (() => true);
    this.createdAt = clock.now();
    this.#events = new Emitter(onError);
    this.#output = new Emitter(onError);
    const { command, workingDirectory, environment } = options;
    this.#program = { command, workingDirectory, environment };
    this.#process = this.#start(this.#program);
    try {
      this.#terminal = createTerminal(this.#size);
    } catch (error) {
      this.#process.hangUp();
      this.#process.dispose();
      throw error;
    }
    this.#terminal.events((event) => this.#terminalEvent(event));
    this.#activity = new ProgramActivity(clock, (event) => this.#events.fire(event));
    this.#input = new ProgramInput((bytes) => this.#process.pty.write(bytes));
  }

  get name(): string {
    return this.#name;
  }

  get index(): number {
    return this.#index;
  }

  get lastActivity(): number {
    return this.#activity.lastActivity;
  }

  get status(): SessionStatus {
    return this.#activity.state.status;
  }

  get waitingReason(): WaitingReason | undefined {
    return this.#activity.state.waitingReason;
  }

  get waitingSince(): number | undefined {
    return this.#activity.state.waitingSince;
  }

  get seen(): boolean {
    return this.#activity.seen;
  }

  get unread(): number {
    return this.#activity.unread;
  }

  get preview(): string {
    this.#preview ??= previewOf(this.#terminal);
    return this.#preview;
  }

  get size(): Size {
    return this.#size;
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

  get title(): string {
    return this.#terminal.title;
  }

  get exit(): ExitStatus | undefined {
    return this.#exit;
  }

  get events(): Event<SessionEvent> {
    return this.#events.event;
  }

  /** The program's output as it comes, for pipe-pane; each array is the listener's own. */
  get onOutput(): Event<Uint8Array> {
    return this.#output.event;
  }

  /** Where the foreground process is now, else where the program was started: the place for what is opened beside it. */
  get currentDirectory(): string {
    return directoryOf(this.#details);
  }

  /** Keys of a program are its own. */
  action(): boolean {
    return false;
  }

  rename(name: string): void {
    const previous = this.#name;
    if (name === previous) return;
    this.#name = name;
    this.#events.fire({ type: 'renamed', previous });
  }

  setIndex(index: number): void {
    this.#index = index;
  }

  resize(size: Size): void {
    const next = clampSize(size.columns, size.rows);
    if (sameSize(next, this.#size) || this.#disposed) return;
    this.#size = next;
    this.#terminal.resize(next);
    this.#process.pty.resize(next);
    this.#changed();
  }

  input(event: InputEvent): void {
    this.#noteInput();
    this.#input.input(event, this.#terminal.modes);
  }

  send(bytes: Uint8Array): void {
    this.#noteInput();
    this.#process.pty.write(bytes);
  }

  paste(text: string): void {
    this.#noteInput();
    this.#input.paste(text, this.#terminal.modes);
  }

  setShown(count: number, focused: boolean): void {
    this.#shown = count;
    this.#focused = focused && count > 0;
    this.#activity.setShown(count > 0);
    this.#input.tellFocus(this.#focused, this.modes);
  }

  clearHistory(): void {
    this.#terminal.clearHistory();
    this.#changed();
  }

  resetTerminal(): void {
    this.#terminal.reset();
    this.#changed();
  }

  fact(name: string): string | undefined {
    return programFact(name, this.#details);
  }

  /**
   * Runs it again, or something else, on an empty screen without history. Throws UserError while it still runs, and
   * when the program cannot be started.
   */
  restart(change: { readonly [Part in keyof Program]?: Program[Part] | undefined } = {}): void {
    if (this.#exit === undefined) throw new UserError(`${this.#name} still runs`);
    const program = {
      command: change.command ?? this.#program.command,
      workingDirectory: change.workingDirectory ?? this.#program.workingDirectory,
      environment: change.environment ?? this.#program.environment,
    };
    this.#process = this.#start(program);
    this.#program = program;
    this.#exit = undefined;
    this.#input.reset();
    this.#terminal.reset();
    this.#terminal.clearHistory();
    this.#activity.restarted();
    this.#events.fire({ type: 'restarted' });
    this.#changed();
  }

  /** HUP to its process groups, KILL after 5 s; fulfilled when it has ended and its last output is on the screen. */
  kill(): Promise<void> {
    if (this.#exit !== undefined || this.#disposed) return Promise.resolve();
    const gone = new Promise<void>((resolve) => {
      const listening = this.#ended.event(() => {
        listening.dispose();
        resolve();
      });
    });
    this.#process.hangUp();
    return gone;
  }

  /** Stops the program as Ctrl-Z does, until `continue`. */
  stop(): void {
    if (this.#exit !== undefined) return;
    this.#process.pty.kill('SIGSTOP');
    this.#activity.stopped();
  }

  continue(): void {
    if (this.#exit !== undefined) return;
    this.#process.pty.kill('SIGCONT');
    this.#activity.continued();
  }

  /** A program that still runs is hung up, and killed if it does not care. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#exit === undefined) this.#process.hangUp();
    this.#process.dispose();
    this.#activity.dispose();
    this.#terminal.dispose();
    this.#output.dispose();
    this.#events.dispose();
    this.#ended.fire();
    this.#ended.dispose();
  }

  get #details(): ProgramDetails {
    return { session: this, pty: this.#process.pty, terminal: this.#terminal, program: this.#program };
  }

  #start(program: Program): ProgramProcess {
    const listener = {
      isShown: () => this.#shown > 0,
      received: (bytes: Uint8Array) => {
        if (this.#output.listenerCount > 0) this.#output.fire(Uint8Array.from(bytes));
      },
      parse: (bytes: Uint8Array) => this.#parse(bytes),
      ended: (exit: PtyExit) => this.#end({ ...exit, time: this.#clock.now() }),
    };
    return new ProgramProcess(program, this.#size, listener, this.#scheduler, this.#clock);
  }

  #noteInput(): void {
    this.#scheduler.noteInput();
    this.#activity.input();
  }

  #parse(bytes: Uint8Array): void {
    try {
      this.#terminal.write(bytes);
      this.#input.tellFocus(this.#focused, this.modes);
      this.#activity.output();
    } catch (error) {
      this.#onError(error);
    }
    this.#changed();
  }

  #changed(): void {
    this.#preview = undefined;
    this.#events.fire({ type: 'changed' });
  }

  #end(exit: ExitStatus): void {
    this.#exit = exit;
    this.#activity.ended();
    this.#events.fire({ type: 'exited', exit });
    this.#ended.fire();
  }

  #terminalEvent(event: TerminalEvent): void {
    switch (event.type) {
      case 'reply':
        if (this.#process.pty.pendingInput <= MAXIMUM_REPLIES) this.#process.pty.write(event.bytes);
        return;
      case 'bell':
      case 'title':
      case 'clipboard':
      case 'notification':
        this.#events.fire(event.type === 'title' ? { type: 'title' } : event);
        if (event.type === 'bell' && this.#marksBell()) this.#activity.bell();
        return;
      case 'mark':
        this.#activity.mark(event.mark);
        return;
      case 'directory':
      case 'progress':
        return;
    }
  }
}
