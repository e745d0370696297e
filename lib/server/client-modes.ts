import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import type { CopyModeOptions } from '../command/command-client.ts';
import type { CopyMode } from '../mode/copy-mode.ts';
import type { Mode } from '../mode/mode.ts';
import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import { ClientCopyModes } from './client-copy-modes.ts';
import type { ClientDialogs } from './client-dialogs.ts';
import type { ClientHost } from './client-host.ts';
import { copyFact } from './copy-facts.ts';

/** What takes the keys of a client: its dialogs, else its sidebar, else copy mode, else the session that it shows. */
export class ClientModes {
  readonly #client: AttachedClient;
  readonly #dialogs: ClientDialogs;
  readonly #copyModes: ClientCopyModes;

  constructor(client: AttachedClient, host: ClientHost, dialogs: ClientDialogs) {
    this.#client = client;
    this.#dialogs = dialogs;
    this.#copyModes = new ClientCopyModes(client, host);
  }

  /** Copy mode of the shown session, if it is on. */
  get copy(): CopyMode | undefined {
    return this.#copyModes.of(this.#client.session);
  }

  /** Copy mode of any session. */
  copyOf(session: Session): CopyMode | undefined {
    return this.#copyModes.of(session);
  }

  /** What takes the keys instead of the session. */
  get top(): Mode | undefined {
    return this.#dialogs.top ?? this.#client.sidebar.mode ?? this.copy;
  }

  /** Facts of copy mode, by tmux's names; undefined for a session without a pane here. */
  fact(name: string, session: Session): string | undefined {
    return this.#client.panes.paneOf(session) === undefined ? undefined : copyFact(name, this.copyOf(session));
  }

  reads(session: Session): boolean {
    return this.copyOf(session) !== undefined;
  }

  forget(session: Session): void {
    this.#copyModes.forget(session);
  }

  enterCopy({ session = this.#client.session, ...options }: CopyModeOptions): CopyMode {
    const mode = this.copyOf(session) ?? this.#copyModes.enter(session, options.exitAtBottom);
    if (options.pageUp) mode.action('page-up', [], 1);
    this.#client.changed();
    return mode;
  }

  /**
   * Copy mode of the shown session where `words` are marked, so that the keys of searching go on with them: from `row` on, or
   * without one at the newest place that has them.
   */
  lookFor(words: readonly string[], row: number | undefined): void {
    this.#copyModes.forget(this.#client.session);
    const { session } = this.#client;
    const mode = this.#copyModes.enter(
      session,
      false,
      row === undefined ? undefined : Math.max(session.content.firstRow, row - 1),
    );
    if (row !== undefined && row > session.content.firstRow) mode.action('end-of-line', [], 1);
    const pattern = words.map(plainPattern).join('|');
    if (pattern !== '') mode.action(row === undefined ? 'search-backward' : 'search-forward', [pattern], 1);
    this.#client.changed();
  }

  /** Does something in copy mode of a session, whether the client shows it or not. Throws UserError. */
  copyAction(session: Session, name: string, args: readonly string[], count: number): void {
    const mode = this.copyOf(session);
    if (mode === undefined) throw new UserError('not in a mode');
    if (!mode.action(name, args, count)) throw unknownAction('this mode', name, mode.actions);
    this.#client.changed();
  }

  /** Does what a key table asks. Throws UserError for what nothing here knows, with the nearest name. */
  action(name: string, args: readonly string[], count: number): void {
    // A search is typed into a prompt over copy mode, and moves what is below the prompt.
    const modes = [this.#dialogs.top, this.#client.sidebar.mode, this.copy].filter((mode) => mode !== undefined);
    if (modes.some((mode) => mode.action(name, args, count))) {
      this.#client.changed();
      return;
    }
    const { session, readOnly } = this.#client;
    if (session.actions.includes(name)) {
      if (readOnly) throw new UserError('client is read-only');
      session.action(name, args, count);
      return;
    }
    if (modes.length === 0 && session.actions.length === 0) throw new UserError('not in a mode');
    const place = modes.length === 0 ? `a ${session.kind}` : 'this mode';
    throw unknownAction(place, name, [...modes.flatMap((mode) => mode.actions), ...session.actions]);
  }
}

function unknownAction(place: string, name: string, known: readonly string[]): UserError {
  const near = nearest(name, known);
  return new UserError(`${place} has no action ${name}${near === undefined ? '' : `; the nearest is ${near}`}`);
}

/** A word as a regular expression that finds it, in small letters, which means any. */
const plainPattern = (word: string): string => word.toLowerCase().replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
