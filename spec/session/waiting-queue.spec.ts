import { expect } from 'chai';
import fc from 'fast-check';
import type { SessionStatus, WaitingReason } from '../../lib/session/status.ts';
import { nextWaiting, waitingQueue } from '../../lib/session/waiting-queue.ts';

interface Waiting {
  readonly name: string;
  readonly index: number;
  readonly status: SessionStatus;
  readonly waitingReason: WaitingReason | undefined;
  readonly waitingSince: number | undefined;
  readonly seen: boolean;
  readonly exit: { readonly exitCode: number; readonly signal: undefined; readonly time: number } | undefined;
}

let index = 0;
const waits = (name: string, reason: WaitingReason | undefined, since: number, seen = false): Waiting => ({
  name,
  index: index++,
  status: 'waiting-for-input',
  waitingReason: reason,
  waitingSince: since,
  seen,
  exit: undefined,
});
const ended = (name: string, exitCode: number, time: number): Waiting => ({
  ...waits(name, undefined, 0),
  status: 'completed',
  waitingSince: undefined,
  exit: { exitCode, signal: undefined, time },
});

const done = waits('done', 'turn-ended', 10);
const rings = waits('rings', 'bell', 5);
const failed = waits('failed', 'turn-failed', 90);
const broke = ended('broke', 1, 95);
const late = waits('late', 'approval', 80);
const asks = waits('asks', 'question', 20);
const early = waits('early', 'approval', 70, true);
const rests = waits('rests', undefined, 1);
const read = waits('read', 'turn-ended', 12, true);
const all = [done, rings, failed, broke, late, asks, early, rests, read];

describe('the queue of what waits', () => {
  it('has approvals, questions, failures and ends in this order, of each the oldest first', () => {
    expect(waitingQueue(all).map(({ name }) => name)).to.deep.equal([
      'early',
      'late',
      'asks',
      'failed',
      'broke',
      'rings',
      'done',
    ]);
  });

  it('goes on from the present one to the next less urgent, and round the end', () => {
    expect(nextWaiting(all, early, 1)?.name).to.equal('late');
    expect(nextWaiting(all, asks, 1)?.name).to.equal('failed');
    expect(nextWaiting(all, done, 1)?.name).to.equal('early');
    expect(nextWaiting(all, early, -1)?.name).to.equal('done');
    expect(nextWaiting(all, late, -1)?.name).to.equal('early');
  });

  it('goes on after what was read just now, and begins with the first from what does not wait', () => {
    expect(nextWaiting(all, read, 1)?.name).to.equal('early');
    expect(nextWaiting([...all, waits('newest', 'turn-ended', 13)], read, 1)?.name).to.equal('newest');
    expect(nextWaiting(all, rests, 1)?.name).to.equal('early');
    expect(nextWaiting(all, undefined, -1)?.name).to.equal('done');
    expect(nextWaiting([rests, early], early, 1)).to.equal(undefined);
  });

  it('comes to each that waits when it is gone through', () => {
    const one = fc.record({
      reason: fc.constantFrom<WaitingReason | undefined>('approval', 'question', 'bell', 'turn-failed', undefined),
      since: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 8 }), (given) => {
        const sessions = given.map(({ reason, since }, at) => waits(`s${at}`, reason, since));
        const queue = waitingQueue(sessions);
        fc.pre(queue.length > 1);
        const met = new Set<string>();
        let now = queue[0];
        for (let steps = 0; steps < queue.length; steps++) {
          met.add(now?.name ?? '');
          now = nextWaiting(sessions, now, 1);
        }
        expect(met.size).to.equal(queue.length);
      }),
    );
  });
});
