import { clamp } from '../base/geometry.ts';
import type { SessionId } from '../base/id.ts';
import type { Session } from '../session/session.ts';
import { waitsForPerson } from '../session/status.ts';
import type { Mode } from './mode.ts';

export interface SidebarModeOptions {
  readonly sessions: () => readonly Session[];
  /** What is selected before anything was chosen. */
  readonly current: () => SessionId | undefined;
  /** Rows of a page now. */
  readonly rows: () => number;
  readonly onChange: () => void;
  readonly accept: (session: Session) => void;
  /** The person is done with it: the keys go to the shown session again. */
  readonly leave: () => void;
  /** Further actions by name, such as kill and rename; they get the selected session. */
  readonly actions: Readonly<Record<string, (session: Session) => void>>;
}

const OWN_ACTIONS = ['accept', 'cancel', 'up', 'down', 'page-up', 'page-down', 'top', 'bottom', 'waiting'];
const MAXIMUM_COUNT = 10_000;

/** The sidebar while it has the keys. It lies beside the panes and shows nothing over them. */
export class SidebarMode implements Mode {
  readonly keyTable = 'sidebar';
  readonly actions: readonly string[];
  readonly #options: SidebarModeOptions;
  #selected: SessionId | undefined;
  /** Where the selected session was, for when it goes. */
  #index = 0;

  constructor(options: SidebarModeOptions) {
    this.#options = options;
    this.#selected = options.current();
    this.actions = [...OWN_ACTIONS, ...Object.keys(options.actions)];
  }

  /** The selected session's place in the list; the nearest one when it is gone. */
  get index(): number {
    const sessions = this.#options.sessions();
    const found = sessions.findIndex(({ id }) => id === this.#selected);
    this.#index = found >= 0 ? found : clamp(this.#index, 0, Math.max(0, sessions.length - 1));
    this.#selected = sessions[this.#index]?.id;
    return this.#index;
  }

  get selected(): Session | undefined {
    return this.#options.sessions()[this.index];
  }

  action(name: string, _args: readonly string[], count: number): boolean {
    const { actions } = this.#options;
    if (OWN_ACTIONS.includes(name)) this.#own(name, clamp(count, 1, MAXIMUM_COUNT));
    else if (Object.hasOwn(actions, name)) {
      const { selected } = this;
      if (selected !== undefined) actions[name]?.(selected);
    } else return false;
    this.#options.onChange();
    return true;
  }

  /** A key that its table does not bind does nothing. */
  key(): void {}

  paste(): void {}

  view(): undefined {
    return undefined;
  }

  #own(name: string, count: number): void {
    const { length } = this.#options.sessions();
    const page = Math.max(1, this.#options.rows() - 1);
    const { index, selected } = this;
    if (name === 'cancel') this.#options.leave();
    else if (name === 'accept') {
      if (selected !== undefined) this.#options.accept(selected);
    } else if (name === 'up') this.#select(count === 1 && index === 0 ? length - 1 : index - count);
    else if (name === 'down') this.#select(count === 1 && index === length - 1 ? 0 : index + count);
    else if (name === 'waiting') this.#select(this.#nextWaiting(index));
    else if (name === 'page-up') this.#select(index - count * page);
    else if (name === 'page-down') this.#select(index + count * page);
    else this.#select(name === 'top' ? 0 : length - 1);
  }

  /** The next one below that waits for a person, around the end; the same where none does. */
  #nextWaiting(index: number): number {
    const sessions = this.#options.sessions();
    const below = sessions.findIndex((session, at) => at > index && waitsForPerson(session));
    if (below >= 0) return below;
    const above = sessions.findIndex(waitsForPerson);
    return above >= 0 ? above : index;
  }

  #select(index: number): void {
    const sessions = this.#options.sessions();
    this.#index = clamp(index, 0, Math.max(0, sessions.length - 1));
    this.#selected = sessions[this.#index]?.id;
  }
}
