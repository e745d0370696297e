import { expect } from 'chai';
import fc from 'fast-check';
import type { Session } from '../../lib/session/session.ts';
import {
  callsForAttention,
  canBecome,
  nextStatus,
  type SessionStatus,
  type StatusState,
  type WaitingReason,
  waitsForPerson,
} from '../../lib/session/status.ts';

const KINDS = ['chat', 'program'] as const satisfies readonly Session['kind'][];
const STATUSES = ['processing', 'waiting-for-input', 'paused', 'completed'] as const satisfies readonly SessionStatus[];
const REASONS = ['approval', 'question', 'turn-ended', 'turn-failed', 'command-ended', 'bell', undefined] as const;

const working: StatusState = { status: 'processing', waitingReason: undefined, waitingSince: undefined };
const next = (state: StatusState, status: SessionStatus, reason?: WaitingReason, now = 7, anew = false) =>
  nextStatus('program', state, { status, reason, anew }, now);

describe('a session status', () => {
  /** For each kind and status, in the order of STATUSES: what it may become, itself included. */
  const ALLOWED: Readonly<Record<Session['kind'], readonly string[]>> = {
    chat: ['yes yes yes yes', 'yes yes yes yes', 'yes yes yes yes', 'no no no yes'],
    program: ['yes yes yes yes', 'yes yes yes yes', 'yes yes yes yes', 'yes no no yes'],
  };
  for (const kind of KINDS) {
    for (const [row, from] of STATUSES.entries()) {
      it(`of a ${kind} goes from ${from} only where it may`, () => {
        const found = STATUSES.map((to) => (canBecome(kind, from, to) ? 'yes' : 'no')).join(' ');
        expect(found).to.equal(ALLOWED[kind][row]);
      });
    }
  }

  it('begins to wait with a reason and a time', () => {
    expect(next(working, 'waiting-for-input', 'bell')).to.deep.equal({
      status: 'waiting-for-input',
      waitingReason: 'bell',
      waitingSince: 7,
    });
  });

  it('forgets the reason when work goes on', () => {
    const waiting = next(working, 'waiting-for-input', 'bell') ?? working;
    expect(next(waiting, 'processing', 'bell')).to.deep.equal(working);
  });

  it('stays the same object where nothing changes', () => {
    const waiting = next(working, 'waiting-for-input', 'bell') ?? working;
    expect(next(working, 'processing')).to.equal(working);
    expect(next(waiting, 'waiting-for-input', 'bell', 9)).to.equal(waiting);
  });

  it('waits anew for another reason, and for the same one when that came again', () => {
    const waiting = next(working, 'waiting-for-input', 'bell') ?? working;
    expect(next(waiting, 'waiting-for-input', 'approval', 9)?.waitingSince).to.equal(9);
    expect(next(waiting, 'waiting-for-input', 'bell', 9, true)?.waitingSince).to.equal(9);
  });

  it('refuses what cannot be', () => {
    const done = next(working, 'completed') ?? working;
    expect(next(done, 'waiting-for-input', 'bell')).to.equal(undefined);
    expect(next(done, 'paused')).to.equal(undefined);
    expect(nextStatus('chat', done, { status: 'processing' }, 1)).to.equal(undefined);
  });

  it('has a reason and a time only while it waits, whatever happens', () => {
    const change = fc.record({
      status: fc.constantFrom(...STATUSES),
      reason: fc.constantFrom(...REASONS),
      anew: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.array(change, { maxLength: 30 }), (kind, changes) => {
        let state = working;
        for (const [now, each] of changes.entries()) {
          state = nextStatus(kind, state, each, now) ?? state;
          if (state.status !== 'waiting-for-input')
            expect([state.waitingReason, state.waitingSince]).to.deep.equal([undefined, undefined]);
          else expect(state.waitingSince).to.be.a('number');
        }
      }),
    );
  });
});

describe('attention', () => {
  const rule = (rows: (seen: boolean, isShown: boolean, reason: WaitingReason) => boolean) =>
    [true, false].flatMap((seen) =>
      [true, false].flatMap((isShown) =>
        REASONS.flatMap((reason) => (reason !== undefined && rows(seen, isShown, reason) ? [reason] : [])),
      ),
    );
  const waiting = (waitingReason: WaitingReason | undefined, seen: boolean, isShown = false) =>
    ({ status: 'waiting-for-input', waitingReason, seen, isShown }) as const;

  it('is wanted until it is answered by what asks, unless it is on a screen now', () => {
    for (const reason of ['approval', 'question'] as const) {
      for (const seen of [true, false]) {
        expect(waitsForPerson(waiting(reason, seen, true))).to.equal(true);
        expect(callsForAttention(waiting(reason, seen, false))).to.equal(true);
        expect(callsForAttention(waiting(reason, seen, true))).to.equal(false);
      }
    }
  });

  it('is wanted until it is seen by what has ended, failed or rung', () => {
    const calling = rule(
      (seen, isShown, reason) => callsForAttention(waiting(reason, seen, isShown)) && !isShown && !seen,
    );
    expect(calling).to.deep.equal(['approval', 'question', 'turn-ended', 'turn-failed', 'command-ended', 'bell']);
    const still = rule(
      (seen, isShown, reason) => seen && !isShown && callsForAttention(waiting(reason, seen, isShown)),
    );
    expect(still).to.deep.equal(['approval', 'question']);
  });

  it('is wanted by a program whose end nobody has seen', () => {
    const ended = { status: 'completed', waitingReason: undefined, isShown: false } as const;
    expect(callsForAttention({ ...ended, seen: false })).to.equal(true);
    expect(callsForAttention({ ...ended, seen: true })).to.equal(false);
  });

  it('is not wanted by what works, rests or is held', () => {
    for (const seen of [true, false]) {
      expect(waitsForPerson({ status: 'processing', waitingReason: 'bell', seen })).to.equal(false);
      expect(waitsForPerson({ status: 'paused', waitingReason: undefined, seen })).to.equal(false);
      expect(waitsForPerson(waiting(undefined, seen))).to.equal(false);
    }
  });
});
