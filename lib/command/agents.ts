import type { Session } from '../session/session.ts';

/** A coding agent that can be started here. */
export interface FoundAgent {
  readonly name: string;
  /** As people call it. */
  readonly title: string;
  /** The program that runs it. */
  readonly program: string;
}

/** A change of an agent's settings that nobody has made yet. */
export interface HookChange {
  readonly file: string;
  /** Empty when nothing is to be changed. */
  readonly diff: string;
  /** A sentence for the person after the change. */
  readonly note: string | undefined;
  /** Writes it, and gives the file in which the settings stay as they were; undefined where there were none. Rejects with UserError. */
  apply(): Promise<string | undefined>;
}

/** The coding agents that are known, as commands see them. */
export interface Agents {
  /**
   * The agent in a session calls a hook at an event, and tells more of it as JSON. Gives what the hook is to print, where it
   * waits for a person's answer only after that. Never rejects.
   */
  hook(session: Session, event: string, payload: Uint8Array, signal: AbortSignal): Promise<string | undefined>;
  /** Those that the programs of new sessions would find, by title. */
  found(): readonly FoundAgent[];
  /** Those that can be told to call `report-status` by hooks. */
  readonly hookable: readonly string[];
  /** What makes an agent report itself, or with `undo` no more; `environment` is the person's. Rejects with UserError. */
  hookChange(
    name: string,
    undo: boolean,
    environment: Readonly<Record<string, string | undefined>>,
  ): Promise<HookChange>;
}
