import { expect } from 'chai';
import fc from 'fast-check';
import { Utf8Decoder } from '../../lib/terminal/utf8-decoder.ts';

function decode(...parts: readonly Uint8Array[]): string {
  const decoder = new Utf8Decoder();
  return parts
    .map((part) => {
      const target = new Uint32Array(part.length + 1);
      const count = decoder.decode(part, target);
      return Array.from(target.subarray(0, count), (point) => String.fromCodePoint(point)).join('');
    })
    .join('');
}

describe('the UTF-8 decoder', () => {
  it('keeps characters of every plane whole, wherever they are cut', () => {
    const points = [
      0x7f, 0x80, 0x7ff, 0x800, 0x2022, 0xd7ff, 0xe000, 0xfeff, 0xffff, 0x10000, 0x1f680, 0x2f800, 0x10ffff,
    ];
    for (let plane = 0; plane <= 16; plane++) points.push(plane * 0x10000 + 0x1234, plane * 0x10000 + 0xfffe);
    for (const point of points) {
      const text = `a${String.fromCodePoint(point)}b`;
      const bytes = Buffer.from(text);
      for (let first = 0; first <= bytes.length; first++)
        for (let second = first; second <= bytes.length; second++)
          expect(decode(bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second))).to.equal(
            text,
          );
    }
  });

  it('replaces what is broken as the platform does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), fc.nat(24), (bytes, cut) => {
        const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat([bytes, Buffer.from('.')]));
        expect(decode(bytes.subarray(0, cut), bytes.subarray(cut), Buffer.from('.'))).to.equal(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses overlong forms, surrogates and what lies past Unicode', () => {
    for (const bytes of [[0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff]])
      expect(decode(Uint8Array.from(bytes))).to.match(/^\ufffd+$/);
  });
});
