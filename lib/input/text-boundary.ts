const WORD = /[\p{L}\p{N}\p{M}_]/u;

let segmenter: Intl.Segmenter | undefined;

/** The clusters of a text. The segmenter is made when first used: it takes 10 ms, and a server starts without it. */
export function clustersOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** The first boundary between clusters at or after an index; indices count UTF-16 units. */
export function boundaryAt(text: string, index: number): number {
  const at = clustersOf(text).containing(index);
  return at === undefined || at.index === index ? Math.min(index, text.length) : at.index + at.segment.length;
}

export function nextBoundary(text: string, index: number): number {
  const at = clustersOf(text).containing(index);
  return at === undefined ? text.length : at.index + at.segment.length;
}

export function previousBoundary(text: string, index: number): number {
  return index <= 0 ? 0 : (clustersOf(text).containing(index - 1)?.index ?? 0);
}

/** After the word at or after an index. */
export function nextWordEnd(text: string, index: number): number {
  let at = index;
  while (at < text.length && !isWord(text, at)) at = after(text, at);
  while (at < text.length && isWord(text, at)) at = after(text, at);
  return boundaryAt(text, at);
}

/** The beginning of the word before an index. */
export function previousWordStart(text: string, index: number): number {
  let at = index;
  while (at > 0 && !isWord(text, before(text, at))) at = before(text, at);
  while (at > 0 && isWord(text, before(text, at))) at = before(text, at);
  return at === text.length ? at : (clustersOf(text).containing(at)?.index ?? at);
}

const isWord = (text: string, at: number): boolean => WORD.test(String.fromCodePoint(text.codePointAt(at) ?? 0x20));

const after = (text: string, at: number): number => at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

const before = (text: string, at: number): number =>
  at >= 2 && (text.codePointAt(at - 2) ?? 0) > 0xffff ? at - 2 : at - 1;
