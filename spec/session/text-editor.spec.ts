import { expect } from 'chai';
import fc from 'fast-check';
import { LINE_ACTIONS } from '../../lib/input/line-editor.ts';
import { EditHistory } from '../../lib/session/edit-history.ts';
import { cleanText, EMPTY_TEXT, MAXIMUM_TEXT, replaced, type TextDraft } from '../../lib/session/text-draft.ts';
import { editText, TEXT_ACTIONS } from '../../lib/session/text-editor.ts';
import { clustersOf } from '../../lib/text/width.ts';
import { cpuTime } from '../support/cpu-time.ts';

/** A draft written with `|` for its cursor. */
const draft = (text: string): TextDraft => ({ ...EMPTY_TEXT, text: text.replace('|', ''), cursor: text.indexOf('|') });
const shown = ({ text, cursor }: TextDraft): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;
const edit = (before: TextDraft, action: string, count = 1): TextDraft =>
  editText(before, action, count, MAXIMUM_TEXT) ?? EMPTY_TEXT;

const CASES: readonly (readonly [before: string, action: string, after: string])[] = [
  ['ab|c', 'backward-char', 'a|bc'],
  ['a\n|b', 'backward-char', 'a|\nb'],
  ['a|\nb', 'forward-char', 'a\n|b'],
  ['a👩‍🚀|b', 'backward-char', 'a|👩‍🚀b'],
  ['ne\u0301|', 'backward-char', 'n|e\u0301'],
  ['one\ntwo|', 'backward-word', 'one\n|two'],
  ['one|\n two', 'forward-word', 'one\n two|'],
  ['naïve 日本|', 'backward-word', 'naïve |日本'],
  ['a\nb|c\nd', 'beginning-of-line', 'a\n|bc\nd'],
  ['a\nb|c\nd', 'end-of-line', 'a\nbc|\nd'],
  ['a\nb|c\nd', 'beginning-of-text', '|a\nbc\nd'],
  ['a\nb|c\nd', 'end-of-text', 'a\nbc\nd|'],
  ['a|\nb', 'delete-char', 'a|b'],
  ['a\n|b', 'backward-delete-char', 'a|b'],
  ['a👨‍👩‍👧|c', 'backward-delete-char', 'a|c'],
  ['one |two\nx', 'kill-line', 'one |\nx'],
  ['one|\ntwo', 'kill-line', 'one|two'],
  ['a\none |two', 'kill-to-start', 'a\n|two'],
  ['a\n|b', 'kill-to-start', 'a|b'],
  ['one |two three', 'kill-word', 'one | three'],
  ['one two |three', 'backward-kill-word', 'one |three'],
  ['ab|cd', 'transpose-chars', 'acb|d'],
  ['ab|\ncd', 'transpose-chars', 'ba|\ncd'],
  ['a\n|b', 'transpose-chars', 'a\n|b'],
  ['a|b', 'newline', 'a\n|b'],
];

const step = fc.oneof(
  fc.tuple(fc.constantFrom(...TEXT_ACTIONS), fc.integer({ min: 1, max: 4 })).map(
    ([name, count]) =>
      (text: TextDraft) =>
        edit(text, name, count),
  ),
  fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('\u0301', '\u200d', '🇩', '👩', 'ab cd\nef', '\r\n\r', '\u{100000}'),
    )
    .map((text) => (before: TextDraft) => replaced(before, before.cursor, before.cursor, cleanText(text))),
);

describe('the text editor', () => {
  for (const [before, action, after] of CASES)
    it(`makes ${JSON.stringify(after)} of ${JSON.stringify(before)} by ${action}`, () => {
      expect(shown(edit(draft(before), action))).to.equal(after);
    });

  it('knows what a line knows, and no other actions', () => {
    expect(TEXT_ACTIONS).to.include.members([...LINE_ACTIONS]);
    expect(editText(EMPTY_TEXT, 'send', 1, MAXIMUM_TEXT)).to.equal(undefined);
  });

  it('puts back what was killed in a row', () => {
    const twice = edit(edit(draft('one two| three'), 'backward-kill-word'), 'backward-kill-word');
    expect(shown(edit(edit(twice, 'end-of-line'), 'yank'))).to.equal(' threeone two|');
    expect(edit(edit(draft('|a\nb'), 'kill-line'), 'kill-line').killed).to.equal('a\n');
  });

  it('stops repeating where the text gets too long', () => {
    const big = { ...EMPTY_TEXT, killed: 'x'.repeat(MAXIMUM_TEXT / 2) };
    expect(edit(big, 'yank', 1000).text.length).to.be.below(2 * MAXIMUM_TEXT);
  });

  it('keeps line feeds and tabs of what comes from outside, no other controls, and no sign of folded texts', () => {
    expect(cleanText('a\r\nb\rc\td\x1b[31m\x07\u009b\ud800\u{100001}e')).to.equal('a\nb\nc\td[31me');
  });

  it('keeps the cursor between clusters, and undoes and does again all that was done', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const history = new EditHistory();
        let now = EMPTY_TEXT;
        for (const act of steps) {
          const next = act(now);
          history.note(now, next);
          now = next;
          const boundaries = [0];
          for (const { text } of clustersOf(now.text)) boundaries.push((boundaries.at(-1) ?? 0) + text.length);
          expect(boundaries).to.include(now.cursor);
          expect(now.text).to.equal(cleanText(now.text));
        }
        const last = now.text;
        for (let back = history.undo(now); back !== undefined; back = history.undo(now)) now = { ...now, ...back };
        expect(now.text).to.equal('');
        for (let forth = history.redo(now); forth !== undefined; forth = history.redo(now)) now = { ...now, ...forth };
        expect(now.text).to.equal(last);
      }),
      { numRuns: 200 },
    );
  });

  it('undoes typed text by words, and forgets what is too old', () => {
    const history = new EditHistory();
    let now = EMPTY_TEXT;
    const insert = (text: string) => {
      const next = replaced(now, now.cursor, now.cursor, text);
      history.note(now, next);
      now = next;
    };
    for (const letter of 'one two') insert(letter);
    now = { ...now, ...history.undo(now) };
    expect(shown(now)).to.equal('one |');
    insert('x');
    expect(history.redo(now)).to.equal(undefined);
    for (let count = 0; count < 600; count++) insert('\n');
    let undone = 0;
    for (let back = history.undo(now); back !== undefined; back = history.undo(now), undone++)
      now = { ...now, ...back };
    expect(undone).to.equal(500);
  });

  it('edits a text of a million characters quickly', () => {
    let now = replaced(EMPTY_TEXT, 0, 0, 'word and 日本\n'.repeat(MAXIMUM_TEXT / 12), MAXIMUM_TEXT / 2);
    const history = new EditHistory();
    const started = cpuTime();
    for (let index = 0; index < 10; index++)
      for (const action of TEXT_ACTIONS) {
        const next = edit(now, action);
        history.note(now, next);
        now = next;
      }
    expect(cpuTime() - started).to.be.below(2500);
  });
});
