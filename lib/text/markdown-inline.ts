import type { MarkedToken, Token } from 'marked';
import { resolveReferences } from './character-reference.ts';
import { cleanLine } from './clean-line.ts';
import { shorten } from './cut.ts';
import { linkTo, safeTarget } from './hyperlink.ts';
import type { Line, Span } from './line.ts';
import { BOLD, DIM, ITALIC, palette, SINGLE_UNDERLINE, STRIKETHROUGH, type Style, underline } from './style.ts';

/** Colour of inline code. */
const CODE_COLOR = palette(6);
const LINE_BREAK = /^<br\s{0,8}\/?>$/i;
/** Stands for an image without words. */
const IMAGE: Token = { type: 'text', raw: 'image', text: 'image' };
/** Units of a link's target that are shown. */
const MAXIMUM_SHOWN = 200;

const withAttributes = (style: Style, attributes: number): Style => ({
  ...style,
  attributes: style.attributes | attributes,
});

/** Inline tokens as spans of clean text. A span that is a line feed alone breaks the row. */
export function inlineSpans(tokens: readonly Token[], style: Style): Line {
  const spans: Span[] = [];
  appendTokens(tokens, style, spans);
  return spans;
}

function appendTokens(tokens: readonly Token[], style: Style, spans: Span[]): void {
  for (const token of tokens) if (isMarked(token)) appendToken(token, style, spans);
}

/** No extension is in use, so that all tokens are marked's own. */
export const isMarked = (_token: Token): _token is MarkedToken => true;

function appendToken(token: MarkedToken, style: Style, spans: Span[]): void {
  switch (token.type) {
    case 'strong':
      appendTokens(token.tokens, withAttributes(style, BOLD), spans);
      return;
    case 'em':
      appendTokens(token.tokens, withAttributes(style, ITALIC), spans);
      return;
    case 'del':
      appendTokens(token.tokens, withAttributes(style, STRIKETHROUGH), spans);
      return;
    case 'codespan':
      append(token.text, { ...style, foreground: CODE_COLOR }, spans);
      return;
    case 'br':
      spans.push({ text: '\n', style });
      return;
    case 'link':
      appendLink(token.tokens, token.href, style, spans);
      return;
    case 'image':
      appendLink(token.text === '' ? [IMAGE] : token.tokens, token.href, style, spans);
      return;
    case 'html':
      if (LINE_BREAK.test(token.raw)) spans.push({ text: '\n', style });
      else append(token.raw, style, spans);
      return;
    case 'text':
      if (token.tokens !== undefined) appendTokens(token.tokens, style, spans);
      else append(resolveReferences(token.text), style, spans);
      return;
    case 'escape':
      append(token.text, style, spans);
      return;
    default:
      append(token.raw, style, spans);
  }
}

function append(text: string, style: Style, spans: Span[]): void {
  const clean = cleanLine(text.includes('\n') ? text.replace(/[ \t]*\r?\n[ \t]*/g, ' ') : text);
  if (clean !== '') spans.push({ text: clean, style });
}

/** A link's text, and its target where the text says something else, so that nobody is led astray. */
function appendLink(tokens: readonly Token[], href: string, style: Style, spans: Span[]): void {
  const target = resolveReferences(href);
  const safe = safeTarget(target);
  const linked =
    safe === undefined ? style : { ...withAttributes(style, underline(SINGLE_UNDERLINE)), link: linkTo(safe) };
  const from = spans.length;
  appendTokens(tokens, linked, spans);
  const shown = spans
    .slice(from)
    .map(({ text }) => text)
    .join('');
  const named = safe ?? target;
  if (named === '' || sameTarget(shown, named)) return;
  append(
    `${shown === '' ? '' : ' '}(${shorten(named, MAXIMUM_SHOWN)})`,
    withAttributes({ ...style, link: linked.link }, DIM),
    spans,
  );
}

const sameTarget = (text: string, target: string): boolean => bare(text) === bare(target);

/** What people leave away when they write an address. */
const bare = (address: string): string =>
  address
    .trim()
    .replace(/^(?:https?:\/\/|mailto:)/i, '')
    .replace(/\/$/, '')
    .toLowerCase();
