import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../base/user-error.ts';
import { isTable } from '../config/provider-table.ts';
import { HOOK_CALL, hookLine } from './hook-line.ts';
import { type HookFormat, type HookRecipe, hookEvents } from './hook-recipe.ts';

type Table = Readonly<Record<string, unknown>>;

/**
 * The text of an agent's JSON settings with our hooks, or with `undo` without them: what else is there stays, in its
 * order. The same text when nothing is to be changed; undefined when a file that held nothing but ours is to go. Throws
 * UserError for what is no plain JSON, or has something else where hooks belong.
 */
export function changeJson(
  text: string | undefined,
  recipe: HookRecipe,
  program: string,
  undo: boolean,
): string | undefined {
  const before = parsed(text);
  const hooks = before['hooks'] ?? {};
  if (!isTable(hooks)) throw new UserError('what stands there under "hooks" is not a table');
  const wanted = new Map(
    undo ? [] : hookEvents(recipe).map((event) => [event, entryOf(recipe.format, hookLine(recipe, event, program))]),
  );
  const after: Record<string, unknown> = {};
  for (const event of new Set([...Object.keys(hooks), ...wanted.keys()])) {
    const old = Object.hasOwn(hooks, event) ? hooks[event] : [];
    if (!Array.isArray(old)) {
      if (wanted.has(event)) throw new UserError(`what stands there under "hooks", "${event}" is not a list`);
      after[event] = old;
      continue;
    }
    const entries = entriesWith(old, wanted.get(event));
    if (entries.length > 0 || (old.length === 0 && Object.hasOwn(hooks, event))) after[event] = entries;
  }
  if (isDeepStrictEqual(after, hooks)) return text;
  const { hooks: _, ...others } = before;
  const isEmpty = Object.keys(after).length === 0;
  if (isEmpty && Object.keys(others).every((name) => name === 'version' && recipe.format !== 'matchers'))
    return undefined;
  const version = recipe.format === 'matchers' ? {} : { version: 1 };
  const result = isEmpty
    ? others
    : 'hooks' in before
      ? { ...before, hooks: after }
      : { ...version, ...others, hooks: after };
  const ending = text?.endsWith('\n') === false ? '' : '\n';
  return `${JSON.stringify(result, undefined, indentOf(text ?? ''))}${ending}`;
}

function parsed(text: string | undefined): Table {
  if (text === undefined || text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new UserError('it is not plain JSON (comments and trailing commas are not): change it by hand, see --print');
  }
  if (!isTable(value)) throw new UserError('it is not a table of settings');
  return value;
}

/** The list of an event with `wanted` as the only entry of ours, at its place where it is there already. */
function entriesWith(old: readonly unknown[], wanted: Table | undefined): readonly unknown[] {
  const ours = old.filter((entry) => strip(entry) !== entry);
  if (wanted !== undefined && ours.length === 1 && isDeepStrictEqual(ours[0], wanted)) return old;
  const others = old.flatMap((entry) => strip(entry) ?? []);
  return wanted === undefined ? others : [...others, wanted];
}

/** An entry without what is ours in it: itself where nothing is, undefined where nothing is left. */
function strip(entry: unknown): unknown {
  if (!isTable(entry)) return entry;
  if (isOurs(entry['command']) || isOurs(entry['bash'])) return undefined;
  const inner = entry['hooks'];
  if (!Array.isArray(inner)) return entry;
  const left = inner.filter((hook) => !isTable(hook) || !isOurs(hook['command']));
  if (left.length === inner.length) return entry;
  return left.length === 0 ? undefined : { ...entry, hooks: left };
}

const isOurs = (value: unknown): boolean => typeof value === 'string' && HOOK_CALL.test(value);

function entryOf(format: HookFormat, line: string): Table {
  if (format === 'cursor') return { command: line };
  if (format === 'copilot') return { type: 'command', bash: line, timeoutSec: 5 };
  return { hooks: [{ type: 'command', command: line }] };
}

/** As the file indents its first line that is. */
function indentOf(text: string): string | number {
  return /\n([ \t]+)"/.exec(text)?.[1] ?? 2;
}
