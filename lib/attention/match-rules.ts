import type { AgentRules, ScreenRule } from './agent-rules.ts';
import type { Claim } from './evidence.ts';
import { oneLine } from './pattern.ts';
import type { ScreenText } from './screen-text.ts';

/** What a rule found, and which one it was. */
export interface RuleFinding {
  readonly claim: Claim;
  readonly rule: string;
}

/** What a title says by an agent's rules; the first that fits decides. */
export function titleFinding({ titles }: AgentRules, title: string): RuleFinding | undefined {
  const line = oneLine(title);
  const found = titles.find(({ pattern }) => pattern([line], () => line));
  return found && { claim: found.claim, rule: `title ${found.source}` };
}

/** What the end of a screen says by an agent's rules; of those that fit the highest decides. */
export function screenFinding({ screens }: AgentRules, { rows }: ScreenText): RuleFinding | undefined {
  const found = screens.find((rule) => fits(rule, rows));
  return found && { claim: found.claim, rule: found.name };
}

function fits({ rows: count, below, has, lacks }: ScreenRule, all: readonly string[]): boolean {
  let rows = all.slice(-count);
  if (below !== undefined) rows = rows.slice(rows.findLastIndex((row) => below([row], () => oneLine(row))) + 1);
  let line: string | undefined;
  const joined = (): string => {
    line ??= oneLine(rows.join(' '));
    return line;
  };
  return has.every((pattern) => pattern(rows, joined)) && !lacks.some((pattern) => pattern(rows, joined));
}
