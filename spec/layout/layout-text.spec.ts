import { expect } from 'chai';
import fc from 'fast-check';
import type { Rect } from '../../lib/base/geometry.ts';
import { type PaneId, paneId } from '../../lib/base/id.ts';
import { type Layout, panes, rects, single, split } from '../../lib/layout/layout.ts';
import { layoutText, readLayout } from '../../lib/layout/layout-text.ts';
import { applyNamed } from '../../lib/layout/named-layout.ts';

const AREA: Rect = { x: 0, y: 0, width: 159, height: 48 };
const number = (pane: PaneId): number => pane;

/** `count` panes, as they come. */
function many(count: number, area: Rect): Layout {
  let layout = single(paneId(0));
  for (let id = 1; id < count; id++) {
    const direction = id % 2 === 0 ? 'vertical' : 'horizontal';
    layout = applyNamed(split(layout, area, paneId(id - 1), paneId(id), { direction }) ?? layout, area, 'tiled');
  }
  return layout;
}

describe('the text of a layout', () => {
  it('is that of tmux, as its manual has it', () => {
    const layout = applyNamed(many(2, AREA), AREA, 'even-horizontal');
    expect(layoutText(layout, AREA, () => 0).slice(5)).to.equal('159x48,0,0{79x48,0,0,0,79x48,80,0,0}');
    const read = readLayout('bb62,159x48,0,0{79x48,0,0,79x48,80,0}', layout);
    expect(read && rects(read, AREA).panes.get(paneId(1))).to.deep.equal({ x: 80, y: 0, width: 79, height: 48 });
  });

  it('reads back to the same rectangles', () => {
    const cell = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), cell, cell, (count, x, y) => {
        const area = { ...AREA, x, y };
        const layout = many(count, area);
        const text = layoutText(layout, area, number);
        const read = readLayout(text, layout);
        expect(read && [...rects(read, area).panes]).to.deep.equal([...rects(layout, area).panes]);
      }),
    );
  });

  it('leaves places without a pane out, and is refused when it has too few', () => {
    const text = layoutText(many(4, AREA), AREA, number);
    const three = many(3, AREA);
    const read = readLayout(text, three);
    expect(read && panes(read)).to.deep.equal(panes(three));
    expect(readLayout(text, many(5, AREA))).to.equal(undefined);
  });

  it('is refused when it is none', () => {
    const layout = many(2, AREA);
    const deep = '1x1,0,0{'.repeat(5000);
    const seeds = ['', 'tiled', 'bb62,', 'bb63,159x48,0,0{79x48,0,0,79x48,80,0}', `0000,${deep}`];
    for (const text of seeds) expect(readLayout(text, layout), text).to.equal(undefined);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0159x,{}[]') }), (text) => {
        const read = readLayout(`0000,${text}`, layout);
        expect(read === undefined || panes(read).length === 2).to.equal(true);
      }),
    );
  });
});
