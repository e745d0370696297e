import { expect } from 'chai';
import fc from 'fast-check';
import type { Key } from '../../lib/input/key.ts';
import { CTRL } from '../../lib/input/key.ts';
import type { ListEntry, ListModeOptions } from '../../lib/mode/list-entry.ts';
import { ListMode } from '../../lib/mode/list-mode.ts';
import type { OverlayView } from '../../lib/mode/overlay-view.ts';
import { PLAIN } from '../../lib/text/style.ts';
import { TextRows } from '../support/text-rows.ts';

type ListView = Extract<OverlayView, { readonly kind: 'list' }>;

const entry = (name: string): ListEntry => ({ id: name, line: [{ text: name, style: PLAIN }], text: name });
const key = (name: string, modifiers = 0): Key => ({ name, modifiers });

class Desk {
  names: string[];
  readonly done: string[] = [];
  readonly mode: ListMode;

  constructor(names: readonly string[], options: Partial<ListModeOptions<ListEntry>> = {}) {
    this.names = [...names];
    this.mode = new ListMode({
      title: 'Things',
      items: () => this.names.map(entry),
      accept: ({ id }) => this.done.push(`accept ${id}`),
      exit: () => this.done.push('exit'),
      ...options,
    });
  }

  type(text: string): this {
    this.do('filter');
    for (const letter of text) this.mode.key(key(letter === ' ' ? 'Space' : letter));
    return this;
  }

  do(...names: readonly string[]): this {
    for (const name of names) expect(this.mode.action(name, [], 1)).to.equal(true);
    return this;
  }

  get view(): ListView {
    const view = this.mode.view();
    if (view.kind !== 'list') throw new Error(view.kind);
    return view;
  }

  get shown(): readonly string[] {
    return this.view.items.map(({ line }) => line.map((span) => span.text).join(''));
  }

  get chosen(): string | undefined {
    return this.shown[this.view.selected];
  }
}

describe('list mode', () => {
  it('moves through its items, around the ends', () => {
    const desk = new Desk(['a', 'b', 'c']);
    expect(desk.do('down').chosen).to.equal('b');
    expect(desk.do('up', 'up').chosen).to.equal('c');
    expect(desk.do('down').chosen).to.equal('a');
    expect(desk.do('bottom').chosen).to.equal('c');
    expect(desk.do('top').chosen).to.equal('a');
  });

  it('moves by pages, not around the ends', () => {
    const names = Array.from({ length: 30 }, (_, index) => `n${index}`);
    const desk = new Desk(names, { rows: () => 6 });
    expect(desk.do('page-down', 'page-down').chosen).to.equal('n10');
    expect(desk.do('page-up', 'page-up', 'page-up').chosen).to.equal('n0');
  });

  it('filters by what is typed, the best first', () => {
    const desk = new Desk(['rapid', 'api', 'zsh']).type('api');
    expect(desk.shown).to.deep.equal(['api', 'rapid']);
    expect(desk.view.filter).to.equal('api');
    expect(desk.type('d').shown).to.deep.equal(['rapid']);
    expect(desk.do('filter-backspace').shown).to.deep.equal(['api', 'rapid']);
    expect(desk.do('filter-kill').shown).to.deep.equal(['rapid', 'api', 'zsh']);
    expect(desk.chosen).to.equal('api');
  });

  it('types nothing before a filter is begun, nor after it has ended', () => {
    const desk = new Desk(['a', 'b']);
    desk.mode.key(key('b'));
    expect(desk.view.filter).to.equal(undefined);
    expect(desk.mode.keyTable).to.equal('list');
    desk.type('b');
    expect(desk.mode.keyTable).to.equal('list-filter');
    expect(desk.do('cancel').shown).to.deep.equal(['a', 'b']);
    expect(desk.chosen).to.equal('b');
    expect(desk.type('').do('filter-backspace').mode.keyTable).to.equal('list');
    expect(desk.done).to.deep.equal([]);
    expect(desk.do('cancel').done).to.deep.equal(['exit']);
  });

  it('types no keys that act, and no controls of a paste', () => {
    const desk = new Desk(['a']).do('filter');
    desk.mode.key(key('a', CTRL));
    desk.mode.key(key('F1'));
    desk.mode.paste('a\nb\x1b');
    expect(desk.view.filter).to.equal('a b ');
  });

  it('keeps its selection when other items come and go', () => {
    const desk = new Desk(['a', 'b', 'c']).do('down');
    desk.names = ['x', 'a', 'y', 'b'];
    expect(desk.chosen).to.equal('b');
    desk.names = ['x', 'a', 'y'];
    expect(desk.chosen).to.equal('y');
    desk.names = [];
    expect(desk.chosen).to.equal(undefined);
    expect(desk.do('accept', 'down', 'bottom').done).to.deep.equal([]);
  });

  it('accepts, leaves, and runs further actions on what is selected', () => {
    const killed: unknown[] = [];
    const desk = new Desk(['a', 'b'], { selected: 'b', actions: { kill: ({ id }) => killed.push(id) } });
    expect(desk.mode.actions).to.include.members(['kill', 'accept', 'filter-kill']);
    desk.do('kill', 'accept', 'cancel');
    expect(killed).to.deep.equal(['b']);
    expect(desk.done).to.deep.equal(['accept b', 'exit']);
    expect(desk.mode.action('explode', [], 1)).to.equal(false);
  });

  it('selects by number, for the mouse', () => {
    const desk = new Desk(['a', 'b', 'c']);
    desk.mode.select(2);
    expect(desk.chosen).to.equal('c');
    desk.mode.select(99);
    expect(desk.chosen).to.equal('c');
  });

  it('shows what is behind the selected item, its last text in view', () => {
    const preview = new TextRows(['1', '2', '3', '4', '5'], 10, 8);
    const view = (previewRows: number) => {
      const shown = new ListMode({
        title: '',
        items: () => [{ ...entry('a'), preview }],
        accept: () => undefined,
        exit: () => undefined,
        filterable: false,
        previewRows: () => previewRows,
      }).view();
      return shown.kind === 'list' ? shown : undefined;
    };
    expect(view(3)).to.deep.include({ preview, previewTop: 2, filter: undefined });
    expect(view(8)?.previewTop).to.equal(0);
  });

  it('has its selection among its items whatever happens', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constantFrom('up', 'down', 'page-up', 'page-down', 'top', 'bottom', 'filter-backspace') }),
        fc.record({ type: fc.constantFrom('a', 'b', ' ', 'é', '👍🏽') }),
        fc.record({ names: fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 6 }) }),
        fc.record({ select: fc.integer() }),
      ),
    );
    fc.assert(
      fc.property(steps, (list) => {
        const desk = new Desk(['ab', 'ba', 'é']);
        for (const step of list) {
          if ('do' in step) desk.do(step.do);
          else if ('type' in step) desk.mode.paste(step.type);
          else if ('names' in step) desk.names = step.names;
          else desk.mode.select(step.select);
          const { selected, items } = desk.view;
          expect(selected).to.be.within(0, Math.max(0, items.length - 1));
        }
      }),
    );
  });
});
