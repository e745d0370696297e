import type { Position, Rect } from '../base/geometry.ts';
import { type PaneId, paneId } from '../base/id.ts';
import {
  type Border,
  close,
  type Layout,
  panes,
  rects,
  rotate,
  type SplitOptions,
  single,
  split,
  swap,
  zoom,
} from './layout.ts';
import { applyNamed, LAYOUT_NAMES, type LayoutName, type MainPaneSize } from './named-layout.ts';
import { neighbour } from './neighbour.ts';
import { type Direction, dragBorder, resizePane, setPaneSize } from './resize.ts';
import { spread } from './spread.ts';

/** What panes show, as a value that is never changed. */
export interface PaneState<S> {
  readonly layout: Layout;
  readonly sessions: ReadonlyMap<PaneId, S>;
  /** The active pane, then the others by when they were active. */
  readonly recent: readonly [PaneId, ...PaneId[]];
}

export interface ShownPane<S> {
  readonly id: PaneId;
  readonly session: S;
}

const FIRST = paneId(0);

/**
 * The panes of one client: a layout in which each pane shows one session, and the active one of them. There is always
 * one pane at least, and no session stands in two.
 */
export class ShownPanes<S> {
  #state: PaneState<S>;
  /** As it was before the last change of the layout (select-layout -o). */
  #before: PaneState<S> | undefined;
  #named: LayoutName | undefined;
  readonly #onChange: () => void;

  constructor(session: S, onChange: () => void) {
    this.#state = { layout: single(FIRST), sessions: new Map([[FIRST, session]]), recent: [FIRST] };
    this.#onChange = onChange;
  }

  get state(): PaneState<S> {
    return this.#state;
  }

  get layout(): Layout {
    return this.#state.layout;
  }

  get active(): PaneId {
    return this.#state.recent[0];
  }

  /** What the active pane shows. */
  get session(): S {
    return this.#sessionOf(this.active);
  }

  /** The pane that was active before. */
  get last(): PaneId | undefined {
    return this.#state.recent[1];
  }

  get count(): number {
    return this.#state.sessions.size;
  }

  get zoomed(): boolean {
    return this.layout.zoomed !== undefined;
  }

  /** All panes in reading order, those hidden by zoom included; a pane's place in it is its index. */
  get all(): readonly ShownPane<S>[] {
    return panes(this.layout).map((id) => ({ id, session: this.#sessionOf(id) }));
  }

  /** The pane that holds a session. */
  paneOf(session: S): PaneId | undefined {
    for (const [id, shown] of this.#state.sessions) if (shown === session) return id;
    return undefined;
  }

  sessionOf(pane: PaneId): S | undefined {
    return this.#state.sessions.get(pane);
  }

  /** Shows a session in the active pane; one that has a pane already keeps it, which becomes active. */
  show(session: S): void {
    const held = this.paneOf(session);
    if (held !== undefined) this.select(held);
    else this.#set({ ...this.#state, sessions: new Map(this.#state.sessions).set(this.active, session) });
  }

  /** Makes a pane active. Zoom ends, or with `keepZoom` goes on with that pane. */
  select(pane: PaneId, keepZoom = false): void {
    if (!this.#state.sessions.has(pane)) return;
    const { layout, recent } = this.#state;
    const zoomed = layout.zoomed === undefined || layout.zoomed === pane ? layout.zoomed : keepZoom ? pane : undefined;
    if (pane === recent[0] && zoomed === layout.zoomed) return;
    this.#set({ ...this.#state, layout: zoom(layout, zoomed), recent: moveFirst(recent, pane) });
  }

  /** The pane beside another. */
  beside(pane: PaneId, area: Rect, direction: Direction): PaneId | undefined {
    return neighbour(this.layout, area, pane, direction, this.#state.recent);
  }

  /** The pane `steps` after another in reading order, around the ends. */
  after(pane: PaneId, steps: number): PaneId {
    const all = panes(this.layout);
    return all[(((all.indexOf(pane) + steps) % all.length) + all.length) % all.length] ?? pane;
  }

  /** What a new pane of `split` would get; undefined where it has no room. */
  roomFor(area: Rect, pane: PaneId, options: SplitOptions): Rect | undefined {
    const added = paneId(1 + Math.max(...this.#state.sessions.keys()));
    const next = split(zoom(this.layout, undefined), area, pane, added, options);
    return next && rects(next, area).panes.get(added);
  }

  /** Shows a session in a new pane beside `pane`; false when there is no room, or the session has a pane already. */
  split(
    area: Rect,
    pane: PaneId,
    session: S,
    options: SplitOptions & { readonly activate?: boolean; readonly zoom?: boolean },
  ): boolean {
    if (this.paneOf(session) !== undefined) return false;
    const { layout, sessions, recent } = this.#state;
    const added = paneId(1 + Math.max(...sessions.keys()));
    const next = split(zoom(layout, undefined), area, pane, added, options);
    if (next === undefined) return false;
    const [first, ...rest] = recent;
    const active = options.activate !== false;
    this.#change({
      layout: options.zoom === true ? zoom(next, active ? added : first) : next,
      sessions: new Map(sessions).set(added, session),
      recent: active ? [added, first, ...rest] : [first, ...rest, added],
    });
    return true;
  }

  /** Takes a pane out whose session is gone; false for the last one, which stays. */
  close(pane: PaneId): boolean {
    this.#before = undefined;
    return this.takeOut(pane);
  }

  /** Takes a pane out; false for the last one, which stays. */
  takeOut(pane: PaneId): boolean {
    const { layout, sessions, recent } = this.#state;
    const next = close(layout, pane);
    const [first, ...rest] = recent.filter((id) => id !== pane);
    if (next === undefined || first === undefined) return false;
    if (!sessions.has(pane)) return true;
    const kept = new Map(sessions);
    kept.delete(pane);
    this.#change({ layout: next, sessions: kept, recent: [first, ...rest] });
    return true;
  }

  /** Shows one pane's session and no other; -o of select-layout brings the others back. */
  showAlone(pane: PaneId): void {
    const session = this.#state.sessions.get(pane);
    if (session === undefined || this.#state.sessions.size === 1) return;
    this.#change({ layout: single(pane), sessions: new Map([[pane, session]]), recent: [pane] });
  }

  /** Shows the active pane alone, or all again. */
  toggleZoom(pane: PaneId): void {
    const zoomed = this.layout.zoomed === undefined ? pane : undefined;
    if (zoomed !== undefined) this.select(zoomed);
    this.#set({ ...this.#state, layout: zoom(this.layout, zoomed) });
  }

  /** Shows a session that has no pane here in one, instead of what it showed. */
  put(pane: PaneId, session: S): void {
    if (!this.#state.sessions.has(pane) || this.paneOf(session) !== undefined) return;
    this.#change({ ...this.#state, sessions: new Map(this.#state.sessions).set(pane, session) });
  }

  swap(a: PaneId, b: PaneId): void {
    this.#rearrange(swap(this.layout, a, b));
  }

  rotate(by: 1 | -1): void {
    this.#rearrange(rotate(this.layout, by));
  }

  resize(area: Rect, pane: PaneId, direction: Direction, cells: number): void {
    this.#rearrange(resizePane(zoom(this.layout, undefined), area, pane, direction, cells));
  }

  /** Gives a pane as near to so many columns or rows as its neighbours allow. */
  setSize(area: Rect, pane: PaneId, direction: 'horizontal' | 'vertical', cells: number): void {
    this.#rearrange(setPaneSize(zoom(this.layout, undefined), area, pane, direction, cells));
  }

  drag(area: Rect, border: Border, to: Position): void {
    this.#rearrange(dragBorder(this.layout, area, border, to));
  }

  /** Arranges the panes as one of the named layouts. */
  arrange(area: Rect, name: LayoutName, main?: MainPaneSize): void {
    this.#named = name;
    this.#rearrange(applyNamed(this.layout, area, name, main));
  }

  /** The named layout that was taken last. */
  get named(): LayoutName | undefined {
    return this.#named;
  }

  /** The named layout `step` after the one that was taken last. */
  nextNamed(step: 1 | -1): LayoutName {
    const count = LAYOUT_NAMES.length;
    const at = this.#named === undefined ? (step === 1 ? -1 : count) : LAYOUT_NAMES.indexOf(this.#named);
    return LAYOUT_NAMES[(at + step + count) % count] ?? LAYOUT_NAMES[0];
  }

  /** Gives the panes beside `pane` equal shares (select-layout -E). */
  spread(pane: PaneId): void {
    this.#rearrange(spread(this.layout, pane));
  }

  /** Takes a layout of the same panes. */
  take(layout: Layout): void {
    this.#rearrange(layout);
  }

  /** Brings the layout before the last change back, with the sessions that `lives` says are still there. */
  undo(lives: (session: S) => boolean): boolean {
    if (this.#before === undefined) return false;
    const state = living(this.#before, lives);
    if (state === undefined) return false;
    this.#change(state);
    return true;
  }

  /** Takes over what was shown before, without the sessions that are gone, and makes the pane of `session` active. */
  restore(state: PaneState<S>, session: S, lives: (session: S) => boolean): void {
    const alive = living(state, lives);
    if (alive === undefined) return;
    this.#set(alive);
    this.show(session);
  }

  #rearrange(layout: Layout): void {
    this.#change({ ...this.#state, layout });
  }

  /** A change that can be undone. */
  #change(state: PaneState<S>): void {
    this.#before = this.#state;
    this.#set(state);
  }

  #set(state: PaneState<S>): void {
    this.#state = state;
    this.#onChange();
  }

  #sessionOf(pane: PaneId): S {
    const session = this.#state.sessions.get(pane);
    if (session === undefined) throw new Error(`pane ${pane} shows nothing`);
    return session;
  }
}

/** The order with `pane` first. */
function moveFirst(recent: readonly PaneId[], pane: PaneId): readonly [PaneId, ...PaneId[]] {
  return [pane, ...recent.filter((id) => id !== pane)];
}

/** A state without the sessions that are gone; undefined when all are. */
export function living<S>(state: PaneState<S>, lives: (session: S) => boolean): PaneState<S> | undefined {
  let layout: Layout | undefined = state.layout;
  const sessions = new Map<PaneId, S>();
  for (const [pane, session] of state.sessions) {
    if (lives(session)) sessions.set(pane, session);
    else if (layout !== undefined) layout = close(layout, pane);
  }
  const [first, ...rest] = state.recent.filter((pane) => sessions.has(pane));
  return layout === undefined || first === undefined ? undefined : { layout, sessions, recent: [first, ...rest] };
}
