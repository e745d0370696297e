import { expect } from 'chai';
import fc from 'fast-check';
import { rects } from '../../lib/layout/layout.ts';
import { ShownPanes } from '../../lib/layout/shown-panes.ts';
import { layoutRecord, readLayoutRecord } from '../../lib/server/layout-record.ts';
import type { Session } from '../../lib/session/session.ts';
import { CommandPlace } from '../support/command-place.ts';

const AREA = { x: 0, y: 0, width: 120, height: 40 };

describe('the record of a layout', () => {
  let sessions: readonly Session[];
  const keys = () => new Map(sessions.map((session): [string, Session] => [`key-${session.name}`, session]));
  const keyOf = ({ name }: Session) => `key-${name}`;

  before(async () => {
    const place = new CommandPlace();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await place.run(`new-session -d -s ${name} true`);
    sessions = place.sessions;
  });

  /** Panes split at random. */
  function random(choices: readonly number[]): ShownPanes<Session> {
    const [first, ...rest] = sessions;
    if (first === undefined) throw new Error('no session');
    const panes = new ShownPanes(first, () => undefined);
    for (const [index, choice] of choices.entries()) {
      const session = rest[index];
      if (session === undefined) break;
      const all = panes.all;
      const beside = all[choice % all.length]?.id ?? panes.active;
      panes.split(AREA, beside, session, { direction: choice % 2 === 0 ? 'horizontal' : 'vertical' });
    }
    if (choices.length % 3 === 2) panes.toggleZoom(panes.active);
    return panes;
  }

  it('gives the same panes at the same places, with what was active and zoomed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 4 }), (choices) => {
        const panes = random(choices);
        const read = readLayoutRecord(layoutRecord(panes.state, AREA, keyOf, choices.length > 2) ?? '', keys());
        if (read === undefined || read === 'unreadable') throw new Error(`not read: ${read}`);
        const places = ({ layout, sessions: shown }: typeof panes.state) =>
          [...rects(layout, AREA).panes].map(([id, rect]) => [shown.get(id)?.name, rect]);
        expect(places(read.state)).to.deep.equal(places(panes.state));
        expect(read.state.recent.map((id) => read.state.sessions.get(id)?.name)).to.deep.equal(
          panes.state.recent.map((id) => panes.state.sessions.get(id)?.name),
        );
        expect(read.area).to.deep.equal(AREA);
        expect(read.sidebar).to.equal(choices.length > 2);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves sessions out that did not come back', () => {
    const text = layoutRecord(random([0, 1]).state, AREA, keyOf) ?? '';
    const some = new Map([...keys()].filter(([key]) => key === 'key-b'));
    const read = readLayoutRecord(text, some);
    if (read === undefined || read === 'unreadable') throw new Error('not read');
    expect([...read.state.sessions.values()].map(({ name }) => name)).to.deep.equal(['b']);
    expect(readLayoutRecord(text, new Map())).to.equal(undefined);
    expect(layoutRecord(random([0]).state, AREA, () => undefined)).to.equal(undefined);
  });

  it('takes any text', () => {
    const good = JSON.parse(layoutRecord(random([0, 1, 2]).state, AREA, keyOf) ?? '{}') as Record<string, unknown>;
    const hostile = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .tuple(fc.constantFrom(...Object.keys(good)), fc.oneof(fc.jsonValue(), fc.array(fc.integer())))
        .map(([name, value]) => JSON.stringify({ ...good, [name]: value })),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const read = readLayoutRecord(text, keys());
        if (read === undefined || read === 'unreadable') return;
        expect(read.state.sessions.size).to.equal(new Set(read.state.sessions.values()).size);
        expect(read.state.sessions.has(read.state.recent[0])).to.equal(true);
        expect(() => rects(read.state.layout, AREA)).not.to.throw();
      }),
      { numRuns: 500 },
    );
  });
});
