import { expect } from 'chai';
import fc from 'fast-check';
import type { Size } from '../../lib/base/geometry.ts';
import { CopyMode, type CopyStyles } from '../../lib/mode/copy-mode.ts';
import type { CopyModeOptions, CopyTarget } from '../../lib/mode/copy-state.ts';
import { INVERSE, PLAIN, palette } from '../../lib/text/style.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { TextRows } from '../support/text-rows.ts';

const SIZE: Size = { columns: 20, rows: 5 };
const STYLES: CopyStyles = {
  selection: { ...PLAIN, attributes: INVERSE },
  match: { ...PLAIN, background: palette(6) },
  currentMatch: { ...PLAIN, background: palette(5) },
  mark: { ...PLAIN, background: palette(1) },
  position: PLAIN,
};

interface Copied {
  readonly text: string;
  readonly target: CopyTarget;
}

/** Copy mode over lines of text, and what it copied. */
class Desk {
  readonly source: TextRows;
  readonly mode: CopyMode;
  readonly copied: Copied[] = [];
  exits = 0;
  time = 0;
  size = SIZE;

  constructor(lines: readonly string[], options: Partial<CopyModeOptions> = {}, columns = 20, rows = 5) {
    this.source = new TextRows(lines, columns, rows);
    this.size = { columns, rows };
    this.mode = new CopyMode({
      source: this.source,
      keys: 'vi',
      size: this.size,
      wordSeparators: '!"#$%&\'()*+,-./:;<=>?@[\\]^`{|}~',
      wrapSearch: true,
      copy: (text, target) => this.copied.push({ text, target }),
      exit: () => this.exits++,
      now: () => this.time,
      ...options,
    });
  }

  /** Does actions one after the other; words after a name are its arguments. */
  do(...actions: readonly string[]): this {
    for (const action of actions) {
      const [name = '', ...args] = action.split(' ');
      expect(this.mode.action(name, args.length > 0 ? [args.join(' ')] : [], 1), name).to.equal(true);
    }
    return this;
  }

  times(count: number, name: string, ...args: readonly string[]): this {
    this.mode.action(name, args, count);
    return this;
  }

  /** Row and column of the cursor. */
  get at(): readonly [number, number] {
    return [this.mode.cursor.row, this.mode.cursor.column];
  }

  get frame() {
    return this.mode.frame(this.size, STYLES);
  }

  get label(): string {
    return this.frame.label.map((span) => span.text).join('');
  }

  get text(): string | undefined {
    return this.copied.at(-1)?.text;
  }
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index}`);
const at = (row: number, column: number): Partial<CopyModeOptions> => ({ cursor: { row, column } });
const emacs = { keys: 'emacs' as const };

describe('copy mode', () => {
  it('begins where it is told and names its key table', () => {
    const desk = new Desk(numbered(20), at(17, 3));
    expect(desk.frame).to.deep.include({ top: 15, cursor: { x: 3, y: 2 } });
    expect(desk.mode.keyTable).to.equal('copy-mode-vi');
    expect(new Desk([], emacs).mode.keyTable).to.equal('copy-mode');
    expect(desk.mode.view()).to.equal(undefined);
  });

  it('does not know other actions', () => {
    const { mode } = new Desk(['a']);
    expect(mode.action('explode', [], 1)).to.equal(false);
    expect(mode.action('toString', [], 1)).to.equal(false);
  });

  describe('moving', () => {
    it('goes up and down, keeping its column over shorter rows', () => {
      const desk = new Desk(['a long line', 'short', 'a long line'], at(0, 8));
      expect(desk.do('cursor-down').at).to.deep.equal([1, 5]);
      expect(desk.do('cursor-down').at).to.deep.equal([2, 8]);
    });

    it('keeps to the ends of rows after the end of a line', () => {
      const desk = new Desk(['abc', 'abcdef', ''], at(0, 0)).do('end-of-line');
      expect(desk.at).to.deep.equal([0, 3]);
      expect(desk.do('cursor-down').at).to.deep.equal([1, 6]);
    });

    it('goes left and right over the ends of rows and over wide characters', () => {
      const desk = new Desk(['a漢b', 'xy'], at(0, 0));
      expect(desk.do('cursor-right', 'cursor-right').at).to.deep.equal([0, 3]);
      expect(desk.do('cursor-left').at).to.deep.equal([0, 1]);
      expect(desk.times(3, 'cursor-right').at).to.deep.equal([1, 0]);
      expect(desk.do('cursor-left').at).to.deep.equal([0, 4]);
    });

    it('scrolls when the cursor leaves the pane', () => {
      const desk = new Desk(numbered(20), at(15, 0));
      desk.times(3, 'cursor-up');
      expect(desk.frame).to.deep.include({ top: 12, cursor: { x: 0, y: 0 } });
    });

    it('pages with two rows in common, and goes on with the cursor at the ends', () => {
      const desk = new Desk(numbered(20), at(19, 0)).do('page-up');
      expect(desk.frame.top).to.equal(12);
      expect(desk.at[0]).to.equal(16);
      desk.times(9, 'page-up');
      expect(desk.at[0]).to.equal(0);
      desk.times(9, 'page-down');
      expect(desk.at[0]).to.equal(19);
      desk.do('halfpage-up');
      expect(desk.frame.top).to.equal(13);
    });

    it('scrolls under a cursor that stays in its place of the pane', () => {
      const desk = new Desk(numbered(20), at(17, 0)).do('scroll-up', 'scroll-up');
      expect(desk.frame).to.deep.include({ top: 13, cursor: { x: 0, y: 2 } });
      desk.do('scroll-down');
      expect(desk.frame).to.deep.include({ top: 14, cursor: { x: 0, y: 2 } });
    });

    it('goes to the rows of the pane and to both ends of the history', () => {
      const desk = new Desk(numbered(20), at(17, 0));
      expect(desk.do('top-line').at).to.deep.equal([15, 0]);
      expect(desk.do('middle-line').at).to.deep.equal([17, 0]);
      expect(desk.do('bottom-line').at).to.deep.equal([19, 0]);
      expect(desk.do('history-top').at).to.deep.equal([0, 0]);
      expect(desk.do('history-bottom').at).to.deep.equal([19, 7]);
      expect(desk.do('goto-line 5').frame.top).to.equal(10);
    });

    it('puts the cursor at the top, in the middle or at the bottom of the pane', () => {
      const desk = new Desk(numbered(30), at(15, 0));
      expect(desk.do('scroll-top').frame.top).to.equal(15);
      expect(desk.do('scroll-middle').frame.top).to.equal(13);
      expect(desk.do('scroll-bottom').frame.top).to.equal(11);
    });

    it('treats wrapped rows as one line', () => {
      const desk = new Desk(['  abcdefghijklmnopqrstuvwxyz', 'next'], at(1, 2));
      expect(desk.do('start-of-line').at).to.deep.equal([0, 0]);
      expect(desk.do('end-of-line').at).to.deep.equal([1, 8]);
      expect(desk.do('back-to-indentation').at).to.deep.equal([0, 2]);
    });

    it('goes by words and by spaces', () => {
      const desk = new Desk(['foo-bar baz', '  qux'], at(0, 0));
      expect(desk.do('next-word').at).to.deep.equal([0, 3]);
      expect(desk.do('next-word').at).to.deep.equal([0, 4]);
      expect(desk.do('next-space').at).to.deep.equal([0, 8]);
      expect(desk.do('next-word').at).to.deep.equal([1, 2]);
      expect(desk.do('previous-space').at).to.deep.equal([0, 8]);
      expect(desk.do('previous-space').at).to.deep.equal([0, 0]);
      expect(desk.do('next-space-end').at).to.deep.equal([0, 6]);
      expect(desk.do('previous-word').at).to.deep.equal([0, 4]);
    });

    it('ends words on their last cell with vi keys, after it with emacs keys', () => {
      expect(new Desk(['foo bar'], at(0, 0)).do('next-word-end').at).to.deep.equal([0, 2]);
      expect(new Desk(['foo bar'], at(0, 2)).do('next-word-end').at).to.deep.equal([0, 6]);
      expect(new Desk(['foo bar'], { ...emacs, ...at(0, 0) }).do('next-word-end').at).to.deep.equal([0, 3]);
    });

    it('does not break words where rows are wrapped', () => {
      const desk = new Desk(['one abcdefghijklmnopqrstuvwxyz two'], at(0, 4));
      expect(desk.do('next-word').at).to.deep.equal([1, 11]);
      expect(desk.do('previous-word').at).to.deep.equal([0, 4]);
    });

    it('is not held up by a word of megabytes', () => {
      const desk = new Desk(['x'.repeat(2_000_000)], at(0, 0));
      const started = cpuTime();
      desk.do('next-word', 'next-word-end', 'select-word', 'jump-forward y', 'start-of-line', 'end-of-line');
      expect(cpuTime() - started).to.be.lessThan(2000);
    });

    it('goes by paragraphs', () => {
      const desk = new Desk(['a', 'b', '', '', 'c', 'd', '', 'e'], at(0, 0));
      expect(desk.do('next-paragraph').at).to.deep.equal([2, 0]);
      expect(desk.do('next-paragraph').at).to.deep.equal([6, 0]);
      expect(desk.do('previous-paragraph').at).to.deep.equal([3, 0]);
    });

    it('finds the matching bracket over rows, nested ones skipped', () => {
      const desk = new Desk(['if (a (b)', ' [c]) d', 'e'], at(0, 3));
      expect(desk.do('next-matching-bracket').at).to.deep.equal([1, 4]);
      expect(desk.do('previous-matching-bracket').at).to.deep.equal([0, 3]);
      expect(new Desk(['ab (c'], at(0, 0)).do('next-matching-bracket').at).to.deep.equal([0, 0]);
    });

    it('jumps to characters of the line, and again', () => {
      const desk = new Desk(['a.b.c.d'], at(0, 0)).do('jump-forward .');
      expect(desk.at).to.deep.equal([0, 1]);
      expect(desk.do('jump-again').at).to.deep.equal([0, 3]);
      expect(desk.do('jump-reverse').at).to.deep.equal([0, 1]);
      expect(desk.do('jump-to-forward d').at).to.deep.equal([0, 5]);
      expect(desk.do('jump-to-backward a').at).to.deep.equal([0, 1]);
      expect(desk.do('jump-backward x').at).to.deep.equal([0, 1]);
    });

    it('goes to the mark and back', () => {
      const desk = new Desk(numbered(20), at(18, 2)).do('set-mark', 'history-top', 'jump-to-mark');
      expect(desk.at).to.deep.equal([18, 2]);
      expect(desk.do('jump-to-mark').at).to.deep.equal([0, 0]);
      expect(desk.frame.highlights[0]?.style).to.equal(STYLES.mark);
    });

    it('goes to prompts where they are known', () => {
      const rows = [2, 9];
      const promptRow = (row: number, direction: 1 | -1) =>
        direction === 1 ? rows.find((at) => at > row) : rows.findLast((at) => at < row);
      const desk = new Desk(numbered(12), { ...at(11, 3), promptRow });
      expect(desk.do('previous-prompt').at).to.deep.equal([9, 0]);
      expect(desk.do('previous-prompt').at).to.deep.equal([2, 0]);
      expect(desk.do('next-prompt').at).to.deep.equal([9, 0]);
      expect(new Desk(numbered(9), at(8, 1)).do('previous-prompt').at).to.deep.equal([8, 1]);
    });
  });

  describe('leaving', () => {
    it('leaves by cancel', () => {
      expect(new Desk(['a']).do('cancel').exits).to.equal(1);
    });

    it('leaves at the bottom when entered so, until another key than scrolling comes', () => {
      const entered = (): Desk => new Desk(numbered(30), { exitAtBottom: true }).do('page-up', 'page-up');
      expect(entered().do('page-down').exits).to.equal(0);
      expect(entered().do('page-down', 'page-down').exits).to.equal(1);
      expect(entered().do('cursor-up', 'page-down', 'page-down').exits).to.equal(0);
    });

    it('leaves at the bottom by the actions that say so', () => {
      expect(new Desk(numbered(30)).do('page-up', 'page-down-and-cancel').exits).to.equal(1);
      expect(new Desk(numbered(30), at(28, 0)).do('cursor-down-and-cancel').exits).to.equal(0);
      expect(new Desk(numbered(30), at(29, 0)).do('cursor-down-and-cancel').exits).to.equal(1);
    });
  });

  describe('selecting', () => {
    it('includes the cell under the cursor with vi keys, not with emacs keys', () => {
      const steps = ['begin-selection', 'cursor-right', 'cursor-right', 'copy-selection'];
      expect(new Desk(['abcdef'], at(0, 1)).do(...steps).text).to.equal('bcd');
      expect(new Desk(['abcdef'], { ...at(0, 1), ...emacs }).do(...steps).text).to.equal('bc');
    });

    it('selects backwards as forwards', () => {
      const steps = ['begin-selection', 'cursor-left', 'cursor-left', 'copy-selection'];
      expect(new Desk(['abcdef'], at(0, 3)).do(...steps).text).to.equal('bcd');
      expect(new Desk(['abcdef'], { ...at(0, 3), ...emacs }).do(...steps).text).to.equal('bc');
    });

    it('copies lines without the blanks at their ends', () => {
      const desk = new Desk(['one   ', 'two', 'three'], at(0, 1)).do('begin-selection', 'cursor-down', 'cursor-down');
      expect(desk.do('copy-selection-and-cancel').text).to.equal('ne\ntwo\nth');
      expect(desk.exits).to.equal(1);
    });

    it('joins wrapped rows, their blanks kept', () => {
      const line = 'abcdefghijklmnopqrs tuvwxyz';
      const desk = new Desk([line, 'next'], at(0, 0)).do('begin-selection', 'end-of-line', 'cursor-left');
      expect(desk.do('copy-selection').text).to.equal(line);
    });

    it('takes wide characters whole, at wrapped ends too', () => {
      const line = `${'漢字'.repeat(5)}x語 👍🏽 end`;
      const desk = new Desk([line], at(0, 0), 9).do('begin-selection', 'end-of-line', 'cursor-left');
      expect(desk.do('copy-selection').text).to.equal(line);
      expect(new Desk(['a漢b'], at(0, 2)).do('begin-selection', 'copy-selection').text).to.equal('漢');
    });

    it('takes the end of the line when the selection reaches over it with vi keys', () => {
      const desk = new Desk(['one', 'two'], at(0, 0)).do('begin-selection', 'end-of-line', 'copy-selection');
      expect(desk.text).to.equal('one\n');
    });

    it('copies rectangles', () => {
      const desk = new Desk(['abcdef', 'gh', 'ijklmn'], at(0, 1));
      desk.do('begin-selection', 'rectangle-toggle', 'cursor-down', 'cursor-down', 'cursor-right', 'cursor-right');
      expect(desk.frame.highlights).to.deep.equal([
        { from: { row: 0, column: 1 }, to: { row: 2, column: 3 }, shape: 'rectangle', style: STYLES.selection },
      ]);
      expect(desk.do('copy-selection').text).to.equal('bcd\nh\njkl');
    });

    it('cuts no wide character of a rectangle', () => {
      const desk = new Desk(['a漢b', 'abcd'], at(1, 2)).do('rectangle-on', 'begin-selection', 'cursor-up');
      expect(desk.do('copy-selection').text).to.equal('漢\nbc');
    });

    it('selects words and lines, and grows by them', () => {
      const desk = new Desk(['foo bar baz', 'qux'], at(0, 5)).do('select-word');
      expect(desk.mode.selectedText).to.equal('bar');
      expect(desk.do('next-word').mode.selectedText).to.equal('bar baz');
      expect(desk.times(1, 'select-line').mode.selectedText).to.equal('foo bar baz\n');
      const other = new Desk(['foo', 'bar', 'baz'], { ...at(0, 1), ...emacs }).times(2, 'select-line');
      expect(other.mode.selectedText).to.equal('foo\nbar');
    });

    it('exchanges the ends, stops following the cursor, and forgets', () => {
      const desk = new Desk(['abcdef'], at(0, 1)).do('begin-selection', 'cursor-right', 'other-end');
      expect(desk.at).to.deep.equal([0, 1]);
      expect(desk.do('cursor-left').mode.selectedText).to.equal('abc');
      expect(desk.do('stop-selection', 'end-of-line').mode.selectedText).to.equal('abc');
      expect(desk.do('clear-selection').mode.selectedText).to.equal('');
    });

    it('copies to commands, to the newest buffer, and without clearing', () => {
      const desk = new Desk(['abc'], at(0, 0)).do('begin-selection', 'copy-pipe-no-clear wc -c');
      expect(desk.copied[0]?.target).to.deep.equal({ append: false, buffer: true, pipe: 'wc -c', prefix: undefined });
      desk.do('pipe');
      expect(desk.copied[1]?.target).to.deep.include({ buffer: false, pipe: '' });
      expect(desk.mode.selectedText).to.equal('');
      desk.do('begin-selection', 'append-selection');
      expect(desk.copied[2]?.target.append).to.equal(true);
      desk.do('copy-selection');
      expect(desk.copied).to.have.length(3);
    });

    it('copies lines and ends of lines', () => {
      const desk = new Desk(['foo bar', 'baz', 'qux'], at(0, 4));
      expect(desk.do('copy-end-of-line').text).to.equal('bar');
      expect(desk.times(2, 'copy-line').text).to.equal('foo bar\nbaz');
      expect(desk.at).to.deep.equal([0, 4]);
      expect(desk.do('copy-pipe-line-and-cancel').exits).to.equal(1);
    });

    it('draws what is selected, clipped to the pane', () => {
      const desk = new Desk(numbered(20), at(10, 2)).do('begin-selection', 'history-bottom');
      expect(desk.frame.highlights).to.deep.equal([
        { from: { row: 15, column: 0 }, to: { row: 19, column: 7 }, shape: 'flow', style: STYLES.selection },
      ]);
      expect(new Desk(['abc'], { ...emacs, ...at(0, 1) }).do('begin-selection').frame.highlights).to.deep.equal([]);
    });
  });

  describe('with the mouse', () => {
    it('selects from where it was pressed', () => {
      const desk = new Desk(['abcdef', 'ghijkl']);
      desk.mode.mouseDown({ x: 1, y: 0 });
      expect(desk.mode.mouseUp()).to.equal(false);
      desk.mode.mouseDrag({ x: 2, y: 1 });
      expect(desk.mode.mouseUp()).to.equal(true);
      expect(desk.mode.selectedText).to.equal('bcdef\nghi');
    });

    it('selects a word at a double click, a line at a triple one', () => {
      const desk = new Desk(['foo bar baz']);
      const click = () => {
        desk.time += 100;
        desk.mode.mouseDown({ x: 5, y: 0 });
        desk.mode.mouseUp();
      };
      click();
      click();
      expect(desk.mode.selectedText).to.equal('bar');
      desk.mode.mouseDrag({ x: 9, y: 0 });
      expect(desk.mode.selectedText).to.equal('bar baz');
      click();
      expect(desk.mode.selectedText).to.equal('foo bar baz\n');
      click();
      expect(desk.mode.selectedText).to.equal('');
      desk.time += 1000;
      click();
      expect(desk.mode.selectedText).to.equal('');
    });

    it('scrolls while it is held at an edge', () => {
      const desk = new Desk(numbered(20));
      desk.mode.mouseDown({ x: 0, y: 2 });
      desk.mode.mouseDrag({ x: 3, y: 0 });
      expect(desk.mode.autoscrolling).to.equal(true);
      desk.mode.autoscroll();
      desk.mode.autoscroll();
      expect(desk.frame).to.deep.include({ top: 13, cursor: { x: 3, y: 0 } });
      for (let time = 0; time < 20; time++) desk.mode.autoscroll();
      expect(desk.mode.autoscrolling).to.equal(false);
      expect(desk.frame.top).to.equal(0);
      desk.mode.mouseUp();
      expect(desk.mode.selectedText.split('\n')).to.have.length(18);
    });
  });

  describe('while output arrives', () => {
    it('does not move', () => {
      const desk = new Desk(numbered(20), at(18, 2)).do('begin-selection', 'cursor-left');
      const before = desk.frame;
      desk.source.append(...numbered(50));
      expect({ ...desk.frame, label: [] }).to.deep.equal({ ...before, label: [] });
      expect(desk.label).to.equal('[50/65]');
    });

    it('goes with the oldest row kept when its own are forgotten', () => {
      const desk = new Desk(numbered(50), at(45, 0)).do('begin-selection', 'history-top');
      desk.source.forget(20);
      expect(desk.frame).to.deep.include({ top: 20, cursor: { x: 0, y: 0 } });
      expect(desk.mode.selectedText).to.match(/^line 20\n/);
      desk.do('begin-selection', 'cursor-down');
      desk.source.append(...numbered(50));
      desk.source.forget(60);
      expect(desk.mode.selectedText).to.equal('l');
    });

    it('finds its line again after a reflow', () => {
      const lines = Array.from({ length: 40 }, (_, index) => `${index} ${'word '.repeat(index % 9)}`);
      const desk = new Desk(lines).do('search-backward 22', 'begin-selection');
      const { row } = desk.mode.cursor;
      expect(desk.source.rowText(row)).to.match(/^22/);
      desk.source.reflow(7);
      desk.size = { columns: 7, rows: 5 };
      const { top, cursor } = desk.frame;
      expect(desk.source.rowText(top + cursor.y)).to.match(/^22/);
      expect(desk.mode.selectedText).to.equal('');
    });

    it('stays at its distance from the end when everything else is new', () => {
      const desk = new Desk(numbered(100), at(50, 0));
      desk.frame;
      desk.source.replace(Array.from({ length: 20 }, () => 'other'));
      expect(desk.mode.frame(SIZE, STYLES).top + desk.mode.frame(SIZE, STYLES).cursor.y).to.equal(10);
    });

    it('shows all that fits after the pane changed its size', () => {
      const desk = new Desk(numbered(50), at(49, 0));
      desk.size = { columns: 10, rows: 2 };
      expect(desk.frame).to.deep.include({ top: 48, cursor: { x: 0, y: 1 } });
      desk.size = { columns: 40, rows: 30 };
      expect(desk.frame.top).to.equal(45);
    });
  });

  it('survives any actions at any changes with its cursor in the text', () => {
    const names = new Desk([]).mode.actions;
    const step = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({ name: fc.constantFrom(...names), arg: fc.constantFrom('', 'a', 'e ', '1', '(', '漢') }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          grow: fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '漢', '(', 'e', '-', '👍🏽'), maxLength: 40 })),
        }),
      },
      { weight: 1, arbitrary: fc.record({ forget: fc.nat(30) }) },
      { weight: 1, arbitrary: fc.record({ reflow: fc.integer({ min: 1, max: 30 }) }) },
      { weight: 1, arbitrary: fc.record({ x: fc.integer({ min: -3, max: 30 }), y: fc.integer({ min: -3, max: 9 }) }) },
      { weight: 1, arbitrary: fc.record({ rows: fc.integer({ min: 1, max: 12 }) }) },
    );
    fc.assert(
      fc.property(
        fc.constantFrom('vi' as const, 'emacs' as const),
        fc.array(step, { maxLength: 40 }),
        (keys, steps) => {
          const desk = new Desk(['foo (bar)', '漢字漢字漢字漢字漢字漢字', '', 'e-e'], { keys });
          for (const step of steps) {
            if ('name' in step) desk.mode.action(step.name, step.arg === '' ? [] : [step.arg], 2);
            else if ('grow' in step) desk.source.append(...step.grow);
            else if ('forget' in step) desk.source.forget(step.forget);
            else if ('reflow' in step) desk.source.reflow(step.reflow);
            else if ('rows' in step) desk.size = { columns: desk.source.columns, rows: step.rows };
            else {
              desk.mode.mouseDown({ x: 0, y: 0 });
              desk.mode.mouseDrag(step);
              desk.mode.autoscroll();
              desk.mode.mouseUp();
            }
            const { top, cursor } = desk.frame;
            expect(top).to.be.within(desk.source.firstRow, desk.source.endRow - 1);
            expect(cursor.y).to.be.within(0, desk.size.rows - 1);
            expect(cursor.x).to.be.within(0, desk.size.columns - 1);
            expect(top + cursor.y).to.be.within(desk.source.firstRow, desk.source.endRow - 1);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
