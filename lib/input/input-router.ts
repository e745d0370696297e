import { isModifierKey } from './function-keys.ts';
import type { InputEvent, Key, KeyEvent, MouseEvent } from './key.ts';
import { lookupName } from './key-name.ts';
import type { Binding, KeyTables } from './key-table.ts';
import { type MousePress, mouseGesture } from './mouse-gesture.ts';
import type { MousePlace } from './mouse-name.ts';

/** Where the keys of one client stand. */
export interface RouterState {
  /** The table that the next key is looked up in; undefined for the root table. */
  readonly table: string | undefined;
  /** While a repeatable binding may follow without the prefix: until when. */
  readonly repeatUntil: number | undefined;
  /** The last press of a mouse button. */
  readonly press: MousePress | undefined;
  /** Keys that were not forwarded, so that their releases are not either. */
  readonly eaten: readonly string[];
}

export interface RouterMode {
  readonly keyTable: string;
  /** Whether it gets every key (prompt, confirmation): no prefix, no root table. */
  readonly exclusive: boolean;
  /** Whether it is the session's own: what no table binds is forwarded to the session, pastes and the mouse too. */
  readonly forwards?: boolean;
}

export interface RouterOptions {
  readonly prefix: Key | undefined;
  readonly prefix2: Key | undefined;
  /** Milliseconds in which a repeatable binding may follow; 0 for none. */
  readonly repeatTime: number;
  /** The table of keys without a prefix; `root` unless given. */
  readonly rootTable?: string | undefined;
  /** The mode on top, or the key table of the session itself. */
  readonly mode: RouterMode | undefined;
  /** Where a mouse event happened; `Pane` unless given. */
  readonly place?: MousePlace | undefined;
}

/** What is to be done about an event. */
export type RouterAction =
  | { readonly type: 'command'; readonly binding: Binding; readonly key: Key; readonly event: InputEvent }
  /** To the session of the active pane. */
  | { readonly type: 'forward'; readonly event: InputEvent }
  | { readonly type: 'swallow' }
  /** To the mode on top, whose table has no binding for it. */
  | { readonly type: 'mode-key'; readonly key: Key }
  | { readonly type: 'mode-paste'; readonly event: Extract<InputEvent, { readonly type: 'paste' }> }
  | { readonly type: 'mode-mouse'; readonly event: MouseEvent };

export interface Routed {
  readonly state: RouterState;
  readonly action: RouterAction;
}

export const INITIAL_ROUTER_STATE: RouterState = {
  table: undefined,
  repeatUntil: undefined,
  press: undefined,
  eaten: [],
};

const PREFIX_TABLE = 'prefix';
const ROOT_TABLE = 'root';
const SWALLOW: RouterAction = { type: 'swallow' };
const ANY: Key = { name: 'Any', modifiers: 0 };
/** More keys than hands can hold down. */
const MAXIMUM_EATEN = 16;

/** What `event` does, and how the keys stand after it. `now` is in milliseconds and never goes back. */
export function route(
  state: RouterState,
  event: InputEvent,
  tables: KeyTables,
  options: RouterOptions,
  now: number,
): Routed {
  const present = expired(state, now) ? toRoot(state) : state;
  switch (event.type) {
    case 'key':
      return routeKey(present, event, tables, options, now);
    case 'mouse':
      return routeMouse(present, event, tables, options, now);
    case 'paste':
      return {
        state: toRoot(present),
        action: keeps(options) ? { type: 'mode-paste', event } : { type: 'forward', event },
      };
    case 'focus':
      return { state: present, action: { type: 'forward', event } };
    case 'reply':
      return { state: present, action: SWALLOW };
    case 'unknown': {
      const ours = keeps(options) || present.table !== undefined;
      return { state: toRoot(present), action: ours ? SWALLOW : { type: 'forward', event } };
    }
    default:
      return event satisfies never;
  }
}

/** The state after `switch-client -T name`: the next key is looked up there. */
export function withKeyTable(state: RouterState, name: string, options: RouterOptions): RouterState {
  return { ...state, table: name === rootOf(options) ? undefined : name, repeatUntil: undefined };
}

/** The table that the next key is looked up in first, for `#{client_key_table}`. */
export function currentKeyTable(state: RouterState, options: RouterOptions, now: number): string {
  return (expired(state, now) ? undefined : state.table) ?? rootOf(options);
}

/** Whether a lone Escape means something to qmux itself, so that the decoder should wait for its rest. */
export function holdsEscape(state: RouterState, tables: KeyTables, options: RouterOptions, now: number): boolean {
  const isEscape = (key: Key | undefined) => key !== undefined && lookupName(key) === 'Escape';
  if (options.mode !== undefined || (state.table !== undefined && !expired(state, now))) return true;
  if (isEscape(options.prefix) || isEscape(options.prefix2)) return true;
  return tables.find(rootOf(options), { name: 'Escape', modifiers: 0 }) !== undefined;
}

/** Whether a mode is on top that keeps what is not bound from the session. */
const keeps = ({ mode }: RouterOptions): boolean => mode !== undefined && mode.forwards !== true;

const rootOf = (options: RouterOptions): string => options.rootTable ?? ROOT_TABLE;

const expired = ({ repeatUntil }: RouterState, now: number): boolean => repeatUntil !== undefined && now > repeatUntil;

function toRoot(state: RouterState): RouterState {
  if (state.table === undefined && state.repeatUntil === undefined) return state;
  return { ...state, table: undefined, repeatUntil: undefined };
}

function routeKey(state: RouterState, event: KeyEvent, tables: KeyTables, options: RouterOptions, now: number): Routed {
  const { key } = event;
  if (event.action === 'release') return routeRelease(state, event, options);
  const routed = isModifierKey(key.name)
    ? routeModifier(state, event, options)
    : routePress(state, event, tables, options, now);
  return routed.action.type === 'forward' ? routed : { ...routed, state: withEaten(routed.state, key) };
}

/** Shift and the like alone: a pending prefix waits through them. */
function routeModifier(state: RouterState, event: KeyEvent, options: RouterOptions): Routed {
  const ours = keeps(options) || state.table !== undefined;
  return { state, action: ours ? SWALLOW : { type: 'forward', event } };
}

function routePress(
  state: RouterState,
  event: KeyEvent,
  tables: KeyTables,
  options: RouterOptions,
  now: number,
): Routed {
  const { key } = event;
  const { mode } = options;
  if (mode?.exclusive === true) {
    const binding = find(tables, mode.keyTable, key);
    const action: RouterAction = binding ? { type: 'command', binding, key, event } : { type: 'mode-key', key };
    return { state: toRoot(state), action };
  }
  const isPrefix = sameKey(key, options.prefix) || sameKey(key, options.prefix2);
  if (state.table !== undefined) {
    const repeating = state.repeatUntil !== undefined;
    if (isPrefix && state.table !== PREFIX_TABLE) return toPrefix(state);
    const binding = find(tables, state.table, key);
    if (binding !== undefined && (binding.repeat || !repeating)) {
      const repeats = binding.repeat && options.repeatTime > 0;
      const after = repeats ? { ...state, repeatUntil: now + options.repeatTime } : toRoot(state);
      return { state: after, action: { type: 'command', binding, key, event } };
    }
    if (!repeating) return { state: toRoot(state), action: SWALLOW };
    return routePress(toRoot(state), event, tables, options, now);
  }
  if (isPrefix) return toPrefix(state);
  const ofMode = mode && find(tables, mode.keyTable, key);
  const binding = ofMode ?? find(tables, rootOf(options), key);
  if (binding !== undefined) return { state, action: { type: 'command', binding, key, event } };
  return { state, action: keeps(options) ? { type: 'mode-key', key } : { type: 'forward', event } };
}

function toPrefix(state: RouterState): Routed {
  return { state: { ...state, table: PREFIX_TABLE, repeatUntil: undefined }, action: SWALLOW };
}

/** A key whose press was no business of the session: neither is its release. */
function routeRelease(state: RouterState, event: KeyEvent, options: RouterOptions): Routed {
  const name = event.key.name.toLowerCase();
  const eaten = state.eaten.includes(name);
  const after = eaten ? { ...state, eaten: state.eaten.filter((other) => other !== name) } : state;
  return { state: after, action: eaten || keeps(options) ? SWALLOW : { type: 'forward', event } };
}

function withEaten(state: RouterState, key: Key): RouterState {
  const name = key.name.toLowerCase();
  if (state.eaten.includes(name)) return state;
  return { ...state, eaten: [...state.eaten, name].slice(-MAXIMUM_EATEN) };
}

/**
 * Mouse events leave a pending prefix alone, and are looked up by all names that they have. Over a pane, a mode gets
 * what its own table does not bind; a session's own table leaves the rest to the root table.
 */
function routeMouse(
  state: RouterState,
  event: MouseEvent,
  tables: KeyTables,
  options: RouterOptions,
  now: number,
): Routed {
  const { press, names, place } = mouseGesture(state.press, event, options.place ?? 'Pane', now);
  const after = press === state.press ? state : { ...state, press };
  const { mode } = options;
  const searched = mode === undefined ? [rootOf(options)] : [mode.keyTable];
  if (mode?.exclusive === false && (place !== 'Pane' || mode.forwards === true)) searched.push(rootOf(options));
  for (const table of searched) {
    for (const name of names) {
      const key = { name, modifiers: event.modifiers };
      const binding = tables.find(table, key);
      if (binding !== undefined) return { state: after, action: { type: 'command', binding, key, event } };
    }
  }
  return { state: after, action: keeps(options) ? { type: 'mode-mouse', event } : { type: 'forward', event } };
}

const find = (tables: KeyTables, table: string, key: Key): Binding | undefined =>
  tables.find(table, key) ?? tables.find(table, ANY);

const sameKey = (key: Key, other: Key | undefined): boolean =>
  other !== undefined && lookupName(key) === lookupName(other);
