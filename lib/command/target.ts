import path from 'node:path';
import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';

/** What a target needs to know of a session. */
export interface TargetSession {
  readonly id: number;
  readonly name: string;
  readonly index: number;
}

/** Where a target is read: relative ones start from `session`. */
export interface TargetPlace<S extends TargetSession> {
  /** By index. */
  readonly sessions: readonly S[];
  readonly session: S | undefined;
  /** What `!` and `{last}` mean. */
  readonly lastSession: S | undefined;
  /** What `=` and `{mouse}` mean. */
  readonly mouseSession?: S | undefined;
  /** What `~` and `{marked}` mean. */
  readonly markedSession?: S | undefined;
  /** What a word for a pane (`1`, `+`, `{left}`) means among those beside a session; undefined where it has none beside it. */
  readonly paneBeside?: (session: S, word: string) => S | undefined;
  /** Which pane a window means; where this is left out, the session of that name. */
  readonly activeOf?: (session: S) => S;
  /** What is looked for, as a refusal calls it; a session otherwise. */
  readonly kind?: string;
  /** Further names of a session, which stand after the names of all. */
  readonly otherNames?: (session: S) => readonly string[];
}

/**
 * The session that `target` names. A session stands where tmux has session, window and pane, so `name`, `name:0`,
 * `name:0.0`, `:3`, `$4`, `@4` and `%4` all name one. Throws UserError with the nearest name when there is none.
 */
export function findSession<S extends TargetSession>(target: string | undefined, place: TargetPlace<S>): S {
  const session = find(target, place);
  const { activeOf } = place;
  return activeOf !== undefined && WINDOW.test(target ?? '') ? activeOf(session) : session;
}

/** Names, indexes and ids that mean a window in tmux, without a pane of it. */
const WINDOW = /^[=:]*[\w@$][^.]*\.?$/;

function find<S extends TargetSession>(target: string | undefined, place: TargetPlace<S>): S {
  const wanted = target ?? '';
  if (wanted === '' || wanted === '.' || wanted === ':' || wanted === ':.') {
    if (place.session !== undefined) return place.session;
    throw new UserError(place.sessions.length === 0 ? 'no sessions' : 'no current session');
  }
  if (wanted === '=' || wanted === '{mouse}' || wanted === ':=' || wanted === ':{mouse}') {
    if (place.mouseSession !== undefined) return place.mouseSession;
    throw new UserError('no mouse target');
  }
  if (wanted === '~' || wanted === '{marked}') {
    if (place.markedSession !== undefined) return place.markedSession;
    throw new UserError('no marked target');
  }
  const pane = PANE.exec(wanted);
  const [whole, word] = [pane?.[1] ?? '', pane?.[2] ?? pane?.[4] ?? ''];
  if (pane !== null && place.paneBeside !== undefined) {
    const beside = place.paneBeside(findSession(whole === ':' ? '' : whole, place), word);
    if (beside !== undefined) return beside;
  }
  const colon = wanted.indexOf(':');
  if (colon < 0) return findWhole(wanted, place);
  const [name, part] = [wanted.slice(0, colon), withoutPane(wanted.slice(colon + 1))];
  if (name === '') return part === '' ? findSession('', place) : findPart(part, wanted, place);
  const session = findWhole(name, place);
  if (isPartOf(part, session) || place.otherNames?.(session).includes(part.replace(/^=/, ''))) return session;
  // Windows that a script makes in one session are sessions beside it: `dev:server` is the session `server`.
  return findPart(part, part, place);
}

/** A target without a colon: a special word, an id, a name, or else an index. */
function findWhole<S extends TargetSession>(wanted: string, place: TargetPlace<S>): S {
  const found = findSpecial(wanted, place) ?? findByName(wanted, place) ?? findByIndex(wanted, place.sessions);
  if (found !== undefined) return found;
  const bare = withoutPane(wanted);
  if (bare !== wanted && bare !== '') return findWhole(bare, place);
  const kind = place.kind === 'window' || place.kind === 'pane' ? place.kind : 'session';
  throw cannotFind(kind, wanted, place.sessions);
}

/** What follows a colon that stands first: an index before a name, as tmux reads a window. */
function findPart<S extends TargetSession>(part: string, wanted: string, place: TargetPlace<S>): S {
  const exact = part.startsWith('=') ? part.slice(1) : part;
  const found = findSpecial(exact, place) ?? findByIndex(exact, place.sessions) ?? findByName(part, place);
  if (found !== undefined) return found;
  throw cannotFind('window', wanted, place.sessions);
}

/** `.1`, `name:0.{left}`, or a word that means a pane alone. */
const PANE =
  /^(.*)\.(\d{1,4}|[!+-]|\{[a-z-]+\}|(?:top|bottom)(?:-left|-right)?|left|right)$|^()(\{(?:(?:top|bottom)(?:-left|-right)?|left|right|(?:up|down|left|right)-of)\})$/;

const withoutPane = (text: string): string =>
  text.replace(/\.(?:\d+|%\d+|[!+-]|\{[a-z-]+\}|(?:top|bottom)(?:-left|-right)?|left|right)?$/, '');

const ID = /^[$@%](\d{1,15})$/;
const OFFSET = /^([+-])(\d{0,9})$/;

/** Ids and words that name a session by its place. */
function findSpecial<S extends TargetSession>(wanted: string, place: TargetPlace<S>): S | undefined {
  const { sessions, session } = place;
  const id = ID.exec(wanted)?.[1];
  if (id !== undefined)
    return found(
      sessions.find((item) => item.id === Number(id)),
      wanted,
      sessions,
    );
  const offset = OFFSET.exec(wanted.replace('{next}', '+').replace('{previous}', '-'));
  if (offset !== null) {
    const steps = Number(offset[2] === '' ? 1 : offset[2]);
    return found(neighbour(sessions, session, offset[1] === '+' ? steps : -steps), wanted, sessions);
  }
  switch (wanted) {
    case '!':
    case '{last}':
      if (place.lastSession === undefined) throw new UserError('no last session');
      return place.lastSession;
    case '^':
    case '{start}':
      return found(sessions[0], wanted, sessions);
    case '$':
    case '{end}':
      return found(sessions.at(-1), wanted, sessions);
    case '{mouse}':
      return findSession('{mouse}', place);
    default:
      return undefined;
  }
}

function found<S extends TargetSession>(session: S | undefined, wanted: string, sessions: readonly S[]): S {
  if (session !== undefined) return session;
  throw sessions.length === 0 ? new UserError('no sessions') : cannotFind('session', wanted, []);
}

/** The session `steps` after (or before) another, around the ends. */
export function neighbour<S extends TargetSession>(
  sessions: readonly S[],
  from: S | undefined,
  steps: number,
): S | undefined {
  const count = sessions.length;
  if (count === 0) return undefined;
  const start = from === undefined ? (steps > 0 ? -1 : 0) : sessions.findIndex((item) => item.id === from.id);
  return sessions[(((start + steps) % count) + count) % count];
}

function findByIndex<S extends TargetSession>(wanted: string, sessions: readonly S[]): S | undefined {
  return /^\d{1,9}$/.test(wanted) ? sessions.find((session) => session.index === Number(wanted)) : undefined;
}

/** The exact name; without a leading `=` also the beginning of one, or a pattern that fits one. Ambiguity is refused. */
function findByName<S extends TargetSession>(wanted: string, { sessions, otherNames }: TargetPlace<S>): S | undefined {
  const name = wanted.startsWith('=') ? wanted.slice(1) : wanted;
  const exact =
    sessions.find((session) => session.name === name) ??
    sessions.find((session) => otherNames?.(session).includes(name));
  if (exact !== undefined || name !== wanted) return exact;
  // A number that only begins a name is an index.
  if (/^\d+$/.test(name)) return undefined;
  return (
    only(
      wanted,
      sessions.filter((session) => session.name.startsWith(name)),
    ) ??
    only(
      wanted,
      sessions.filter((session) => matchesPattern(session.name, name)),
    )
  );
}

function only<S extends TargetSession>(wanted: string, matches: readonly S[]): S | undefined {
  if (matches.length < 2) return matches[0];
  const names = matches.slice(0, 10).map((session) => session.name);
  throw new UserError(
    `ambiguous session: ${wanted}, could be: ${names.join(', ')}${matches.length > 10 ? ', ...' : ''}`,
  );
}

/** Longest pattern that is matched, so that none takes long. */
const MAXIMUM_PATTERN = 256;

/** fnmatch(3): `*`, `?`, `[a-z]`, `[!a-z]`, backslash. */
export function matchesPattern(text: string, pattern: string): boolean {
  if (pattern.length > MAXIMUM_PATTERN || text.length > MAXIMUM_PATTERN) return false;
  let [at, patternAt, star, starText] = [0, 0, -1, 0];
  while (at < text.length) {
    const piece = pieceAt(pattern, patternAt);
    if (pattern[patternAt] === '*') {
      star = patternAt;
      starText = at;
      patternAt += 1;
    } else if (piece?.matches(text[at] ?? '')) {
      patternAt = piece.end;
      at += 1;
    } else if (star >= 0) {
      patternAt = star + 1;
      starText += 1;
      at = starText;
    } else return false;
  }
  while (pattern[patternAt] === '*') patternAt += 1;
  return patternAt === pattern.length;
}

/** One piece of a pattern that takes one character. */
function pieceAt(pattern: string, at: number): { matches: (character: string) => boolean; end: number } | undefined {
  const character = pattern[at];
  if (character === undefined) return undefined;
  if (character === '?') return { matches: () => true, end: at + 1 };
  if (character === '\\' && at + 1 < pattern.length) return { matches: (c) => c === pattern[at + 1], end: at + 2 };
  const negated = pattern[at + 1] === '!' || pattern[at + 1] === '^';
  const start = at + (negated ? 2 : 1);
  // A bracket right at the start belongs to the set.
  const close = character === '[' ? pattern.indexOf(']', start + 1) : -1;
  if (close < 0) return { matches: (c) => c === character, end: at + 1 };
  const set = pattern.slice(start, close);
  return { matches: (c) => inSet(c, set) !== negated, end: close + 1 };
}

function inSet(character: string, set: string): boolean {
  for (let at = 0; at < set.length; at++) {
    const [low, high] = [set[at] ?? '', set[at + 2]];
    if (set[at + 1] === '-' && high !== undefined) {
      if (character >= low && character <= high) return true;
      at += 2;
    } else if (character === low) return true;
  }
  return false;
}

/** Whether `part` can stand for the one window of `session`. */
function isPartOf(part: string, session: TargetSession): boolean {
  const bare = part.startsWith('=') ? part.slice(1) : part;
  if (bare === '' || bare === '0' || bare === String(session.index) || session.name.startsWith(bare)) return true;
  return bare === `@${session.id}` || /^(?:[!^$+-]|\{(?:last|start|end|next|previous)\})$/.test(bare);
}

function cannotFind(
  kind: 'session' | 'window' | 'pane',
  wanted: string,
  sessions: readonly TargetSession[],
): UserError {
  const name = wanted.replace(/^[:=]+/, '');
  const near = nearest(
    name,
    sessions.map((session) => session.name),
  );
  const hint = near === undefined ? '' : ` (the nearest is ${near})`;
  return new UserError(`can't find ${kind}: ${wanted.replace(/^[:=]/, '').slice(0, 100)}${hint}`);
}

/** The client of a tty: its whole name, or without /dev/, or its last part. Throws UserError when there is none. */
export function findClient<C extends { readonly name: string }>(
  target: string | undefined,
  clients: readonly C[],
  current: C | undefined,
): C {
  const wanted = (target ?? '').replace(/:$/, '');
  if (wanted === '' || wanted === '=') {
    if (current !== undefined) return current;
    throw new UserError('no current client');
  }
  const found =
    clients.find((client) => client.name === wanted) ??
    clients.find((client) => client.name === `/dev/${wanted}`) ??
    clients.find((client) => path.basename(client.name) === wanted);
  if (found !== undefined) return found;
  throw new UserError(`can't find client: ${wanted.slice(0, 100)}`);
}
