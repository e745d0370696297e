import { expect } from 'chai';
import { Options } from '../../lib/config/options.ts';
import { type NoticeClient, Notices } from '../../lib/server/notices.ts';
import type { Session } from '../../lib/session/session.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { plainSession } from '../support/plain-session.ts';

const WAITS = { status: 'waiting-for-input', seen: false, waitingSince: 1 } as const;
const waiting = (index: number, name: string, reason: Session['waitingReason'] = 'approval') =>
  plainSession(index, name, { ...WAITS, waitingReason: reason });

class Client implements NoticeClient {
  focused = true;
  shown: readonly Session[] = [];
  readonly heard: string[] = [];

  shows(session: Session): boolean {
    return this.shown.includes(session);
  }

  bell(): void {
    this.heard.push('bell');
  }

  notify(title: string, body: string, form?: string): void {
    this.heard.push(`${form ?? 'osc'} ${title}: ${body}`);
  }
}

describe('notices', () => {
  let clock: ManualClock;
  let options: Options;
  let client: Client;
  let sessions: Session[];
  let runs: string[];
  let notices: Notices;

  beforeEach(() => {
    clock = new ManualClock();
    options = new Options();
    client = new Client();
    sessions = [];
    runs = [];
    notices = new Notices({
      clock,
      options,
      clients: () => [client],
      sessions: () => sessions,
      run: (noticed) => runs.push(noticed.map(({ session, reason }) => `${session.name} ${reason}`).join(', ')),
    });
  });

  /** A session that begins to wait now. */
  function begins(session: Session): Session {
    sessions.push(session);
    notices.turned(session);
    return session;
  }

  it('let few bells of a flood be heard, the more while it is shown', () => {
    const session = plainSession(0, 'loud');
    const heard = (milliseconds: number) => {
      let count = 0;
      for (let time = 0; time < milliseconds; time += 10) {
        if (notices.mayRing(session)) count += 1;
        clock.advance(10);
      }
      return count;
    };
    expect(heard(6000)).to.equal(2);
    client.shown = [session];
    expect(heard(1000)).to.equal(10);
    expect(notices.mayRing(plainSession(1, 'other'))).to.equal(true);
  });

  it('say of a notification when it is one too many, muted or not', () => {
    const session = plainSession(0, 'loud');
    options.set('notify-programs', 'off');
    const taken = Array.from({ length: 1000 }, () => notices.passOn(session, '', 'look'));
    expect(taken.filter(Boolean)).to.have.length(3);
    clock.advance(10_000);
    expect(notices.passOn(session, '', 'look')).to.equal(true);
    expect(client.heard).to.deep.equal([]);
  });

  it('ring and count what begins to wait unseen, the count at once', () => {
    begins(waiting(0, 'api'));
    expect(notices.count).to.equal(1);
    expect(client.heard).to.deep.equal([]);
    clock.advance(400);
    expect(client.heard).to.deep.equal(['bell']);
    expect(clock.armed).to.equal(0);
  });

  it('say together what comes together, approvals first, and then rest', () => {
    options.set('notify-on-waiting', 'osc777 command');
    begins(waiting(0, 'web', 'turn-ended'));
    clock.advance(300);
    begins(waiting(1, 'api'));
    clock.advance(100);
    expect(client.heard).to.deep.equal(['osc777 qmux: 2 sessions wait: api (approval), web (turn-ended)']);
    expect(runs).to.deep.equal(['api approval, web turn-ended']);
    begins(waiting(2, 'third', 'question'));
    clock.advance(2900);
    expect(client.heard).to.have.length(1);
    clock.advance(100);
    expect(client.heard[1]).to.equal('osc777 qmux: third asks a question');
  });

  it('count nothing where the title is not asked for', () => {
    options.set('notify-on-waiting', 'bell');
    begins(waiting(0, 'api'));
    expect(notices.count).to.equal(0);
  });

  it('are silent about what somebody looks at, and what was looked at or answered meanwhile', () => {
    const shown = waiting(0, 'shown');
    client.shown = [shown];
    begins(shown);
    expect(clock.armed).to.equal(0);
    const looked = begins(waiting(1, 'looked'));
    client.shown = [looked];
    notices.looked();
    let status: Session['status'] = 'waiting-for-input';
    const answered = Object.defineProperties(waiting(2, 'answered'), {
      status: { get: () => status },
      waitingReason: { get: () => (status === 'processing' ? undefined : 'approval') },
    });
    begins(answered);
    status = 'processing';
    notices.turned(answered);
    clock.advance(1000);
    expect(client.heard).to.deep.equal([]);
  });

  it('tell of the session on the screen of a terminal that lost the focus, until it has it again', () => {
    const shown = plainSession(0, 'shown', { ...WAITS, waitingReason: 'turn-ended', seen: true, isShown: true });
    client.shown = [shown];
    client.focused = false;
    begins(shown);
    clock.advance(400);
    expect([client.heard, notices.count]).to.deep.equal([['bell'], 1]);
    client.focused = true;
    notices.looked();
    expect(notices.count).to.equal(0);
  });

  it('come from no muted session', () => {
    options.set('notify-on-waiting', 'title bell osc command');
    const muted = waiting(0, 'muted');
    options.set('mute', 'on', { session: muted.id });
    begins(muted);
    notices.passOn(muted, '', 'done');
    clock.advance(1000);
    expect([client.heard, runs, notices.count]).to.deep.equal([[], [], 0]);
  });

  it('tell only for the reasons that are asked for', () => {
    options.set('notify-reasons', 'approval question');
    begins(waiting(0, 'done', 'turn-ended'));
    clock.advance(1000);
    expect([client.heard, notices.count]).to.deep.equal([[], 1]);
    begins(waiting(1, 'api'));
    clock.advance(1000);
    expect(client.heard).to.deep.equal(['bell']);
  });

  it('do not repeat what the program has rung or notified itself, but to the command', () => {
    options.set('notify-on-waiting', 'bell osc command');
    const session = waiting(0, 'api');
    notices.passOn(session, '', 'look here');
    begins(session);
    clock.advance(400);
    expect(client.heard).to.deep.equal(['osc api: look here']);
    expect(runs).to.deep.equal(['api approval']);
  });

  it("pass a program's own words on as they are where it is shown, and no flood of them", () => {
    const session = plainSession(0, 'shown');
    client.shown = [session];
    for (let time = 0; time < 50; time++) notices.passOn(session, time === 0 ? 'build' : '', 'done');
    expect(client.heard).to.deep.equal(['osc777 build: done', 'osc9 : done', 'osc9 : done']);
    clock.advance(10_000);
    options.set('notify-programs', 'off');
    notices.passOn(session, '', 'done');
    expect(client.heard).to.have.length(3);
  });

  it('name five sessions and count the others', () => {
    options.set('notify-on-waiting', 'osc9');
    for (let index = 0; index < 30; index++) begins(waiting(index, `s${index}`));
    clock.advance(400);
    expect(client.heard).to.have.length(1);
    expect(client.heard[0]).to.contain('30 sessions wait: s0 (approval), ').and.contain('s4 (approval), and 25 more');
  });
});
