import { expect } from 'chai';
import fc from 'fast-check';
import type { Rect } from '../../lib/base/geometry.ts';
import { paneId } from '../../lib/base/id.ts';
import {
  type Arrangement,
  borderAt,
  close,
  type Layout,
  paneAt,
  panes,
  rects,
  rotate,
  single,
  split,
  swap,
  zoom,
} from '../../lib/layout/layout.ts';
import { applyNamed, LAYOUT_NAMES } from '../../lib/layout/named-layout.ts';
import { neighbour } from '../../lib/layout/neighbour.ts';
import { dragBorder, resizePane, setPaneSize } from '../../lib/layout/resize.ts';

const AREA: Rect = { x: 0, y: 0, width: 81, height: 25 };
const [one, two, three, four] = [paneId(1), paneId(2), paneId(3), paneId(4)];

function splitOrFail(...args: Parameters<typeof split>): Layout {
  const layout = split(...args);
  if (layout === undefined) throw new Error('no room');
  return layout;
}

/** 1 | 2 over 3, 3 below 2. */
const three3 = (): Layout =>
  splitOrFail(splitOrFail(single(one), AREA, one, two, { direction: 'horizontal' }), AREA, two, three, {
    direction: 'vertical',
  });

/** How often each cell of the area is covered. */
function coverage({ panes, borders }: Arrangement, area: Rect): number[] {
  const cells = new Array<number>(area.width * area.height).fill(0);
  for (const rect of [...panes.values(), ...borders.map((border) => border.rect)])
    for (let y = rect.y; y < rect.y + rect.height; y++)
      for (let x = rect.x; x < rect.x + rect.width; x++) {
        const index = (y - area.y) * area.width + (x - area.x);
        cells[index] = (cells[index] ?? Number.POSITIVE_INFINITY) + 1;
      }
  return cells;
}

type Step =
  | { readonly do: 'split'; readonly at: number; readonly direction: 'horizontal' | 'vertical'; readonly size: number }
  | { readonly do: 'close'; readonly at: number }
  | { readonly do: 'resize'; readonly at: number; readonly to: 'left' | 'right' | 'up' | 'down'; readonly by: number }
  | { readonly do: 'name'; readonly at: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('split' as const),
      at: fc.nat(20),
      direction: fc.constantFrom('horizontal' as const, 'vertical' as const),
      size: fc.integer({ min: -5, max: 100 }),
    }),
    fc.record({ do: fc.constant('close' as const), at: fc.nat(20) }),
    fc.record({
      do: fc.constant('resize' as const),
      at: fc.nat(20),
      to: fc.constantFrom('left' as const, 'right' as const, 'up' as const, 'down' as const),
      by: fc.integer({ min: 1, max: 60 }),
    }),
    fc.record({ do: fc.constant('name' as const), at: fc.nat(4) }),
  ),
  { maxLength: 25 },
);

function run(list: readonly Step[], area: Rect): Layout {
  let layout = single(paneId(0));
  let next = 1;
  for (const step of list) {
    const all = panes(layout);
    const target = all[step.at % all.length] ?? paneId(0);
    if (step.do === 'split') layout = split(layout, area, target, paneId(next++), step) ?? layout;
    else if (step.do === 'close') layout = close(layout, target) ?? layout;
    else if (step.do === 'resize') layout = resizePane(layout, area, target, step.to, step.by);
    else layout = applyNamed(layout, area, LAYOUT_NAMES[step.at] ?? 'tiled');
  }
  return layout;
}

describe('layout', () => {
  it('gives one pane the whole area', () => {
    expect([...rects(single(one), AREA).panes]).to.deep.equal([[one, AREA]]);
  });

  it('splits in halves with one line between', () => {
    const { panes: found, borders } = rects(three3(), AREA);
    expect(found.get(one)).to.deep.equal({ x: 0, y: 0, width: 40, height: 25 });
    expect(found.get(two)).to.deep.equal({ x: 41, y: 0, width: 40, height: 12 });
    expect(found.get(three)).to.deep.equal({ x: 41, y: 13, width: 40, height: 12 });
    expect(borders.map(({ rect, line }) => ({ ...rect, line }))).to.deep.include({
      x: 40,
      y: 0,
      width: 1,
      height: 25,
      line: 'vertical',
    });
  });

  it('gives a new pane the size asked for, before the other when asked', () => {
    const layout = splitOrFail(single(one), AREA, one, two, { direction: 'vertical', size: 5, before: true });
    expect(panes(layout)).to.deep.equal([two, one]);
    expect(rects(layout, AREA).panes.get(two)?.height).to.equal(5);
  });

  it('splits over the full area with full', () => {
    const layout = splitOrFail(three3(), AREA, three, four, { direction: 'vertical', full: true, size: 4 });
    expect(rects(layout, AREA).panes.get(four)).to.deep.equal({ x: 0, y: 21, width: 81, height: 4 });
  });

  it('refuses to split where there is no room', () => {
    expect(split(single(one), { ...AREA, width: 2 }, one, two, { direction: 'horizontal' })).to.equal(undefined);
  });

  it('gives the room of a closed pane back', () => {
    const layout = close(three3(), two);
    expect(layout && rects(layout, AREA).panes.get(three)).to.deep.equal({ x: 41, y: 0, width: 40, height: 25 });
    expect(close(single(one), one)).to.equal(undefined);
  });

  it('never lays one thing over another nor outside of the area, whatever was done before', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 40 }), (list, width, height) => {
        const layout = run(list, AREA);
        const area = { x: 3, y: 1, width, height };
        const cells = coverage(rects(layout, area), area);
        return cells.every((count) => count <= 1);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves no cell of an area uncovered where every pane fits', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 40 }), (list, width, height) => {
        const layout = run(list, AREA);
        const area = { x: 0, y: 0, width, height };
        const arrangement = rects(layout, area);
        if ([...arrangement.panes.values()].some((rect) => rect.width === 0 || rect.height === 0)) return true;
        return coverage(arrangement, area).every((count) => count === 1);
      }),
      { numRuns: 300 },
    );
  });

  it('moves borders by keys, as far as the others allow', () => {
    const wider = resizePane(three3(), AREA, one, 'right', 10);
    expect(rects(wider, AREA).panes.get(one)?.width).to.equal(50);
    const widest = resizePane(three3(), AREA, one, 'right', 1000);
    expect(rects(widest, AREA).panes.get(one)?.width).to.equal(79);
    const last = resizePane(three3(), AREA, three, 'up', 3);
    expect(rects(last, AREA).panes.get(three)?.height).to.equal(15);
  });

  it('sets a pane to a size', () => {
    expect(rects(setPaneSize(three3(), AREA, two, 'horizontal', 30), AREA).panes.get(two)?.width).to.equal(30);
    expect(rects(setPaneSize(three3(), AREA, two, 'vertical', 4), AREA).panes.get(two)?.height).to.equal(4);
  });

  it('moves the border that the mouse drags', () => {
    const border = borderAt(three3(), AREA, { x: 40, y: 3 });
    if (border === undefined) throw new Error('no border');
    const layout = dragBorder(three3(), AREA, border, { x: 60, y: 9 });
    expect(borderAt(layout, AREA, { x: 60, y: 0 })?.line).to.equal('vertical');
    expect(dragBorder(single(one), AREA, border, { x: 1, y: 1 })).to.deep.equal(single(one));
  });

  it('keeps the shares when the area changes', () => {
    const layout = resizePane(three3(), AREA, one, 'left', 20);
    expect(rects(layout, { ...AREA, width: 41 }).panes.get(one)?.width).to.be.within(9, 11);
    expect(rects(layout, AREA).panes.get(one)?.width).to.equal(20);
  });

  it('finds neighbours, around the edges too', () => {
    const layout = three3();
    expect(neighbour(layout, AREA, one, 'right')).to.equal(two);
    expect(neighbour(layout, AREA, one, 'right', [three, two])).to.equal(three);
    expect(neighbour(layout, AREA, three, 'left')).to.equal(one);
    expect(neighbour(layout, AREA, two, 'up')).to.equal(three);
    expect(neighbour(layout, AREA, one, 'left')).to.equal(two);
    expect(neighbour(single(one), AREA, one, 'up')).to.equal(undefined);
  });

  it('shows a zoomed pane alone and remembers the rest', () => {
    const zoomed = zoom(three3(), two);
    expect([...rects(zoomed, AREA).panes]).to.deep.equal([[two, AREA]]);
    expect(rects(zoom(zoomed, undefined), AREA)).to.deep.equal(rects(three3(), AREA));
    expect(zoom(single(one), one).zoomed).to.equal(undefined);
  });

  it('swaps and rotates panes', () => {
    expect(panes(swap(three3(), one, three))).to.deep.equal([three, two, one]);
    expect(panes(rotate(three3(), 1))).to.deep.equal([three, one, two]);
    expect(panes(rotate(three3(), -1))).to.deep.equal([two, three, one]);
  });

  it('arranges panes by name', () => {
    let layout = three3();
    layout = splitOrFail(layout, AREA, three, four, { direction: 'horizontal' });
    const at = (name: (typeof LAYOUT_NAMES)[number]) => [...rects(applyNamed(layout, AREA, name), AREA).panes.values()];
    expect(at('even-horizontal').map((rect) => rect.x)).to.deep.equal([0, 21, 42, 62]);
    expect(at('even-vertical').map((rect) => rect.height)).to.deep.equal([6, 6, 5, 5]);
    expect(at('main-vertical').map((rect) => rect.x)).to.deep.equal([0, 55, 55, 55]);
    expect(at('main-horizontal').map((rect) => rect.y)).to.deep.equal([0, 17, 17, 17]);
    expect(at('tiled').map(({ x, y }) => [x, y])).to.deep.equal([
      [0, 0],
      [41, 0],
      [0, 13],
      [41, 13],
    ]);
  });

  it('says which pane lies at a position', () => {
    expect(paneAt(three3(), AREA, { x: 50, y: 20 })).to.equal(three);
    expect(paneAt(three3(), AREA, { x: 40, y: 20 })).to.equal(undefined);
  });
});
