import type { Event } from '../base/emitter.ts';

/** A value of an option. */
export type OptionValue = string | number | boolean | readonly string[];

/**
 * The options' values now: the table's defaults, over them what files and `set-option` gave, globally or for one session.
 * User options (`@name`) are free text.
 */
export interface OptionStore {
  /** The value for a session, else the global one. Throws UserError that names the nearest option when unknown. */
  get(name: string, session?: number): OptionValue;
  string(name: string, session?: number): string;
  number(name: string, session?: number): number;
  boolean(name: string, session?: number): boolean;
  /** Checks and converts the text; throws UserError. `session` undefined sets the global value. */
  set(name: string, text: string, options?: { readonly session?: number; readonly append?: boolean }): void;
  /** The other value of a flag or of a choice of two (`set mouse`); throws UserError for what has no other. */
  toggle(name: string, session?: number): void;
  /** Back to the default (or to the global value). */
  unset(name: string, session?: number): void;
  /** Whether anybody set it (there). */
  isSet(name: string, session?: number): boolean;
  /** Whether sessions may have values of their own; those of people may. Throws UserError when unknown. */
  scope(name: string): 'server' | 'session';
  /** The words of a choice or a flag; none where it may be anything. Throws UserError when unknown. */
  choices(name: string): readonly string[];
  /** Every option's full name, those of people too. */
  readonly names: readonly string[];
  forgetSession(session: number): void;
  /** Another number after each change: what was found out from options holds as long as it stays. */
  readonly generation: number;
  /** The names that changed. */
  readonly changed: Event<readonly string[]>;
}
