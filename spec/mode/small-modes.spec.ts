import { expect } from 'chai';
import { ClockMode } from '../../lib/mode/clock-mode.ts';
import { ConfirmMode } from '../../lib/mode/confirm-mode.ts';
import { ReviewMode } from '../../lib/mode/review-mode.ts';

describe('confirm mode', () => {
  const asked = () => {
    const answers: boolean[] = [];
    return { answers, mode: new ConfirmMode({ question: 'kill? (y/n)', answer: (yes) => answers.push(yes) }) };
  };

  it('answers once, with yes or no', () => {
    const { mode, answers } = asked();
    expect(mode.action('yes')).to.equal(true);
    mode.action('no');
    expect(answers).to.deep.equal([true]);
    expect(mode.action('explode')).to.equal(false);
  });

  it('takes any other key for a no, and a paste for nothing', () => {
    const { mode, answers } = asked();
    mode.paste();
    expect(answers).to.deep.equal([]);
    mode.key();
    expect(answers).to.deep.equal([false]);
  });

  it('shows its question', () => {
    const view = asked().mode.view();
    expect(view.kind === 'prompt' && view.label[0]?.text).to.equal('kill? (y/n) ');
  });
});

describe('review mode', () => {
  const shown = () => {
    const answers: unknown[] = [];
    const text = Array.from({ length: 50 }, (_, row) => `row ${row}`).join('\n');
    const size = () => ({ columns: 80, rows: 10 });
    let now = 0;
    const answer = (given: unknown) => answers.push(given);
    const mode = new ReviewMode({ title: 'shell', text, size, answer, now: () => now });
    const wait = (milliseconds: number) => {
      now += milliseconds;
    };
    return { mode, answers, wait };
  };

  it('answers once', () => {
    for (const [action, expected] of [
      ['allow', 'once'],
      ['trust', 'trust'],
      ['refuse', 'refuse'],
      ['cancel', undefined],
    ] as const) {
      const { mode, answers, wait } = shown();
      wait(300);
      expect(mode.action(action, [], 1)).to.equal(true);
      expect(mode.action('allow', [], 1)).to.equal(true);
      expect(answers).to.deep.equal([expected]);
    }
  });

  it('allows nothing by a key that was typed before the page could be seen', () => {
    const { mode, answers, wait } = shown();
    wait(299);
    for (const action of ['allow', 'trust']) expect(mode.action(action, [], 1)).to.equal(true);
    expect(answers).to.deep.equal([]);
    mode.action('refuse', [], 1);
    expect(answers).to.deep.equal(['refuse']);
  });

  it('scrolls its page, and takes neither other keys nor a paste for an answer', () => {
    const { mode, answers } = shown();
    mode.action('page-down', [], 1);
    mode.key();
    mode.paste();
    const view = mode.view();
    expect(view.kind === 'text' && view.top).to.equal(9);
    expect(mode.action('explode', [], 1)).to.equal(false);
    expect(answers).to.deep.equal([]);
  });
});

describe('clock mode', () => {
  it('shows the time and leaves at any key', () => {
    let exits = 0;
    const mode = new ClockMode({ hours: '24', color: 7, now: () => new Date(2024, 0, 2, 3, 4), exit: () => exits++ });
    expect(mode.view()).to.deep.equal({ kind: 'clock', text: '03:04', color: 7 });
    mode.key();
    mode.paste();
    expect(mode.action('cancel')).to.equal(true);
    expect(mode.action('explode')).to.equal(false);
    expect(exits).to.equal(3);
  });

  it('counts twelve hours when asked to', () => {
    const at = (hour: number) =>
      new ClockMode({ hours: '12', color: 7, now: () => new Date(2024, 0, 2, hour, 4), exit: () => undefined }).view();
    expect(at(15)).to.include({ text: '03:04' });
    expect(at(0)).to.include({ text: '12:04' });
  });
});
