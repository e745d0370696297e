import { applyModifiers } from './format-modifiers.ts';
import { calculate, compare, flag, isTrue, matches } from './format-operators.ts';
import type { Run } from './format-run.ts';
import { type Format, type FormatNode, type Modifier, parseFormat, type Replacement } from './format-syntax.ts';
import { escapeMarkup, shownText, unescapeMarkup } from './format-text.ts';
import { strftime } from './strftime.ts';

/** UTF-16 units of a result; what is longer is cut. */
const MAXIMUM_RESULT = 1 << 16;
/** Formats in values of E: and T:, as far as they are followed. */
const MAXIMUM_EXPANSIONS = 10;
const MAXIMUM_REPEATS = 1000;

/** The template with everything put in, as markup. */
export function evaluate(format: Format, run: Run): string {
  let result = '';
  for (const node of format) {
    run.budget.steps -= 1;
    if (run.budget.steps < 0) break;
    result += evaluateNode(node, run);
    if (result.length > MAXIMUM_RESULT) return result.slice(0, MAXIMUM_RESULT).replace(/#+$/, '');
  }
  return result;
}

function evaluateNode(node: FormatNode, run: Run): string {
  switch (node.kind) {
    case 'text':
      return node.time && run.time ? strftime(node.text, run.date) : node.text;
    case 'style':
      return `#[${shownText(evaluate(node.content, run)).replace(/[\][]/g, '')}]`;
    case 'shell':
      return run.shell ? escapeMarkup(run.context.shell(unescapeMarkup(evaluate(node.command, run)))) : '';
    case 'variable':
      return escapeMarkup(run.context.lookup(node.name) ?? '');
    case 'replacement':
      return evaluateReplacement(node, run);
  }
}

function evaluateReplacement(node: Replacement, run: Run): string {
  const operator = node.modifiers.find(({ name }) => OPERATORS.has(name));
  const operate = operator && OPERATORS.get(operator.name);
  const value = operate ? operate(node, run, operator) : bodyValue(node, run);
  return applyModifiers(expandAgain(node, value, run), node.modifiers, run, (format) => evaluate(format, run));
}

/** A name's value, or the body as a template where it is one. */
function bodyValue(node: Replacement, run: Run): string {
  if (node.text.includes('#')) return part(node, 0, run);
  return escapeMarkup(run.context.lookup(node.text) ?? '');
}

const part = (node: Replacement, index: number, run: Run): string => {
  const format = node.parts[index];
  return format === undefined ? '' : evaluate(format, run);
};

/** E: and T:. Only what an option says, itself named, may run shell commands: facts (with `_`) come from programs. */
function expandAgain(node: Replacement, value: string, run: Run): string {
  const time = node.modifiers.some(({ name }) => name === 'T');
  if (!time && !node.modifiers.some(({ name }) => name === 'E')) return value;
  if (run.depth >= MAXIMUM_EXPANSIONS) return '';
  const option = /^@[^#]*$|^[a-z0-9-]+$/.test(node.text);
  return evaluate(parseFormat(unescapeMarkup(value)), {
    ...run,
    time: run.time || time,
    shell: run.shell && option,
    depth: run.depth + 1,
  });
}

type Operator = (node: Replacement, run: Run, modifier: Modifier) => string;

const comparison: Operator = (node, run, { name }) => flag(compare(name, part(node, 0, run), part(node, 1, run)));

const loop =
  (kind: 'sessions' | 'panes' | 'clients'): Operator =>
  (node, run) => {
    const current = run.context.lookup(kind === 'clients' ? 'client_name' : 'session_id');
    let result = '';
    for (const context of run.context.loop(kind)) {
      const own = context.lookup(kind === 'clients' ? 'client_name' : 'session_id');
      const active = node.parts.length > 1 && own !== undefined && own === current;
      result += part(node, active ? 1 : 0, { ...run, context });
      if (run.budget.steps < 0 || result.length > MAXIMUM_RESULT) break;
    }
    return result;
  };

/** The text of a modifier's argument, such as the flags of `m/ri`. */
const argument = (modifier: Modifier, index: number, run: Run): string => {
  const format = modifier.arguments[index];
  return format === undefined ? '' : unescapeMarkup(evaluate(format, run));
};

/** Modifiers that say what the body means; the first one given counts. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['?', (node, run) => part(node, condition(node, run) ? 1 : 2, run)],
  ...['==', '!=', '<', '>', '<=', '>='].map((name): [string, Operator] => [name, comparison]),
  ['&&', (node, run) => flag(node.parts.every((_, index) => isTrue(part(node, index, run))))],
  ['||', (node, run) => flag(node.parts.some((_, index) => isTrue(part(node, index, run))))],
  ['!', (node, run) => flag(!isTrue(part(node, 0, run)))],
  ['!!', (node, run) => flag(isTrue(part(node, 0, run)))],
  ['l', (node) => escapeMarkup(node.text)],
  ['S', loop('sessions')],
  ['W', loop('sessions')],
  ['P', loop('panes')],
  ['L', loop('clients')],
  [
    'm',
    (node, run, modifier) =>
      flag(matches(shownText(part(node, 0, run)), shownText(part(node, 1, run)), argument(modifier, 0, run))),
  ],
  [
    'C',
    (node, run, modifier) => {
      const flags = argument(modifier, 0, run);
      const search = run.context.search;
      return search === undefined ? '0' : String(search(shownText(part(node, 0, run)), flags));
    },
  ],
  [
    'e',
    (node, run, modifier) => {
      const precision = argument(modifier, 2, run);
      return calculate(
        argument(modifier, 0, run),
        argument(modifier, 1, run).includes('f'),
        /^\d{1,3}$/.test(precision) ? Number(precision) : undefined,
        shownText(part(node, 0, run)),
        shownText(part(node, 1, run)),
      );
    },
  ],
  [
    'a',
    (node, run) => {
      const point = Number(shownText(part(node, 0, run)));
      return Number.isInteger(point) && point >= 32 && point <= 126 ? escapeMarkup(String.fromCharCode(point)) : '';
    },
  ],
  [
    'N',
    (node, run, modifier) => {
      const name = argument(modifier, 0, run) === 's' ? 'session_name' : 'window_name';
      const wanted = unescapeMarkup(part(node, 0, run));
      return flag(run.context.loop('sessions').some((context) => context.lookup(name) === wanted));
    },
  ],
  [
    'R',
    (node, run) => {
      const text = part(node, 0, run);
      const count = Math.min(MAXIMUM_REPEATS, Math.max(0, Math.floor(Number(shownText(part(node, 1, run))) || 0)));
      return text.repeat(Math.min(count, Math.floor(MAXIMUM_RESULT / Math.max(1, text.length))));
    },
  ],
]);

/** A condition is a name first, then a template; what neither is nor changes anything is false, as in tmux. */
function condition(node: Replacement, run: Run): boolean {
  const known = run.context.lookup(node.first);
  if (known !== undefined) return isTrue(known);
  const value = unescapeMarkup(part(node, 0, run));
  return value !== node.first && isTrue(value);
}
