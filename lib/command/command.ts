import type { Size } from '../base/geometry.ts';
import type { Session } from '../session/session.ts';
import type { CommandClient } from './command-client.ts';
import type { CommandServer } from './command-server.ts';

/** What a `-t` of a command may name; a window or a pane is a session, and refusals call it as tmux does. */
type TargetKind = 'session' | 'window' | 'pane' | 'client' | 'none';

/**
 * One command, as a record: its name, aliases and flags make table, help, completion and refusals.
 * `run` throws UserError for what the person did wrong; anything else that it throws is logged as a bug.
 */
export interface Command {
  readonly name: string;
  readonly aliases: readonly string[];
  /** One line for help: what it does, in the imperative. */
  readonly summary: string;
  /** Flags without a value, each one letter. */
  readonly switches: string;
  /** Flags with a value, by letter: what the value is, for usage and completion (`target-session`, `format`, `path`). */
  readonly values: Readonly<Record<string, string>>;
  /** Long flags without a value, such as `json`. */
  readonly longs?: readonly string[];
  /** Long flags with a value, such as `--type debug`: what the value is, by name. */
  readonly longValues?: Readonly<Record<string, string>>;
  /** Names of the positional arguments for usage, such as `[shell-command]`; how many are allowed. */
  readonly positional: {
    readonly usage: string;
    readonly minimum: number;
    readonly maximum: number;
    /** Whether flags may follow them as well, since none of them begins with a dash. */
    readonly flagsAfter?: true;
  };
  readonly target: TargetKind;
  /** Whether a read-only client may run it. */
  readonly readOnly?: boolean;
  run(context: CommandContext, args: Arguments): void | Promise<void>;
}

/** The words of one command, checked against its record. */
export interface Arguments {
  has(flag: string): boolean;
  /** The last value given for the flag. */
  value(flag: string): string | undefined;
  /** All values of a flag that may be repeated (-e). */
  all(flag: string): readonly string[];
  readonly positional: readonly string[];
  /** What the command's target is, for refusals. */
  readonly target: Command['target'];
}

/** Everything a command may touch; implemented by the coordinator and the attached clients. */
export interface CommandContext {
  readonly server: CommandServer;
  /** The attached client that the command acts on: the one whose key it was, or -c, or the last used one. */
  readonly client: CommandClient | undefined;
  /** Where `-t` is not given: the session the caller runs in (QMUX_SESSION), else the one its client shows, else the last shown. */
  readonly session: Session | undefined;
  /** Who asked. A key binding has the server's own environment and its session's directory. */
  readonly caller: CommandCaller;
  readonly signal: AbortSignal;
  /** The session under the mouse event whose binding runs: `{mouse}` or `=` in a target. */
  readonly mouseSession?: Session | undefined;
  /** In the command lines of an event's hook: what it is about, by tmux's names (`hook`, `hook_session_name`, ...). */
  readonly hookFacts?: Readonly<Record<string, string>>;
  /** From now on `session` is this one, for the later commands of the same line (new-session). */
  use(session: Session): void;
  /** What a CLI call exits with when no error follows (run-shell); elsewhere it does nothing. */
  setExitCode(code: number): void;
  /** One or more lines of output: to the caller's standard output, or on a page over its client's panes. `raw` adds no line end. */
  print(text: string, options?: { readonly raw: boolean }): void;
  /** Fulfilled when what was printed has been taken, or nobody takes it any more: who prints without end waits for it. */
  taken(): Promise<void>;
  /** Runs further command lines in the same place (if-shell, source-file, confirm-before), and waits for their end. */
  runLine(commandLine: string): Promise<void>;
}

export interface CommandCaller {
  /** A key or the prompt of an attached client, a `qmux COMMAND` process, or the server itself (configuration, hooks). */
  readonly kind: 'client' | 'process' | 'server';
  /** It may look and change nothing: a command that a tool of a chat runs. Read-only clients say it themselves. */
  readonly readOnly?: boolean;
  /** The session in which the calling process runs; undefined for one outside, and for a person's key. */
  readonly ownSession?: Session | undefined;
  /** Whether the calling process is the one that it says it is, as far as the system tells; left out where nobody calls from outside. */
  isProven?(): Promise<boolean>;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The whole of the caller's standard input, at most 64 MB; empty where it has none. */
  readStdin(): Promise<Uint8Array>;
  /** One line of the caller's standard input, at most 4 KB, where it has one; empty at its end. */
  readLine?(): Promise<string>;
  /** Whether `attach` can work: a CLI call with a terminal that is not attached yet. */
  readonly terminal: Size | undefined;
  /** Throws UserError when `attach` would be refused: no terminal, nesting. */
  checkAttach(): void;
  /** Makes the calling process a client that shows `session`; refuses nesting. */
  attach(session: Session, options: { readonly readOnly: boolean; readonly detachOthers: boolean }): void;
}
