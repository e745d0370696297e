import { expect } from 'chai';
import { callsForAttention, canBecome, nextStatus, type StatusState } from '../../lib/session/status.ts';

const working: StatusState = { status: 'processing', waitingReason: undefined, waitingSince: undefined };

describe('a session status', () => {
  it('begins to wait with a reason and a time', () => {
    expect(nextStatus(working, { status: 'waiting-for-input', reason: 'bell' }, 7)).to.deep.equal({
      status: 'waiting-for-input',
      waitingReason: 'bell',
      waitingSince: 7,
    });
  });

  it('forgets the reason when work goes on', () => {
    const waiting = nextStatus(working, { status: 'waiting-for-input', reason: 'bell' }, 7) ?? working;
    expect(nextStatus(waiting, { status: 'processing', reason: 'bell' }, 9)).to.deep.equal(working);
  });

  it('refuses what cannot be', () => {
    const done = nextStatus(working, { status: 'completed' }, 1) ?? working;
    expect(nextStatus(done, { status: 'waiting-for-input', reason: 'bell' }, 2)).to.equal(undefined);
    expect(nextStatus(done, { status: 'paused' }, 2)).to.equal(undefined);
    expect(nextStatus(working, { status: 'processing' }, 2)).to.equal(undefined);
    expect(canBecome('completed', 'completed')).to.equal(false);
  });

  it('runs again after a restart', () => {
    expect(canBecome('completed', 'processing')).to.equal(true);
  });
});

describe('attention', () => {
  const waiting = { status: 'waiting-for-input', waitingReason: 'bell', seen: false } as const;

  it('is wanted by who waits for a reason, unseen', () => {
    expect(callsForAttention(waiting)).to.equal(true);
    expect(callsForAttention({ ...waiting, seen: true })).to.equal(false);
    expect(callsForAttention({ ...waiting, waitingReason: undefined })).to.equal(false);
    expect(callsForAttention({ ...waiting, status: 'processing' })).to.equal(false);
  });
});
