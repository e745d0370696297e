import { expect } from 'chai';
import { SidebarMode } from '../../lib/mode/sidebar-mode.ts';
import type { Session } from '../../lib/session/session.ts';
import { plainSession } from '../support/plain-session.ts';

describe('SidebarMode', () => {
  const open = (count = 5) => {
    const place = {
      sessions: Array.from({ length: count }, (_, index): Session => plainSession(index, `s${index}`)),
      done: [] as string[],
    };
    const mode = new SidebarMode({
      sessions: () => place.sessions,
      current: () => place.sessions[1]?.id,
      rows: () => 3,
      onChange: () => undefined,
      accept: ({ name }) => place.done.push(`show ${name}`),
      leave: () => place.done.push('leave'),
      actions: { kill: ({ name }) => place.done.push(`kill ${name}`) },
    });
    const at = (name: string, times = 1): string | undefined => {
      mode.action(name, [], times);
      return mode.selected?.name;
    };
    return { mode, place, at };
  };

  it('begins at the shown session, and moves by keys, around the ends by single steps', () => {
    const { mode, at } = open();
    expect(mode.selected?.name).to.equal('s1');
    expect([at('down'), at('up', 2), at('up'), at('down'), at('page-down'), at('bottom'), at('down', 9)]).to.deep.equal(
      ['s2', 's0', 's4', 's0', 's2', 's4', 's4'],
    );
  });

  it('keeps its session selected while others come and go, and takes the next when that one goes', () => {
    const { mode, place } = open();
    place.sessions = place.sessions.slice(1);
    expect([mode.selected?.name, mode.index]).to.deep.equal(['s1', 0]);
    place.sessions = place.sessions.slice(1);
    expect([mode.selected?.name, mode.index]).to.deep.equal(['s2', 0]);
    place.sessions = [];
    expect(mode.selected).to.equal(undefined);
    expect(mode.action('accept', [], 1)).to.equal(true);
    expect(place.done).to.deep.equal([]);
  });

  it('goes to the next that waits, around the end', () => {
    const { place, at } = open();
    expect(at('waiting')).to.equal('s1');
    const waits = { status: 'waiting-for-input', waitingReason: 'bell', seen: false } as const;
    place.sessions = place.sessions.map((session, index) =>
      index % 3 === 0 ? plainSession(index, session.name, waits) : session,
    );
    expect([at('waiting'), at('waiting'), at('waiting')]).to.deep.equal(['s3', 's0', 's3']);
  });

  it('does what its actions say to the selected one, and knows no others', () => {
    const { mode, place } = open();
    for (const name of ['kill', 'accept', 'cancel']) mode.action(name, [], 1);
    expect(place.done).to.deep.equal(['kill s1', 'show s1', 'leave']);
    expect(mode.action('filter', [], 1)).to.equal(false);
    expect(mode.view()).to.equal(undefined);
  });
});
