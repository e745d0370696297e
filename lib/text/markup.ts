import { parseColor } from './color-name.ts';
import type { Line, Span } from './line.ts';
import {
  BLINK,
  BOLD,
  CURLY_UNDERLINE,
  DASHED_UNDERLINE,
  DIM,
  DOTTED_UNDERLINE,
  DOUBLE_UNDERLINE,
  INVERSE,
  INVISIBLE,
  ITALIC,
  OVERLINE,
  PLAIN,
  SINGLE_UNDERLINE,
  STRIKETHROUGH,
  type Style,
  UNDERLINE_MASK,
  underline,
} from './style.ts';

/** tmux's names of attributes; each may stand with `no` before it. */
const ATTRIBUTES: ReadonlyMap<string, number> = new Map([
  ['bold', BOLD],
  ['bright', BOLD],
  ['dim', DIM],
  ['italics', ITALIC],
  ['blink', BLINK],
  ['reverse', INVERSE],
  ['hidden', INVISIBLE],
  ['strikethrough', STRIKETHROUGH],
  ['overline', OVERLINE],
  ['underscore', underline(SINGLE_UNDERLINE)],
  ['double-underscore', underline(DOUBLE_UNDERLINE)],
  ['curly-underscore', underline(CURLY_UNDERLINE)],
  ['dotted-underscore', underline(DOTTED_UNDERLINE)],
  ['dashed-underscore', underline(DASHED_UNDERLINE)],
]);

/** What tmux's styles may say of a place in the status line; the layout is the widget's, so here they only are valid. */
const PLACEMENT =
  /^(?:(?:no)?(?:align|list|range)|align=(?:left|centre|center|right|absolute-centre)|list=(?:on|focus|left-marker|right-marker)|range=\S+|acs|noacs|ignore|noignore)$/;
const COLORED = /^(fg|bg|us|fill)=(\S+)$/;

/** More markup than any status line has. */
const MAXIMUM_TEXT = 1 << 16;
const MAXIMUM_PUSHED = 16;
/** C0 and C1 controls and DEL never reach a Line. */
const CONTROLS = /[\x00-\x1f\x7f-\x9f]/g;

/** `style` with one word of tmux's style syntax done to it; `base` is what `default` means. Undefined for no such word. */
function applyWord(word: string, style: Style, base: Style): Style | undefined {
  if (word === 'default') return base;
  if (word === 'none') return { ...style, attributes: 0 };
  const attribute = ATTRIBUTES.get(word);
  if (attribute !== undefined) {
    const cleared = (attribute & UNDERLINE_MASK) !== 0 ? UNDERLINE_MASK : 0;
    return { ...style, attributes: (style.attributes & ~cleared) | attribute };
  }
  const removed = word.startsWith('no') ? ATTRIBUTES.get(word.slice(2)) : undefined;
  if (removed !== undefined) {
    const bits = (removed & UNDERLINE_MASK) !== 0 ? UNDERLINE_MASK : removed;
    return { ...style, attributes: style.attributes & ~bits };
  }
  const colored = COLORED.exec(word);
  if (!colored) return PLACEMENT.test(word) ? style : undefined;
  const [, part = '', value = ''] = colored;
  if (part === 'fg') return withColor(style, 'foreground', value, base);
  if (part === 'bg') return withColor(style, 'background', value, base);
  if (part === 'us') return withColor(style, 'underlineColor', value, base);
  return parseColor(value) === undefined ? undefined : style;
}

function withColor(
  style: Style,
  part: 'foreground' | 'background' | 'underlineColor',
  value: string,
  base: Style,
): Style | undefined {
  const color = parseColor(value, base[part]);
  return color === undefined ? undefined : { ...style, [part]: color };
}

const words = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/**
 * The style that tmux's spelling (`fg=red,bold`) makes of `base`; `default` means `base`. Words that mean nothing are
 * passed over: `styleError` finds them.
 */
export function parseStyle(text: string, base: Style = PLAIN): Style {
  let style = base;
  for (const word of words(text.slice(0, MAXIMUM_TEXT))) style = applyWord(word, style, base) ?? style;
  return style;
}

/** The first word of a style that means nothing; undefined when all is well. */
export function styleError(text: string): string | undefined {
  return words(text.slice(0, MAXIMUM_TEXT)).find((word) => applyWord(word, PLAIN, PLAIN) === undefined);
}

/**
 * Text with `#[style]` marks as a line over `base`. `##` is one `#`; a mark that is not closed is text, words that mean
 * nothing are passed over, control characters are left out. Never throws.
 */
export function parseMarkup(text: string, base: Style = PLAIN): Line {
  const spans: Span[] = [];
  const pushed: Style[] = [];
  let fallback = base;
  let style = base;
  let pending = '';
  const flush = () => {
    const clean = pending.replace(CONTROLS, '');
    if (clean !== '') spans.push({ text: clean, style });
    pending = '';
  };
  const source = text.length > MAXIMUM_TEXT ? text.slice(0, MAXIMUM_TEXT) : text;
  let position = 0;
  while (position < source.length) {
    const hash = source.indexOf('#', position);
    if (hash < 0) break;
    pending += source.slice(position, hash);
    const next = source[hash + 1];
    const close = next === '[' ? source.indexOf(']', hash) : -1;
    if (close < 0) {
      pending += '#';
      if (next === '[') {
        position = hash + 1;
        break;
      }
      position = hash + (next === '#' ? 2 : 1);
      continue;
    }
    flush();
    for (const word of words(source.slice(hash + 2, close))) {
      if (word === 'push-default') {
        if (pushed.length < MAXIMUM_PUSHED) pushed.push(fallback);
        fallback = style;
      } else if (word === 'pop-default') {
        fallback = pushed.pop() ?? base;
        style = fallback;
      } else style = applyWord(word, style, fallback) ?? style;
    }
    position = close + 1;
  }
  pending += source.slice(position);
  flush();
  return spans;
}
