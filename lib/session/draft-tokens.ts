import type { UserPart } from '../conversation/message.ts';

/** Characters that stand for folded texts: plane 16, private use, which no font and no program fills. */
const FIRST = 0x100000;
const LAST = 0x10fffd;
const TOKENS = /[\u{100000}-\u{10fffd}]/gu;
/** The high surrogates of plane 16. */
const FIRST_SURROGATE = 0xdbc0;
const LAST_SURROGATE = 0xdbff;

/** A paste with more lines, or more characters, is folded. */
const MAXIMUM_LINES = 10;
const MAXIMUM_CHARACTERS = 2000;

interface Folded {
  readonly label: string;
  readonly text: string;
}

/** The folded texts of a draft: each is one character of it, so that motions, deletions and undo need not know of them. */
export class DraftTokens {
  readonly #folded = new Map<string, Folded>();
  #next = FIRST;
  #units = 0;

  /** Units of all folded texts, those included that only undo or the kill buffer knows. */
  get units(): number {
    return this.#units;
  }

  /** A character that stands for `text`. */
  add(label: string, text: string): string {
    const character = String.fromCodePoint(this.#next);
    this.#next = this.#next === LAST ? FIRST : this.#next + 1;
    this.#forget(character);
    this.#folded.set(character, { label, text });
    this.#units += text.length;
    return character;
  }

  /** Drops those that are not in `draft`. */
  keep(draft: string): void {
    const kept = new Set(draft.match(TOKENS));
    for (const character of this.#folded.keys()) if (!kept.has(character)) this.#forget(character);
  }

  /** Whether all tokens of a text are known still. */
  knows(text: string): boolean {
    return (text.match(TOKENS) ?? []).every((character) => this.#folded.has(character));
  }

  /** A text with its tokens as they are shown. */
  shown(text: string): string {
    if (!mayHold(text)) return text;
    return text.replace(TOKENS, (character) => `[${this.#folded.get(character)?.label ?? 'gone'}]`);
  }

  /** What the text means: units with all that is folded. */
  size(text: string): number {
    if (this.#folded.size === 0) return text.length;
    let size = text.length;
    for (const [character] of text.matchAll(TOKENS)) size += this.#folded.get(character)?.text.length ?? 0;
    return size;
  }

  /** The whole text as parts: each token one of its own. */
  parts(text: string): readonly UserPart[] {
    const parts: UserPart[] = [];
    let from = 0;
    for (const match of text.matchAll(TOKENS)) {
      if (match.index > from) parts.push({ text: text.slice(from, match.index), label: undefined });
      const folded = this.#folded.get(match[0]);
      if (folded !== undefined) parts.push(folded);
      from = match.index + match[0].length;
    }
    if (from < text.length) parts.push({ text: text.slice(from), label: undefined });
    return parts;
  }

  #forget(character: string): void {
    this.#units -= this.#folded.get(character)?.text.length ?? 0;
    this.#folded.delete(character);
  }
}

/** Whether a text holds tokens, if it is short; a long one may. */
function mayHold(text: string): boolean {
  if (text.length > 8) return true;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= FIRST_SURROGATE && unit <= LAST_SURROGATE) return true;
  }
  return false;
}

/** How a pasted text is called when it is folded; undefined for one that is short enough to be shown. */
export function foldLabel(text: string): string | undefined {
  let lines = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  if (lines > MAXIMUM_LINES) return `pasted ${lines} lines`;
  return text.length > MAXIMUM_CHARACTERS ? `pasted ${text.length} characters` : undefined;
}
