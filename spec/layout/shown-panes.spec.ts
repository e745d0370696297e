import { expect } from 'chai';
import fc from 'fast-check';
import type { Rect } from '../../lib/base/geometry.ts';
import { panes as panesOf, rects } from '../../lib/layout/layout.ts';
import { LAYOUT_NAMES } from '../../lib/layout/named-layout.ts';
import { ShownPanes } from '../../lib/layout/shown-panes.ts';

const AREA: Rect = { x: 0, y: 1, width: 80, height: 22 };
const make = (session = 'a'): ShownPanes<string> => new ShownPanes(session, () => undefined);

/** Shows the sessions beside one another, the last one active. */
function beside(...sessions: readonly string[]): ShownPanes<string> {
  const [first = 'a', ...rest] = sessions;
  const shown = make(first);
  for (const session of rest) shown.split(AREA, shown.active, session, { direction: 'horizontal' });
  return shown;
}

const order = (shown: ShownPanes<string>): string => shown.all.map(({ session }) => session).join('');
const pane = (shown: ShownPanes<string>, session: string) => shown.paneOf(session) ?? shown.active;

const SESSIONS = [...'abcdefgh'];
const session = fc.constantFrom(...SESSIONS);
const direction = fc.constantFrom('horizontal' as const, 'vertical' as const);
const side = fc.constantFrom('left' as const, 'right' as const, 'up' as const, 'down' as const);
const flag = fc.boolean();

/** One thing that a person, a script or the end of a session does. */
type Step = (shown: ShownPanes<string>) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(session, session, direction, flag, flag, fc.integer({ min: -3, max: 90 })).map(
    ([at, added, direction, before, full, size]): Step =>
      (shown) => {
        shown.split(AREA, pane(shown, at), added, { direction, before, full, size });
      },
  ),
  session.map(
    (one): Step =>
      (shown) =>
        shown.show(one),
  ),
  fc.tuple(session, flag).map(
    ([one, keep]): Step =>
      (shown) =>
        shown.select(pane(shown, one), keep),
  ),
  session.map(
    (one): Step =>
      (shown) =>
        void shown.close(pane(shown, one)),
  ),
  session.map(
    (one): Step =>
      (shown) =>
        void shown.takeOut(pane(shown, one)),
  ),
  session.map(
    (one): Step =>
      (shown) =>
        shown.showAlone(pane(shown, one)),
  ),
  session.map(
    (one): Step =>
      (shown) =>
        shown.toggleZoom(pane(shown, one)),
  ),
  fc.tuple(session, session).map(
    ([a, b]): Step =>
      (shown) =>
        shown.swap(pane(shown, a), pane(shown, b)),
  ),
  fc.constantFrom(1 as const, -1 as const).map(
    (by): Step =>
      (shown) =>
        shown.rotate(by),
  ),
  fc.tuple(session, side, fc.nat(60)).map(
    ([one, to, by]): Step =>
      (shown) =>
        shown.resize(AREA, pane(shown, one), to, by),
  ),
  fc.tuple(session, direction, fc.nat(90)).map(
    ([one, to, by]): Step =>
      (shown) =>
        shown.setSize(AREA, pane(shown, one), to, by),
  ),
  fc.constantFrom(...LAYOUT_NAMES).map(
    (name): Step =>
      (shown) =>
        shown.arrange(AREA, name),
  ),
  session.map(
    (one): Step =>
      (shown) =>
        shown.spread(pane(shown, one)),
  ),
  fc.uniqueArray(session).map(
    (lives): Step =>
      (shown) =>
        void shown.undo((one) => lives.includes(one)),
  ),
  fc.uniqueArray(session).map(
    (lives): Step =>
      (shown) =>
        shown.restore(shown.state, 'a', (one) => lives.includes(one)),
  ),
);

describe('shown panes', () => {
  it('show each session once, in a pane of the layout, and have an active one, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const shown = make();
        for (const act of steps) {
          act(shown);
          const ids = panesOf(shown.layout);
          const sessions = shown.all.map((one) => one.session);
          expect(ids.length).to.equal(shown.count);
          expect(new Set(sessions).size).to.equal(sessions.length);
          expect([...shown.state.recent].sort()).to.deep.equal([...ids].sort());
          expect(ids).to.include(shown.active);
          const { zoomed } = shown.layout;
          if (zoomed !== undefined) expect(zoomed).to.equal(shown.active);
          expect([...rects(shown.layout, AREA).panes.keys()]).to.include(shown.active);
        }
      }),
    );
  });

  it('show a session that has a pane there, and any other in the active one', () => {
    const shown = beside('a', 'b');
    shown.show('a');
    expect([order(shown), shown.session]).to.deep.equal(['ab', 'a']);
    shown.show('c');
    expect([order(shown), shown.session]).to.deep.equal(['cb', 'c']);
  });

  it('go back to the pane that was active before when one closes', () => {
    const shown = beside('a', 'b', 'c');
    shown.select(pane(shown, 'a'));
    shown.close(pane(shown, 'a'));
    expect([order(shown), shown.session]).to.deep.equal(['bc', 'c']);
    expect(beside('a').close(beside('a').active)).to.equal(false);
  });

  it('end zoom when another pane is chosen, or keep it with that one', () => {
    const shown = beside('a', 'b');
    shown.toggleZoom(shown.active);
    shown.select(pane(shown, 'a'), true);
    expect([shown.zoomed, shown.session]).to.deep.equal([true, 'a']);
    shown.select(pane(shown, 'b'));
    expect(shown.zoomed).to.equal(false);
  });

  it('bring the layout before the last change back, without what is gone', () => {
    const shown = beside('a', 'b', 'c');
    shown.showAlone(pane(shown, 'b'));
    expect(order(shown)).to.equal('b');
    expect(shown.undo((one) => one !== 'c')).to.equal(true);
    expect(order(shown)).to.equal('ab');
    expect(make().undo(() => true)).to.equal(false);
  });

  it('go through the named layouts, and around', () => {
    const shown = beside('a', 'b');
    const names = LAYOUT_NAMES.map(() => {
      const name = shown.nextNamed(1);
      shown.arrange(AREA, name);
      return name;
    });
    expect(names).to.deep.equal(LAYOUT_NAMES);
    expect(shown.nextNamed(1)).to.equal(LAYOUT_NAMES[0]);
    expect(shown.nextNamed(-1)).to.equal('main-vertical');
  });
});
