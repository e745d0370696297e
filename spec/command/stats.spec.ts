import { expect } from 'chai';
import { bytes, figuresText } from '../../lib/command/stats.ts';
import { CommandPlace } from '../support/command-place.ts';

describe('stats', () => {
  const { figures } = new CommandPlace();
  const session = { name: 'api', kind: 'chat', status: 'paused', isAwake: true, memory: 0 } as const;

  it('say numbers of bytes as people do', () => {
    expect([0, 999, 1000, 3449, 9990, 15_300, 999_499, 1e6, 12_345_678, 1.5e9, 2e12].map(bytes)).to.deep.equal([
      '0 B',
      '999 B',
      '1 kB',
      '3.4 kB',
      '10 kB',
      '15 kB',
      '999 kB',
      '1 MB',
      '12 MB',
      '1.5 GB',
      '2.0 TB',
    ]);
  });

  it('list the sessions, the largest first, and how many are awake', () => {
    const text = figuresText({
      ...figures,
      clients: 1,
      sessions: [
        { ...session, memory: 1000 },
        { ...session, name: 'rests', status: 'waiting-for-input', memory: 800 },
        { ...session, name: 'asks', status: 'waiting-for-input', waitingReason: 'approval', memory: 700 },
        { ...session, name: 'asleep', isAwake: false, memory: 10 },
        { ...session, name: 'build', kind: 'program', status: 'processing', memory: 5e6 },
      ],
    });
    expect(text)
      .to.contain('1 client\n')
      .and.contain('3 of 10 awake (max-active), 1 hibernated (after 30 min of rest)');
    expect(text).to.contain('1 of 100 (max-programs), 10 MB of history each');
    expect(text.split('\n').slice(-5)).to.deep.equal([
      'build    program  processing  5 MB',
      'api      chat     paused      1 kB',
      'rests    chat     idle        800 B',
      'asks     chat     approval    700 B',
      'asleep   chat     hibernated  10 B',
    ]);
  });

  it('say how the database stands', () => {
    const database = { ...figures.database, size: 2e6 };
    expect(figuresText(figures)).to.contain('0 B, all is written: /state/qmux.db');
    expect(figuresText({ ...figures, database: { ...database, unwritten: 2, lag: 80.4 } })).to.contain(
      '2 MB, 2 to write, 80 ms behind: /state/qmux.db',
    );
    expect(figuresText({ ...figures, database: { ...database, programs: 1, layouts: 1 } })).to.contain(
      '2 MB, 1 program to write, a layout to write: /state/qmux.db',
    );
    expect(figuresText({ ...figures, database: { ...database, unwritten: 1, lag: 5, programs: 2 } })).to.contain(
      '2 MB, 1 to write, 5 ms behind, 2 programs to write: /state/qmux.db',
    );
    expect(figuresText({ ...figures, database: { ...database, isUsable: false } })).to.contain(
      'not usable now: /state/qmux.db (show-messages says why)',
    );
  });

  it('are printed for scripts, as lines or as JSON', async () => {
    const place = new CommandPlace();
    await place.run('stats');
    expect(place.printed.join('\n')).to.contain('turns     0 of 5 in flight (max-concurrent), 0 queued');
    place.printed.length = 0;
    await place.run('stats --json');
    expect(JSON.parse(place.printed.join(''))).to.deep.equal(figures);
  });
});
