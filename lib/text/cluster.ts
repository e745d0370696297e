import {
  BREAKER,
  CLASS_MASK,
  CONSONANT,
  CONTROL,
  codePointInfo,
  EMOJI,
  EMOJI_PRESENTATION,
  EXTEND,
  HANGUL_L,
  HANGUL_LV,
  HANGUL_LVT,
  HANGUL_T,
  HANGUL_V,
  infoWidth,
  JOINER,
  LINKER,
  OTHER,
  PICTOGRAPH,
  PREPEND,
  REGIONAL_INDICATOR,
  SPACING_MARK,
} from './unicode-table.ts';

/*
 * The state between two code points, as one number: the class of the first and whether it is an emoji, and what the
 * rules that look further back need: how far a pictograph sequence (GB11) and a conjunct (GB9c) have come, and whether
 * the number of regional indicators is odd (GB12).
 */
const PICTOGRAPH_SEEN = 1 << 8;
const PICTOGRAPH_JOINER = 2 << 8;
const PICTOGRAPH_MASK = 3 << 8;
const ODD_INDICATOR = 1 << 10;
const CONSONANT_SEEN = 1 << 11;
const CONSONANT_LINKED = 2 << 11;
const CONSONANT_MASK = 3 << 11;

/** The state before the first code point: nothing joins it. */
export const CLUSTER_START = CONTROL;

/** Whether a code point of `info` (unicode-table.ts) belongs to the cluster that `state` is in, by UAX #29. */
export function joins(state: number, info: number): boolean {
  const before = state & CLASS_MASK;
  const own = info & CLASS_MASK;
  if (before === CONTROL || own === CONTROL) return false;
  if (before === PREPEND) return true;
  switch (own) {
    case EXTEND:
    case JOINER:
    case SPACING_MARK:
    case LINKER:
    case BREAKER:
      return true;
    case HANGUL_L:
    case HANGUL_LV:
    case HANGUL_LVT:
      return before === HANGUL_L;
    case HANGUL_V:
      return before === HANGUL_L || before === HANGUL_V || before === HANGUL_LV;
    case HANGUL_T:
      return before === HANGUL_V || before === HANGUL_T || before === HANGUL_LV || before === HANGUL_LVT;
    case REGIONAL_INDICATOR:
      return (state & ODD_INDICATOR) !== 0;
    case PICTOGRAPH:
      return (state & PICTOGRAPH_MASK) === PICTOGRAPH_JOINER;
    case CONSONANT:
      return (state & CONSONANT_MASK) === CONSONANT_LINKED;
    default:
      return false;
  }
}

/** The state after a code point of `info`. */
export function clusterState(state: number, info: number): number {
  const base = info & (CLASS_MASK | EMOJI);
  const pictograph = state & PICTOGRAPH_MASK;
  const consonant = state & CONSONANT_MASK;
  const extended = pictograph === PICTOGRAPH_SEEN ? PICTOGRAPH_SEEN : 0;
  switch (info & CLASS_MASK) {
    case OTHER:
      return base;
    case PICTOGRAPH:
      return base | PICTOGRAPH_SEEN;
    case CONSONANT:
      return base | CONSONANT_SEEN;
    case REGIONAL_INDICATOR:
      return base | (~state & ODD_INDICATOR);
    case EXTEND:
      return base | extended | consonant;
    case BREAKER:
      return base | extended;
    case LINKER:
      return base | extended | (consonant === 0 ? 0 : CONSONANT_LINKED);
    case JOINER:
      return base | (extended === 0 ? 0 : PICTOGRAPH_JOINER) | consonant;
    default:
      return base;
  }
}

/**
 * The columns of a cluster of `width` once a code point of `info` joins it: the sum of its parts and at most two, as
 * terminals that know no clusters count nearest to; two when an emoji is asked to look like one (U+FE0F).
 */
export function joinedWidth(state: number, info: number, width: number): number {
  if ((info & EMOJI_PRESENTATION) !== 0 && (state & EMOJI) !== 0) return 2;
  return Math.min(2, width + infoWidth(info));
}

/** Index one past the cluster of `text` that starts at `start`. */
export function clusterEnd(text: string, start: number): number {
  let state = CLUSTER_START;
  let index = start;
  while (index < text.length) {
    const point = text.codePointAt(index) ?? 0;
    if (index > start && state === CONTROL)
      return point === 0x0a && text.charCodeAt(start) === 0x0d ? index + 1 : index;
    const info = codePointInfo(point);
    if (index > start && !joins(state, info)) return index;
    state = clusterState(state, info);
    index += point > 0xffff ? 2 : 1;
  }
  return index;
}
