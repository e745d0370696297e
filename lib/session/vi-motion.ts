import type { TextDraft } from './text-draft.ts';
import {
  firstNonBlank,
  lineEnd,
  lineStart,
  nextCluster,
  nextViWord,
  previousCluster,
  previousViWord,
  viWordEnd,
} from './text-motion.ts';

/** Where a motion of vi leads, and what an operator takes on the way there. */
export interface ViTarget {
  readonly at: number;
  /** `inclusive`: with the character there; `lines`: all lines from the one to the other. */
  readonly takes: 'exclusive' | 'inclusive' | 'lines';
}

type Step = (text: string, at: number) => number;

const MAXIMUM_COUNT = 1000;

/** `step` done `count` times. */
function repeated(text: string, from: number, count: number, step: Step): number {
  let at = from;
  for (let done = 0; done < Math.min(count, MAXIMUM_COUNT); done++) {
    const next = step(text, at);
    if (next === at) break;
    at = next;
  }
  return at;
}

const by =
  (takes: ViTarget['takes'], step: Step) =>
  ({ text, cursor }: TextDraft, count: number): ViTarget => ({ at: repeated(text, cursor, count, step), takes });

const lineBelow: Step = (text, at) => (lineEnd(text, at) < text.length ? lineEnd(text, at) + 1 : at);
const lineAbove: Step = (text, at) => (lineStart(text, at) > 0 ? lineStart(text, lineStart(text, at) - 1) : at);

const MOTIONS: ReadonlyMap<string, (draft: TextDraft, count: number) => ViTarget> = new Map([
  ['left', by('exclusive', (text, at) => Math.max(lineStart(text, at), previousCluster(text, at)))],
  ['right', by('exclusive', (text, at) => Math.min(lineEnd(text, at), nextCluster(text, at)))],
  ['up', by('lines', lineAbove)],
  ['down', by('lines', lineBelow)],
  ['word', by('exclusive', (text, at) => nextViWord(text, at, false))],
  ['big-word', by('exclusive', (text, at) => nextViWord(text, at, true))],
  ['back-word', by('exclusive', (text, at) => previousViWord(text, at, false))],
  ['back-big-word', by('exclusive', (text, at) => previousViWord(text, at, true))],
  ['word-end', by('inclusive', (text, at) => viWordEnd(text, at, false))],
  ['big-word-end', by('inclusive', (text, at) => viWordEnd(text, at, true))],
  ['line-start', by('exclusive', lineStart)],
  ['line-text', by('exclusive', firstNonBlank)],
  [
    'line-end',
    ({ text, cursor }, count) => ({
      at: lineEnd(text, repeated(text, cursor, count - 1, lineBelow)),
      takes: 'exclusive',
    }),
  ],
  [
    'first-line',
    ({ text }, count) => ({ at: firstNonBlank(text, repeated(text, 0, count - 1, lineBelow)), takes: 'lines' }),
  ],
  ['last-line', ({ text }) => ({ at: firstNonBlank(text, text.length), takes: 'lines' })],
]);

/** The names that `viTarget` knows. */
export const VI_MOTIONS: readonly string[] = [...MOTIONS.keys()];

/**
 * Where a motion leads from the draft's cursor; undefined for an unknown name. `last-line` with a count goes to that
 * line, as vi's `G`.
 */
export function viTarget(draft: TextDraft, name: string, count: number | undefined): ViTarget | undefined {
  const motion = MOTIONS.get(name === 'last-line' && count !== undefined ? 'first-line' : name);
  return motion?.(draft, count ?? 1);
}

/** vi's f, F, t and T. */
export interface ViFind {
  readonly backward: boolean;
  /** Stops beside the character. */
  readonly till: boolean;
}

/**
 * Where a search for a character within the line leads; undefined when it is not there so often. One that is `repeated`
 * does not stop at what it stands beside.
 */
export function viFind(
  draft: TextDraft,
  character: string,
  find: ViFind,
  count: number,
  repeated: boolean,
): ViTarget | undefined {
  const { text, cursor } = draft;
  const low = lineStart(text, cursor);
  const high = lineEnd(text, cursor);
  const step = find.backward ? previousCluster : nextCluster;
  let left = count;
  for (let at = repeated && find.till ? step(text, cursor) : cursor; ; ) {
    const next = step(text, at);
    if (next === at || next < low || next >= high) return undefined;
    const found = text.slice(next, nextCluster(text, next)) === character;
    if (found) left -= 1;
    if (found && left === 0) {
      const stop = find.till ? (find.backward ? nextCluster(text, next) : at) : next;
      return { at: stop, takes: find.backward ? 'exclusive' : 'inclusive' };
    }
    at = next;
  }
}
