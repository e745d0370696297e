import { expect } from 'chai';
import type { ListEntry } from '../../lib/mode/list-entry.ts';
import { SearchMode } from '../../lib/mode/search-mode.ts';
import { PLAIN } from '../../lib/text/style.ts';

const entry = (id: number, text: string): ListEntry => ({ id, text, line: [{ text, style: PLAIN }] });

describe('SearchMode', () => {
  const opened = (words = '') => {
    const state = { asked: [] as string[], taken: [] as unknown[], left: 0, found: [] as readonly ListEntry[] };
    const mode = new SearchMode({
      title: 'Search',
      words,
      found: () => state.found,
      search: (typed) => state.asked.push(typed),
      accept: ({ id }) => state.taken.push(id),
      exit: () => {
        state.left += 1;
      },
      style: undefined,
    });
    return { state, mode };
  };

  it('searches whatever is typed, and first for the words that it was opened with', () => {
    const { state, mode } = opened('blue');
    mode.paste(' door');
    mode.action('filter-backspace', [], 1);
    mode.action('filter-kill', [], 1);
    expect(state.asked).to.deep.equal(['blue', 'blue door', 'blue doo', '']);
    expect(opened().state.asked).to.deep.equal([]);
  });

  it('goes on typing when all was deleted', () => {
    const { state, mode } = opened('a');
    mode.action('filter-backspace', [], 1);
    mode.action('filter-backspace', [], 1);
    mode.paste('b');
    expect(state.asked).to.deep.equal(['a', '', 'b']);
    expect(mode.keyTable).to.equal('list-filter');
  });

  it('shows what was found as it is, the first of what is new selected, and takes the chosen one', () => {
    const { state, mode } = opened('x');
    state.found = [entry(0, 'nothing alike'), entry(1, 'nor this')];
    mode.action('down', [], 1);
    mode.action('accept', [], 1);
    state.found = [entry(0, 'other'), entry(1, 'more')];
    mode.changed();
    mode.action('accept', [], 1);
    expect(state.taken).to.deep.equal([1, 0]);
    const view = mode.view();
    expect(view.kind === 'list' ? [view.filter, view.items.length, view.selected] : []).to.deep.equal(['x', 2, 0]);
  });

  it('is left at once by cancel, and takes no harm from keys of other lists', () => {
    const { state, mode } = opened('x');
    expect(mode.action('kill', [], 1)).to.equal(true);
    expect(mode.action('unknown', [], 1)).to.equal(false);
    mode.action('cancel', [], 1);
    expect(state.left).to.equal(1);
  });
});
