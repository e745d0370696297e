import { expect } from 'chai';
import { sgr } from '../../lib/text/sgr.ts';
import {
  BLINK,
  BOLD,
  CURLY_UNDERLINE,
  DIM,
  INVERSE,
  INVISIBLE,
  ITALIC,
  OVERLINE,
  PLAIN,
  palette,
  rgb,
  SINGLE_UNDERLINE,
  STRIKETHROUGH,
  type Style,
  underline,
} from '../../lib/text/style.ts';

const styles: readonly (readonly [Partial<Style>, string])[] = [
  [{}, '0'],
  [{ attributes: BOLD | DIM | ITALIC | BLINK }, '0;1;2;3;5'],
  [{ attributes: INVERSE | INVISIBLE | STRIKETHROUGH | OVERLINE }, '0;7;8;9;53'],
  [{ attributes: underline(SINGLE_UNDERLINE) }, '0;4'],
  [{ attributes: underline(CURLY_UNDERLINE), underlineColor: rgb(1, 2, 3) }, '0;4:3;58:2::1:2:3'],
  [{ underlineColor: palette(200) }, '0;58:5:200'],
  [{ foreground: palette(1), background: palette(7) }, '0;31;47'],
  [{ foreground: palette(9), background: palette(15) }, '0;91;107'],
  [{ foreground: palette(16), background: rgb(255, 0, 9) }, '0;38;5;16;48;2;255;0;9'],
];

describe('styles as SGR', () => {
  for (const [style, parameters] of styles) {
    it(`writes ${parameters}`, () => expect(sgr({ ...PLAIN, ...style })).to.equal(`\x1b[${parameters}m`));
  }
});
