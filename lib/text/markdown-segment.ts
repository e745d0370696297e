import type { SourceLine } from './markdown-lines.ts';
import { MAXIMUM_LINE } from './markdown-lines.ts';

/** A piece of Markdown that is laid out by itself: a paragraph, a heading, a list item's own text, lines of code. */
export interface Segment {
  /** `flow` is anything that is neither quoted nor fenced. */
  readonly kind: 'flow' | 'quote' | 'code';
  readonly start: number;
  readonly end: number;
  /** Columns of blanks that do not belong to its lines. */
  readonly dedent: number;
  /** Columns it stands to the right. */
  readonly indent: number;
  /** Whether a blank row stands before it. */
  readonly gap: boolean;
  /** What stands before its first row, when it begins a list item. */
  readonly marker: string;
  /** It begins amid a line or a paragraph: its first line is no heading, whatever it looks like. */
  readonly inline: boolean;
  /** Of code, as its fence says. */
  readonly language: string;
  /** Whether its code begins here, so that its language is shown. */
  readonly opens: boolean;
  /** Where the header of its table lies, when that is not in it. */
  readonly table: TableHeader | undefined;
}

/** The first two lines of a table. */
interface TableHeader {
  readonly start: number;
  readonly end: number;
  readonly columns: number;
}

interface Level {
  /** Columns before the marker, and before the content. */
  readonly indent: number;
  readonly content: number;
  /** The bullet, or what follows the number. */
  readonly sign: string;
  readonly number: number;
  /** Columns of the marker as it is shown. */
  readonly width: number;
}

interface Fence {
  readonly sign: string;
  readonly length: number;
  readonly indent: number;
  readonly language: string;
}

/** What must be known to go on at the beginning of a line. */
export interface SegmentState {
  readonly levels: readonly Level[];
  readonly fence: Fence | undefined;
  /** Whether a blank line came last. */
  readonly blank: boolean;
  /** What the last segment was; undefined at the start of the text. */
  readonly before: 'flow' | 'heading' | 'code' | 'quote' | undefined;
  /** The paragraph or quote that goes on although its segment was full. */
  readonly goesOn: { readonly kind: 'flow' | 'quote'; readonly table: TableHeader | undefined } | undefined;
  /** Whether the next line begins amid a line. */
  readonly continued: boolean;
}

export const START: SegmentState = {
  levels: [],
  fence: undefined,
  blank: false,
  before: undefined,
  goesOn: undefined,
  continued: false,
};

type Open = { -readonly [Key in keyof Segment]: Segment[Key] } & {
  heading: boolean;
  closed: boolean;
  /** The table in it, and its rows so far. */
  header: TableHeader | undefined;
  rows: number;
  lastStart: number;
  lastText: string;
  /** Where code may be cut so that both halves read well. */
  goodCut: number | undefined;
};

/** Where a segment's first line begins, and what was known there. */
export interface Begun {
  readonly start: number;
  readonly state: SegmentState;
}

/** Units of one table that are laid out at once, and cells. */
const MAXIMUM_TABLE = 16_384;
const MAXIMUM_CELLS = 2048;
/** Lists in lists beyond this are one. */
const MAXIMUM_LEVELS = 12;
const MAXIMUM_LANGUAGE = 40;

const MARKER = /^([-+*]|\d{1,9}[.)])(?:( {1,4})(?=\S)|[ \t]|$)/;
const TASK = /^\[([ xX])\](?:[ \t]+|$)/;
const RULE = /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;
const FENCE = /^(`{3,}|~{3,})(.*)$/;
const DELIMITER_ROW = /^[ \t|:-]+$/;
const BULLETS = ['•', '◦', '▪'];

/** Columns of the blanks at the start of a line, and how many units they are. */
function indentOf(text: string): { readonly columns: number; readonly units: number } {
  let columns = 0;
  let units = 0;
  for (; units < text.length; units++) {
    const unit = text.charCodeAt(units);
    if (unit === 0x20) columns += 1;
    else if (unit === 0x09) columns += 4 - (columns % 4);
    else break;
  }
  return { columns, units };
}

/**
 * Cuts Markdown into segments, line by line, so that each can be laid out without the others and long before the text
 * is whole. What it makes of a line depends on the lines before it only.
 */
export class Segmenter {
  #state: SegmentState;
  #open: Open | undefined;
  #found: Segment[] = [];
  #before: SegmentState;
  #begun: Begun | undefined;

  constructor(state: SegmentState) {
    this.#state = state;
    this.#before = state;
  }

  /** Whether the next line begins amid a line. */
  get continued(): boolean {
    return this.#state.continued;
  }

  /** Where the text may be taken apart, since a segment or blank lines began with the last line. */
  get begun(): Begun | undefined {
    return this.#begun;
  }

  /** The segments that are finished since the last call. */
  take(): readonly Segment[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** The text ends. */
  finish(end: number): readonly Segment[] {
    this.#close(end);
    return this.take();
  }

  /** The next line. Returns where to read on: mostly its end, but earlier when code is better cut there. */
  feed(line: SourceLine): number {
    this.#before = this.#state;
    this.#begun = undefined;
    const { fence } = this.#state;
    if (fence !== undefined) return this.#feedCode(line, fence);
    if (line.continued) this.#feedContinued(line);
    else if (line.text.trim() === '') this.#feedBlank(line);
    else this.#feedLine(line);
    if (line.cut !== this.#state.continued) this.#set({ continued: line.cut });
    return line.next;
  }

  #set(change: Partial<SegmentState>): void {
    this.#state = { ...this.#state, ...change };
  }

  #close(end: number): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    if (!open.closed) open.end = end;
    const { kind, start, dedent, indent, gap, marker, inline, language, opens, table } = open;
    this.#found.push({ kind, start, end: open.end, dedent, indent, gap, marker, inline, language, opens, table });
  }

  #begin(kind: Segment['kind'], line: SourceLine, more: Partial<Open> = {}): Open {
    const { levels, blank, before } = this.#state;
    this.#close(line.start);
    const tight = !blank && before !== 'heading' && (more.marker !== undefined || levels.length > 0);
    const open: Open = {
      kind,
      start: line.start,
      end: line.next,
      dedent: levels.at(-1)?.content ?? 0,
      indent: levels.reduce((sum, { width }) => sum + width, 0),
      gap: before !== undefined && !tight,
      marker: '',
      inline: false,
      language: '',
      opens: false,
      table: undefined,
      heading: false,
      closed: false,
      header: undefined,
      rows: 0,
      lastStart: line.start,
      lastText: line.text,
      goodCut: undefined,
      ...more,
    };
    this.#open = open;
    this.#begun ??= { start: line.start, state: this.#before };
    this.#set({ blank: false, before: open.heading ? 'heading' : kind, goesOn: undefined });
    return open;
  }

  #feedBlank({ start }: SourceLine): void {
    this.#close(start);
    this.#begun = { start, state: this.#before };
    this.#set({ blank: this.#state.before !== undefined, goesOn: undefined });
  }

  #feedContinued(line: SourceLine): void {
    const { goesOn } = this.#state;
    this.#begin(goesOn?.kind ?? 'flow', line, { inline: true, gap: false });
    this.#checkSize(line);
  }

  #feedLine(line: SourceLine): void {
    const { columns: indent, units } = indentOf(line.text);
    const rest = line.text.slice(units);
    const open = this.#open?.heading === true || this.#open?.closed === true ? undefined : this.#open;
    const paragraph = open?.kind ?? this.#state.goesOn?.kind;
    const inList = this.#state.levels.length > 0;
    const near = indent < 4 || inList;
    if (near && RULE.test(rest) && !(paragraph === 'flow' && rest.startsWith('-') && !rest.includes(' '))) {
      this.#leave(indent);
      this.#begin('flow', line, { heading: true });
      return;
    }
    if (near && this.#feedItem(line, indent, units, rest, paragraph)) return;
    const fence = near ? readFence(rest, indent) : undefined;
    if (fence !== undefined) {
      this.#leave(indent);
      this.#openFence(line, fence);
      return;
    }
    if (near && HEADING.test(rest)) {
      this.#leave(indent);
      this.#begin('flow', line, { heading: true });
      if (line.next - line.start >= MAXIMUM_LINE) this.#goOn(line, undefined);
      return;
    }
    if (near && rest.startsWith('>')) {
      if (open?.kind !== 'quote') {
        const goesOn = this.#state.goesOn?.kind === 'quote';
        if (!goesOn) this.#leave(indent);
        this.#begin('quote', line, goesOn ? { gap: false } : {});
      }
      this.#checkSize(line);
      return;
    }
    if (paragraph === undefined) this.#leave(indent);
    if (open === undefined) {
      const { goesOn } = this.#state;
      if (goesOn === undefined) this.#begin('flow', line);
      else {
        const { kind, table } = goesOn;
        this.#begin(kind, line, { gap: false, inline: table === undefined, table, header: table });
      }
    }
    this.#checkSize(line);
  }

  /** Ends the lists whose items do not reach to a line that stands at `indent`. */
  #leave(indent: number): void {
    const { levels } = this.#state;
    const kept = reach(levels, indent);
    if (kept < levels.length) this.#set({ levels: levels.slice(0, kept) });
  }

  /** Whether the line begins a list item. */
  #feedItem(
    line: SourceLine,
    indent: number,
    units: number,
    rest: string,
    paragraph: Segment['kind'] | undefined,
  ): boolean {
    const match = MARKER.exec(rest);
    if (match === null) return false;
    const [whole, word = '', blanks] = match;
    const { levels } = this.#state;
    const depth = Math.min(reach(levels, indent), MAXIMUM_LEVELS - 1);
    const sibling = levels[depth];
    const isOrdered = word.length > 1;
    const sign = word.slice(-1);
    const own = isOrdered ? Number.parseInt(word, 10) : 0;
    if (paragraph === 'flow' && sibling === undefined && depth === 0 && isOrdered && own !== 1) return false;
    if (paragraph === 'quote' && isOrdered && own !== 1) return false;
    const last = sibling?.sign === sign ? sibling.number : -1;
    const number = own > last ? own : last + 1;
    let content = rest.slice(whole.length);
    const task = TASK.exec(content);
    if (task !== null) content = content.slice(task[0].length);
    const box = task === null ? '' : task[1] === ' ' ? '☐ ' : '☑ ';
    const sized = isOrdered ? `${number}${sign} ` : `${BULLETS[Math.min(depth, BULLETS.length - 1)]} `;
    const marker = isOrdered || box === '' ? sized + box : box;
    const level: Level = {
      indent,
      content: indent + word.length + (blanks?.length ?? 1),
      sign,
      number,
      width: marker.length,
    };
    const parents = levels.slice(0, depth);
    this.#set({ levels: parents });
    const start = line.start + units + (rest.length - content.length);
    this.#begin('flow', line, { start, marker, dedent: level.content });
    this.#set({ levels: [...parents, level] });
    const fence = readFence(content, level.content);
    if (fence !== undefined) this.#openFence({ ...line, start }, fence);
    else this.#checkSize(line);
    return true;
  }

  #openFence(line: SourceLine, fence: Fence): void {
    const open = this.#begin('code', line, { language: fence.language, opens: true, dedent: fence.indent });
    open.start = line.next;
    this.#set({ fence });
  }

  #feedCode(line: SourceLine, fence: Fence): number {
    if (line.cut !== this.#state.continued) this.#set({ continued: line.cut });
    const open =
      this.#open ?? this.#begin('code', line, { language: fence.language, dedent: fence.indent, gap: false });
    const { columns, units } = indentOf(line.text);
    const rest = line.text.slice(units).trimEnd();
    if (!line.continued && columns < fence.indent + 4 && isClosing(rest, fence)) {
      open.end = line.start;
      open.closed = true;
      this.#set({ fence: undefined });
      return line.next;
    }
    const size = line.next - open.start;
    if (
      open.lastText.trim() === '' &&
      columns <= fence.indent &&
      rest !== '' &&
      line.start - open.start > MAXIMUM_LINE / 4
    )
      open.goodCut = line.start;
    open.lastText = line.text;
    if (size < MAXIMUM_LINE) return line.next;
    const cut = open.goodCut ?? line.next;
    this.#close(cut);
    if (cut !== line.next) this.#set({ continued: false });
    return cut;
  }

  /** Takes a line into the open segment, and ends that where it is full. */
  #checkSize(line: SourceLine): void {
    const open = this.#open;
    if (open === undefined) return;
    if (open.kind === 'flow' && line.start > open.lastStart && isDelimiterRow(line.text, open.lastText)) {
      open.header = { start: open.lastStart, end: line.next, columns: open.lastText.split('|').length };
      open.rows = 0;
    }
    open.lastStart = line.start;
    open.lastText = line.text;
    open.rows += 1;
    const { header, rows } = open;
    const size = line.next - open.start;
    const isFull =
      header === undefined ? size >= MAXIMUM_LINE : size >= MAXIMUM_TABLE || rows * header.columns >= MAXIMUM_CELLS;
    if (isFull || line.cut) this.#goOn(line, header);
  }

  #goOn(line: SourceLine, table: TableHeader | undefined): void {
    const kind = this.#open?.kind === 'quote' ? 'quote' : 'flow';
    this.#close(line.next);
    this.#set({ goesOn: { kind, table } });
  }
}

/** How many levels a line at `indent` still lies in; two columns are enough, as people write them. */
function reach(levels: readonly Level[], indent: number): number {
  let count = 0;
  while (count < levels.length) {
    const level = levels[count];
    if (level === undefined || indent < Math.min(level.content, level.indent + 2)) break;
    count += 1;
  }
  return count;
}

function readFence(rest: string, indent: number): Fence | undefined {
  const match = FENCE.exec(rest);
  if (match === null) return undefined;
  const [, signs = '', info = ''] = match;
  const sign = signs.charAt(0);
  if (sign === '`' && info.includes('`')) return undefined;
  const language = info.trim().split(/[\s,{]/, 1)[0] ?? '';
  return { sign, length: signs.length, indent, language: language.slice(0, MAXIMUM_LANGUAGE) };
}

const isClosing = (rest: string, { sign, length }: Fence): boolean =>
  rest.length >= length && rest.startsWith(sign) && rest === sign.repeat(rest.length);

const isDelimiterRow = (text: string, before: string): boolean =>
  text.includes('|') && text.includes('-') && before.includes('|') && DELIMITER_ROW.test(text);
