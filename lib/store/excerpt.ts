/** Units of an excerpt before what was found, and in all; and of the lines around it on either side. */
const BEFORE = 30;
const EXCERPT = 120;
const AROUND = 400;

/** Some text around the last place that has one of the words, the first of them before all; marked with `start` and `end`. */
export function lastExcerpt(
  text: string,
  words: readonly string[],
  { start, end }: { readonly start: string; readonly end: string },
): { readonly excerpt: string; readonly around: string } {
  const lower = text.toLowerCase();
  const at = words.map((word) => lower.lastIndexOf(word)).find((place) => place >= 0) ?? lower.length - 1;
  const from = Math.max(0, at - BEFORE, lower.lastIndexOf('\n', at) + 1);
  const shown = text.slice(from, from + EXCERPT);
  let excerpt = '';
  let done = 0;
  for (const [first, last] of places(shown.toLowerCase(), words)) {
    excerpt += shown.slice(done, first) + start + shown.slice(first, last) + end;
    done = last;
  }
  return { excerpt: excerpt + shown.slice(done), around: text.slice(Math.max(0, at - AROUND), at + AROUND) };
}

function places(text: string, words: readonly string[]): readonly (readonly [number, number])[] {
  const found = words
    .map((word) => [text.indexOf(word), text.indexOf(word) + word.length] as const)
    .filter(([first]) => first >= 0)
    .sort(([a], [b]) => a - b);
  return found.filter(([first], index) => index === 0 || first >= (found[index - 1]?.[1] ?? 0));
}
