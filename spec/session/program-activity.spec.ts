import { expect } from 'chai';
import { ProgramActivity } from '../../lib/session/program-activity.ts';
import { ManualClock } from '../support/manual-clock.ts';

function start() {
  const clock = new ManualClock();
  const events: string[] = [];
  const activity = new ProgramActivity(clock, ({ type }) => events.push(type));
  return { clock, events, activity, state: () => [activity.state.status, activity.state.waitingReason] };
}

describe("a program's activity", () => {
  it('is work while output flows, and rest after a second of silence, without a timer', () => {
    const { clock, activity, state } = start();
    activity.setShown(true);
    for (let times = 0; times < 5; times++) {
      activity.output();
      clock.advance(900);
      expect(state()).to.deep.equal(['processing', undefined]);
    }
    clock.advance(200);
    expect(state()).to.deep.equal(['waiting-for-input', undefined]);
    expect(clock.armed).to.equal(0);
    clock.advance(300);
    activity.output();
    expect(state()[0]).to.equal('processing');
  });

  it('is no rest while its output is held for the sake of others', () => {
    const clock = new ManualClock();
    let isHeld = true;
    const activity = new ProgramActivity(
      clock,
      () => undefined,
      undefined,
      () => isHeld,
    );
    activity.output();
    clock.advance(10_000);
    expect(activity.state.status).to.equal('processing');
    isHeld = false;
    clock.advance(1000);
    expect(activity.state.status).to.equal('waiting-for-input');
    expect(clock.armed).to.equal(0);
  });

  it('does not flicker where output comes just after its rest', () => {
    const { clock, activity, state } = start();
    clock.advance(1000);
    expect(state()[0]).to.equal('waiting-for-input');
    clock.advance(20);
    activity.output();
    expect(state()[0]).to.equal('waiting-for-input');
    clock.advance(300);
    activity.output();
    expect(state()[0]).to.equal('processing');
  });

  it('comes to rest though the program never prints', () => {
    const { clock, state } = start();
    clock.advance(1000);
    expect(state()).to.deep.equal(['waiting-for-input', undefined]);
    expect(clock.armed).to.equal(0);
  });

  it('is no work when it is the echo of a key', () => {
    const { clock, activity, state, events } = start();
    activity.setShown(true);
    clock.advance(2000);
    events.length = 0;
    activity.input();
    clock.advance(5);
    activity.output();
    expect(state()[0]).to.equal('waiting-for-input');
    expect(events).to.deep.equal([]);
    clock.advance(300);
    activity.output();
    expect(state()[0]).to.equal('processing');
  });

  it('is counted once a burst while nobody looks', () => {
    const { clock, activity, events } = start();
    for (let times = 0; times < 3; times++) {
      activity.output();
      activity.output();
      clock.advance(1500);
    }
    expect(activity.state.unread).to.equal(3);
    expect(events.filter((type) => type === 'activity')).to.have.length(3);
    activity.setShown(true);
    activity.output();
    expect(activity.state.unread).to.equal(0);
  });

  it('is not counted when it only answers to being hidden, but when it goes on', () => {
    const { clock, activity } = start();
    activity.setShown(true);
    activity.output();
    activity.setShown(false);
    clock.advance(20);
    activity.output();
    expect(activity.state.unread).to.equal(0);
    clock.advance(990);
    activity.output();
    expect(activity.state.unread).to.equal(1);
  });

  it('is neither news nor work when a program draws itself anew for another size, but when it goes on', () => {
    const { clock, activity, state } = start();
    clock.advance(5000);
    activity.resized();
    clock.advance(20);
    activity.output();
    expect([...state(), activity.state.unread]).to.deep.equal(['waiting-for-input', undefined, 0]);
    clock.advance(490);
    activity.output();
    expect([...state(), activity.state.unread]).to.deep.equal(['processing', undefined, 1]);
  });

  describe('by what is claimed of it', () => {
    it('is what is claimed, whatever it prints, marks or rings', () => {
      const { clock, activity, state } = start();
      activity.claimed({ kind: 'busy' });
      clock.advance(5000);
      expect(state()).to.deep.equal(['processing', undefined]);
      activity.claimed({ kind: 'waiting', reason: 'approval' });
      activity.output();
      activity.bell();
      activity.mark('output');
      clock.advance(5000);
      expect(state()).to.deep.equal(['waiting-for-input', 'approval']);
      expect(activity.state.seen).to.equal(false);
    });

    it('calls when work that nobody looked at has ended, and at first does not', () => {
      const { activity, state } = start();
      activity.claimed({ kind: 'idle' });
      expect(state()).to.deep.equal(['waiting-for-input', undefined]);
      activity.claimed({ kind: 'busy' });
      activity.claimed({ kind: 'idle' });
      expect(state()).to.deep.equal(['waiting-for-input', 'turn-ended']);
      expect(activity.state.seen).to.equal(false);
      activity.claimed({ kind: 'busy' });
      activity.setShown(true);
      activity.claimed({ kind: 'idle' });
      expect(activity.state.seen).to.equal(true);
      activity.claimed({ kind: 'failed' });
      expect(state()).to.deep.equal(['waiting-for-input', 'turn-failed']);
    });

    it('is what its output says again when nobody claims any more; a question goes with who asked it', () => {
      const { clock, activity, state } = start();
      clock.advance(2000);
      activity.claimed({ kind: 'waiting', reason: 'question' });
      activity.claimed(undefined);
      expect(state()).to.deep.equal(['waiting-for-input', undefined]);
      activity.setShown(true);
      activity.output();
      expect(state()).to.deep.equal(['processing', undefined]);
    });

    it('tells afterwards that the command of a shell ended meanwhile', () => {
      const { activity, state } = start();
      activity.mark('output');
      activity.claimed({ kind: 'busy' });
      activity.mark('done');
      activity.mark('prompt');
      expect(state()).to.deep.equal(['processing', undefined]);
      activity.claimed(undefined);
      expect(state()).to.deep.equal(['waiting-for-input', 'command-ended']);
    });

    it('is at rest again after an agent that marked its own texts in a shell that marks nothing', () => {
      const { clock, activity, state } = start();
      activity.claimed({ kind: 'busy' });
      for (const mark of ['prompt', 'output'] as const) activity.mark(mark);
      activity.claimed(undefined);
      activity.output();
      clock.advance(5000);
      expect(state()[0]).to.equal('waiting-for-input');
    });

    it('is nothing while a signal holds it or when it has ended', () => {
      const { activity, state } = start();
      activity.stopped();
      activity.claimed({ kind: 'waiting', reason: 'approval' });
      expect(state()).to.deep.equal(['paused', undefined]);
      activity.continued();
      expect(state()).to.deep.equal(['waiting-for-input', 'approval']);
      activity.ended();
      activity.claimed({ kind: 'busy' });
      expect(state()).to.deep.equal(['completed', undefined]);
    });
  });

  it('calls with an unseen bell, until somebody looks and more comes', () => {
    const { clock, activity, state } = start();
    activity.output();
    activity.bell();
    expect([...state(), activity.state.seen]).to.deep.equal(['waiting-for-input', 'bell', false]);
    clock.advance(5000);
    activity.output();
    expect(state()[1]).to.equal('bell');
    activity.setShown(true);
    expect([...state(), activity.state.seen]).to.deep.equal(['waiting-for-input', 'bell', true]);
    activity.output();
    expect(state()).to.deep.equal(['processing', undefined]);
    activity.bell();
    expect(state()[0]).to.equal('processing');
  });

  it('follows the marks of a shell: a silent command works, its end calls', () => {
    const { clock, activity, state } = start();
    activity.mark('done');
    activity.mark('prompt');
    activity.output();
    expect(state()).to.deep.equal(['waiting-for-input', undefined]);
    activity.mark('output');
    clock.advance(60_000);
    expect(state()[0]).to.equal('processing');
    activity.mark('done');
    activity.output();
    activity.mark('prompt');
    clock.advance(60_000);
    activity.output();
    expect([...state(), activity.state.seen]).to.deep.equal(['waiting-for-input', 'command-ended', false]);
    expect(activity.state.waitingSince).to.be.below(clock.now());
    activity.mark('output');
    expect(state()[0]).to.equal('processing');
  });

  it('does not call who looks', () => {
    const { activity, state } = start();
    activity.setShown(true);
    activity.mark('output');
    activity.mark('done');
    expect([...state(), activity.state.seen]).to.deep.equal(['waiting-for-input', 'command-ended', true]);
  });

  it('stops, goes on, ends and begins again', () => {
    const { clock, activity, state } = start();
    activity.stopped();
    clock.advance(5000);
    expect(state()[0]).to.equal('paused');
    activity.continued();
    expect(state()[0]).to.equal('processing');
    activity.ended();
    expect([state()[0], activity.state.seen, clock.armed]).to.deep.equal(['completed', false, 0]);
    activity.output();
    activity.bell();
    activity.continued();
    expect(state()[0]).to.equal('completed');
    activity.restarted();
    expect([state()[0], activity.state.seen]).to.deep.equal(['processing', true]);
    activity.dispose();
    expect(clock.armed).to.equal(0);
  });
});
