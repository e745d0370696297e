import { expect } from 'chai';
import fc from 'fast-check';
import {
  type Draft,
  EMPTY_DRAFT,
  editLine,
  insertText,
  LINE_ACTIONS,
  MAXIMUM_DRAFT,
  withText,
} from '../../lib/input/line-editor.ts';
import { cpuTime } from '../support/cpu-time.ts';

/** A draft written with `|` for its cursor. */
function draft(text: string, killed = ''): Draft {
  return { text: text.replace('|', ''), cursor: text.indexOf('|'), killed, killing: false };
}

const shown = ({ text, cursor }: Draft): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

function after(start: string | Draft, ...actions: readonly string[]): Draft {
  let result = typeof start === 'string' ? draft(start) : start;
  for (const action of actions) result = editLine(result, action) ?? EMPTY_DRAFT;
  return result;
}

const wellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

describe('the line editor', () => {
  const CASES: readonly (readonly [string, string, string])[] = [
    ['ab|c', 'backward-char', 'a|bc'],
    ['|abc', 'backward-char', '|abc'],
    ['ab|c', 'forward-char', 'abc|'],
    ['abc|', 'forward-char', 'abc|'],
    ['a👩‍🚀|b', 'backward-char', 'a|👩‍🚀b'],
    ['a|🇩🇪b', 'forward-char', 'a🇩🇪|b'],
    ['ne\u0301|', 'backward-char', 'n|e\u0301'],
    ['one two|', 'backward-word', 'one |two'],
    ['one  |two', 'backward-word', '|one  two'],
    ['|one two', 'forward-word', 'one| two'],
    ['one| -- zwei_3 x', 'forward-word', 'one -- zwei_3| x'],
    ['naïve 日本|', 'backward-word', 'naïve |日本'],
    ['𝒜𝒷|c', 'backward-word', '|𝒜𝒷c'],
    ['ab|c', 'beginning-of-line', '|abc'],
    ['ab|c', 'end-of-line', 'abc|'],
    ['a|bc', 'delete-char', 'a|c'],
    ['abc|', 'delete-char', 'abc|'],
    ['ab|c', 'backward-delete-char', 'a|c'],
    ['a👨‍👩‍👧|c', 'backward-delete-char', 'a|c'],
    ['one |two', 'kill-line', 'one |'],
    ['one |two', 'kill-to-start', '|two'],
    ['one |two three', 'kill-word', 'one | three'],
    ['one two |three', 'backward-kill-word', 'one |three'],
    ['ab|cd', 'transpose-chars', 'acb|d'],
    ['abc|', 'transpose-chars', 'acb|'],
    ['|ab', 'transpose-chars', '|ab'],
    ['a|', 'transpose-chars', 'a|'],
  ];
  for (const [before, action, expected] of CASES)
    it(`makes ${expected} of ${before} by ${action}`, () => {
      expect(shown(after(before, action))).to.equal(expected);
    });

  it('puts back what was killed in a row', () => {
    expect(shown(after('one two| three', 'backward-kill-word', 'backward-kill-word', 'end-of-line', 'yank'))).to.equal(
      ' threeone two|',
    );
    expect(shown(after('|one two', 'kill-word', 'kill-word', 'yank', 'yank'))).to.equal('one twoone two|');
    expect(after('|one two', 'kill-word', 'forward-char', 'kill-word').killed).to.equal('two');
    expect(after('one|', 'kill-to-start', 'kill-to-start').killed).to.equal('one');
  });

  it('does an action as often as it is told, and knows no others', () => {
    expect(shown(editLine(draft('abcd|'), 'backward-char', 3) ?? EMPTY_DRAFT)).to.equal('a|bcd');
    expect(shown(editLine(draft('abcd|'), 'backward-delete-char', 1e9) ?? EMPTY_DRAFT)).to.equal('|');
    expect(editLine(draft('a|'), 'accept')).to.equal(undefined);
  });

  it('takes text as one line without controls', () => {
    expect(shown(insertText(draft('a|d'), 'b\r\nc\t\x1b[31m\x7f\u009b'))).to.equal('ab c [31m|d');
  });

  it('takes no more than it has room for', () => {
    const full = insertText(EMPTY_DRAFT, '🚀'.repeat(MAXIMUM_DRAFT));
    expect(full.text.length).to.equal(MAXIMUM_DRAFT);
    expect(insertText(full, 'x').text.length).to.equal(MAXIMUM_DRAFT);
    const odd = insertText(insertText(EMPTY_DRAFT, 'x'), '🚀'.repeat(MAXIMUM_DRAFT));
    expect(wellFormed(odd.text)).to.equal(true);
    expect(withText(full, 'abc')).to.deep.equal({ text: 'abc', cursor: 3, killed: '', killing: false });
  });

  it('edits a full line quickly', () => {
    let full = insertText(EMPTY_DRAFT, 'word and '.repeat(MAXIMUM_DRAFT));
    const started = cpuTime();
    for (let index = 0; index < 50; index++)
      for (const action of LINE_ACTIONS) full = editLine(full, action) ?? EMPTY_DRAFT;
    expect(cpuTime() - started).to.be.below(2000);
  });

  it('keeps the cursor between clusters and the text well formed, whatever is done', () => {
    const step = fc.oneof(
      fc.constantFrom(...LINE_ACTIONS).map((name) => (line: Draft) => editLine(line, name) ?? EMPTY_DRAFT),
      fc
        .oneof(
          fc.string({ unit: 'grapheme', maxLength: 8 }),
          fc.string({ unit: 'binary', maxLength: 8 }),
          fc.constantFrom('\u0301', '\u200d', '🇩', '👩', 'ab cd'),
        )
        .map((text) => (line: Draft) => insertText(line, text)),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let line = EMPTY_DRAFT;
        for (const act of steps) {
          line = act(line);
          const boundaries = [...segmenter.segment(line.text)].map(({ index }) => index);
          expect([...boundaries, line.text.length]).to.include(line.cursor);
          expect(wellFormed(line.text)).to.equal(true);
          expect(line.text).not.to.match(/\p{Cc}/u);
        }
      }),
      { numRuns: 150 },
    );
  });
});
