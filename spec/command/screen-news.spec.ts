import { expect } from 'chai';
import fc from 'fast-check';
import { screenMoment, screenNews } from '../../lib/command/screen-news.ts';
import { TextRows } from '../support/text-rows.ts';

const BOX = ['────', '❯', '────', '  ? for shortcuts'];
const source = (lines: readonly string[], rows = 10) => new TextRows(lines, 60, rows);

/** What is new on a screen that becomes another one at the same place. */
function news(before: readonly string[], after: readonly string[], prompt: string, rows = 10): string {
  const moment = screenMoment(source(before, rows));
  return screenNews(moment, source(after, rows), prompt);
}

describe('what is new on a screen', () => {
  it('is what an agent said, without the prompt, its echo, and what frames it', () => {
    const before = ['Welcome', '', ...BOX];
    const after = ['Welcome', '> fix it', '', '● Fixed it:', '', '  a = 1', '', ...BOX];
    expect(news(before, after, 'fix it')).to.equal('● Fixed it:\n\n  a = 1');
  });

  it('is there also when the status line changed, and the screen moved up', () => {
    const before = ['one', 'two', '> first', '● Done.', ...BOX.slice(0, 3), '  10% used'];
    const after = ['● Done.', '> again', '● Done.', '● More.', ...BOX.slice(0, 3), '  20% used'];
    expect(news(before, after, 'again')).to.equal('● Done.\n● More.\n  20% used');
  });

  it('goes back into the history', () => {
    const rows = source(['$ ', ''], 4);
    const moment = screenMoment(rows);
    rows.append('> count', ...Array.from({ length: 50 }, (_, index) => `line ${index}`), '$');
    const lines = screenNews(moment, rows, 'count').split('\n');
    expect(lines[0]).to.equal('line 0');
    expect(lines).to.include('line 49');
  });

  it('leaves out all lines of a prompt of several, as far as they are shown', () => {
    const after = ['> first line', '  second line', '', '● Yes.', ...BOX];
    expect(news(BOX, after, 'first line\nsecond line')).to.equal('● Yes.');
  });

  it('knows what was said behind the prompt of a shell, and takes no answer for it', () => {
    const after = ['me@box:~# echo hi', 'hi', 'say hi', 'me@box:~#'];
    expect(news(['me@box:~#'], after, 'echo hi')).to.equal('hi\nsay hi');
    expect(news(BOX, ['> hi', 'Oh, hi', ...BOX], 'hi')).to.equal('Oh, hi');
  });

  it('is the last screen where everything else became another one', () => {
    const rows = source(['before'], 3);
    const moment = screenMoment(rows);
    rows.replace(['> ask', 'answer', '']);
    expect(screenNews(moment, rows, 'ask')).to.equal('answer');
  });

  it('is nothing where nothing changed', () => {
    expect(news(['a', '', ...BOX], ['a', '', ...BOX], 'x')).to.equal('');
  });

  it('is found of any screens, and has nothing that is not there', () => {
    const lines = fc.array(fc.constantFrom('', 'a', 'b', '> p', '❯', 'c d'), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        for (const line of news(before, after, 'p', 8).split('\n')) expect(['', ...after]).to.include(line);
      }),
    );
  });

  it('is found in time on the largest screens', () => {
    const before = source(
      Array.from({ length: 400 }, (_, index) => `${index % 7}`),
      400,
    );
    const moment = screenMoment(before);
    before.append(...Array.from({ length: 20_000 }, (_, index) => `${index % 5}`));
    const start = performance.now();
    screenNews(moment, before, 'x');
    expect(performance.now() - start).to.be.below(2000);
  });
});
