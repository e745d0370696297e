import { clusterEnd } from './cluster.ts';

/** A longer line is taken as several: nothing that is laid out at once gets longer than this. */
export const MAXIMUM_LINE = 4096;
/** What must follow a cut to tell where its cluster ends. */
const LOOKAHEAD = 64;

/** A line of a source, or a piece of one that is too long. */
export interface SourceLine {
  /** Without its end. */
  readonly text: string;
  readonly start: number;
  /** Where the next one begins. */
  readonly next: number;
  /** Whether it begins amid a line. */
  readonly continued: boolean;
  /** Whether it ends amid a line. */
  readonly cut: boolean;
}

/**
 * The lines of `text`, which begins at unit `offset` of the source; `continued` says that this is amid a line. With
 * `whole`, the last one counts though no line feed ends it. The cuts depend only on what comes before them.
 */
export function* sourceLines(
  text: string,
  offset: number,
  continued: boolean,
  whole: boolean,
): Generator<SourceLine, void, undefined> {
  let start = 0;
  let amid = continued;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    if (end - start > MAXIMUM_LINE + LOOKAHEAD) {
      const cut = cutPlace(text, start);
      yield { text: text.slice(start, cut), start: offset + start, next: offset + cut, continued: amid, cut: true };
      start = cut;
      amid = true;
      continue;
    }
    if (feed < 0 && !whole) return;
    const next = feed < 0 ? end : feed + 1;
    const last = end > start && text.charCodeAt(end - 1) === 0x0d ? end - 1 : end;
    yield { text: text.slice(start, last), start: offset + start, next: offset + next, continued: amid, cut: false };
    start = next;
    amid = false;
  }
}

/** After a blank where there is one in the second half, else between clusters. */
function cutPlace(text: string, start: number): number {
  const limit = start + MAXIMUM_LINE;
  const blank = text.lastIndexOf(' ', limit - 1);
  if (blank >= start + MAXIMUM_LINE / 2) return blank + 1;
  let place = limit - LOOKAHEAD;
  if (isLowSurrogate(text.charCodeAt(place))) place -= 1;
  for (;;) {
    const end = clusterEnd(text, place);
    if (end > limit) break;
    place = end;
  }
  if (place > limit - LOOKAHEAD) return place;
  return isLowSurrogate(text.charCodeAt(limit)) ? limit - 1 : limit;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
