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

  it('gives what stands in a waiting layout its size, also when the whole gets another', () => {
    const sizes = new Map<string, string>();
    const fitted = new LayoutMemory(({ name }, { columns, rows }) => sizes.set(name, `${columns}x${rows}`));
    if (a === undefined || b === undefined) throw new Error('no session');
    const { panes, area } = fitted.placeOf(a);
    panes.split(area, panes.active, b, { direction: 'horizontal' });
    expect([...sizes]).to.deep.equal([
      ['a', '40x24'],
      ['b', '39x24'],
    ]);
    expect(fitted.resize(b, { columns: 121, rows: 30 })).to.equal(true);
    expect([...sizes.values()].map((size) => size.split('x')[1])).to.deep.equal(['30', '30']);
    expect(fitted.placeOf(a).area.width).to.equal(121);
  });

  it('lets a layout wait from which a client goes to another, and gives it back', () => {
    memory.putAside(shown(a, b).state, AREA);
    memory.putAside(shown(c).state, AREA);
    if (b === undefined || c === undefined) throw new Error('no session');
    expect([memory.isWaiting(b), memory.isWaiting(c)]).to.deep.equal([true, false]);
    expect(memory.placeOf(b).owner).to.equal(undefined);
    expect(memory.takeWaiting(b)?.sessions.size).to.equal(2);
    expect(memory.takeWaiting(b)).to.equal(undefined);
  });

  it('lets the name of a script’s layout mean what is left of it', () => {
    if (a === undefined || b === undefined) throw new Error('no session');
    const { panes, area, owner } = memory.placeOf(a);
    expect(owner).to.equal(a);
    panes.split(area, panes.active, b, { direction: 'vertical' });
    expect(memory.forget(a)).to.equal(b);
    expect(memory.forget(b)).to.equal(undefined);
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
