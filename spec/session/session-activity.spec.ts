import { expect } from 'chai';
import type { Session, SessionEvent } from '../../lib/session/session.ts';
import { SessionActivity } from '../../lib/session/session-activity.ts';
import { canBecome, type SessionStatus, type StatusChange } from '../../lib/session/status.ts';
import { ManualClock } from '../support/manual-clock.ts';

const STATUSES = ['processing', 'waiting-for-input', 'paused', 'completed'] as const;

/** A kind of session of which everything can be asked. */
class AnyActivity extends SessionActivity {
  become(become: StatusChange, seen?: boolean): void {
    this.step(seen === undefined ? { become } : { become, seen });
  }

  news(): void {
    this.addUnread();
  }
}

function start(kind: Session['kind'] = 'chat', status: SessionStatus = 'processing') {
  const clock = new ManualClock();
  const events: SessionEvent[] = [];
  const activity = new AnyActivity({ kind, clock, fire: (event) => events.push(event), status });
  return { clock, events, activity, types: () => events.map(({ type }) => type) };
}

describe('the status machine', () => {
  for (const kind of ['chat', 'program'] as const) {
    for (const from of STATUSES) {
      for (const to of STATUSES) {
        it(`takes a ${kind} from ${from} to ${to} with one event, or refuses it`, () => {
          const { activity, events } = start(kind, from);
          activity.become({ status: to, reason: to === 'waiting-for-input' ? 'bell' : undefined });
          const isSame = from === to && to !== 'waiting-for-input';
          if (!canBecome(kind, from, to)) expect(events).to.deep.equal([{ type: 'refused', from, to }]);
          else expect(events).to.deep.equal(isSame ? [] : [{ type: 'status', previous: from }]);
          expect(activity.state.status).to.equal(canBecome(kind, from, to) ? to : from);
        });
      }
    }
  }

  it('gives one event for status, reason and seen that change together', () => {
    const { activity, events, clock } = start();
    activity.become({ status: 'waiting-for-input', reason: 'approval' }, false);
    expect(events).to.deep.equal([{ type: 'status', previous: 'processing' }]);
    expect(activity.state).to.include({ waitingReason: 'approval', waitingSince: clock.now(), seen: false });
  });

  it('gives no event where nothing changes', () => {
    const { activity, events } = start();
    activity.become({ status: 'waiting-for-input', reason: 'approval' }, false);
    events.length = 0;
    activity.become({ status: 'waiting-for-input', reason: 'approval' }, false);
    activity.setShown(false);
    expect(events).to.deep.equal([]);
    activity.setShown(true);
    activity.setShown(true);
    expect(events).to.have.length(1);
  });

  it('changes nothing of a step that it refuses', () => {
    const { activity, types } = start('program', 'completed');
    activity.become({ status: 'paused' }, false);
    expect(activity.state.seen).to.equal(true);
    expect(types()).to.deep.equal(['refused']);
  });

  it('tells that news were seen, and nothing where there were none', () => {
    const { activity, types } = start();
    activity.setShown(true);
    activity.setShown(false);
    expect(types()).to.deep.equal([]);
    activity.news();
    activity.news();
    expect(activity.state.unread).to.equal(2);
    activity.setShown(true);
    expect(types()).to.deep.equal(['activity', 'activity', 'seen']);
    expect(activity.state).to.include({ unread: 0, seen: true });
  });

  it('tells when a question comes on a screen, and when it is left without an answer', () => {
    const { activity, types } = start();
    activity.become({ status: 'waiting-for-input', reason: 'question' }, false);
    activity.setShown(true);
    activity.setShown(false);
    expect(types()).to.deep.equal(['status', 'seen', 'seen']);
    activity.become({ status: 'waiting-for-input', reason: 'turn-ended' }, true);
    activity.setShown(true);
    activity.setShown(false);
    expect(types()).to.have.length(4);
  });
});
