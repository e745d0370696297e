import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { RawClient } from '../support/raw-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

/** QMUX_ENDURANCE=500 is the full number; its figures are printed. */
const COUNT = Number(process.env['QMUX_ENDURANCE'] ?? 60);
const MEGABYTE = 1024 * 1024;

interface Figures {
  readonly descriptors: number;
  readonly children: number;
  readonly megabytes: number;
}

describe('a server that is used for long', () => {
  let workplace: Workplace;
  let pid: number;

  beforeEach(async () => {
    workplace = new Workplace();
    await workplace.ask('new-session', '-d', '-s', 'mine', 'cat');
    pid = await workplace.serverPid();
  });

  afterEach(() => workplace.dispose());

  function figures(): Figures {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .filter((word) => word !== '');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return {
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
      children: children.length,
      megabytes: (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024) / MEGABYTE,
    };
  }

  /** Runs a round often; nothing may be more afterwards than after the first few. */
  async function level(round: (number: number) => Promise<void>, growth: number): Promise<void> {
    for (let number = 0; number < 20; number += 1) await round(number);
    await waitUntil(() => figures().children === 1, 'the first children to end');
    const before = figures();
    for (let number = 20; number < 20 + COUNT; number += 1) await round(number);
    await waitUntil(
      () => figures().descriptors <= before.descriptors && figures().children <= before.children,
      () => `${JSON.stringify(figures())} to be ${JSON.stringify(before)}`,
    );
    const after = figures();
    if (process.env['QMUX_ENDURANCE'] !== undefined)
      process.stdout.write(`${COUNT} rounds: ${JSON.stringify(before)} -> ${JSON.stringify(after)}\n`);
    expect(after.megabytes - before.megabytes).to.be.lessThan(growth);
    expect(workplace.log()).not.to.match(/ error |Warning/);
  }

  it('keeps nothing of clients that came and went', async () => {
    await level(async (number) => {
      const client = new RawClient(workplace.socketPath).hello(['attach-session']);
      await client.heard('output');
      client.send({ type: 'input', bytes: Buffer.from('x\x02?q\x02[q') });
      if (number % 2 === 0) client.send({ type: 'leave', signal: 'SIGHUP' });
      else client.socket.destroy();
      await client.ended();
    }, 40);
  });

  it('keeps nothing of sessions that were made and killed', async () => {
    await level(async (number) => {
      const make = new RawClient(workplace.socketPath).hello([
        'new-session',
        '-d',
        '-s',
        `s${number}`,
        'seq 2000; cat',
      ]);
      await make.ended();
      const kill = new RawClient(workplace.socketPath).hello(['kill-session', '-t', `s${number}`]);
      await kill.ended();
      expect(make.errors + kill.errors).to.equal('');
    }, 40);
  });
});
