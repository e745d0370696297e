import { expect } from 'chai';
import fc from 'fast-check';
import type { VtParameters } from '../../lib/terminal/vt-parameters.ts';
import { VtParser, type VtReceiver } from '../../lib/terminal/vt-parser.ts';

const spell = (id: number): string => {
  let text = '';
  for (let left = id; left > 0; left = Math.floor(left / 0x100)) text = String.fromCharCode(left % 0x100) + text;
  return text;
};

/** Writes down what a parser finds; neighbouring text is one. */
class Notes implements VtReceiver {
  readonly notes: string[] = [];
  #text = '';

  printAscii(bytes: Uint8Array, start: number): number {
    let end = start + 1;
    while (end < bytes.length && /[ -~]/.test(String.fromCharCode(bytes[end] ?? 0))) end += 1;
    this.#put(bytes, start, end);
    return end;
  }

  fillRows(_bytes: Uint8Array, start: number): number {
    return start;
  }

  printPoint(point: number): void {
    this.#text += String.fromCodePoint(point);
  }

  execute(code: number): void {
    this.#note(`control ${code.toString(16)}`);
  }

  escape(id: number): void {
    this.#note(`escape ${spell(id)}`);
  }

  csi(id: number, parameters: VtParameters): void {
    const numbers = Array.from({ length: parameters.length }, (_, index) =>
      [parameters.value(index), ...(parameters.parts(index) ?? [])].join(':'),
    );
    this.#note(`csi ${spell(id)} ${numbers.join(';')}`);
  }

  oscStart(): void {
    this.#note('osc');
  }

  oscPut(bytes: Uint8Array, start: number, end: number): void {
    this.#put(bytes, start, end);
  }

  oscPoint(point: number): void {
    this.printPoint(point);
  }

  oscEnd(complete: boolean): void {
    this.#note(complete ? 'end' : 'cancelled');
  }

  dcsStart(id: number): void {
    this.#note(`dcs ${spell(id)}`);
  }

  dcsPut(bytes: Uint8Array, start: number, end: number): void {
    this.#put(bytes, start, end);
  }

  dcsPoint(point: number): void {
    this.printPoint(point);
  }

  dcsEnd(complete: boolean): void {
    this.#note(complete ? 'end' : 'cancelled');
  }

  done(): string[] {
    this.#note('');
    return this.notes.filter((note) => note !== '');
  }

  #put(bytes: Uint8Array, start: number, end: number): void {
    this.#text += Buffer.from(bytes.subarray(start, end)).toString('latin1');
  }

  #note(note: string): void {
    this.notes.push(this.#text === '' ? '' : `"${this.#text}"`, note);
    this.#text = '';
  }
}

function parse(...parts: readonly (string | Uint8Array)[]): string[] {
  const notes = new Notes();
  const parser = new VtParser(notes);
  for (const part of parts) parser.parse(Buffer.from(part));
  return notes.done();
}

const text = (...parts: readonly Uint8Array[]): string => parse(...parts).join('');

const pairs: readonly (readonly [written: string, found: readonly string[]])[] = [
  ['plain text', ['"plain text"']],
  ['a\r\nb', ['"a"', 'control d', 'control a', '"b"']],
  ['\x1b[1;22;333m', ['csi m 1;22;333']],
  ['\x1b[;5H\x1b[H', ['csi H 0;5', 'csi H 0']],
  ['\x1b[4:3;58:2::1:2:3m', ['csi m 4:3;58:2:-1:1:2:3']],
  ['\x1b[?1;2$p', ['csi ?$p 1;2']],
  ['\x1b[99999999999999999999A', ['csi A 2147483647']],
  [`\x1b[${'1;'.repeat(40)}2m`, [`csi m ${'1;'.repeat(31)}1`]],
  ['\x1b[1\r2A', ['control d', 'csi A 12']],
  ['\x1b[1\x18A', ['control 18', '"A"']],
  ['\x1b[1\x1b[2A', ['csi A 2']],
  ['\x1b[1?2A\x1b[1 2A', []],
  ['\x1b[1é', []],
  ['\x1b(0\x1b7\x1b#8', ['escape (0', 'escape 7', 'escape #8']],
  ['\x1b]2;títle\x07', ['osc', '"2;títle"', 'end']],
  ['\x1b]2;a\nb\x1b\\x', ['osc', '"2;ab"', 'end', 'escape \\', '"x"']],
  ['\x1b]2;a\x1ab', ['osc', '"2;a"', 'cancelled', '"b"']],
  ['\x1bP1;2$qm\x7f\x1b\\', ['dcs $q', '"m"', 'end', 'escape \\']],
  ['\x1b_Gä\x07\x1b\\\x1b^x\x1b\\\x1bXy\x1b\\\x1bkz\x1b\\a', [...Array(4).fill('escape \\'), '"a"']],
  ['\u0085\u009b3C\u009d0;t\u009c', ['control 85', 'csi C 3', 'osc', '"0;t"', 'end']],
  ['a\x7fb', ['"ab"']],
];

describe('the parser of a terminal', () => {
  for (const [written, found] of pairs) {
    it(`finds in ${JSON.stringify(written.slice(0, 40))} the same however it is cut`, () => {
      expect(parse(written)).to.deep.equal(found);
      const bytes = Buffer.from(written);
      expect(parse(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).to.deep.equal(found);
    });
  }

  it('takes sequences of too many intermediates for none that it knows', () => {
    const { length } = parse('\x1b[!!!!!!!!!!p');
    expect(length).to.equal(1);
    expect(parse('\x1b[!!!!!!!!!!p')).not.to.deep.equal(parse('\x1b[!p'));
  });

  it('keeps characters of every plane whole, wherever they are cut', () => {
    const points = [0x7e, 0xa0, 0x7ff, 0x800, 0x2022, 0xd7ff, 0xe000, 0xfeff, 0xffff, 0x10000, 0x1f680, 0x10ffff];
    for (let plane = 0; plane <= 16; plane++) points.push(plane * 0x10000 + 0x1234, plane * 0x10000 + 0xfffe);
    for (const point of points) {
      const whole = `a${String.fromCodePoint(point)}b`;
      const bytes = Buffer.from(whole);
      for (let first = 0; first <= bytes.length; first++)
        for (let second = first; second <= bytes.length; second++)
          expect(text(bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second))).to.equal(
            `"${whole}"`,
          );
    }
  });

  it('replaces broken UTF-8 as the platform does', () => {
    const byte = fc.oneof(fc.integer({ min: 0x80, max: 0xff }), fc.integer({ min: 0x41, max: 0x5a }));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 24 }), fc.nat(24), (values, cut) => {
        const bytes = Uint8Array.from(values);
        const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat([bytes, Buffer.from('.')]));
        // Controls of C1 are no text.
        fc.pre(!/[\x80-\x9f]/.test(expected));
        expect(text(bytes.subarray(0, cut), bytes.subarray(cut), Buffer.from('.'))).to.equal(`"${expected}"`);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses overlong forms, surrogates and what lies past Unicode', () => {
    for (const bytes of [[0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff]])
      expect(text(Uint8Array.from(bytes), Buffer.from('.'))).to.match(/^"\ufffd+\."$/);
  });
});
