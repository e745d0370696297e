import { escapeMarkup } from './format-text.ts';

/** A template, taken apart. */
export type Format = readonly FormatNode[];

export type FormatNode =
  /** `text` is markup: each `#` doubled. `time` when it holds a `%` for strftime. */
  | { readonly kind: 'text'; readonly text: string; readonly time: boolean }
  /** `#[...]` */
  | { readonly kind: 'style'; readonly content: Format }
  /** `#(...)` */
  | { readonly kind: 'shell'; readonly command: Format }
  /** `#{name}` and `#S` */
  | { readonly kind: 'variable'; readonly name: string }
  /** `#{modifier;modifier/argument:body}` and `#{?...}` */
  | Replacement;

export interface Replacement {
  readonly kind: 'replacement';
  readonly modifiers: readonly Modifier[];
  /** The body as it was written: a variable's name or a literal. */
  readonly text: string;
  /** The body as templates: its parts between commas where the modifiers ask for parts, else the one that it is. */
  readonly parts: readonly Format[];
  /** The first part as it was written, for the name in a condition. */
  readonly first: string;
}

export interface Modifier {
  readonly name: string;
  readonly arguments: readonly Format[];
}

/** tmux's one-letter variables. */
const ALIASES: Readonly<Record<string, string>> = {
  D: 'pane_id',
  F: 'window_flags',
  H: 'host',
  I: 'window_index',
  P: 'pane_index',
  S: 'session_name',
  T: 'pane_title',
  W: 'window_name',
  h: 'host_short',
};

/** Templates within templates, as far as they are followed. */
const MAXIMUM_DEPTH = 20;
/** UTF-16 units of a template; the rest is left out. */
const MAXIMUM_TEMPLATE = 1 << 16;
const MAXIMUM_CACHED = 500;
const cache = new Map<string, Format>();

/** The template taken apart; kept for next time. Never throws: what is not closed is nothing, as in tmux. */
export function parseFormat(template: string): Format {
  const known = cache.get(template);
  if (known !== undefined) return known;
  const parsed = parse(template.slice(0, MAXIMUM_TEMPLATE), 0, true);
  if (template.length > MAXIMUM_TEMPLATE) return parsed;
  if (cache.size >= MAXIMUM_CACHED) cache.clear();
  cache.set(template, parsed);
  return parsed;
}

function parse(text: string, depth: number, aliases: boolean): Format {
  if (depth > MAXIMUM_DEPTH) return [];
  const nodes: FormatNode[] = [];
  let literal = '';
  let unclosed = false;
  const flush = () => {
    if (literal !== '') nodes.push({ kind: 'text', text: escapeMarkup(literal), time: literal.includes('%') });
    literal = '';
  };
  const add = (node: FormatNode) => {
    flush();
    nodes.push(node);
  };
  for (let index = 0; index < text.length; ) {
    const hash = text.indexOf('#', index);
    if (hash < 0 || hash === text.length - 1) {
      literal += text.slice(index);
      break;
    }
    literal += text.slice(index, hash);
    const next = text.charAt(hash + 1);
    index = hash + 2;
    if (next === '{') {
      const end = skip(text, hash, '}');
      if (end < 0) break;
      add(replacement(text.slice(index, end), depth + 1));
      index = end + 1;
    } else if (next === '(') {
      const end = closingParenthesis(text, index);
      if (end < 0) break;
      add({ kind: 'shell', command: parse(text.slice(index, end), depth + 1, true) });
      index = end + 1;
    } else if (next === '[') {
      const end = unclosed ? -1 : skip(text, index, ']');
      if (end < 0) {
        unclosed = true;
        literal += '#[';
        continue;
      }
      add({ kind: 'style', content: parse(text.slice(index, end), depth + 1, false) });
      index = end + 1;
    } else if (next === '#' || next === ',' || next === '}') {
      literal += next;
    } else {
      const name = aliases && Object.hasOwn(ALIASES, next) ? ALIASES[next] : undefined;
      if (name === undefined) literal += `#${next}`;
      else add({ kind: 'variable', name });
    }
  }
  flush();
  return nodes;
}

function replacement(body: string, depth: number): FormatNode {
  if (body.startsWith('?')) return withBody([{ name: '?', arguments: [] }], body.slice(1), depth);
  const { modifiers, rest } = parseModifiers(body, depth);
  if (modifiers.length === 0 && !rest.includes('#')) return { kind: 'variable', name: rest };
  return withBody(modifiers, rest, depth);
}

/** How many parts a modifier's body has; the last one takes the further commas. */
const PARTS: Readonly<Record<string, number>> = {
  '?': 3,
  '||': 50,
  '&&': 50,
  ...Object.fromEntries(['==', '!=', '<', '>', '<=', '>=', 'm', 'e', 'R', 'S', 'W', 'P', 'L'].map((name) => [name, 2])),
};

function withBody(modifiers: readonly Modifier[], text: string, depth: number): Replacement {
  const count = Math.max(1, ...modifiers.map(({ name }) => PARTS[name] ?? 1));
  const pieces = split(text, count);
  return {
    kind: 'replacement',
    modifiers,
    text,
    parts: pieces.map((piece) => parse(piece, depth, true)),
    first: pieces[0] ?? '',
  };
}

/** Longer ones first where one begins with another. */
const PLAIN_MODIFIERS = ['||', '&&', '!=', '==', '<=', '>=', '!!', ...'labcdnwETSWPLR<>!'];
const MODIFIERS_WITH_ARGUMENTS = 'mCNst=peq';
const MAXIMUM_MODIFIERS = 20;

const isEnd = (character: string | undefined): boolean => character === ';' || character === ':';

/** The modifiers before the colon; none at all when they make no sense, as in tmux: then all is a name. */
function parseModifiers(
  body: string,
  depth: number,
): { readonly modifiers: readonly Modifier[]; readonly rest: string } {
  const none = { modifiers: [], rest: body };
  const modifiers: Modifier[] = [];
  let index = 0;
  while (index < body.length && body[index] !== ':') {
    if (modifiers.length >= MAXIMUM_MODIFIERS) return none;
    if (body[index] === ';') index += 1;
    const name = PLAIN_MODIFIERS.find((each) => body.startsWith(each, index) && isEnd(body[index + each.length]));
    if (name !== undefined) {
      modifiers.push({ name, arguments: [] });
      index += name.length;
      continue;
    }
    const letter = body[index] ?? '';
    if (letter === '' || !MODIFIERS_WITH_ARGUMENTS.includes(letter)) return none;
    const found = modifierArguments(body, index + 1);
    if (found === undefined) return none;
    modifiers.push({ name: letter, arguments: found.texts.map((text) => parse(text, depth + 1, true)) });
    index = found.end;
  }
  return body[index] === ':' ? { modifiers, rest: body.slice(index + 1) } : none;
}

/** `=5`, `=/5/…`, `s|a|b|i`: the texts and where they end. */
function modifierArguments(
  body: string,
  start: number,
): { readonly texts: string[]; readonly end: number } | undefined {
  const wrapper = body[start];
  if (wrapper === undefined) return undefined;
  if (isEnd(wrapper)) return { texts: [], end: start };
  if (!/[!-/:-@[-`{-~]/.test(wrapper) || wrapper === '-') {
    const end = skip(body, start, ':;');
    return end < 0 ? undefined : { texts: [body.slice(start, end)], end };
  }
  const texts: string[] = [];
  let index = start;
  do {
    if (body[index] === wrapper && isEnd(body[index + 1])) return { texts, end: index + 1 };
    const end = skip(body, index + 1, `${wrapper};:`);
    if (end < 0) return undefined;
    texts.push(body.slice(index + 1, end));
    index = end;
  } while (!isEnd(body[index]));
  return { texts, end: index };
}

/** Where the first of `ends` stands that is not within #{...}, from `start`; -1 for nowhere. */
function skip(text: string, start: number, ends: string): number {
  let open = 0;
  for (let index = start; index < text.length; index++) {
    const character = text.charAt(index);
    const next = text.charAt(index + 1);
    if (character === '#' && next === '{') open += 1;
    if (character === '#' && next !== '' && ',#{}:'.includes(next)) {
      index += 1;
      continue;
    }
    if (character === '}') open -= 1;
    if (open === 0 && ends.includes(character)) return index;
  }
  return -1;
}

function closingParenthesis(text: string, start: number): number {
  let open = 1;
  for (let index = start; index < text.length; index++) {
    if (text[index] === '(') open += 1;
    if (text[index] === ')') open -= 1;
    if (open === 0) return index;
  }
  return -1;
}

function split(text: string, count: number): string[] {
  const pieces: string[] = [];
  let start = 0;
  while (pieces.length < count - 1) {
    const comma = skip(text, start, ',');
    if (comma < 0) break;
    pieces.push(text.slice(start, comma));
    start = comma + 1;
  }
  pieces.push(text.slice(start));
  return pieces;
}
