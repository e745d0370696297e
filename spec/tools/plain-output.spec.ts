import { expect } from 'chai';
import fc from 'fast-check';
import { PlainOutput } from '../../lib/tools/plain-output.ts';

function plain(bytes: Uint8Array, size = bytes.length): string {
  let text = '';
  const output = new PlainOutput((part) => {
    text += part;
  });
  for (let start = 0; start < bytes.length; start += size) output.write(bytes.subarray(start, start + size));
  output.end();
  return text;
}

describe('plain output', () => {
  for (const [what, input, expected] of [
    ['keeps text and tabs', 'a\tb\nc', 'a\tb\nc'],
    ['takes the line ends of a terminal', 'a\r\nb\r\n', 'a\nb\n'],
    ['leaves the last state of a progress bar', '10%\r20%\r100%\r\n', '100%\n'],
    ['keeps what is not written over', 'hello\rJ\n', 'Jello\n'],
    ['erases to the end of the line', 'hello\r\x1b[Kx\n', 'x\n'],
    ['erases the line', 'hello\x1b[2K\rx\n', 'x\n'],
    ['goes back by backspaces', 'abc\b\bX\n', 'aXc\n'],
    ['goes no further back than the beginning', 'a\b\b\bX\n', 'X\n'],
    ['takes colours out', '\x1b[1;31mred\x1b[0m\n', 'red\n'],
    ['takes titles out', '\x1b]0;title\x07x\x1b]8;;http://a\x1b\\y\n', 'xy\n'],
    ['takes device strings out', '\x1bP1$q\x1b\\x\x1b(By\n', 'xy\n'],
    ['takes bells and other controls out', 'a\x07b\x00c\x7fd\n', 'abcd\n'],
    ['takes C1 controls out', 'a\u009bb\n', 'ab\n'],
    ['moves within the line', 'abc\x1b[2Dx\x1b[1Gy\x1b[5Cz\n', 'yxc   z\n'],
    ['ends a sequence at the end of its line', 'a\x1b]0;never ended\nb\n', 'a\nb\n'],
    ['drops a sequence that is cut off', 'a\x1b[3', 'a'],
    ['shows what is no UTF-8', 'a\xff', 'a\u00ff'],
  ] as const) {
    it(what, () => {
      expect(plain(Buffer.from(input))).to.equal(expected);
    });
  }

  it('marks bytes that are no UTF-8', () => {
    expect(plain(Uint8Array.of(97, 0xff, 98, 0xe2))).to.equal('a\ufffdb\ufffd');
  });

  it('says the same however the bytes are cut', () => {
    const unit = fc.constantFrom(
      'a',
      'é',
      '😀',
      '\n',
      '\r',
      '\b',
      '\x1b',
      '[',
      '2',
      'K',
      ';',
      'm',
      ']',
      '\x07',
      '\t',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (units, size) => {
        const bytes = Buffer.from(units.join(''));
        expect(plain(bytes, size)).to.equal(plain(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('never gives a control but tab and line feed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(plain(bytes)).not.to.match(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
      }),
      { numRuns: 500 },
    );
  });

  it('breaks a line without an end, and stays quick', () => {
    const text = plain(Buffer.from('x'.repeat(5_000_000)), 4096);
    expect(text.replaceAll('\n', '')).to.have.length(5_000_000);
    expect(Math.max(...text.split('\n').map((line) => line.length))).to.be.below(40_000);
  });

  it('tells of the line that has no end yet', () => {
    const output = new PlainOutput(() => {});
    output.write(Buffer.from('one\ntw'));
    output.write(Buffer.from('o\rT'));
    expect(output.pending).to.equal('Two');
  });
});
