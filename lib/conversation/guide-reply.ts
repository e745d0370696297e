import type { TurnFailure } from './turn-event.ts';

/** A call that the guide makes. */
export interface GuideCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What the guide says in one attempt. */
export interface GuideReply {
  readonly text: string;
  readonly calls: readonly GuideCall[];
  readonly pace: 'usual' | 'slow';
  /** How the attempt fails after its text; undefined when it does not. */
  readonly failure: TurnFailure | undefined;
}

/** A reply with where it belongs: the show and its step, by which the results of its calls are understood. */
export interface GuideTurn extends GuideReply {
  readonly show: string;
  readonly step: number;
}

/** A call that the guide made, with what it was told. */
export interface ToolOutcome {
  readonly name: string;
  readonly result: string;
}

export const say = (text: string, calls: readonly GuideCall[] = []): GuideReply => ({
  text,
  calls,
  pace: 'usual',
  failure: undefined,
});

/** How much of a result is told again: lines, and units of each. */
const LINES = 6;
const LINE_LENGTH = 100;
/** How a refusal by the person begins. */
const REFUSED = /^The person refused\b[^\n]*/;

/** What came of calls, in Markdown, with the beginning of each result. */
export const report = (outcomes: readonly ToolOutcome[]): string => outcomes.map(reportOne).join('\n\n');

function reportOne({ name, result }: ToolOutcome): string {
  const head = result.slice(0, 4096);
  const refusal = REFUSED.exec(head)?.[0];
  if (refusal !== undefined)
    return `**${name}** did not run. I was told: ${quote(refusal)} – and that is all a model learns of it.`;
  const lines = result.trimEnd().split('\n', 10_000);
  if (lines.length === 1 && (lines[0] ?? '').length <= LINE_LENGTH)
    return lines[0] === ''
      ? `**${name}** gave back nothing.`
      : `**${name}** gave back ${quote((lines[0] ?? '').replace(/\.$/, ''))}.`;
  const shown = lines.slice(0, LINES).map((line) => cut(line));
  const rest = lines.length - shown.length;
  const fence = '`'.repeat(Math.max(3, longestTicks(shown) + 1));
  const more = rest > 0 ? `\n\n… and ${rest} more lines.` : '';
  return `**${name}** gave back:\n\n${fence}\n${shown.join('\n')}\n${fence}${more}`;
}

/** Inline code of any text, on one line. */
function quote(text: string): string {
  const line = cut(text.replaceAll(/\s+/g, ' ').trim());
  const ticks = '`'.repeat(longestTicks([line]) + 1);
  return ticks.length === 1 ? `\`${line}\`` : `${ticks} ${line} ${ticks}`;
}

const cut = (line: string): string =>
  line.length <= LINE_LENGTH ? line : `${line.slice(0, LINE_LENGTH).replace(/[\ud800-\udbff]$/, '')}…`;

const longestTicks = (lines: readonly string[]): number =>
  Math.max(0, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)));

/** Whether the person refused all of it. */
export const allRefused = (outcomes: readonly ToolOutcome[]): boolean =>
  outcomes.length > 0 && outcomes.every(({ result }) => REFUSED.test(result.slice(0, 4096)));
