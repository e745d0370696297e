import type { AgentRules, AnswerKeys, ScreenRule } from './agent-rules.ts';
import { type Claim, sameClaim } from './evidence.ts';
import { oneLine, type Pattern } from './pattern.ts';
import type { ScreenText } from './screen-text.ts';

/** What a rule found, and which one it was. */
export interface RuleFinding {
  readonly claim: Claim;
  readonly rule: string;
}

/** What a rule found on a screen. */
export interface ScreenFinding extends RuleFinding {
  /** The rows that it looked at. */
  readonly rows: readonly string[];
  /** The keys that answer it; undefined where nobody knows them. */
  readonly answer: AnswerKeys | undefined;
}

/** What a title says by an agent's rules; the first that fits decides. */
export function titleFinding({ titles }: AgentRules, title: string): RuleFinding | undefined {
  const line = oneLine(title);
  const found = titles.find(({ pattern }) => pattern([line], () => line));
  return found && { claim: found.claim, rule: `title ${found.source}` };
}

/** Whether a title that would tell of such a question tells of rest: what stands on the screen is quoted, or old. */
export function isDeniedByTitle(rules: AgentRules, title: string, { claim }: RuleFinding): boolean {
  const tells = claim.kind === 'waiting' && rules.titles.some((rule) => sameClaim(rule.claim, claim));
  return tells && titleFinding(rules, title)?.claim.kind === 'idle';
}

/** What the end of a screen says by an agent's rules; of those that fit the highest decides. */
export function screenFinding({ screens, answer }: AgentRules, { rows }: ScreenText): ScreenFinding | undefined {
  for (const rule of screens) {
    const region = regionOf(rule, rows);
    if (fits(rule, region)) return { claim: rule.claim, rule: rule.name, rows: region, answer: rule.answer ?? answer };
  }
  return undefined;
}

function regionOf({ rows: count, above, below }: ScreenRule, all: readonly string[]): readonly string[] {
  const rows = all.slice(-count);
  const footer = above === undefined ? -1 : lastRow(rows, above);
  const body = footer < 0 ? rows : rows.slice(0, footer);
  return below === undefined ? body : body.slice(lastRow(body, below) + 1);
}

const lastRow = (rows: readonly string[], pattern: Pattern): number =>
  rows.findLastIndex((row) => pattern([row], () => oneLine(row)));

function fits({ has, lacks }: ScreenRule, rows: readonly string[]): boolean {
  let line: string | undefined;
  const joined = (): string => {
    line ??= oneLine(rows.join(' '));
    return line;
  };
  return has.every((pattern) => pattern(rows, joined)) && !lacks.some((pattern) => pattern(rows, joined));
}
