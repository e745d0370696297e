import { MAXIMUM_LINE, type SourceLine } from './markdown-lines.ts';
import {
  indentOf,
  isClosing,
  isDelimiterRow,
  isHeading,
  isRule,
  reach,
  readFence,
  readItem,
} from './markdown-marks.ts';
import type { Begun, Fence, Segment, SegmentState, TableHeader } from './markdown-segment.ts';

/** The segment that is being read. */
type Open = { -readonly [Key in keyof Segment]: Segment[Key] } & {
  heading: boolean;
  closed: boolean;
  /** The table in it, and its rows so far. */
  header: TableHeader | undefined;
  rows: number;
  lastStart: number;
  lastText: string;
  /** Whether no line feed ends it yet. */
  lastGrows: boolean;
  /** Where code may be cut so that both halves read well. */
  goodCut: number | undefined;
};

/** Units of one table that are laid out at once, and cells. */
const MAXIMUM_TABLE = 16_384;
const MAXIMUM_CELLS = 2048;

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

  /**
   * The segments end here. A line of code that still grows is one by itself, so that those before it need not be coloured
   * with every piece of it.
   */
  finish(end: number, growing: boolean): readonly Segment[] {
    const open = this.#open;
    if (growing && open?.kind === 'code' && !open.closed && open.lastGrows && open.lastStart > open.start) {
      const { lastStart } = open;
      this.#close(lastStart);
      this.#open = { ...open, start: lastStart, opens: false, gap: false };
    }
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
      lastGrows: false,
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
    if (near && isRule(rest) && !(paragraph === 'flow' && rest.startsWith('-') && !rest.includes(' '))) {
      this.#leave(indent);
      this.#begin('flow', line, { heading: true });
      return;
    }
    if (near && this.#feedItem(line, indent, rest, paragraph)) return;
    const fence = near ? readFence(rest, indent) : undefined;
    if (fence !== undefined) {
      this.#leave(indent);
      this.#openFence(line, fence);
      return;
    }
    if (near && isHeading(rest)) {
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
  #feedItem(line: SourceLine, indent: number, rest: string, paragraph: Segment['kind'] | undefined): boolean {
    const item = readItem(rest, indent, this.#state.levels);
    if (item === undefined) return false;
    const { level, parents, written, marker, content } = item;
    // A number amid a paragraph is no list, unless it is the first one.
    const isNew = paragraph === 'quote' || (paragraph === 'flow' && !item.isSibling && parents.length === 0);
    if (isNew && written !== undefined && written !== 1) return false;
    this.#set({ levels: parents });
    const start = line.start + line.text.length - content.length;
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
    open.lastStart = line.start;
    open.lastGrows = !line.cut && line.next === line.start + line.text.length;
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
