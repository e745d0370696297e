import { expect } from 'chai';
import fc from 'fast-check';
import { CopyMode, type CopyStyles } from '../../lib/mode/copy-mode.ts';
import type { CopyModeOptions } from '../../lib/mode/copy-state.ts';
import { findMatches, searchPattern } from '../../lib/mode/search-pattern.ts';
import { PLAIN, palette } from '../../lib/text/style.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { TextRows } from '../support/text-rows.ts';

const STYLES: CopyStyles = {
  selection: PLAIN,
  match: { ...PLAIN, background: palette(6) },
  currentMatch: { ...PLAIN, background: palette(5) },
  mark: PLAIN,
  position: PLAIN,
};

class Desk {
  readonly source: TextRows;
  readonly mode: CopyMode;
  copied = '';

  constructor(lines: readonly string[], options: Partial<CopyModeOptions> = {}, columns = 20, rows = 5) {
    this.source = new TextRows(lines, columns, rows);
    this.mode = new CopyMode({
      source: this.source,
      keys: 'vi',
      size: { columns, rows },
      wordSeparators: ' ',
      wrapSearch: true,
      copy: (text) => {
        this.copied = text;
      },
      exit: () => undefined,
      ...options,
    });
  }

  do(name: string, ...args: readonly string[]): this {
    expect(this.mode.action(name, args, 1), name).to.equal(true);
    return this;
  }

  get at(): readonly [number, number] {
    return [this.mode.cursor.row, this.mode.cursor.column];
  }

  get frame() {
    return this.mode.frame({ columns: this.source.columns, rows: this.source.rows }, STYLES);
  }

  get label(): string {
    return this.frame.label.map((span) => span.text).join('');
  }

  /** What is drawn as a match: row, columns, whether it is the present one. */
  get drawn(): readonly string[] {
    return this.frame.highlights.map(
      ({ from, to, style }) =>
        `${from.row}:${from.column}-${to.row === from.row ? '' : `${to.row}:`}${to.column}${style === STYLES.currentMatch ? '*' : ''}`,
    );
  }
}

const top: Partial<CopyModeOptions> = { cursor: { row: 0, column: 0 }, top: 0 };
const bottom = (row: number, column = 0): Partial<CopyModeOptions> => ({ cursor: { row, column } });

/** The label once all matches are counted: each look goes on a little, and a busy machine takes several. */
function counted(desk: Desk): string {
  for (let look = 0; look < 1000; look++) if (!desk.label.includes('+)')) break;
  return desk.label;
}

describe("copy mode's search", () => {
  it('goes from match to match, around the ends, and counts them', () => {
    const desk = new Desk(['foo bar', 'bar foo', 'foo'], top).do('search-forward-text', 'foo');
    expect(desk.at).to.deep.equal([1, 4]);
    expect(desk.mode.searchText).to.equal('foo');
    expect(desk.label).to.equal('(2/3) [0/0]');
    expect(desk.do('search-again').at).to.deep.equal([2, 0]);
    expect(desk.do('search-again').at).to.deep.equal([0, 0]);
    expect(desk.do('search-reverse').at).to.deep.equal([2, 0]);
    expect(desk.label).to.match(/^\(3\/3\)/);
  });

  it('stays where it is at the last match when it may not wrap', () => {
    const desk = new Desk(['foo', 'foo', 'x'], { ...top, wrapSearch: false }).do('search-forward-text', 'foo');
    expect(desk.do('search-again').at).to.deep.equal([1, 0]);
    expect(desk.do('search-backward-text', 'foo').do('search-again').at).to.deep.equal([0, 0]);
  });

  it('goes backwards', () => {
    const desk = new Desk(['foo foo', 'foo', 'end'], bottom(2)).do('search-backward-text', 'foo');
    expect(desk.at).to.deep.equal([1, 0]);
    expect(desk.do('search-again').at).to.deep.equal([0, 4]);
    expect(desk.do('search-again').at).to.deep.equal([0, 0]);
    expect(desk.do('search-reverse').at).to.deep.equal([0, 4]);
  });

  it('leaves the cursor after a match with emacs keys, and finds one under it', () => {
    const desk = new Desk(['foo foo'], { ...top, keys: 'emacs' }).do('search-forward-text', 'foo');
    expect(desk.at).to.deep.equal([0, 3]);
    expect(desk.do('search-again').at).to.deep.equal([0, 7]);
    expect(desk.do('search-reverse').at).to.deep.equal([0, 4]);
  });

  it('minds case only when there is a capital', () => {
    expect(new Desk(['x Foo foo'], top).do('search-forward-text', 'foo').at).to.deep.equal([0, 2]);
    expect(new Desk(['x foo Foo'], top).do('search-forward-text', 'Foo').at).to.deep.equal([0, 6]);
  });

  it('draws the matches in view, the present one otherwise', () => {
    const desk = new Desk(['a foo', 'foofoo', 'b', 'c', 'd', 'foo'], top).do('search-forward-text', 'foo');
    expect(desk.drawn).to.deep.equal(['0:2-4', '1:0-2', '1:3-5', '0:2-4*']);
  });

  it('finds text over wrapped rows', () => {
    const desk = new Desk(['abcdefghijklmnopqrstuvwxyz'], top).do('search-forward-text', 'stuv');
    expect(desk.drawn).to.deep.equal(['0:18-1:1', '0:18-1:1*']);
    expect(desk.do('copy-selection').copied).to.equal('stuv');
  });

  it('counts columns by cells, not by characters', () => {
    const desk = new Desk(['漢字 👍🏽 foo'], top).do('search-forward-text', 'foo');
    expect(desk.at).to.deep.equal([0, 8]);
    expect(desk.do('search-forward-text', '字').drawn).to.deep.equal(['0:2-2', '0:2-2*']);
  });

  it('takes regular expressions, and text where they mean nothing', () => {
    const desk = new Desk(['ab12', 'x.y(', '  foo'], top);
    expect(desk.do('search-forward', '[[:digit:]]+').drawn).to.include('0:2-3*');
    expect(desk.do('search-forward', '^ +foo$').at).to.deep.equal([2, 0]);
    expect(desk.do('search-forward', '.y(').at).to.deep.equal([1, 1]);
    expect(desk.do('search-forward', 'x*').label).to.match(/\/1\)/);
    expect(desk.do('search-forward', '\\s+').label).to.match(/^\(1\/1\)/);
  });

  it('gives a pattern up that takes too long', () => {
    const desk = new Desk([`${'a'.repeat(60)}!`], top, 80).do('search-forward', '(a+)+$');
    expect(desk.label).to.equal('(timed out) [0/0]');
    expect(desk.at).to.deep.equal([0, 0]);
  });

  it('says so when there is none', () => {
    const desk = new Desk(['foo'], top).do('search-forward', 'bar');
    expect(desk.label).to.equal('(0/0) [0/0]');
    expect(desk.do('search-again').at).to.deep.equal([0, 0]);
  });

  it('forgets the matches at other keys of emacs, and of vi when text is copied', () => {
    const vi = new Desk(['foo foo'], top).do('search-forward', 'foo').do('cursor-left');
    expect(vi.drawn).to.not.deep.equal([]);
    expect(vi.do('begin-selection').do('clear-selection').drawn).to.deep.equal([]);
    expect(vi.do('search-again').drawn).to.not.deep.equal([]);
    const emacs = new Desk(['foo foo'], { ...top, keys: 'emacs' }).do('search-forward', 'foo').do('cursor-left');
    expect(emacs.drawn).to.deep.equal([]);
  });

  it('searches from where it began as the text grows and shrinks', () => {
    const desk = new Desk(['start', 'ab', 'abc', 'abd'], top).do('search-forward-incremental', '=a');
    expect(desk.at).to.deep.equal([0, 2]);
    expect(desk.do('search-forward-incremental', '=ab').at).to.deep.equal([1, 0]);
    expect(desk.do('search-forward-incremental', '=abd').at).to.deep.equal([3, 0]);
    expect(desk.do('search-forward-incremental', '=abdx').at).to.deep.equal([0, 0]);
    expect(desk.do('search-forward-incremental', '=ab').at).to.deep.equal([1, 0]);
    expect(desk.do('search-forward-incremental', '=ab').at).to.deep.equal([2, 0]);
    expect(desk.do('search-forward-incremental', '=').at).to.deep.equal([0, 0]);
    expect(desk.drawn).to.deep.equal([]);
  });

  it('searches backwards as the text grows', () => {
    const desk = new Desk(['abc', 'ab', 'x'], bottom(2)).do('search-backward-incremental', '=ab');
    expect(desk.at).to.deep.equal([1, 0]);
    expect(desk.do('search-backward-incremental', '=abc').at).to.deep.equal([0, 0]);
    desk.do('cursor-down').do('search-backward-incremental', '=b');
    expect(desk.at).to.deep.equal([0, 1]);
  });

  it('takes new rows and forgotten ones into its count', () => {
    const desk = new Desk(
      Array.from({ length: 1000 }, (_, row) => `foo ${row}`),
      bottom(999),
    );
    desk.do('search-backward', 'foo');
    expect(counted(desk)).to.equal('(999/1000) [0/995]');
    desk.source.append('foo', 'bar', 'foo');
    expect(counted(desk)).to.equal('(999/1002) [3/998]');
    desk.source.forget(300);
    expect(counted(desk)).to.equal('(699/702) [3/698]');
    desk.source.replace(['foo']);
    expect(desk.label).to.equal('(1) [0/0]');
  });

  it('goes on in later frames when its time is over', () => {
    let time = 0;
    const lines = Array.from({ length: 20_000 }, (_, row) => (row === 10 ? 'needle' : `line ${row}`));
    const desk = new Desk(lines, { ...bottom(19_990), now: () => time++ });
    desk.do('search-backward', 'needle');
    expect(desk.at[0]).to.equal(19_990);
    expect(desk.mode.unfinished).to.equal(true);
    expect(desk.label).to.match(/\+\)/);
    let frames = 0;
    while (desk.mode.unfinished && frames < 1000) {
      frames++;
      desk.frame;
    }
    expect(desk.at).to.deep.equal([10, 0]);
    expect(desk.label).to.match(/^\(1\/1\)/);
    expect(frames).to.be.greaterThan(1);
  });

  it('stays quick over 100,000 rows', () => {
    const lines = Array.from({ length: 100_000 }, (_, row) => `row ${row} of the history, with some text on it`);
    const desk = new Desk(lines, bottom(99_999), 80, 50);
    const started = cpuTime();
    desk.do('search-backward', 'row 5 ').frame;
    desk.do('history-top').do('history-bottom').do('page-up').do('search-forward', 'ROW').frame;
    desk.do('search-backward-incremental', '=r').frame;
    desk.do('search-backward-incremental', '=row 77').frame;
    for (let frame = 0; frame < 400 && desk.mode.unfinished; frame++) desk.frame;
    expect(desk.label).to.match(/^\(1111\/1111\) /);
    expect(cpuTime() - started).to.be.lessThan(4000);
  });

  it('finds what indexOf finds, whatever the rows', () => {
    const letters = fc.constantFrom('a', 'b', ' ', '漢');
    const lines = fc.array(fc.string({ unit: letters, maxLength: 30 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lines, fc.string({ unit: letters, minLength: 1, maxLength: 3 }), (text, wanted) => {
        const desk = new Desk(text, top, 7).do('search-forward-text', wanted);
        const trimmed = text.map((line) => line.split(wanted).length - 1).reduce((sum, count) => sum + count, 0);
        const total = Number(/(\d+)\) /.exec(desk.label)?.[1]);
        return total === trimmed;
      }),
    );
  });
});

describe('a search pattern', () => {
  it('cuts matches at the ends of lines, and skips empty ones', () => {
    expect(findMatches(searchPattern('a[^x]*', true), 'ab\nac')).to.deep.equal([0, 2, 3, 5]);
    expect(findMatches(searchPattern('z*', true), 'abc')).to.deep.equal([]);
  });

  it('takes word edges as grep does', () => {
    expect(findMatches(searchPattern('\\<foo\\>', true), 'foobar foo')).to.deep.equal([7, 10]);
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab\\^$.*+?()[]{}|:<>-,1u') }), fc.boolean(), (text, regex) => {
        findMatches(searchPattern(text, regex), 'aab(b)\nab[ab]');
      }),
    );
  });
});
