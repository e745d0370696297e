import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { ToldEvidence } from '../../lib/command/attention.ts';
import { CommandPlace } from '../support/command-place.ts';

const told = (source: string, rank: number, claim: string): ToldEvidence => ({
  source,
  rank,
  claim,
  age: 4200,
  heard: 400,
  detail: `${source} rule`,
});

describe('commands about what programs do', () => {
  let place: CommandPlace;

  beforeEach(async () => {
    place = new CommandPlace('/', 'process');
    await place.run('new-session -d -s agent');
    await place.run('new-session -d -s other');
  });

  it('report a status of the session that is named', async () => {
    await place.run('report-status -t agent busy');
    await place.run('report-status -t agent --reason approval --message "wants to push" waiting');
    await place.run('report-status -t agent waiting');
    await place.run('report-status -t agent none');
    expect(place.attention.reports).to.deep.equal([
      ['agent', { kind: 'busy' }, 'report-status'],
      ['agent', { kind: 'waiting', reason: 'approval' }, 'wants to push'],
      ['agent', { kind: 'waiting', reason: 'question' }, 'report-status'],
      ['agent', undefined, 'report-status'],
    ]);
  });

  it('let what runs in a session speak for that one alone', async () => {
    const [own] = place.sessions;
    place.ownSession = own;
    await place.run('report-status idle');
    await place.run('report-status -t agent failed');
    expect(place.attention.reports.map(([name, claim]) => [name, claim?.kind])).to.deep.equal([
      ['agent', 'idle'],
      ['agent', 'failed'],
    ]);
    expect(await place.refusal('report-status -t other busy')).to.equal(
      'this runs in the session agent, and can tell its status only, not that of other',
    );
  });

  it('say what is wrong with a report', async () => {
    expect(await place.refusal('report-status busy')).to.match(/^this runs in no session: say by -t NAME/);
    expect(await place.refusal('report-status -t agent asleep')).to.match(/^no status asleep; there are busy, /);
    expect(await place.refusal('report-status -t agent --reason bell waiting')).to.match(/^no reason bell; there are/);
    expect(await place.refusal('report-status -t agent --reason approval busy')).to.equal(
      '--reason is for the status waiting',
    );
    expect(place.attention.reports).to.deep.equal([]);
  });

  it('explain of a program that has ended how it did', async () => {
    place.attention.explanation = {
      agent: undefined,
      foreground: [],
      evidence: [],
      verdict: undefined,
      shown: undefined,
      looks: 1,
    };
    expect(await place.run('explain -t agent')).to.contain('its output, bell and marks decide');
    Object.assign(place.sessions[0] ?? {}, { status: 'completed', exit: { exitCode: 3, signal: undefined } });
    expect(await place.run('explain -t agent')).to.equal('agent: completed\nits program has ended, with 3\n');
    Object.assign(place.sessions[0] ?? {}, { status: 'paused', exit: undefined });
    expect(await place.run('explain -t agent')).to.match(/^agent: paused\nits program was not started again /);
  });

  it('explain by what evidence a session is thought to wait, for people and as JSON', async () => {
    const [screen, hook] = [told('screen', 2, 'approval'), told('hook', 4, 'busy')];
    place.attention.explanation = {
      agent: { name: 'claude', title: 'Claude Code', version: '1' },
      foreground: ['claude --continue'],
      evidence: [hook, screen],
      verdict: { claim: 'approval', because: screen, overruled: hook },
      shown: 'busy',
      looks: 7,
    };
    expect((await place.run('explain -t agent')).split('\n')).to.deep.equal([
      'agent: processing',
      'foreground: claude --continue; by the rules of Claude Code (claude.toml, version 1)',
      'approval, because of screen "screen rule" (rank 2, 4.2s old)',
      'although of hook "hook rule" (rank 4, 4.2s old): busy',
      'shown as busy until that has settled',
      'its screen was looked at 7 times',
      '',
      'SOURCE  RANK  CLAIM     SINCE  HEARD  WHAT',
      'hook    4     busy      4.2s   0.4s   hook rule',
      'screen  2     approval  4.2s   0.4s   screen rule',
      '',
    ]);
    expect(JSON.parse(await place.run('explain --json -t agent'))).to.deep.include({
      session: 'agent',
      status: 'processing',
      shown: 'busy',
      looks: 7,
    });
  });

  it('say of other programs that their output decides', async () => {
    place.attention.explanation = {
      agent: undefined,
      foreground: ['vim'],
      evidence: [],
      verdict: undefined,
      shown: undefined,
      looks: 1,
    };
    expect(await place.run('explain -t agent')).to.equal(
      'agent: processing\nforeground: vim; no agent that is known\nits output, bell and marks decide\nits screen was looked at once\n',
    );
  });

  it('keep a screen in a file of the person alone, and replace none', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'qmux-record-'));
    const file = path.join(folder, 'screen.json');
    try {
      expect(await place.refusal(`explain -t agent --record ${file}`)).to.match(/only programs are recorded$/);
      expect(existsSync(file)).to.equal(false);
      place.attention.recorded = {
        agent: 'claude',
        version: '1',
        columns: 20,
        rows: 2,
        title: '',
        screen: ['a', 'b'],
        evidence: [],
        expect: 'idle',
      };
      await place.run(`explain -t agent --record ${file}`);
      expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.include({ agent: 'claude', expect: 'idle' });
      expect(statSync(file).mode & 0o777).to.equal(0o600);
      expect(await place.refusal(`explain -t agent --record ${file}`)).to.match(/is there already: give another name$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
