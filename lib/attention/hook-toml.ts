import { UserError } from '../base/user-error.ts';
import { parseTomlFile } from '../config/toml-file.ts';
import { hookLine } from './hook-line.ts';
import { type HookRecipe, hookEvents } from './hook-recipe.ts';

const BEGIN = '# qmux: tells qmux what goes on here; "qmux install-hooks codex --undo" takes it out';
const END = '# qmux: end';
/** A line that we once wrote: the program that Codex calls at the end of a turn, also of one that it has with itself. */
const NOTIFY = /^notify = \[.* # qmux$/;

/**
 * The text of Codex's `config.toml` with our hooks, or with `undo` without them: lines are put in or taken out, and no
 * other is touched. Undefined when nothing is left. Throws UserError for
 * what is no TOML, or cannot take them.
 */
export function changeToml(
  text: string | undefined,
  recipe: HookRecipe,
  { program, undo }: { readonly program: string; readonly undo: boolean },
): string | undefined {
  const before = text ?? '';
  if (parseTomlFile(before, '').problems.length > 0)
    throw new UserError('it is not TOML that can be read: mend it first');
  const without = withoutOurs(before);
  if (undo && without === before) return text;
  if (undo) return without.trim() === '' ? undefined : without;
  const tables = hookEvents(recipe).map((event) => {
    const line = JSON.stringify(hookLine(recipe, event, program));
    return `[[hooks.${event}]]\n[[hooks.${event}.hooks]]\ntype = "command"\ncommand = ${line}\n`;
  });
  const block = `${BEGIN}\n${tables.join('')}${END}\n`;
  if (before.includes(block) && !NOTIFY.test(before.split('\n', 1)[0] ?? '')) return before;
  const gap = without === '' || without.endsWith('\n') ? '' : '\n';
  const after = `${without}${gap}${block}`;
  const [problem] = parseTomlFile(after, '').problems;
  if (problem !== undefined) throw new UserError('its hooks are written in a way that others cannot be added to');
  return after;
}

/** The lines that are not ours; a block whose end is gone is left alone. */
function withoutOurs(text: string): string {
  const lines = text.split('\n').filter((line) => !NOTIFY.test(line));
  const begin = lines.indexOf(BEGIN);
  const end = lines.indexOf(END, begin);
  if (begin >= 0 && end >= 0) lines.splice(begin, end - begin + 1);
  return lines.join('\n');
}
