import { expect } from 'chai';
import { ShownPanes } from '../../lib/layout/shown-panes.ts';
import { LayoutMemory } from '../../lib/server/layout-memory.ts';
import type { Session } from '../../lib/session/session.ts';
import { CommandPlace } from '../support/command-place.ts';

const AREA = { x: 0, y: 0, width: 80, height: 24 };

describe('the memory of layouts', () => {
  let place: CommandPlace;
  let memory: LayoutMemory;
  let [a, b, c]: Session[] = [];

  beforeEach(async () => {
    place = new CommandPlace();
    memory = new LayoutMemory();
    for (const name of ['a', 'b', 'c']) await place.run(`new-session -d -s ${name} true`);
    [a, b, c] = place.sessions;
  });

  /** Panes that show these sessions. */
  function shown(...sessions: readonly (Session | undefined)[]): ShownPanes<Session> {
    const [first, ...rest] = sessions.filter((session) => session !== undefined);
    if (first === undefined) throw new Error('no session');
    const panes = new ShownPanes(first, () => undefined);
    for (const session of rest) panes.split(AREA, panes.active, session, { direction: 'horizontal' });
    return panes;
  }

  const names = (client: string, session: Session | undefined, now?: ShownPanes<Session>): string | undefined => {
    const state = session === undefined ? undefined : memory.take(client, session, now?.state);
    return state && [...state.sessions.values()].map(({ name }) => name).join('');
  };

  it('gives a client what it left with, another what is shown now, or what somebody left with last', () => {
    memory.keep('tty1', shown(a, b).state);
    memory.keep('tty2', shown(b, c).state);
    expect(names('tty1', b)).to.equal('ab');
    expect(names('tty3', b)).to.equal('bc');
    expect(names('tty3', b, shown(b, a))).to.equal('ba');
    expect(names('tty1', c)).to.equal('bc');
    memory.keep('tty2', shown(b).state);
    expect(names('tty3', c)).to.equal(undefined);
  });

  it('keeps what a script made until a client takes it over', () => {
    if (a === undefined || b === undefined) throw new Error('no session');
    const waiting = memory.waiting(a);
    expect(memory.waiting(a)).not.to.equal(waiting);
    waiting.split(AREA, waiting.active, b, { direction: 'vertical' });
    expect(memory.waiting(b)).to.equal(waiting);
    expect(names('tty1', b)).to.equal('ab');
    expect(names('tty1', b)).to.equal(undefined);
  });

  it('forgets sessions that are no more', () => {
    if (a === undefined || b === undefined) throw new Error('no session');
    memory.keep('tty1', shown(a, b).state);
    const waiting = memory.waiting(a);
    waiting.split(AREA, waiting.active, b, { direction: 'vertical' });
    memory.forget(b);
    expect(memory.waiting(a)).not.to.equal(waiting);
    expect(names('tty1', a)).to.equal('a');
    memory.forget(a);
    expect(names('tty1', a)).to.equal(undefined);
  });
});
