import type { Clock } from '../base/clock.ts';
import { UserError } from '../base/user-error.ts';
import { type Tool, ToolError, type ToolPlace } from '../tools/tool.ts';

export interface ChatShellOptions {
  readonly tools: readonly Tool[];
  readonly place: () => ToolPlace;
  readonly clock: Clock;
  readonly onChange: () => void;
  /** Hears what came of a command. */
  readonly ended: (command: string, output: string) => void;
  readonly onError: (error: unknown) => void;
}

/** A command that a person runs beside the conversation. */
export interface ShellRun {
  readonly command: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** The end of what it printed. */
  readonly output: string;
}

/** How much of the end of the output is shown, in UTF-16 units. */
const SHOWN_OUTPUT = 4000;

/** Runs what a person typed after `!`, one command at a time, by the tool `shell` and without asking. */
export class ChatShell {
  readonly #options: ChatShellOptions;
  #run: ShellRun | undefined;
  #controller: AbortController | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(options: ChatShellOptions) {
    this.#options = options;
  }

  get running(): ShellRun | undefined {
    return this.#run;
  }

  /** Fulfilled when the last command is gone. */
  get ended(): Promise<void> {
    return this.#last;
  }

  /** Throws UserError while another one runs, and without a tool that could. */
  start(command: string): void {
    if (this.#run !== undefined) throw new UserError('a command runs already: Esc Esc stops it');
    const tool = this.#options.tools.find(({ name }) => name === 'shell');
    if (tool === undefined) throw new UserError('this chat has no tool to run commands with');
    this.#run = { command, since: this.#options.clock.now(), output: '' };
    this.#controller = new AbortController();
    this.#last = this.#execute(tool, command, this.#controller.signal);
    this.#options.onChange();
  }

  /** False when none runs. */
  stop(): boolean {
    this.#controller?.abort();
    return this.#run !== undefined;
  }

  async #execute(tool: Tool, command: string, signal: AbortSignal): Promise<void> {
    let text: string;
    try {
      const prepared = await tool.prepare({ command }, this.#options.place());
      ({ text } = await prepared.run({ signal, onOutput: (piece) => this.#printed(piece) }));
    } catch (error) {
      if (!(error instanceof ToolError)) this.#options.onError(error);
      text =
        error instanceof ToolError ? error.message : 'The command could not be run; the log of the server says why.';
    }
    this.#run = undefined;
    this.#options.ended(command, text);
    this.#options.onChange();
  }

  #printed(piece: string): void {
    if (this.#run === undefined) return;
    const output = (this.#run.output + piece.slice(-SHOWN_OUTPUT)).slice(-SHOWN_OUTPUT);
    this.#run = { ...this.#run, output };
    this.#options.onChange();
  }
}
