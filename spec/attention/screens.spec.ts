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

/** Screens as `explain --record` keeps them; `expect` says what is true. */
const FOLDER = path.resolve(import.meta.dirname, '../../../spec/attention/screens');

const { agents } = readAgents([shippedAgents()]);

const wordOf = (claim: Claim | undefined): string | undefined =>
  claim?.kind === 'waiting' ? claim.reason : claim?.kind;

function verdict({ agent, columns, rows, title, screen }: RecordedScreen): string | undefined {
  const rules = agents.get(agent ?? '');
  if (rules === undefined) throw new Error(`no rules of ${agent}`);
  const found = (source: Evidence['source'], finding: RuleFinding | undefined): readonly Evidence[] =>
    finding === undefined ? [] : [{ source, claim: finding.claim, since: 0, heard: 0, detail: finding.rule }];
  const text = screenText(new TextRows(screen, columns, rows));
  const evidence = [...found('title', titleFinding(rules, title)), ...found('screen', screenFinding(rules, text))];
  return wordOf(judge(evidence, 60_000)?.claim);
}

describe('recorded screens of agents', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

  it('are there in several widths', () => {
    expect(files.length).to.be.at.least(12);
  });

  for (const file of files)
    it(`show in ${file} what is true`, () => {
      const recorded = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as RecordedScreen;
      expect(verdict(recorded)).to.equal(recorded.expect);
      // The title is one witness more: the screen alone tells the same.
      expect(verdict({ ...recorded, title: '' })).to.equal(recorded.expect);
    });
});
