import { expect } from 'chai';
import fc from 'fast-check';
import type { OverlayView } from '../../lib/mode/overlay-view.ts';
import { TextMode } from '../../lib/mode/text-mode.ts';
import type { Line } from '../../lib/text/line.ts';
import { BOLD, INVERSE, PLAIN } from '../../lib/text/style.ts';
import { textWidth } from '../../lib/text/width.ts';
import { cpuTime } from '../support/cpu-time.ts';

type TextView = Extract<OverlayView, { readonly kind: 'text' }>;

class Desk {
  readonly mode: TextMode;
  size = { columns: 20, rows: 5 };
  exits = 0;

  constructor(text: string | readonly Line[]) {
    this.mode = new TextMode({ title: 'Page', text, exit: () => this.exits++, size: () => this.size });
  }

  do(name: string, ...args: readonly string[]): this {
    expect(this.mode.action(name, args, 1), name).to.equal(true);
    return this;
  }

  get view(): TextView {
    const view = this.mode.view();
    if (view.kind !== 'text') throw new Error(view.kind);
    return view;
  }

  get lines(): readonly string[] {
    return this.view.lines.map((line) => line.map((span) => span.text).join(''));
  }
}

const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');

describe('text mode', () => {
  it('shows another text at the same place when it is told to', () => {
    const desk = new Desk(numbered(30)).do('page-down');
    const { top } = desk.view;
    desk.mode.update(numbered(30).replaceAll('line', 'row'));
    expect(desk.view.top).to.equal(top);
    expect(desk.lines[top]).to.equal(`row ${top}`);
    desk.mode.update('one line');
    expect([desk.view.top, desk.lines]).to.deep.equal([0, ['one line']]);
  });

  it('shows lines, tabs filled and controls visible', () => {
    expect(new Desk('a\tb\r\n\x1b[1mx\x7f\n').lines).to.deep.equal(['a       b', '^[[1mx^?']);
    expect(new Desk('漢\t|\x9b').lines).to.deep.equal(['漢      |\ufffd']);
  });

  it('shows what turns the direction of text or cannot be seen', () => {
    const { lines } = new Desk('rm \u202e/ #\u200b\u{e0041}').view;
    expect(lines.map((line) => line.map(({ text }) => text).join('')).join('')).to.equal('rm <202e>/ #<200b><e0041>');
  });

  it('scrolls within its lines', () => {
    const desk = new Desk(numbered(20));
    expect(desk.do('down').view.top).to.equal(1);
    expect(desk.do('page-down').view.top).to.equal(5);
    expect(desk.do('halfpage-down').view.top).to.equal(7);
    expect(desk.do('bottom').do('down').view.top).to.equal(15);
    expect(desk.do('page-up').view.top).to.equal(11);
    expect(desk.do('halfpage-up').do('up').view.top).to.equal(8);
    expect(desk.do('top').do('up').view.top).to.equal(0);
    expect(new Desk('short').do('bottom').view.top).to.equal(0);
  });

  it('folds long lines at the width, styles kept', () => {
    const bold = { ...PLAIN, attributes: BOLD };
    const desk = new Desk([
      [
        { text: 'abcdef', style: PLAIN },
        { text: 'ghij漢字', style: bold },
      ],
    ]);
    desk.size = { columns: 4, rows: 5 };
    expect(desk.lines).to.deep.equal(['abcd', 'efgh', 'ij漢', '字']);
    expect(desk.view.lines[1]).to.deep.equal([
      { text: 'ef', style: PLAIN },
      { text: 'gh', style: bold },
    ]);
    desk.size = { columns: 40, rows: 5 };
    expect(desk.lines).to.deep.equal(['abcdefghij漢字']);
  });

  it('searches both ways and around, and shows what it found', () => {
    const desk = new Desk(numbered(40)).do('search-forward', 'e 1[05]');
    expect(desk.view.top).to.equal(9);
    expect(desk.view.lines[10]).to.deep.equal([
      { text: 'lin', style: PLAIN },
      { text: 'e 10', style: { ...PLAIN, attributes: INVERSE } },
    ]);
    expect(desk.do('search-again').view.top).to.equal(14);
    expect(desk.do('search-again').view.top).to.equal(9);
    expect(desk.do('search-reverse').view.top).to.equal(14);
    expect(desk.do('top').do('search-backward', 'line 3').view.top).to.equal(35);
    expect(desk.do('search-forward', 'nothing').view.top).to.equal(35);
    expect(desk.do('search-again').view.top).to.equal(35);
  });

  it('leaves by cancel, and knows no other actions', () => {
    const desk = new Desk('a').do('cancel');
    expect(desk.exits).to.equal(1);
    expect(desk.mode.action('explode', [], 1)).to.equal(false);
  });

  it('is not held up by large texts or evil patterns', () => {
    const started = cpuTime();
    const desk = new Desk(`${'\ta\x01'.repeat(100_000)}\n${'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n'.repeat(50_000)}`);
    desk.do('search-forward', '(a+)+$').do('search-again').do('search-forward', 'a!');
    expect(desk.lines.length).to.be.greaterThan(50_000);
    expect(cpuTime() - started).to.be.lessThan(4000);
  });

  it('never shows a line wider than the page', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 20 }), (text, columns) => {
        const desk = new Desk(text);
        desk.size = { columns, rows: 5 };
        return desk.lines.every((line) => textWidth(line) <= columns);
      }),
    );
  });
});
