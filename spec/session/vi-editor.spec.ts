import { expect } from 'chai';
import { ComposerTypist } from '../support/composer-typist.ts';

/** A text with `|` for the cursor, the keys pressed in the normal state, and what it is then. */
const CASES: readonly (readonly [before: string, keys: string, after: string])[] = [
  ['ab|c', 'h', 'a|bc'],
  ['|abc', 'h', '|abc'],
  ['a\n|b', 'h', 'a\n|b'],
  ['|abc', 'l', 'a|bc'],
  ['ab|c', 'l', 'ab|c'],
  ['|abc', '2 l', 'ab|c'],
  ['|ab\ncd', 'j', 'ab\n|cd'],
  ['ab\n|cd', 'k', '|ab\ncd'],
  ['|one two.three', 'w', 'one |two.three'],
  ['one |two.three', 'w', 'one two|.three'],
  ['one |two.three x', 'W', 'one two.three |x'],
  ['|one two', '2 w', 'one tw|o'],
  ['one tw|o', 'b', 'one |two'],
  ['a.b |c', 'B', '|a.b c'],
  ['|one two', 'e', 'on|e two'],
  ['on|e two', 'e', 'one tw|o'],
  ['|a.b c', 'E', 'a.|b c'],
  ['ab|c', '0', '|abc'],
  ['  a|b', '^', '  |ab'],
  ['|abc', '$', 'ab|c'],
  ['|a\nb\nc', 'G', 'a\nb\n|c'],
  ['|a\nb\nc', '2 G', 'a\n|b\nc'],
  ['a\nb\n|c', 'g g', '|a\nb\nc'],
  ['|abab', 'f b', 'a|bab'],
  ['|abab', '2 f b', 'aba|b'],
  ['|abab', 'f b ;', 'aba|b'],
  ['ab|ab', 'F a ,', 'ab|ab'],
  ['|axbxc', 't x ;', 'ax|bxc'],

  ['|abc', 't c', 'a|bc'],
  ['abc|d', 'T a', 'a|bcd'],
  ['|abc', 'f x', '|abc'],
  ['|abc', 'x', '|bc'],
  ['|abc', '2 x', '|c'],
  ['ab|c', 'x', 'a|b'],
  ['ab|c', 'X', 'a|c'],
  ['|abc', 's X', 'X|bc'],
  ['one |two', 'D', 'one| '],
  ['one |two', 'C X', 'one X|'],
  ['|one two', 'd w', '|two'],
  ['one |two\nthree', 'd w', 'one| \nthree'],
  ['one |two', 'd b', '|two'],
  ['|one two', 'd e', '| two'],
  ['one two |three four', 'd 2 w', 'one two| '],
  ['|one two three', '2 d w', '|three'],
  ['|one two', 'c w X', 'X| two'],
  ['one| two', 'c w X', 'oneX|two'],
  ['o|ne two', 'c i w X', 'X| two'],
  ['one t|wo three', 'd i w', 'one | three'],
  ['one t|wo three', 'd a w', 'one |three'],
  ['one t|wo', 'd a w', 'on|e'],
  ['a\n|b\nc', 'd d', 'a\n|c'],
  ['a\nb|', 'd d', '|a'],
  ['|a\nb\nc\nd', '2 d d', '|c\nd'],
  ['|a\nb\nc\nd', 'd j', '|c\nd'],
  ['a\nb\n|c\nd', 'd k', 'a\n|d'],
  ['a\n|b\nc', 'd G', '|a'],
  ['a\n|b\nc', 'd g g', '|c'],
  ['a\nb|x\nc', 'c c X', 'a\nX|\nc'],
  ['|a\nb', 'y y p', 'a\n|a\nb'],
  ['a\n|b', 'y y P', 'a\n|b\nb'],
  ['a\n|b', 'y y p', 'a\nb\n|b'],
  ['|a\nb', 'd d p', 'b\n|a'],
  ['|one two', 'y w $ p', 'one twoone| '],
  ['|ab', 'x p', 'b|a'],
  ['|ab', 'x P', '|ab'],
  ['|ab', 'x 3 p', 'baa|a'],
  ['|abc', 'x u', '|abc'],
  ['|abc', 'x x u u C-r', '|bc'],
  ['|abc', 'r X', '|Xbc'],
  ['|abc', '2 r X', 'X|Xc'],
  ['|abc', '4 r X', '|abc'],
  ['|abC', '3 ~', 'AB|c'],
  ['|a\n  b', 'J', 'a| b'],
  ['|a\nb\nc', '3 J', 'a b| c'],
  ['a|b', 'i X', 'aX|b'],
  ['|ab', 'a X', 'aX|b'],
  ['  a|b', 'I X', '  X|ab'],
  ['|ab', 'A X', 'abX|'],
  ['|ab\ncd', 'o X', 'ab\nX|\ncd'],
  ['ab\n|cd', 'O X', 'ab\nX|\ncd'],
  ['|ab', 'd Escape x', '|b'],
  ['|ab', 'd x', '|b'],
  ['|a👩‍🚀b', 'l x', 'a|b'],
  ['|ne\u0301e', 'l r X', 'n|Xe'],
  ['|ab', 'z q', '|ab'],
];

describe("vi's commands", () => {
  for (const [before, keys, after] of CASES)
    it(`make ${JSON.stringify(after)} of ${JSON.stringify(before)} by ${keys}`, () => {
      const typist = new ComposerTypist('vi');
      const [head = '', tail = ''] = before.split('|');
      typist.type(head + tail).press('Escape g g 0');
      for (const _ of head.matchAll(/\n/g)) typist.press('j');
      typist.press('0');
      const column = [...new Intl.Segmenter().segment(head.slice(head.lastIndexOf('\n') + 1))].length;
      for (let step = 0; step < column; step++) typist.press('l');
      typist.press(keys);
      expect(typist.draft).to.equal(after);
    });

  it('go on where Emacs stopped when the keys are changed', () => {
    let keys: 'emacs' | 'vi' = 'vi';
    const typist = new ComposerTypist('vi', { keys: () => keys });
    typist.type('ab').press('Escape');
    expect(typist.composer.keyTable).to.equal('compose-vi-normal');
    keys = 'emacs';
    expect(typist.composer.keyTable).to.equal('compose-emacs');
    typist.type('X');
    expect(typist.draft).to.equal('aX|b');
  });
});
