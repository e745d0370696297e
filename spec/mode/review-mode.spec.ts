import { expect } from 'chai';
import { ReviewMode } from '../../lib/mode/review-mode.ts';

const TEXT = Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n');

function review(options: { readonly fromEnd?: boolean } = {}) {
  const answers: unknown[] = [];
  let now = 0;
  const mode = new ReviewMode({
    title: 'asks',
    text: TEXT,
    size: () => ({ columns: 40, rows: 5 }),
    answer: (answer) => answers.push(answer),
    now: () => now,
    ...options,
  });
  const view = mode.view();
  return { mode, answers, top: view.kind === 'text' ? view.top : undefined, wait: (time: number) => (now += time) };
}

describe('a page to answer', () => {
  it('begins at its top, or where what is asked stands at its end', () => {
    expect(review().top).to.equal(0);
    expect(review({ fromEnd: true }).top).to.equal(15);
  });

  it('allows nothing that was typed before it could be read, and takes one answer', () => {
    const { mode, answers, wait } = review();
    mode.action('allow', [], 1);
    expect(answers).to.deep.equal([]);
    wait(300);
    mode.action('allow', [], 1);
    mode.action('refuse', [], 1);
    expect(answers).to.deep.equal(['once']);
  });
});
