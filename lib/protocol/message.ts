import type { Size } from '../base/geometry.ts';

/**
 * Grows with every change of meaning on the wire. The first frame of either side (`hello`, `incompatible`) keeps its
 * form for ever, so that an old client and a new server, and the reverse, can still tell each other.
 */
export const PROTOCOL_VERSION = 1;

/** What a client's process tells of itself, once, first. */
export interface Hello {
  readonly type: 'hello';
  readonly version: number;
  /** qmux's own version, for the sentence about a mismatch. */
  readonly release: string;
  readonly pid: number;
  /** The words after `qmux` and its global flags; empty for a plain `qmux`. */
  readonly command: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The terminal, where standard input and output are one: the path of its device, and its size. */
  readonly terminal: { readonly name: string; readonly size: Size } | undefined;
  /** Whether to treat the client as able to show UTF-8 (from LC_ALL, LC_CTYPE, LANG, or -u). */
  readonly utf8: boolean;
  readonly readOnly: boolean;
  /** What the person says the terminal can do (-T, -2): `256`, `RGB`, `hyperlinks`, …; over what is found out. */
  readonly features?: readonly string[];
  /** Whether it answers `prove`. */
  readonly proves?: boolean;
  /** Whether it yields its terminal when the server says `reads-terminal`. */
  readonly yields?: boolean;
}

export type ClientMessage =
  | Hello
  /** Bytes that the person typed, while attached. */
  | { readonly type: 'input'; readonly bytes: Uint8Array }
  | { readonly type: 'resize'; readonly size: Size }
  /** A piece of standard input that the server asked for; empty at its end. */
  | { readonly type: 'stdin'; readonly bytes: Uint8Array }
  /** The file of `prove` is open, for as long as the client runs. */
  | { readonly type: 'proved' }
  /** The client reads its terminal no more, and has sent all that it read: the server's turn of that number begins. */
  | { readonly type: 'yielded'; readonly turn: number }
  /** The client needs its terminal for itself; the server answers `left-terminal`. */
  | { readonly type: 'takes-terminal' }
  /** All output before that `flush` is in the terminal. */
  | { readonly type: 'flushed'; readonly turn: number }
  /** The client was stopped and continued, or its tty was taken back: paint all afresh. */
  | { readonly type: 'continued' }
  /** The client leaves by a signal; the server says `bye` and closes. */
  | { readonly type: 'leave'; readonly signal: string };

export type ServerMessage =
  | { readonly type: 'incompatible'; readonly version: number; readonly release: string; readonly pid: number }
  /** From now on the client is attached: raw mode, `start` is written now, `restore` whenever it ends, whatever the reason. */
  | { readonly type: 'attach'; readonly start: Uint8Array; readonly restore: Uint8Array }
  /** Bytes for the terminal. */
  | { readonly type: 'output'; readonly bytes: Uint8Array }
  | { readonly type: 'stdout'; readonly bytes: Uint8Array }
  | { readonly type: 'stderr'; readonly bytes: Uint8Array }
  /** The server wants the client's standard input. */
  | { readonly type: 'read-stdin' }
  /** Open this file, and say so: only the process that the client says it is can have it open then. */
  | { readonly type: 'prove'; readonly file: string }
  /**
   * The server may read and write the terminal's device itself: a client that holds its terminal answers `yielded` with the
   * same number. The turn ends with `left-terminal`, `suspend`, `lock`, `bye` or the connection.
   */
  | { readonly type: 'reads-terminal'; readonly turn: number }
  /** The server has let go of the device. */
  | { readonly type: 'left-terminal' }
  /** Say `flushed` once the terminal has taken all output so far. */
  | { readonly type: 'flush'; readonly turn: number }
  /** Stop the client's process as C-z would. */
  | { readonly type: 'suspend' }
  /** Run a command on the terminal (lock-command), then `continued`. */
  | { readonly type: 'lock'; readonly command: string }
  /** The end: `text` (such as `[exited]`) is printed after the terminal is restored, then the process exits with `code`. With `hangup` the client sends SIGHUP to its parent (detach -P); with `execute` it becomes that shell command (detach -E). */
  | {
      readonly type: 'bye';
      readonly text: string;
      readonly code: number;
      readonly hangup: boolean;
      readonly execute?: string;
    };
