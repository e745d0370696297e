import { clamp } from '../base/geometry.ts';
import type { Key } from '../input/key.ts';
import { keyText } from '../input/key-name.ts';
import type { RowSource } from '../text/row-source.ts';
import type { ListEntry, ListModeOptions } from './list-entry.ts';
import { ListFilter } from './list-filter.ts';
import type { Mode } from './mode.ts';
import type { OverlayView } from './overlay-view.ts';

const DEFAULT_ROWS = 10;
/** Entries before and after the selected one that are drawn at least: no list is shorter than its area by much. */
const MINIMUM_WINDOW = 100;
const OWN_ACTIONS = [
  'accept',
  'cancel',
  'up',
  'down',
  'page-up',
  'page-down',
  'top',
  'bottom',
  'filter',
  'filter-backspace',
  'filter-kill',
  'preview',
];
const FILTER_HINT = 'Enter takes it, Esc ends';

/**
 * A list to choose from. Keys act until a filter is begun; then they type it, and the best entries come first. The
 * selection stays with its entry when others come and go.
 */
export class ListMode<Entry extends ListEntry = ListEntry> implements Mode {
  readonly actions: readonly string[];
  readonly #options: ListModeOptions<Entry>;
  readonly #filter: ListFilter<Entry>;
  #selected: Entry['id'] | undefined;
  /** Where the selected entry was, for when it goes. */
  #index = 0;
  /** To be selected as soon as it is there, unless the person selects something before. */
  #wanted: Entry['id'] | undefined;
  #previews = true;

  constructor(options: ListModeOptions<Entry>) {
    this.#options = options;
    this.#filter = new ListFilter(options.filter ?? '', options.match);
    this.#wanted = options.selected;
    this.actions = [...OWN_ACTIONS, ...Object.keys(options.actions ?? {}), ...Object.keys(options.anytime ?? {})];
  }

  get keyTable(): string {
    return this.#filter.isTyped ? 'list-filter' : (this.#options.table ?? 'list');
  }

  get filter(): string {
    return this.#filter.text;
  }

  /** The selected entry; undefined when no entry fits the filter. */
  get selected(): Entry | undefined {
    return this.#visible()[this.#index];
  }

  /** Those that fit the filter, in their order. */
  get entries(): readonly Entry[] {
    return this.#visible();
  }

  action(name: string, _args: readonly string[], count: number): boolean {
    const { actions = {}, anytime = {} } = this.#options;
    if (OWN_ACTIONS.includes(name)) this.#own(name, clamp(count, 1, 100_000));
    else if (Object.hasOwn(actions, name)) {
      const { selected } = this;
      if (selected !== undefined) actions[name]?.(selected);
    } else if (Object.hasOwn(anytime, name)) anytime[name]?.();
    else return false;
    return true;
  }

  #own(name: string, count: number): void {
    const page = Math.max(1, (this.#options.rows?.() ?? DEFAULT_ROWS) - 1);
    switch (name) {
      case 'accept': {
        const { selected } = this;
        if (selected !== undefined) this.#options.accept(selected);
        break;
      }
      case 'cancel':
        if (this.#filter.isTyped) this.#refilter(() => this.#filter.end());
        else this.#options.exit();
        break;
      case 'filter':
        if (this.#options.filterable !== false) this.#filter.begin();
        break;
      case 'up':
        this.#move(-count, count === 1);
        break;
      case 'down':
        this.#move(count, count === 1);
        break;
      case 'page-up':
        this.#move(-count * page, false);
        break;
      case 'page-down':
        this.#move(count * page, false);
        break;
      case 'top':
        this.select(0);
        break;
      case 'bottom':
        this.select(this.#visible().length - 1);
        break;
      case 'filter-backspace':
        this.#refilter(() => this.#filter.erase(count));
        break;
      case 'filter-kill':
        this.#refilter(() => this.#filter.clear());
        break;
      case 'preview':
        this.#previews = !this.#previews;
        break;
    }
  }

  key(key: Key): void {
    const text = keyText(key);
    if (text !== undefined && this.#filter.isTyped) this.paste(text);
  }

  paste(text: string): void {
    if (this.#options.filterable !== false) this.#refilter(() => this.#filter.type(text));
  }

  /** The selected item's index in the view. */
  get index(): number {
    return this.#index;
  }

  /** Selects the item of the view with this index; the nearest one when there is none. */
  select(index: number): void {
    const entries = this.#visible();
    this.#wanted = undefined;
    this.#index = clamp(index, 0, Math.max(0, entries.length - 1));
    this.#selected = entries[this.#index]?.id;
  }

  /** Selects an entry as soon as it is there. */
  selectEntry(id: Entry['id']): void {
    this.#wanted = id;
  }

  view(): OverlayView {
    const { title, hint = '', style } = this.#options;
    const { text, isTyped } = this.#filter;
    const entries = this.#visible();
    const preview = this.#preview(entries[this.#index]);
    // No more than can be seen, wherever the selected one stands among them.
    const rows = Math.max(MINIMUM_WINDOW, this.#options.rows?.() ?? DEFAULT_ROWS);
    const first = clamp(this.#index - rows, 0, entries.length);
    return {
      kind: 'list',
      title: typeof title === 'string' ? title : title(),
      filter: isTyped || text !== '' ? text : undefined,
      items: entries.slice(first, this.#index + rows).map(({ line, marked = false }) => ({ line, marked })),
      first,
      count: entries.length,
      selected: this.#index,
      preview,
      previewTop: preview === undefined ? 0 : this.#previewTop(preview),
      hint: isTyped ? FILTER_HINT : hint,
      style,
    };
  }

  #preview(entry: Entry | undefined): RowSource | undefined {
    if (!this.#previews || entry === undefined) return undefined;
    return this.#options.preview === undefined ? entry.preview : this.#options.preview(entry);
  }

  /** The screen's top, or so far down that its last line with text is in the preview. */
  #previewTop(source: RowSource): number {
    const rows = Math.max(1, this.#options.previewRows?.() ?? source.endRow - source.screenTop);
    let last = source.endRow - 1;
    while (last >= source.screenTop + rows && source.rowText(last).trim() === '') last--;
    return Math.max(source.firstRow, source.screenTop, last - rows + 1);
  }

  /** The entries that fit, and the selection brought to where its entry is now. */
  #visible(): readonly Entry[] {
    const entries = this.#filter.of(this.#options.items());
    const wanted = this.#wanted === undefined ? -1 : entries.findIndex((entry) => entry.id === this.#wanted);
    if (wanted >= 0) {
      this.#index = wanted;
      this.#selected = this.#wanted;
      this.#wanted = undefined;
    }
    if (this.#selected !== undefined && entries[this.#index]?.id === this.#selected) return entries;
    const index = entries.findIndex((entry) => entry.id === this.#selected);
    this.#index = index >= 0 ? index : clamp(this.#index, 0, Math.max(0, entries.length - 1));
    this.#selected = entries[this.#index]?.id ?? this.#selected;
    return entries;
  }

  #move(by: number, around: boolean): void {
    const { length } = this.#visible();
    if (length === 0) return;
    const to = this.#index + by;
    this.select(around ? (to + length) % length : to);
  }

  /** Another filter keeps the selection only when nothing is filtered: else the best one is selected. */
  #refilter(change: () => void): void {
    const before = this.#filter.text;
    const kept = this.#visible()[this.#index]?.id;
    change();
    if (this.#filter.text === before) return;
    if (this.#filter.text.trim() === '') this.#selected = kept;
    else this.select(0);
  }
}
