import type { Size } from '../base/geometry.ts';

/** What a call touches: permission is decided by this alone. */
export interface Access {
  /** Absolute, links and `..` resolved as far as they exist. */
  readonly paths: readonly { readonly path: string; readonly write: boolean }[];
  /** A shell command line that it runs; undefined for none. */
  readonly command: string | undefined;
  /** Names of other sessions that it reads or speaks to. */
  readonly sessions?: readonly string[];
}

/** An error whose text goes back to the model as the call's result. */
export class ToolError extends Error {}

export interface ToolResult {
  readonly ok: boolean;
  /** What the model is told, capped with head and tail kept. */
  readonly text: string;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Hears output as it comes, plain text without escapes; must not throw. */
  readonly onOutput: (text: string) => void;
}

/** A call with its arguments checked, and nothing done yet. */
export interface PreparedCall {
  /** One line for its card: the path as the person would write it, the command. */
  readonly title: string;
  readonly access: Access;
  /** A unified diff of what it would change; empty for none. */
  readonly diff: string;
  /** A text that a person may change before allowing it; undefined for none. */
  readonly editable: string | undefined;
  /** Where it happens, as the person would write it, when that is not the working directory. */
  readonly where?: string;
  /** The same call with that text changed. Rejects with ToolError. */
  edited(text: string): Promise<PreparedCall>;
  /** Does it. Rejects with ToolError for what went wrong; ends within a second of an abort. */
  run(options: RunOptions): Promise<ToolResult>;
}

/** Other sessions, as the tool `session` may see them. */
export interface SessionReader {
  list(): readonly {
    readonly name: string;
    readonly kind: string;
    readonly status: string;
    readonly preview: string;
  }[];
  /** The last `lines` rows of a session's screen and history. Throws ToolError for an unknown name. */
  read(name: string, lines: number): string | Promise<string>;
  /** Says something to another chat and gives its reply. Rejects with ToolError. */
  ask(name: string, text: string, signal: AbortSignal): Promise<string>;
}

/** Which version of a file the model has seen, so that nothing is written over what it has not. */
export interface FileVersions {
  /** The model has read, or itself written, this content of the file now. */
  noteRead(path: string, content: Uint8Array): void;
  /** `same` when the file on disk is what the model saw last; `unread` when it never saw it. */
  compare(path: string, content: Uint8Array): 'same' | 'changed' | 'unread';
}

/** Where the calls of one conversation happen. */
export interface ToolPlace {
  /** Absolute, links resolved. */
  readonly workingDirectory: string;
  /** The conversation's own folder, `@session/`; made when it is first written to. */
  readonly sessionFolder: string;
  readonly home: string;
  /** Variables of programs that tools start. */
  readonly environment: Readonly<Record<string, string>>;
  readonly size: Size;
  readonly sessions: SessionReader;
  readonly versions: FileVersions;
  /** How long a command may run, in milliseconds. */
  readonly commandTimeout: number;
}

/** One tool, as a record: permission, card and model know no more. */
export interface Tool {
  readonly name: string;
  /** For the model: what it does, and when to use it. */
  readonly description: string;
  /** JSON schema of its arguments, an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What it may do at worst. */
  readonly risk: 'read' | 'write' | 'run';
  /** For people: when it asks, where that does not follow from its risk. */
  readonly asks?: string;
  /** Checks arguments and looks at the place, without changing anything. Rejects with ToolError for the model. */
  prepare(args: Readonly<Record<string, unknown>>, place: ToolPlace): Promise<PreparedCall>;
}
