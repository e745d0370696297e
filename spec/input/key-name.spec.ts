import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import { ALT, CTRL, type Key, SHIFT, SUPER } from '../../lib/input/key.ts';
import { keyName, keyText, lookupName, parseKey } from '../../lib/input/key-name.ts';
import { MOUSE_NAMES } from '../../lib/input/mouse-name.ts';

describe('a key name', () => {
  const SPELLINGS: readonly (readonly [string, Key, string?])[] = [
    ['a', { name: 'a', modifiers: 0 }],
    ['A', { name: 'A', modifiers: 0 }],
    ['C-b', { name: 'b', modifiers: CTRL }],
    ['c-b', { name: 'b', modifiers: CTRL }, 'C-b'],
    ['C-B', { name: 'b', modifiers: CTRL }, 'C-b'],
    ['^B', { name: 'b', modifiers: CTRL }, 'C-b'],
    ['^', { name: '^', modifiers: 0 }],
    ['C-^', { name: '^', modifiers: CTRL }],
    ['^^', { name: '^', modifiers: CTRL }, 'C-^'],
    ['^?', { name: 'BSpace', modifiers: 0 }, 'BSpace'],
    ['M-x', { name: 'x', modifiers: ALT }],
    ["M-'", { name: "'", modifiers: ALT }],
    ['M-^B', { name: 'b', modifiers: ALT | CTRL }, 'C-M-b'],
    ['M-C-Left', { name: 'Left', modifiers: ALT | CTRL }, 'C-M-Left'],
    ['S-F5', { name: 'F5', modifiers: SHIFT }],
    ['S-a', { name: 'A', modifiers: 0 }, 'A'],
    ['C-S-a', { name: 'a', modifiers: CTRL | SHIFT }],
    ['C-@', { name: 'Space', modifiers: CTRL }, 'C-Space'],
    ['C-Space', { name: 'Space', modifiers: CTRL }],
    [' ', { name: 'Space', modifiers: 0 }, 'Space'],
    ['C--', { name: '-', modifiers: CTRL }],
    ['-', { name: '-', modifiers: 0 }],
    ['C', { name: 'C', modifiers: 0 }],
    ['BTab', { name: 'Tab', modifiers: SHIFT }],
    ['S-Tab', { name: 'Tab', modifiers: SHIFT }, 'BTab'],
    ['C-BTab', { name: 'Tab', modifiers: CTRL | SHIFT }],
    ['enter', { name: 'Enter', modifiers: 0 }, 'Enter'],
    ['Delete', { name: 'DC', modifiers: 0 }, 'DC'],
    ['Insert', { name: 'IC', modifiers: 0 }, 'IC'],
    ['PgUp', { name: 'PPage', modifiers: 0 }, 'PPage'],
    ['PageDown', { name: 'NPage', modifiers: 0 }, 'NPage'],
    ['KP*', { name: 'KP*', modifiers: 0 }],
    ['KPEnter', { name: 'KPEnter', modifiers: 0 }],
    ['F20', { name: 'F20', modifiers: 0 }],
    ['f35', { name: 'F35', modifiers: 0 }, 'F35'],
    ['Any', { name: 'Any', modifiers: 0 }],
    ['WheelUpPane', { name: 'WheelUpPane', modifiers: 0 }],
    ['C-MouseDown1Status', { name: 'MouseDown1Status', modifiers: CTRL }],
    ['Super-k', { name: 'k', modifiers: SUPER }],
    ['é', { name: 'é', modifiers: 0 }],
    ['M-👩‍🚀', { name: '👩‍🚀', modifiers: ALT }],
    ['#', { name: '#', modifiers: 0 }],
  ];

  for (const [spelling, key, printed] of SPELLINGS)
    it(`is read and printed: ${spelling}`, () => {
      expect(parseKey(spelling)).to.deep.equal(key);
      expect(keyName(key)).to.equal(printed ?? spelling);
      expect(parseKey(keyName(key))).to.deep.equal(key);
    });

  it('covers every mouse name', () => {
    for (const name of MOUSE_NAMES) expect(parseKey(name)).to.deep.equal({ name, modifiers: 0 });
  });

  it('is refused with the nearest one when it is none', () => {
    const wrong: [string, string][] = [
      ['Entr', 'unknown key: Entr; the nearest is Enter'],
      ['C-Lefft', 'unknown key: C-Lefft; the nearest is Left'],
      ['WheelUpPan', 'unknown key: WheelUpPan; the nearest is WheelUpPane'],
      ['', 'unknown key: '],
      ['\x01', 'unknown key: \x01'],
    ];
    for (const [spelling, message] of wrong) expect(() => parseKey(spelling)).to.throw(UserError, message);
    expect(() => parseKey('x'.repeat(100_000))).to.throw(UserError, /^unknown key: x{64}…$/);
    expect(() => parseKey('C-'.repeat(30))).to.throw(UserError);
  });

  it('is looked up alike for keys that terminals send alike', () => {
    for (const [a, b] of [
      ['C-i', 'Tab'],
      ['C-m', 'Enter'],
      ['C-[', 'Escape'],
      ['C-M-i', 'M-Tab'],
      ['C-/', 'C-_'],
    ] as const)
      expect(lookupName(parseKey(a))).to.equal(lookupName(parseKey(b)));
    expect(lookupName(parseKey('C-S-i'))).to.equal('C-S-i');
    expect(lookupName(parseKey('C-j'))).not.to.equal(lookupName(parseKey('Enter')));
  });

  it('types text only where the key is one', () => {
    const typed = ['a', 'É', 'Space', 'KP5', 'KP+', '日'].map((key) => keyText(parseKey(key)));
    expect(typed).to.deep.equal(['a', 'É', ' ', '5', '+', '日']);
    for (const key of ['C-a', 'M-a', 'Enter', 'F1', 'Up', 'KPEnter', 'Super-a', 'WheelUpPane', 'Any'])
      expect(keyText(parseKey(key)), key).to.equal(undefined);
  });
});
