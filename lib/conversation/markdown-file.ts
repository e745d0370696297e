/**
 * How a conversation is parted in a Markdown file: by comments that nobody sees in a reader of Markdown,
 * `<!-- qmux-1 user {"id":1} -->`. The number is one that stands in no text of the conversation, so that whatever a text
 * holds is no comment of ours.
 */
export interface Marker {
  readonly kind: string;
  readonly facts: unknown;
  /** All up to the next one. */
  readonly body: string;
}

/** What the files of this program say; it grows when older programs could not read them any more. */
export const MARKDOWN_VERSION = 1;

/** The lowest number whose comments stand in none of the texts. */
export function freeNumber(texts: Iterable<string>): number {
  const taken = new Set<number>();
  for (const text of texts) for (const [, digits] of text.matchAll(/<!-- qmux-(\d{1,9}) /g)) taken.add(Number(digits));
  let number = 1;
  while (taken.has(number)) number += 1;
  return number;
}

/** A comment of ours, with its line's end. */
export const marker = (number: number, kind: string, facts: unknown): string =>
  `<!-- qmux-${number} ${kind} ${JSON.stringify(facts).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')} -->\n`;

/** A text in a fence that nothing in it ends. */
export function fenced(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}\n`;
}

/** The text of the first fence; empty where there is none. */
export function fencedText(body: string): string {
  const open = /^(`{3,})[a-z]*$/m.exec(body);
  if (open === null) return '';
  const start = open.index + open[0].length + 1;
  const end = body.indexOf(`\n${open[1]}\n`, start - 1);
  return end < start ? '' : body.slice(start, end);
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** What closes the fence that a text leaves open, as its own line; empty for none. */
export function openFence(text: string): string {
  let open = '';
  for (const [, fence = '', rest = ''] of text.matchAll(/^ {0,3}(`{3,}|~{3,})(.*)$/gm)) {
    if (open === '') {
      if (fence[0] !== '`' || !rest.includes('`')) open = fence;
    } else if (fence[0] === open[0] && fence.length >= open.length && rest.trim() === '') open = '';
  }
  return open;
}

/** The parts of a file; undefined when it is none of ours. */
export function markers(text: string): readonly Marker[] | undefined {
  const first = /^\ufeff?\s*<!-- qmux-(\d{1,9}) conversation /.exec(text.slice(0, 4096));
  if (first === null) return undefined;
  const found: Marker[] = [];
  const line = new RegExp(`^<!-- qmux-${first[1]} ([a-z]{1,20}) (.*) -->\\r?(?:\\n|$)`, 'gm');
  let last: { readonly kind: string; readonly facts: unknown; readonly end: number } | undefined;
  const body = text.replace(/^\ufeff?\s*/, '');
  for (const match of body.matchAll(line)) {
    if (last !== undefined) found.push({ ...last, body: body.slice(last.end, match.index) });
    last = { kind: match[1] ?? '', facts: factsOf(match[2] ?? ''), end: match.index + match[0].length };
  }
  if (last !== undefined) found.push({ ...last, body: body.slice(last.end) });
  return found;
}

function factsOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
