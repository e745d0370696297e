import { clusterEnd } from './cluster.ts';
import {
  BREAKER,
  CLASS_MASK,
  CONSONANT,
  CONTROL,
  codePointInfo,
  EXTEND,
  HANGUL_L,
  HANGUL_LV,
  HANGUL_LVT,
  HANGUL_T,
  HANGUL_V,
  JOINER,
  LINKER,
  OTHER,
  PICTOGRAPH,
  PREPEND,
  REGIONAL_INDICATOR,
} from './unicode-table.ts';

/** Units looked back for a place where a cluster surely begins; what people write is far shorter. */
const MAXIMUM_LOOK_BACK = 4096;

/** Index where the cluster begins that holds the UTF-16 unit at `index`; the length of `text` from there on. */
export function clusterStart(text: string, index: number): number {
  if (index >= text.length) return text.length;
  let start = sureStart(text, Math.max(0, index));
  for (;;) {
    const end = clusterEnd(text, start);
    if (end > index) return start;
    start = end;
  }
}

/** The nearest boundary between clusters at or after `index`. */
export function boundaryFrom(text: string, index: number): number {
  if (index >= text.length) return text.length;
  const start = clusterStart(text, index);
  return start === index ? start : clusterEnd(text, start);
}

/** A place at or before `index` where a cluster begins whatever stands before it. */
function sureStart(text: string, index: number): number {
  let at = pointStart(text, index);
  while (at > 0 && index - at < MAXIMUM_LOOK_BACK) {
    const before = pointStart(text, at - 1);
    if (!mayJoin(classAt(text, before), classAt(text, at), text.charCodeAt(before))) return at;
    at = before;
  }
  return at;
}

/** Whether a code point of a class may belong to the cluster of the one before it, by UAX #29 without its context. */
function mayJoin(before: number, own: number, unit: number): boolean {
  if (unit === 0x0d) return true;
  if (before === CONTROL || own === CONTROL) return false;
  if (before === PREPEND) return true;
  switch (own) {
    case OTHER:
    case PREPEND:
      return false;
    case PICTOGRAPH:
      return before === JOINER;
    case REGIONAL_INDICATOR:
      return before === REGIONAL_INDICATOR;
    case CONSONANT:
      return before === LINKER || before === EXTEND || before === JOINER || before === BREAKER;
    case HANGUL_L:
    case HANGUL_V:
    case HANGUL_T:
    case HANGUL_LV:
    case HANGUL_LVT:
      return isHangul(before);
    default:
      return true;
  }
}

const isHangul = (kind: number): boolean =>
  kind === HANGUL_L || kind === HANGUL_V || kind === HANGUL_T || kind === HANGUL_LV || kind === HANGUL_LVT;

const classAt = (text: string, at: number): number => codePointInfo(text.codePointAt(at) ?? 0) & CLASS_MASK;

/** The beginning of the code point that holds the unit at `index`. */
function pointStart(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const isLow = unit >= 0xdc00 && unit <= 0xdfff;
  return isLow && index > 0 && (text.codePointAt(index - 1) ?? 0) > 0xffff ? index - 1 : index;
}
