import { expect } from 'chai';
import { StyleTable } from '../../lib/terminal/style-table.ts';

const style = (table: StyleTable, number: number, link = ''): number =>
  table.id(number, number >> 3, number & 0xff, 0, link);

describe('the table of styles', () => {
  it('gives the same style the same number, and gives it back', () => {
    const table = new StyleTable(() => {});
    const ids = Array.from({ length: 3000 }, (_, index) =>
      style(table, index + 1, index % 5 === 0 ? `;http://${index}` : ''),
    );
    expect(new Set(ids).size).to.equal(3000);
    ids.forEach((id, index) => {
      expect(style(table, index + 1, index % 5 === 0 ? `;http://${index}` : '')).to.equal(id);
      expect(table.foreground(id)).to.equal(index + 1);
      expect(table.background(id)).to.equal((index + 1) >> 3);
      expect(table.attributes(id)).to.equal((index + 1) & 0xff);
      expect(table.link(id)).to.equal(index % 5 === 0 ? `;http://${index}` : '');
    });
    expect(style(table, 0)).to.equal(0);
  });

  it('forgets what nobody uses when it is full, and nothing else', () => {
    const kept = new Map<number, number>();
    const table = new StyleTable((used) => {
      for (const id of kept.keys()) used[id] = 1;
    });
    let highest = 0;
    for (let number = 1; number < 100_000; number++) {
      const id = style(table, number);
      highest = Math.max(highest, id);
      if (number % 100 === 0) kept.set(id, number);
    }
    for (const [id, number] of kept) expect([style(table, number), table.foreground(id)]).to.deep.equal([id, number]);
    expect(highest).to.be.below(10_000);
  });

  it('forgets nothing while it is held', () => {
    const table = new StyleTable(() => {});
    table.isHeld = true;
    const ids = Array.from({ length: 20_000 }, (_, index) => style(table, index + 1));
    ids.forEach((id, index) => {
      expect(table.foreground(id)).to.equal(index + 1);
    });
  });
});
