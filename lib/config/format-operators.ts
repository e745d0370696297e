import { linearRegExp, MAXIMUM_PATTERN } from './linear-regexp.ts';

/** What tmux takes for true. */
export const isTrue = (text: string): boolean => text !== '' && text !== '0';

export const flag = (value: boolean): string => (value ? '1' : '0');

/** By the numbers of the characters, as strcmp does. */
export function compare(operator: string, left: string, right: string): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    default:
      return left >= right;
  }
}

const MAXIMUM_PRECISION = 20;

/** `#{e|+|f|2:...}`: the result, or '' where an operand is no number or the operator unknown. */
export function calculate(
  operator: string,
  float: boolean,
  precision: number | undefined,
  a: string,
  b: string,
): string {
  let left = decimal(a);
  let right = decimal(b);
  if (left === undefined || right === undefined) return '';
  if (!float) {
    left = Math.trunc(left);
    right = Math.trunc(right);
  }
  const result = arithmetic(operator, left, right);
  if (result === undefined) return '';
  if (!Number.isFinite(result)) return '0';
  const whole = float ? result : Math.trunc(result);
  return (Object.is(whole, -0) ? 0 : whole).toFixed(Math.min(MAXIMUM_PRECISION, precision ?? (float ? 2 : 0)));
}

function decimal(text: string): number | undefined {
  const value = Number(text);
  return /^\s*[-+]?(\d|\.\d)/.test(text) && Number.isFinite(value) ? value : undefined;
}

function arithmetic(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case 'm':
    case '%':
    case '%%':
      return left % right;
    case '==':
      return Number(left === right);
    case '!=':
      return Number(left !== right);
    case '<':
      return Number(left < right);
    case '>':
      return Number(left > right);
    case '<=':
      return Number(left <= right);
    case '>=':
      return Number(left >= right);
    default:
      return undefined;
  }
}

/** `#{m/ri:pattern,text}`: a glob as fnmatch(3) reads it, or with `r` a regular expression; `i` for any case. */
export function matches(pattern: string, text: string, flags: string): boolean {
  if (pattern.length > MAXIMUM_PATTERN) return false;
  const source = flags.includes('r') ? pattern : globSource(pattern);
  return linearRegExp(source, flags.includes('i'))?.test(text) ?? false;
}

/** A glob as an extended regular expression of the whole text. */
function globSource(glob: string): string {
  const source = glob.replace(/\\(.)|\[([!^]?)(\]?(?:\[:\w+:\]|[^\]])*)\]|\*+|./gsu, (part, escaped, negated, set) => {
    if (escaped !== undefined) return literal(escaped);
    if (set !== undefined) return `[${negated === '' ? '' : '^'}${set}]`;
    if (part.startsWith('*')) return '.*';
    return part === '?' ? '.' : literal(part);
  });
  return `^${source}$`;
}

const literal = (character: string): string => (/[\\^$.[\]|()*+?{}]/.test(character) ? `\\${character}` : character);

const MAXIMUM_RESULT = 1 << 14;

/**
 * `#{s/pattern/with/i:text}`: every match replaced; `\1` to `\9` in `replacement` are groups, `\0` the whole. As in tmux
 * an empty match where the last one ended is passed over once.
 */
export function substitute(text: string, pattern: string, replacement: string, flags: string): string {
  const expression = linearRegExp(pattern, flags.includes('i'));
  if (expression === undefined) return text;
  let result = '';
  let copied = 0;
  let from = 0;
  let passedOver = false;
  while (from <= text.length && result.length < MAXIMUM_RESULT) {
    const groups = expression.exec(text, from);
    const [start = -1, end = -1] = groups ?? [];
    if (groups === undefined || start < 0) break;
    result += text.slice(copied, start);
    copied = end;
    const empty = start === end && start === from;
    if (empty && !passedOver && !pattern.startsWith('^')) {
      passedOver = true;
      from = end + 1;
      continue;
    }
    passedOver = start === end;
    from = start === end ? end + 1 : end;
    result += expandGroups(replacement, text, groups);
    if (pattern.startsWith('^')) break;
  }
  return result + text.slice(copied);
}

const expandGroups = (replacement: string, text: string, groups: readonly number[]): string =>
  replacement.replace(/\\(.)/gsu, (_, character: string) => {
    if (!/\d/.test(character)) return character;
    const from = groups[2 * Number(character)] ?? -1;
    return from < 0 ? '' : text.slice(from, groups[2 * Number(character) + 1]);
  });
