import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { systemClock } from '../../lib/base/clock.ts';
import { NoticeCommand } from '../../lib/server/notice-command.ts';
import { temporaryFolder } from '../support/folder.ts';
import { plainSession } from '../support/plain-session.ts';
import { waitUntil } from '../support/wait.ts';

const noticed = (index: number, name: string) => ({
  session: plainSession(index, name, { status: 'waiting-for-input', fact: () => '/a place; touch x' }),
  reason: 'approval' as const,
});

describe('the command of notices', () => {
  let file: string;
  let problems: string[];
  let line: string;
  let command: NoticeCommand;

  beforeEach(() => {
    file = path.join(temporaryFolder(), 'told');
    problems = [];
    line = `echo "$QMUX_NOTICE|$QMUX_NOTICE_SESSIONS|$QMUX_NOTICE_REASON|$QMUX_NOTICE_DIRECTORY" >> ${file}`;
    command = new NoticeCommand({
      clock: systemClock,
      command: () => line,
      environment: () => ({ PATH: process.env['PATH'] ?? '/bin:/usr/bin' }),
      onProblem: (text) => problems.push(text),
      timeout: 500,
    });
  });

  afterEach(() => command.dispose());

  const told = () => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []);

  it('is told of what it is about by its environment, as text', async () => {
    command.tell([noticed(0, 'api')]);
    await waitUntil(() => told().length === 1, 'the command');
    expect(told()).to.deep.equal(['api asks for approval|api|approval|/a place; touch x']);
    expect(existsSync(path.join(path.dirname(file), 'x'))).to.equal(false);
  });

  it('runs one at a time; what comes meanwhile is told together by the next', async () => {
    line = `echo begin >> ${file}; ${line}; sleep 0.2; echo end >> ${file}`;
    for (const index of [0, 1, 2, 1]) command.tell([noticed(index, `s${index}`)]);
    await waitUntil(() => told().length === 6, 'both commands');
    expect(told().filter((text) => text === 'begin' || text === 'end')).to.deep.equal(['begin', 'end', 'begin', 'end']);
    expect(told()[4]).to.contain('2 sessions wait: s1 (approval), s2 (approval)|s1 s2|');
  });

  it('is ended when it does not end, and says so; a failure as well', async () => {
    line = `trap "" HUP; sleep 60; echo late >> ${file}`;
    command.tell([noticed(0, 'api')]);
    await waitUntil(() => problems.length === 1, 'the end');
    line = 'echo no such thing; exit 3';
    command.tell([noticed(0, 'api')]);
    await waitUntil(() => problems.length === 2, 'the failure');
    expect(problems).to.deep.equal([
      'notify-command did not end within 0.5 seconds',
      'notify-command exited with 3: no such thing',
    ]);
    expect(told()).to.deep.equal([]);
  });
});
