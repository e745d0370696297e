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
export interface TableHeader {
  readonly start: number;
  readonly end: number;
  readonly columns: number;
}

/** A list that is open, and the item in it. */
export interface Level {
  /** Columns before the marker, and before the content. */
  readonly indent: number;
  readonly content: number;
  /** The bullet, or what follows the number. */
  readonly sign: string;
  readonly number: number;
  /** Columns of the marker as it is shown. */
  readonly width: number;
}

/** The fence that code stands in. */
export interface Fence {
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

/** Where a segment's first line begins, and what was known there. */
export interface Begun {
  readonly start: number;
  readonly state: SegmentState;
}
