import { expect } from 'chai';
import fc from 'fast-check';
import { lightness, reduceColor } from '../../lib/screen/color-reduction.ts';
import { colorValue, isPalette, palette, rgb } from '../../lib/text/style.ts';

const part = fc.integer({ min: 0, max: 255 });

describe('reduceColor', () => {
  it('leaves alone what the terminal has', () => {
    expect(reduceColor(rgb(1, 2, 3), 'rgb')).to.equal(rgb(1, 2, 3));
    expect(reduceColor(palette(200), '256')).to.equal(palette(200));
    expect(reduceColor(palette(9), '16')).to.equal(palette(9));
    for (const depth of ['rgb', '256', '16', '8', 'mono'] as const) expect(reduceColor(0, depth)).to.equal(0);
  });

  it('finds exact colours of the cube and the greys', () => {
    expect(reduceColor(rgb(255, 0, 0), '256')).to.equal(palette(196));
    expect(reduceColor(rgb(0x5f, 0x87, 0xaf), '256')).to.equal(palette(67));
    expect(reduceColor(rgb(8, 8, 8), '256')).to.equal(palette(232));
    expect(reduceColor(rgb(128, 128, 128), '256')).to.equal(palette(244));
    expect(reduceColor(rgb(255, 255, 255), '256')).to.equal(palette(231));
  });

  it('finds near ones of sixteen', () => {
    expect(reduceColor(rgb(0, 0, 0), '16')).to.equal(palette(0));
    expect(reduceColor(rgb(250, 10, 10), '16')).to.equal(palette(9));
    expect(reduceColor(rgb(200, 5, 5), '16')).to.equal(palette(1));
    expect(reduceColor(palette(231), '16')).to.equal(palette(15));
    expect(reduceColor(palette(46), '16')).to.equal(palette(10));
  });

  it('gives a palette colour within the depth for any colour, and none to mono', () => {
    fc.assert(
      fc.property(part, part, part, (red, green, blue) => {
        const color = rgb(red, green, blue);
        expect(isPalette(reduceColor(color, '256'))).to.equal(true);
        expect(colorValue(reduceColor(color, '256'))).to.be.within(16, 255);
        expect(colorValue(reduceColor(color, '16'))).to.be.within(0, 15);
        expect(reduceColor(color, 'mono')).to.equal(0);
        expect(Math.abs(lightness(reduceColor(color, '256'), 0) - lightness(color, 0))).to.be.below(0.2);
      }),
    );
  });
});
