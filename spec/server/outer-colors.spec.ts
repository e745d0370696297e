import { expect } from 'chai';
import { OuterColors } from '../../lib/server/outer-colors.ts';
import { DEFAULT_COLORS } from '../../lib/terminal/colors.ts';

const replies: readonly (readonly [reply: string, name: 'foreground' | 'background' | 'cursor', color: number])[] = [
  ['\x1b]10;rgb:1010/2020/3030\x1b\\', 'foreground', 0x102030],
  ['\x1b]11;rgb:ff/f0/00\x07', 'background', 0xfff000],
  ['\x1b]12;rgb:f/8/0\x1b\\', 'cursor', 0xff8800],
  ['\x1b]11;rgba:fdfd/f6f6/e3e3/cccc\x1b\\', 'background', 0xfdf6e3],
];

describe("the outer terminal's colours", () => {
  for (const [reply, name, color] of replies)
    it(`are learnt from ${JSON.stringify(reply)}`, () => {
      const colors = new OuterColors();
      colors.replied(Buffer.from(reply));
      expect(colors).to.deep.include({ ...DEFAULT_COLORS, [name]: color });
    });

  it('stay as they are after any other answer', () => {
    const colors = new OuterColors();
    for (const reply of [
      '\x1b[?62c',
      '\x1b]11;red\x07',
      '\x1b]11;rgb:12345/0/0\x07',
      '\x1b]13;rgb:1/1/1\x07',
      '',
      '\x1b]11;rgb:1/1/1',
    ])
      colors.replied(Buffer.from(reply));
    expect(colors).to.deep.include(DEFAULT_COLORS);
  });
});
