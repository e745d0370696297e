import type { Rect } from '../base/geometry.ts';
import { type PaneId, paneId } from '../base/id.ts';
import { type Layout, panes, zoom } from '../layout/layout.ts';
import { layoutText, readLayout } from '../layout/layout-text.ts';
import { paneNode, splitNode } from '../layout/node.ts';
import { living, type PaneState } from '../layout/shown-panes.ts';
import type { Session } from '../session/session.ts';

/** Panes of one layout at most. */
const MAXIMUM_PANES = 256;

/** What a client shows, as JSON; undefined where none of its sessions is kept. */
export function layoutRecord(
  state: PaneState<Session>,
  area: Rect,
  keyOf: (session: Session) => string | undefined,
  sidebar = false,
): string | undefined {
  const order = panes(state.layout);
  const keys = order.map((pane) => {
    const session = state.sessions.get(pane);
    return session === undefined ? undefined : keyOf(session);
  });
  if (order.length > MAXIMUM_PANES || keys.every((key) => key === undefined)) return undefined;
  const place = (pane: PaneId): number => order.indexOf(pane);
  return JSON.stringify({
    layout: layoutText(zoom(state.layout, undefined), area, place),
    size: [area.width, area.height],
    sessions: keys.map((key) => key ?? null),
    recent: state.recent.map(place),
    zoomed: state.layout.zoomed === undefined ? null : place(state.layout.zoomed),
    sidebar,
  });
}

interface ReadLayout {
  readonly state: PaneState<Session>;
  readonly area: Rect;
  /** Whether its sidebar was open. */
  readonly sidebar: boolean;
}

/** What such a record says, with the sessions that are there; undefined when none of them is. */
export function readLayoutRecord(
  text: string,
  sessions: ReadonlyMap<string, Session>,
): ReadLayout | undefined | 'unreadable' {
  const record = parsed(text);
  if (record === undefined) return 'unreadable';
  const { keys, size, recent, zoomed, sidebar } = record;
  const ids = keys.map((_, index) => paneId(index));
  const [first, ...rest] = recent.flatMap((place) => ids[place] ?? []);
  const flat: Layout = {
    root: splitNode(
      'horizontal',
      ids.map((id) => ({ node: paneNode(id), weight: 1 })),
    ),
    zoomed: undefined,
  };
  const layout = readLayout(record.layout, flat);
  if (layout === undefined || first === undefined) return 'unreadable';
  const found = new Map(ids.map((id, index): [PaneId, Session | undefined] => [id, sessions.get(keys[index] ?? '')]));
  const order: readonly [PaneId, ...PaneId[]] = [first, ...new Set([...rest, ...ids].filter((id) => id !== first))];
  const whole = { layout: zoom(layout, ids[zoomed]), sessions: found, recent: order };
  const state = living(whole, (session) => session !== undefined);
  if (state === undefined) return undefined;
  const alive = new Map<PaneId, Session>();
  // A session stands in one pane only.
  const seen = new Set<Session>();
  for (const [id, session] of state.sessions) {
    if (session === undefined || seen.has(session)) return 'unreadable';
    seen.add(session);
    alive.set(id, session);
  }
  return { state: { ...state, sessions: alive }, area: { x: 0, y: 0, width: size[0], height: size[1] }, sidebar };
}

interface LayoutRecord {
  readonly layout: string;
  readonly size: readonly [number, number];
  readonly keys: readonly string[];
  readonly recent: readonly number[];
  readonly zoomed: number;
  readonly sidebar: boolean;
}

function parsed(text: string): LayoutRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (name: string): unknown => new Map<string, unknown>(Object.entries(value)).get(name);
  const [layout, sessions, recent, zoomed] = [field('layout'), field('sessions'), field('recent'), field('zoomed')];
  if (typeof layout !== 'string' || !Array.isArray(sessions) || !Array.isArray(recent)) return undefined;
  if (sessions.length === 0 || sessions.length > MAXIMUM_PANES) return undefined;
  const size = field('size');
  const [columns, rows] = Array.isArray(size) ? size.map(cells) : [];
  return {
    layout,
    size: [columns ?? 80, rows ?? 24],
    keys: sessions.map((key) => (typeof key === 'string' ? key : '')),
    recent: recent.filter((place) => Number.isInteger(place)),
    zoomed: typeof zoomed === 'number' ? zoomed : -1,
    sidebar: field('sidebar') === true,
  };
}

const cells = (value: unknown): number => Math.max(1, Math.min(1000, Math.floor(Number(value)) || 1));
