import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { readAgents, shippedAgents } from '../../lib/attention/agent-catalog.ts';
import { judge } from '../../lib/attention/arbiter.ts';
import type { Claim, Evidence } from '../../lib/attention/evidence.ts';
import { type RuleFinding, screenFinding, titleFinding } from '../../lib/attention/match-rules.ts';
import { screenText } from '../../lib/attention/screen-text.ts';
import type { RecordedScreen } from '../../lib/command/attention.ts';
import { TextRows } from '../support/text-rows.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../spec/attention/screens');

/**
 * A screen as `explain --record` keeps it; `expect` says what is true. Those in `real` were shown by agents themselves,
 * driven by `npm run agents -- --record`; those in `made` are drawn after what is known of agents that cannot be run so.
 */
interface Recorded extends Omit<RecordedScreen, 'evidence' | 'version'> {
  /** What the agent was doing. */
  readonly step?: string;
  /** Its screen looks the same at rest. */
  readonly needsTitle?: boolean;
}

const { agents } = readAgents([shippedAgents()]);

const wordOf = (claim: Claim | undefined): string | undefined =>
  claim?.kind === 'waiting' ? claim.reason : claim?.kind;

function verdict({ agent, columns, rows, title, screen }: Recorded): string | undefined {
  const rules = agents.get(agent ?? '');
  if (rules === undefined) throw new Error(`no rules of ${agent}`);
  const found = (source: Evidence['source'], finding: RuleFinding | undefined): readonly Evidence[] =>
    finding === undefined ? [] : [{ source, claim: finding.claim, since: 0, heard: 0, detail: finding.rule }];
  const text = screenText(new TextRows(screen, columns, rows));
  const evidence = [...found('title', titleFinding(rules, title)), ...found('screen', screenFinding(rules, text))];
  return wordOf(judge(evidence, 60_000)?.claim);
}

/** The screens of all files of a folder, by the name of the file and of the step. */
function screensOf(folder: string): readonly (readonly [string, Recorded])[] {
  return readdirSync(path.join(FOLDER, folder))
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const read: unknown = JSON.parse(readFileSync(path.join(FOLDER, folder, file), 'utf8'));
      const all = (Array.isArray(read) ? read : [read]) as readonly Recorded[];
      return all.map((one) => [`${path.join(folder, file)} ${one.step ?? ''}`.trim(), one] as const);
    });
}

describe('screens of agents', () => {
  const screens = ['.', 'real', 'made'].flatMap(screensOf);

  it('are there of every agent, in three widths', () => {
    const widths = (agent: string) =>
      new Set(screens.filter(([, one]) => one.agent === agent).map(([, one]) => one.columns));
    for (const agent of agents.keys()) expect([...widths(agent)], agent).to.include.members([40, 80, 120]);
  });

  for (const [name, recorded] of screens)
    it(`show in ${name} what is true`, () => {
      expect(verdict(recorded)).to.equal(recorded.expect);
      // The title is one witness more: the screen alone tells the same.
      if (recorded.needsTitle !== true) expect(verdict({ ...recorded, title: '' })).to.equal(recorded.expect);
    });
});
