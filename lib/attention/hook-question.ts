import { isTable } from '../config/provider-table.ts';
import { sanitize } from '../text/sanitize.ts';

/** What an agent asks by its hook is shown as a whole or not at all: beyond this it asks on its own screen, in UTF-16 units. */
const MAXIMUM_TEXT = 32 * 1024;
const MAXIMUM_LINES = 500;

/**
 * What a call of a permission hook asks, for a person: the tool, and all that it is given, a name and its value each.
 * Undefined where that is too much to be read, or no tool is named. Pure, never throws.
 */
export function hookQuestion(payload: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const { tool_name: tool, tool_input: input, cwd } = payload;
  if (typeof tool !== 'string' || tool === '' || !isTable(input)) return undefined;
  const lines = [tool, ...Object.entries(input).flatMap(([name, value]) => told(name, value))];
  if (typeof cwd === 'string') lines.push(`in ${cwd}`);
  const length = lines.reduce((sum, line) => sum + line.length, 0);
  if (length > MAXIMUM_TEXT || lines.length > MAXIMUM_LINES) return undefined;
  // Longer than the whole text may be: no line is cut.
  return lines.map((line) => sanitize(line, 2 * MAXIMUM_TEXT));
}

function told(name: string, value: unknown): readonly string[] {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, undefined, 2) ?? '');
  const lines = text.split('\n');
  return lines.length === 1 ? [`${name}: ${text}`] : [`${name}:`, ...lines.map((line) => `  ${line}`)];
}

/** What a person decided of what a permission hook asked. */
export type HookDecision = 'allow' | 'deny';

/** The decision as the agent reads it from its hook's standard output (Claude Code, Codex). */
export function decisionText(decision: HookDecision): string {
  const told =
    decision === 'allow' ? { behavior: decision } : { behavior: decision, message: 'The person refused this.' };
  return JSON.stringify({ hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: told } });
}
