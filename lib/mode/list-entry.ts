import type { Line } from '../text/line.ts';
import type { RowSource } from '../text/row-source.ts';
import type { Style } from '../text/style.ts';

/** One thing to choose; the same thing keeps its `id` when the list changes. */
export interface ListEntry {
  readonly id: string | number;
  readonly line: Line;
  /** What the filter looks at. */
  readonly text: string;
  readonly marked?: boolean;
  readonly preview?: RowSource | undefined;
}

export interface ListModeOptions<Entry extends ListEntry> {
  readonly title: string | (() => string);
  /** The entries now; asked for at every view, so that they follow what they stand for. */
  readonly items: () => readonly Entry[];
  /** The person chose; the list is to be closed. */
  readonly accept: (entry: Entry) => void;
  /** The person left without a choice; the list is to be closed. */
  readonly exit: () => void;
  /** Further actions by name (kill, rename); they get the selected entry, and leave the list open. */
  readonly actions?: Readonly<Record<string, (entry: Entry) => void>>;
  /** Further actions by name that need no entry. */
  readonly anytime?: Readonly<Record<string, () => void>>;
  /** The key table, but while a filter is typed; `list` unless given. */
  readonly table?: string;
  /** The entries that fit a filter, in their order; unless given, the best first by letters in their order. */
  readonly match?: (entries: readonly Entry[], filter: string) => readonly Entry[];
  /** What is behind the selected entry, where entries do not bring it. */
  readonly preview?: (entry: Entry) => RowSource | undefined;
  /** What is typed before the person types; `undefined` for a list that is not filtered. */
  readonly filter?: string | undefined;
  readonly filterable?: boolean;
  readonly selected?: Entry['id'] | undefined;
  readonly hint?: string;
  /** How the selected item is drawn. */
  readonly style?: Style | undefined;
  /** Rows of a page now. */
  readonly rows?: () => number;
  /** Rows that a preview has now. */
  readonly previewRows?: () => number;
}
