import { expect } from 'chai';
import {
  nextAgeing,
  sessionAge,
  sessionAgent,
  sessionIcon,
  sessionName,
  sessionPreview,
  sessionState,
  timelessState,
  unreadBadge,
} from '../../lib/mode/session-line.ts';
import type { Session } from '../../lib/session/session.ts';
import { BOLD, palette } from '../../lib/text/style.ts';
import { plainSession } from '../support/plain-session.ts';

const MINUTE = 60_000;
const NOW = 1000 * MINUTE;

const waiting = (facts: Partial<Session> = {}): Session =>
  plainSession(1, 'api', {
    status: 'waiting-for-input',
    waitingReason: 'turn-ended',
    waitingSince: NOW - 3 * MINUTE,
    seen: false,
    ...facts,
  });
const exited = (exitCode: number): Session =>
  plainSession(2, 'make', { status: 'completed', exit: { exitCode, signal: undefined, time: 0 } });

describe('what lists say of a session', () => {
  it('has one sign for each state, and a star of the same colour for the shown one', () => {
    const idle = plainSession(0, 'zsh', { status: 'waiting-for-input' });
    const signs = [idle, plainSession(0, 'busy'), waiting(), exited(3), exited(0)].map((session) => {
      const { text, style } = sessionIcon(session, false);
      return [text, style.foreground];
    });
    expect(signs).to.deep.equal([
      ['●', palette(2)],
      ['⟳', palette(4)],
      ['●', palette(3)],
      ['✕', palette(1)],
      ['○', palette(8)],
    ]);
    expect(sessionIcon(plainSession(0, 'busy'), true)).to.deep.include({ text: '★' });
    expect(sessionIcon(plainSession(0, 'busy'), true).style.foreground).to.equal(palette(4));
  });

  it('has the names of those that wait in yellow, for an approval bold', () => {
    expect(sessionName(waiting()).style).to.include({ foreground: palette(3), attributes: 0 });
    expect(sessionName(waiting({ waitingReason: 'approval' })).style.attributes).to.equal(BOLD);
    expect(sessionName(plainSession(0, 'busy')).style.foreground).to.equal(0);
  });

  it('says how it stands, and since when', () => {
    expect(sessionState(waiting(), NOW).text).to.equal('turn-ended 3m');
    expect(timelessState(waiting()).text).to.equal('turn-ended');
    expect(timelessState(waiting({ waitingReason: undefined })).text).to.equal('idle');
    expect(sessionState(exited(3), NOW).text).to.equal('exited 3');
    expect(sessionPreview(plainSession(0, 'vi', { preview: '0,0-1         All' }))).to.equal('0,0-1 All');
    expect(sessionAge(plainSession(0, 'zsh', { lastActivity: NOW - 59_000 }), NOW)).to.equal('now');
    expect(sessionAge(plainSession(0, 'zsh', { lastActivity: NOW - 61 * MINUTE }), NOW)).to.equal('1h');
    expect(unreadBadge(plainSession(0, 'zsh', { unread: 4 }))?.text).to.equal('•4');
    expect(unreadBadge(plainSession(0, 'zsh'))).to.equal(undefined);
  });

  it('lets no control of a program or a model through', () => {
    const hostile = plainSession(0, 'zsh', { preview: 'a\x1b[31m\u202eb', fact: () => 'vi\x07m' });
    expect(sessionPreview(hostile)).to.equal('a[31mb');
    expect(sessionAgent(hostile)).to.equal('vim');
  });

  it('knows when time alone makes it say something else', () => {
    const ages = [0, 400, 59_500, MINUTE, 90 * MINUTE + 1, 30 * 60 * MINUTE];
    for (const age of ages)
      for (const session of [
        plainSession(0, 'zsh', { lastActivity: NOW - age }),
        waiting({ lastActivity: NOW - age, waitingSince: NOW - age }),
      ]) {
        const wait = nextAgeing(session, NOW);
        const said = (now: number): string => `${sessionState(session, now).text} ${sessionAge(session, now)}`;
        expect(said(NOW + wait - 1), `${age}`).to.equal(said(NOW));
      }
  });

  it('does not count the seconds of who is idle, which nobody is told', () => {
    const idle = waiting({ waitingReason: undefined, lastActivity: NOW - 5000, waitingSince: NOW - 5000 });
    expect(nextAgeing(idle, NOW)).to.equal(MINUTE - 5000);
  });
});
