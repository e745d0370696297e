import { expect } from 'chai';
import fc from 'fast-check';
import { COMPOSER_ACTIONS } from '../../lib/session/composer-actions.ts';
import { MAXIMUM_TEXT } from '../../lib/session/text-draft.ts';
import { ComposerTypist } from '../support/composer-typist.ts';

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}\n`).join('');

describe('the composer', () => {
  it('gives what was typed, once, and is empty then', () => {
    const typist = new ComposerTypist().type('hello').press('C-j').type('there');
    expect(typist.composer.text).to.equal('hello\nthere');
    expect(typist.composer.submit()).to.deep.equal({
      parts: [{ text: 'hello\nthere', label: undefined }],
      text: 'hello\nthere',
    });
    expect(typist.composer.isEmpty).to.equal(true);
    expect(typist.composer.submit()).to.equal(undefined);
    expect(typist.history).to.deep.equal(['hello\nthere']);
    expect(typist.changes).to.be.greaterThan(3);
    typist.press('C-_');
    expect(typist.composer.isEmpty).to.equal(true);
  });

  it('makes a new line of a backslash at the end, and sends two', () => {
    const typist = new ComposerTypist().type('one\\').press('Enter').type('two\\\\');
    expect(typist.composer.submit()?.text).to.equal('one\ntwo\\\\');
    expect(new ComposerTypist().type('\\').press('Home').composer.submit()).to.equal(undefined);
  });

  it('does not send blanks, and knows only its own actions', () => {
    const { composer } = new ComposerTypist().type(' ').press('C-j');
    expect(composer.submit()).to.equal(undefined);
    expect(composer.text).to.equal(' \n');
    expect(composer.action('send', [], 1)).to.equal(false);
    expect(composer.actions).to.equal(COMPOSER_ACTIONS);
  });

  it('is emptied by C-c, which can be undone', () => {
    const typist = new ComposerTypist().type('draft').press('C-c');
    expect(typist.composer.isEmpty).to.equal(true);
    expect(typist.composer.clear()).to.equal(false);
    expect(typist.press('C-_').draft).to.equal('draft|');
  });

  it('undoes and does again', () => {
    const typist = new ComposerTypist().type('one ').type('two').press('C-w').type('x');
    expect(typist.press('C-_ C-_').draft).to.equal('one two|');
    expect(typist.press('M-_').draft).to.equal('one |');
  });

  describe('with long pastes', () => {
    it('folds them into tokens, whole when they are sent', () => {
      const { composer } = new ComposerTypist().type('see ');
      composer.paste(lines(23));
      composer.type(' and');
      expect(composer.text).to.equal('see [pasted 23 lines] and');
      expect(composer.parts).to.have.length(3);
      expect(composer.submit()).to.deep.equal({
        parts: [
          { text: 'see ', label: undefined },
          { text: lines(23), label: 'pasted 23 lines' },
          { text: ' and', label: undefined },
        ],
        text: `see ${lines(23)} and`,
      });
    });

    it('shows short ones as they are, and folds long lines', () => {
      const { composer } = new ComposerTypist();
      composer.paste('a\r\nb\x1b[0m\n');
      expect(composer.text).to.equal('a\nb[0m\n');
      composer.setText('');
      composer.paste(lines(10));
      expect(composer.text).to.equal(lines(10));
      composer.setText('');
      composer.paste('x'.repeat(2001));
      expect(composer.text).to.equal('[pasted 2001 characters]');
    });

    it('takes a token for one character', () => {
      const typist = new ComposerTypist().type('a');
      typist.composer.paste(lines(11));
      expect(typist.draft).to.equal('a[pasted 11 lines]|');
      expect(typist.press('Left').draft).to.equal('a|[pasted 11 lines]');
      expect(typist.press('C-d').draft).to.equal('a|');
      expect(typist.press('C-_').draft).to.equal('a|[pasted 11 lines]');
      expect(typist.press('C-k C-y C-y').draft).to.equal('a[pasted 11 lines][pasted 11 lines]|');
      expect(typist.composer.submit()?.text).to.equal(`a${lines(11)}${lines(11)}`);
    });

    it('attaches texts with labels, and takes parts back', () => {
      const { composer } = new ComposerTypist();
      composer.attach('output of ls', 'a\nb');
      const parts = composer.parts;
      expect(composer.text).to.equal('[output of ls]');
      composer.setText('new');
      composer.prependParts(parts);
      expect(composer.text).to.equal('[output of ls]\nnew');
      composer.setParts(parts);
      expect(composer.submit()).to.deep.equal({ parts: [{ label: 'output of ls', text: 'a\nb' }], text: 'a\nb' });
    });

    it('takes back what was queued, however much it is', () => {
      const typist = new ComposerTypist();
      const parts = Array.from({ length: 6 }, (_, index) => ({
        text: String(index).repeat(MAXIMUM_TEXT - 1),
        label: `part ${index}`,
      }));
      typist.composer.type('draft');
      typist.composer.prependParts(parts);
      expect(typist.composer.parts.slice(0, 6)).to.deep.equal(parts);
      expect(typist.composer.text).to.match(/^\[part 0\].*\[part 5\]\ndraft$/);
      expect(typist.notices).to.deep.equal([]);
      typist.composer.type('x');
      expect(typist.composer.text).to.match(/draft$/);
      expect(typist.notices).to.have.length(1);
      expect(typist.press('BSpace').composer.text).to.match(/draf$/);
    });

    it('leaves out characters that stand for tokens', () => {
      const { composer } = new ComposerTypist();
      composer.attach('one', 'secret');
      composer.type('\u{100000}x');
      composer.paste('\u{100001}');
      expect(composer.submit()?.text).to.equal('secretx');
    });

    it('refuses what is too long, and says so', () => {
      const typist = new ComposerTypist().type('kept');
      const { composer } = typist;
      composer.paste('x'.repeat(MAXIMUM_TEXT + 1));
      composer.paste('x'.repeat(10 * MAXIMUM_TEXT));
      composer.attach('big', 'x'.repeat(MAXIMUM_TEXT));
      composer.setText('y'.repeat(MAXIMUM_TEXT + 1));
      expect(composer.text).to.equal('kept');
      expect(typist.notices).to.have.length(4);
      expect(typist.notices[0]).to.match(/do not fit.*at most a million/);
      composer.paste(lines(20_000));
      typist.press('Left C-k');
      for (let count = 0; count < 30; count++) typist.press('C-y');
      expect(composer.parts.reduce((sum, { text }) => sum + text.length, 0)).to.be.at.most(MAXIMUM_TEXT);
    });

    it('gives up what only undo knows when too much is folded', () => {
      const { composer } = new ComposerTypist();
      for (let count = 0; count < 12; count++) {
        composer.setText('');
        composer.paste('x'.repeat(MAXIMUM_TEXT - count));
      }
      composer.action('undo', [], 100);
      const whole = composer.parts.map(({ text }) => text).join('');
      expect(composer.text).not.to.contain('gone');
      expect([0, MAXIMUM_TEXT - 11]).to.include(whole.length);
    });
  });

  describe('with a history', () => {
    const sent = () => new ComposerTypist('emacs', { history: ['first', 'second\nmore', 'third'] });

    it('goes through it by Up and Down beyond the first and last row, and keeps the draft', () => {
      const typist = sent().type('draft');
      expect(typist.press('Up').draft).to.equal('third|');
      expect(typist.press('Up').draft).to.equal('second|\nmore');
      expect(typist.press('Up').draft).to.equal('first|');
      expect(typist.press('Up').draft).to.equal('first|');
      expect(typist.press('Down').draft).to.equal('second\nmore|');
      expect(typist.press('Up').draft).to.equal('seco|nd\nmore');
      expect(typist.press('Down Down').draft).to.equal('third|');
      expect(typist.press('Down').draft).to.equal('draft|');
      expect(typist.press('Down').draft).to.equal('draft|');
    });

    it('keeps each message once, the newest last', () => {
      const typist = sent();
      typist.type('first').press('Enter');
      expect(typist.history).to.deep.equal(['second\nmore', 'third', 'first']);
      expect(typist.press('Up').draft).to.equal('first|');
    });

    it('gives tokens back folded', () => {
      const typist = new ComposerTypist();
      typist.composer.paste(lines(12));
      typist.press('Enter');
      expect(typist.history).to.deep.equal([lines(12)]);
      expect(typist.press('Up').draft).to.equal('[pasted 12 lines]|');
      expect(typist.composer.submit()?.parts).to.deep.equal([{ text: lines(12), label: 'pasted 12 lines' }]);
    });

    it('is searched backwards as the pattern is typed', () => {
      const typist = sent().type('draft').press('C-r');
      expect(typist.composer.keyTable).to.equal('compose-search');
      expect(typist.seen(60)).to.deep.equal(['(search back: ) draft|']);
      typist.type('s');
      expect(typist.seen(60)).to.deep.equal(['(search back: s) |second', '                 more']);
      expect(typist.press('C-r').seen(60)).to.deep.equal(['(search back: s) |first']);
      expect(typist.press('C-s').seen(60)[0]).to.equal('(search back: s) |second');
      expect(typist.type('x').seen(60)[0]).to.equal('(nothing back: sx) |second');
      expect(typist.press('BSpace').seen(60)[0]).to.equal('(search back: s) |second');
      expect(typist.press('Enter').draft).to.equal('second\nmore|');
      expect(typist.composer.keyTable).to.equal('compose-emacs');
    });

    it('gives the draft back when the search is left by C-g', () => {
      expect(sent().type('draft').press('C-r t h C-g').draft).to.equal('draft|');
      expect(sent().type('draft').press('C-r t h Escape').draft).to.equal('third|');
      expect(sent().type('draft').press('C-r Enter').draft).to.equal('draft|');
    });
  });

  it('pastes in vi behind the last character of a line, and before any other', () => {
    const typist = new ComposerTypist('vi').type('see').press('Escape');
    typist.composer.paste(' @a ');
    expect(typist.draft).to.equal('see @a| ');
    typist.press('0').composer.paste('I ');
    expect(typist.composer.text).to.equal('I see @a ');
    typist.press('d d').composer.paste('new');
    expect(typist.composer.text).to.equal('new');
  });

  it('goes from typing to commands and back with Escape in vi, and says when Escape means nothing', () => {
    const typist = new ComposerTypist('vi').type('abc');
    expect(typist.composer.keyTable).to.equal('compose-vi');
    expect(typist.composer.escape()).to.equal(true);
    expect(typist.composer.keyTable).to.equal('compose-vi-normal');
    typist.type('ignored');
    expect(typist.draft).to.equal('ab|c');
    typist.press('r');
    expect(typist.composer.keyTable).to.equal('compose-vi-char');
    expect(typist.composer.escape()).to.equal(true);
    expect(typist.press('3').composer.escape()).to.equal(true);
    expect(typist.composer.escape()).to.equal(false);
    expect(typist.press('i').composer.keyTable).to.equal('compose-vi');
    expect(new ComposerTypist().composer.escape()).to.equal(false);
  });

  it('goes by rows with counts, and through the history, with j and k', () => {
    const typist = new ComposerTypist('vi', { history: ['old'] })
      .type('a')
      .press('C-j')
      .type('b')
      .press('C-j')
      .type('c');
    expect(typist.press('Escape 2 k').draft).to.equal('|a\nb\nc');
    expect(typist.press('k').draft).to.equal('ol|d');
    expect(typist.composer.keyTable).to.equal('compose-vi-normal');
    expect(typist.press('j').draft).to.equal('a\nb\n|c');
    expect(typist.press('u').composer.keyTable).to.equal('compose-vi-normal');
  });

  it('never throws and stays within its rows, whatever is done', () => {
    const word = fc.constantFrom('word', 'left', 'down', 'delete', 'yank', '5', 'before', 'forward', 'reverse', 'x');
    const step = fc.oneof(
      fc.tuple(fc.constantFrom(...COMPOSER_ACTIONS), word, fc.integer({ min: -1, max: 5 })),
      fc.tuple(fc.constantFrom('type', 'paste'), fc.string({ unit: 'binary', maxLength: 20 }), fc.constant(0)),
      fc.tuple(fc.constantFrom('escape', 'submit', 'clear', 'long'), fc.constant(''), fc.constant(0)),
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.constantFrom('emacs' as const, 'vi' as const),
        (steps, keys) => {
          const typist = new ComposerTypist(keys, { completeCommand: () => ['one', 'two'] });
          const { composer } = typist;
          for (const [name, argument, count] of steps) {
            if (name === 'type') composer.type(argument);
            else if (name === 'paste') composer.paste(argument);
            else if (name === 'escape') composer.escape();
            else if (name === 'submit') composer.submit();
            else if (name === 'clear') composer.clear();
            else if (name === 'long') composer.paste(lines(12));
            else composer.action(name, [argument], count);
            const view = composer.layout(20, 5, '[a] q> ');
            expect(view.rows.length).to.be.within(1, 5);
            expect(view.cursor.x).to.be.within(0, 19);
            expect(view.cursor.y).to.be.within(0, view.rows.length - 1);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
