import { expect } from 'chai';
import { ClockMode } from '../../lib/mode/clock-mode.ts';
import { ConfirmMode } from '../../lib/mode/confirm-mode.ts';

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
