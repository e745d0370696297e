import { Lexer, type MarkedToken } from 'marked';
import { cleanLine } from './clean-line.ts';
import { codeRows } from './code-rows.ts';
import { BLANK_ROW, cutRow, type LaidRow, wrapRows } from './laid-row.ts';
import { inlineSpans, isMarked } from './markdown-inline.ts';
import { tableRows } from './markdown-table.ts';
import { BOLD, DIM, ITALIC, PLAIN, SINGLE_UNDERLINE, type Style, underline } from './style.ts';

/** More marks than this in one piece are no text that somebody formatted: they would cost the square of their number. */
const MAXIMUM_MARKS = 512;
const MARKS = /[*_~[\]`<]/g;

const HEADINGS: readonly Style[] = [
  { ...PLAIN, attributes: BOLD | underline(SINGLE_UNDERLINE) },
  { ...PLAIN, attributes: BOLD },
  { ...PLAIN, attributes: BOLD | ITALIC },
];
const FRAME: Style = { ...PLAIN, attributes: DIM };

export interface FlowOptions {
  /** It begins amid a paragraph. */
  readonly inline: boolean;
  /** Its first two lines are the header of a table that goes on. */
  readonly withoutHeader: boolean;
}

/** A piece of Markdown without fences and lists as rows. Never throws. */
export function flowRows(source: string, columns: number, { inline, withoutHeader }: FlowOptions): LaidRow[] {
  const text = source.replace(/\r\n/g, '\n').trimEnd();
  if (text === '') return [];
  if (isTangled(text)) return plainRows(text, columns);
  try {
    const lexer = new Lexer({ gfm: true });
    if (inline) return wrapRows(inlineSpans(lexer.inlineTokens(text), PLAIN), columns);
    const rows: LaidRow[] = [];
    for (const token of lexer.lex(text)) {
      if (!isMarked(token)) continue;
      const laid = tokenRows(token, columns, !withoutHeader);
      if (laid.length > 0 && rows.length > 0 && token.type !== 'def') rows.push(BLANK_ROW);
      rows.push(...laid);
    }
    return rows;
  } catch {
    // Nesting that no person writes overflows the lexer's stack.
    return plainRows(text, columns);
  }
}

function tokenRows(token: MarkedToken, columns: number, withHeader: boolean): LaidRow[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'heading':
      return wrapRows(inlineSpans(token.tokens, headingStyle(token.depth)), columns);
    case 'paragraph':
      return wrapRows(inlineSpans(token.tokens, PLAIN), columns);
    case 'text':
      return wrapRows(inlineSpans([token], PLAIN), columns);
    case 'hr':
      return [ruleRow(columns)];
    case 'code':
      return codeRows(token.text.split('\n'), '', columns, false);
    case 'table':
      return tableRows(token, columns, withHeader);
    default:
      return plainRows(token.raw, columns);
  }
}

const headingStyle = (depth: number): Style => HEADINGS[Math.min(depth, HEADINGS.length) - 1] ?? PLAIN;

const ruleRow = (columns: number): LaidRow => cutRow([{ text: '─'.repeat(columns), style: FRAME }], columns);

/** As it is written, line by line. */
const plainRows = (text: string, columns: number): LaidRow[] =>
  text
    .trimEnd()
    .split('\n')
    .flatMap((line) => wrapRows([{ text: cleanLine(line), style: PLAIN }], columns));

/** Whether lexing costs too much; in a table every cell is lexed by itself. */
const isTangled = (text: string): boolean =>
  (text.includes('|') ? text.split('\n') : [text]).some((part) => (part.match(MARKS)?.length ?? 0) > MAXIMUM_MARKS);
