import type { Disposable } from '../base/disposable.ts';
import { clamp, type Rect, type Size } from '../base/geometry.ts';
import { UserError } from '../base/user-error.ts';
import type { SidebarControl } from '../command/command-client.ts';
import { nextAgeing } from '../mode/session-line.ts';
import { SidebarMode } from '../mode/sidebar-mode.ts';
import type { SidebarView } from '../screen/screen-view.ts';
import { sidebarRows } from '../screen/widgets/sidebar.ts';
import { callsForAttention } from '../session/status.ts';
import { parseStyle } from '../text/markup.ts';
import { BOLD, PLAIN, palette, type Style } from '../text/style.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientHost } from './client-host.ts';
import { SessionQuestions } from './session-questions.ts';
import { sidebarItem } from './sidebar-view.ts';

/** On narrower screens it lies over the panes, and is there only while it has the keys. */
const LEAST_BESIDE = 50;
/** Smaller screens have no sidebar at all. */
const LEAST: Size = { columns: 20, rows: 4 };
/** Previews and ages are made anew at most so often, in milliseconds. */
const REFRESH = 1000;
/** Longest wait of a timer that only looks whether an age has changed, in milliseconds. */
const MAXIMUM_WAIT = 3_600_000;
const HINT = '⏎ shows · y answers · ? keys';
const WAITING: Style = { ...PLAIN, foreground: palette(3) };
const TITLE: Style = { ...PLAIN, attributes: BOLD };

export interface ClientSidebarOptions {
  readonly client: AttachedClient;
  readonly host: ClientHost;
  /** What panes and sidebar have together. */
  readonly area: () => Rect;
}

/** The sidebar of one client: whether it is open, where it stands, what is selected, and when its text is out of date. */
export class ClientSidebar implements SidebarControl, Disposable {
  readonly #given: ClientSidebarOptions;
  #open: boolean;
  #mode: SidebarMode | undefined;
  /** The item in its first row. */
  #top = 0;
  /** The wheel moved it away from the selected item. */
  #scrolled = false;
  /** Whether it is on the screen. */
  #drawn = false;
  #timer: NodeJS.Timeout | undefined;
  #timerDue = Number.POSITIVE_INFINITY;
  #refreshed = Number.NEGATIVE_INFINITY;

  constructor(given: ClientSidebarOptions, open: boolean) {
    this.#given = given;
    this.#open = open;
  }

  get open(): boolean {
    return this.#open;
  }

  /** Columns that it has beside the panes, with the line between; 0 while it has none. */
  get width(): number {
    return this.place?.side === undefined ? 0 : this.place.rect.width;
  }

  /** What takes the keys while it has them. */
  get mode(): SidebarMode | undefined {
    return this.#fits ? this.#mode : undefined;
  }

  /** Where it stands now; undefined where it is not on the screen. */
  get place(): Pick<SidebarView, 'rect' | 'side'> | undefined {
    if (!this.#open || !this.#fits) return undefined;
    const area = this.#given.area();
    if (area.width < LEAST_BESIDE) return this.#mode === undefined ? undefined : { rect: area, side: undefined };
    const { options } = this.#given.host.server;
    const width = Math.min(options.number('sidebar-width'), Math.floor(area.width / 2)) + 1;
    const side = options.string('sidebar-position') === 'right' ? 'right' : 'left';
    return { rect: { ...area, x: side === 'right' ? area.x + area.width - width : area.x, width }, side };
  }

  /** Opens it, and gives it the keys; where it is on the screen, closes it. */
  toggle(): void {
    if (this.place === undefined) this.show(true);
    else this.close();
  }

  show(focus: boolean): void {
    if (!this.#fits) throw new UserError('the screen is too small for the sidebar');
    this.#open = true;
    if (focus) this.#mode ??= this.#createMode();
    this.#scrolled = false;
    this.#changedSize();
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#mode = undefined;
    this.#stopTimer();
    this.#changedSize();
  }

  /** Gives the keys back; it stays open. */
  leave(): void {
    if (this.#mode === undefined) return;
    this.#mode = undefined;
    this.#scrolled = false;
    this.#given.client.painter.statusChanged();
  }

  scroll(items: number): void {
    this.#top += items;
    this.#scrolled = true;
    this.#given.client.painter.sidebarChanged();
  }

  /** Output came somewhere: previews follow soon. */
  contentChanged(): void {
    if (this.#drawn) this.#refreshIn(0);
  }

  /** As it is to be drawn now. Sets the time at which that is out of date. */
  view(): SidebarView | undefined {
    const { place } = this;
    this.#stopTimer();
    this.#drawn = place !== undefined;
    if (place === undefined) return undefined;
    const { client, host } = this.#given;
    const { sessions, options } = host.server;
    const now = Date.now();
    const focused = this.mode !== undefined;
    const rows = sidebarRows(place.rect.height, sessions.length, focused);
    const selected = this.mode?.index;
    this.#bringIntoView(selected ?? sessions.indexOf(client.session), rows.items);
    const seen = sessions.slice(this.#top, this.#top + rows.items);
    this.#refreshed = performance.now();
    if (seen.length > 0) this.#refreshIn(Math.min(...seen.map((session) => nextAgeing(session, now))));
    const waiting = sessions.filter(callsForAttention).length;
    return {
      ...place,
      style: parseStyle(options.string(focused ? 'pane-active-border-style' : 'pane-border-style'), PLAIN),
      title: [
        { text: 'Sessions', style: TITLE },
        { text: ` ${sessions.length}`, style: PLAIN },
        ...(waiting === 0 ? [] : [{ text: `  ${waiting} waiting`, style: WAITING }]),
      ],
      // Items above the first one shown are not looked at.
      items: sessions.map((session, index) =>
        index < this.#top || index >= this.#top + rows.items
          ? { session: session.id, left: [], right: [], below: [] }
          : sidebarItem(session, client.shows(session), now),
      ),
      top: this.#top,
      selected,
      selectedStyle: parseStyle(options.string('mode-style'), PLAIN),
      focused,
      hint: HINT,
    };
  }

  dispose(): void {
    this.#open = false;
    this.#mode = undefined;
    this.#stopTimer();
  }

  get #fits(): boolean {
    const { columns, rows } = this.#given.client.size;
    return columns >= LEAST.columns && rows >= LEAST.rows;
  }

  #bringIntoView(index: number, rows: number): void {
    const last = Math.max(0, this.#given.host.server.sessions.length - rows);
    if (!this.#scrolled && index >= 0) this.#top = clamp(this.#top, index - rows + 1, index);
    this.#top = clamp(this.#top, 0, last);
  }

  #createMode(): SidebarMode {
    const { client, host } = this.#given;
    const questions = new SessionQuestions(client, host);
    return new SidebarMode({
      sessions: () => host.server.sessions,
      current: () => client.session.id,
      rows: () => sidebarRows(this.#given.area().height, host.server.sessions.length, true).items,
      onChange: () => {
        this.#scrolled = false;
        client.painter.sidebarChanged();
      },
      accept: (session) => {
        this.leave();
        client.show(session);
      },
      leave: () => this.leave(),
      actions: {
        approve: (session) => questions.review(session),
        refuse: (session) => questions.review(session),
        kill: (session) => questions.end(session),
        rename: (session) => questions.rename(session),
      },
    });
  }

  /** Panes are narrower or wider: their sessions follow. */
  #changedSize(): void {
    const { client, host } = this.#given;
    host.desk.changed(client);
    client.painter.statusChanged();
  }

  /** Looks again after so many milliseconds, but not sooner than a second after it looked last. */
  #refreshIn(milliseconds: number): void {
    const now = performance.now();
    const due = Math.max(now + Math.min(milliseconds, MAXIMUM_WAIT), this.#refreshed + REFRESH);
    if (due >= this.#timerDue) return;
    this.#stopTimer();
    this.#timerDue = due;
    this.#timer = setTimeout(() => {
      this.#timerDue = Number.POSITIVE_INFINITY;
      this.#given.client.painter.sidebarChanged();
    }, due - now);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerDue = Number.POSITIVE_INFINITY;
  }
}
