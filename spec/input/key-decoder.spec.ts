import { expect } from 'chai';
import fc from 'fast-check';
import type { InputEvent } from '../../lib/input/key.ts';
import { KeyDecoder } from '../../lib/input/key-decoder.ts';
import { encodeKey } from '../../lib/input/key-encoder.ts';
import { keyName, parseKey } from '../../lib/input/key-name.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { KITTY_ENCODINGS, LEGACY_ENCODINGS, OTHER_ENCODINGS, PLAIN } from './key-encodings.ts';

const always = () => true;
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const rawText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** An event in one word: `C-a`, `C-a:release`, `+M-x` (continued), `mouse:…`, `paste<abc>`, `reply:…`. */
function word(event: InputEvent): string {
  if (event.type === 'key')
    return `${event.continued === true ? '+' : ''}${keyName(event.key)}${event.action === 'press' ? '' : `:${event.action}`}`;
  if (event.type === 'mouse') return `mouse:${event.action}:${event.button}:${event.modifiers}@${event.x},${event.y}`;
  if (event.type === 'focus') return event.focused ? 'focus-in' : 'focus-out';
  const text = Buffer.from(event.bytes).toString('utf8');
  if (event.type === 'paste') return `paste${event.first ? '<' : '('}${text}${event.last ? '>' : ')'}`;
  return `${event.type}:${text}`;
}

/** All events of pieces, each held to its end, and what a pause after them gives. */
function decode(...pieces: readonly (string | Uint8Array)[]): string[] {
  const decoder = new KeyDecoder();
  const events = pieces.flatMap((piece) => decoder.decode(typeof piece === 'string' ? bytesOf(piece) : piece, always));
  return [...events, ...decoder.flush()].map(word);
}

const KEYS: readonly (readonly [string, string, string])[] = [
  ['\x1b[1~', 'Home', 'Linux'],
  ['\x1b[4~', 'End', 'Linux'],
  ['\x1b[7~', 'Home', 'rxvt'],
  ['\x1b[8~', 'End', 'rxvt'],
  ['\x1bOH', 'Home', 'application cursor keys'],
  ['\x1bOA', 'Up', 'application cursor keys'],
  ['\x1b[[A', 'F1', 'the Linux console'],
  ['\x1b[[E', 'F5', 'the Linux console'],
  ['\x1b[11~', 'F1', 'rxvt and PuTTY'],
  ['\x1b[14~', 'F4', 'rxvt and PuTTY'],
  ['\x1b[a', 'S-Up', 'rxvt'],
  ['\x1b[d', 'S-Left', 'rxvt'],
  ['\x1bOa', 'C-Up', 'rxvt'],
  ['\x1bOc', 'C-Right', 'rxvt'],
  ['\x1b[7$', 'S-Home', 'rxvt'],
  ['\x1b[3^', 'C-DC', 'rxvt'],
  ['\x1b[5@', 'C-S-PPage', 'rxvt'],
  ['\x1b\x1b[A', 'M-Up', 'rxvt and PuTTY'],
  ['\x1b\x1bOA', 'M-Up', 'rxvt and PuTTY'],
  ['\x1b\x1b[3~', 'M-DC', 'rxvt and PuTTY'],
  ['\x1b\x1b[3^', 'C-M-DC', 'rxvt'],
  ['\x1b[5A', 'C-Up', 'old xterm'],
  ['\x1bO5P', 'C-F1', 'old GNOME'],
  ['\x1bO2D', 'S-Left', 'old KDE'],
  ['\x1bOM', 'KPEnter', 'the keypad'],
  ['\x1bOp', 'KP0', 'the keypad'],
  ['\x1bOy', 'KP9', 'the keypad'],
  ['\x1bOj', 'KP*', 'the keypad'],
  ['\x1bOX', 'KP=', 'the keypad'],
  ['\x1b[Z', 'BTab', 'all'],
  ['\x1b[1;2Z', 'BTab', 'some'],
  ['\x1b[1;5R', 'C-F3', 'xterm'],
  ['\x1b[1;3C', 'M-Right', 'xterm'],
  ['\x1b[27;5;9~', 'C-Tab', 'modifyOtherKeys'],
  ['\x1b[27;2;33~', '!', 'modifyOtherKeys'],
  ['\x1b[97;5u', 'C-a', 'fixterms'],
  ['\x1b[65;6u', 'C-S-a', 'fixterms'],
  ['\x1b[97;6u', 'C-S-a', 'kitty'],
  ['\x1b[97;1:2u', 'a:repeat', 'kitty'],
  ['\x1b[97;1:3u', 'a:release', 'kitty'],
  ['\x1b[97:65;2u', 'A', 'kitty'],
  ['\x1b[97:65:97;2;65u', 'A', 'kitty'],
  ['\x1b[49:33;2u', '!', 'kitty'],
  ['\x1b[49;2;33u', '!', 'kitty'],
  ['\x1b[47:63;6u', 'C-?', 'kitty'],
  ['\x1b[1089::99;5u', 'C-c', 'kitty in Cyrillic'],
  ['\x1b[1089::99;1u', 'с', 'kitty in Cyrillic'],
  ['\x1b[97;65u', 'A', 'kitty with caps lock'],
  ['\x1b[97;69u', 'C-a', 'kitty with caps lock'],
  ['\x1b[97;129u', 'a', 'kitty with num lock'],
  ['\x1b[0;;12354:12356u', 'あい', 'kitty, text of an input method'],
  ['\x1b[13;2u', 'S-Enter', 'kitty'],
  ['\x1b[127;5u', 'C-BSpace', 'kitty'],
  ['\x1b[27u', 'Escape', 'kitty'],
  ['\x1b[57414u', 'KPEnter', 'kitty'],
  ['\x1b[57417;5u', 'C-Left', 'kitty'],
  ['\x1b[57427u', 'KPBegin', 'kitty'],
  ['\x1b[57363u', 'Menu', 'kitty'],
  ['\x1b[57441;2u', 'S-LeftShift', 'kitty'],
  ['\x1b[57441;2:3u', 'S-LeftShift:release', 'kitty'],
  ['\x1b[1;1:3A', 'Up:release', 'kitty'],
  ['\x1b[3;5:2~', 'C-DC:repeat', 'kitty'],
  ['\x1b[97;9u', 'Super-a', 'kitty'],
  ['\x1b[97;17u', 'Hyper-a', 'kitty'],
  ['\x08', 'C-h', 'all'],
  ['\x7f', 'BSpace', 'all'],
  ['\n', 'C-j', 'all'],
  ['\x1b\x7f', 'M-BSpace', 'all'],
];

const OTHERS: readonly (readonly [string, string])[] = [
  ['\x1b[M !!', 'mouse:press:left:0@0,0'],
  ['\x1b[M#!!', 'mouse:release:none:0@0,0'],
  ['\x1b[M@*+', 'mouse:drag:left:0@9,10'],
  ['\x1b[M`%&', 'mouse:press:wheel-up:0@4,5'],
  ['\x1b[<0;10;20M', 'mouse:press:left:0@9,19'],
  ['\x1b[<0;10;20m', 'mouse:release:left:0@9,19'],
  ['\x1b[<2;1;1M', 'mouse:press:right:0@0,0'],
  ['\x1b[<34;300;400M', 'mouse:drag:right:0@299,399'],
  ['\x1b[<35;5;5M', 'mouse:move:none:0@4,4'],
  ['\x1b[<64;1;1M', 'mouse:press:wheel-up:0@0,0'],
  ['\x1b[<65;1;1M', 'mouse:press:wheel-down:0@0,0'],
  ['\x1b[<66;1;1M', 'mouse:press:wheel-left:0@0,0'],
  ['\x1b[<128;1;1M', 'mouse:press:other:0@0,0'],
  ['\x1b[<28;1;1M', 'mouse:press:left:7@0,0'],
  ['\x1b[<0;0;99999999M', 'mouse:press:left:0@0,65535'],
  ['\x1b[32;10;20M', 'mouse:press:left:0@9,19'],
  ['\x1b[35;10;20M', 'mouse:release:none:0@9,19'],
  ['\x1b[96;10;20M', 'mouse:press:wheel-up:0@9,19'],
  ['\x1b[I', 'focus-in'],
  ['\x1b[O', 'focus-out'],
  ['\x1b[200~\x02 \x1b[A\x1b[201~', 'paste<\x02 \x1b[A>'],
  ['\x1b[200~\x1b[201~', 'paste<>'],
  ...[
    '\x1b[?62;22c',
    '\x1b[>1;4000;0c',
    '\x1b[?2026;2$y',
    '\x1b[4;1$y',
    '\x1b[?31u',
    '\x1b[24;80R',
    '\x1b[?12;1R',
    '\x1b[?997;1n',
    '\x1b[0n',
    '\x1b[8;24;80t',
    '\x1b[>4;2m',
    '\x1bP>|XTerm(390)\x1b\\',
    '\x1bP1+r544e=787465726d\x1b\\',
    '\x1bP0+r\x1b\\',
    '\x1bP!|00000000\x1b\\',
    '\x1bP1$r0m\x1b\\',
    '\x1b]11;rgb:0000/0000/0000\x1b\\',
    '\x1b]10;rgb:ffff/ffff/ffff\x07',
    '\x1b]4;1;rgb:ff/00/00\x07',
    '\x1b_Gi=31;OK\x1b\\',
  ].map((bytes) => [bytes, `reply:${bytes}`] as const),
  ['\x1b[99z', 'unknown:\x1b[99z'],
  ['\x1b[201~', 'unknown:\x1b[201~'],
  ['\x1b[999~', 'unknown:\x1b[999~'],
  ['\x1b[<1;2M', 'unknown:\x1b[<1;2M'],
];

/** Pieces of input that a fuzzer puts together. */
const FRAGMENTS = [
  ...KEYS.map(([bytes]) => bytes),
  ...OTHERS.map(([bytes]) => bytes),
  ...[
    '\x1b',
    '\x1b[',
    '\x1bO',
    '\x1b]',
    '\x1b]1',
    '\x1bP1',
    '\x1b[200~',
    '\x1b[201~',
    '\x1b[20',
    '\x02',
    'é',
    '🚀',
    '\x1bé',
  ],
].map(bytesOf);

const anyInput = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...FRAGMENTS) },
      { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 6 }) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.concat(parts));

function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((start, index) => bytes.subarray(start, places[index] ?? bytes.length));
}

/** The bytes of events, with the marks of pastes put back. */
function bytesBack(events: readonly InputEvent[]): string {
  return events
    .map((event) => {
      const bytes = rawText(event.bytes);
      if (event.type !== 'paste') return bytes;
      return `${event.first ? '\x1b[200~' : ''}${bytes}${event.last ? '\x1b[201~' : ''}`;
    })
    .join('');
}

describe('the key decoder', () => {
  it('reads back every key that the encoder writes', () => {
    for (const [key, bytes] of LEGACY_ENCODINGS) expect(decode(bytes), JSON.stringify(bytes)).to.deep.equal([key]);
    for (const [, key, bytes] of OTHER_ENCODINGS) expect(decode(bytes), JSON.stringify(bytes)).to.deep.equal([key]);
    for (const [, key, action, bytes] of KITTY_ENCODINGS)
      if (bytes !== '')
        expect(decode(bytes), JSON.stringify(bytes)).to.deep.equal([key + (action === 'press' ? '' : `:${action}`)]);
  });

  it('reads back named keys with every modifier from a kitty keyboard', () => {
    for (const name of [
      'a',
      'Enter',
      'Tab',
      'Space',
      'Escape',
      'BSpace',
      'Up',
      'F1',
      'F3',
      'F12',
      'F24',
      'DC',
      'KP5',
      'é',
      '1',
    ])
      for (let modifiers = 0; modifiers < 64; modifiers++) {
        if (modifiers === 1 && (name === 'Space' || name === '1')) continue; // Typed as text.
        const key = parseKey(keyName({ name, modifiers }));
        const bytes = encodeKey(key, { ...PLAIN, kittyKeyboard: 1 });
        expect(decode(bytes), JSON.stringify(rawText(bytes))).to.deep.equal([keyName(key)]);
      }
  });

  for (const [bytes, key, terminal] of KEYS)
    it(`reads ${JSON.stringify(bytes)} of ${terminal} as ${key}`, () => {
      expect(decode(bytes)).to.deep.equal([key]);
    });

  for (const [bytes, expected] of OTHERS)
    it(`reads ${JSON.stringify(bytes)} as ${JSON.stringify(expected)}`, () => {
      expect(decode(bytes)).to.deep.equal([expected]);
    });

  it('reads everything the same when it is split at any byte, or into bytes', () => {
    const all = [
      ...LEGACY_ENCODINGS.map(([, bytes]) => bytes),
      ...KEYS.map(([bytes]) => bytes),
      ...OTHERS.map(([bytes]) => bytes),
    ];
    for (const text of all) {
      if (text.startsWith('\x1b[200~')) continue;
      const bytes = bytesOf(text);
      const whole = decode(bytes);
      for (let cut = 1; cut < bytes.length; cut++)
        expect(decode(bytes.subarray(0, cut), bytes.subarray(cut)), `${JSON.stringify(text)} at ${cut}`).to.deep.equal(
          whole,
        );
      expect(decode(...[...bytes].map((byte) => Uint8Array.of(byte))), JSON.stringify(text)).to.deep.equal(whole);
    }
  });

  it('gives every key its own bytes', () => {
    const events = new KeyDecoder().decode(bytesOf('a\x1b[A\x1bxé\x01\x1b[97;5u'));
    expect(events.map(({ bytes }) => Buffer.from(bytes).toString())).to.deep.equal([
      'a',
      '\x1b[A',
      '\x1bx',
      'é',
      '\x01',
      '\x1b[97;5u',
    ]);
  });

  describe('with an ESC at the end of a piece', () => {
    it('gives Escape out at once and the rest as a key that goes on', () => {
      const decoder = new KeyDecoder();
      const steps = ['\x1b', 'x', '\x1b', '[', 'A', '\x1b', '\x1b', '[A'].map((piece) =>
        decoder.decode(bytesOf(piece)),
      );
      expect(steps.map((events) => events.map(word).join(' '))).to.deep.equal([
        'Escape',
        '+M-x',
        'Escape',
        '',
        '+Up',
        'Escape',
        'Escape',
        '+M-Up',
      ]);
      expect(
        steps
          .flat()
          .map(({ bytes }) => rawText(bytes))
          .join(''),
      ).to.equal('\x1bx\x1b[A\x1b\x1b[A');
    });

    it('lets a pause end it', () => {
      const decoder = new KeyDecoder();
      expect(decoder.decode(bytesOf('\x1b')).map(word)).to.deep.equal(['Escape']);
      expect(decoder.pending).to.equal(true);
      expect(decoder.flush()).to.deep.equal([]);
      expect(decoder.pending).to.equal(false);
      expect(decoder.decode(bytesOf('x')).map(word)).to.deep.equal(['x']);
    });

    it('holds it for whoever would act on it', () => {
      const decoder = new KeyDecoder();
      expect(decoder.decode(bytesOf('a\x1b'), always).map(word)).to.deep.equal(['a']);
      expect(decoder.pending).to.equal(true);
      expect(decoder.flush().map(word)).to.deep.equal(['Escape']);
      expect(decoder.decode(bytesOf('\x1b'), always)).to.deep.equal([]);
      expect(decoder.decode(bytesOf('x'), always).map(word)).to.deep.equal(['M-x']);
    });

    it('takes two for two', () => {
      expect(decode('\x1b\x1b')).to.deep.equal(['Escape', 'Escape']);
      expect(decode('\x1b\x1b\x1bx')).to.deep.equal(['Escape', 'Escape', 'M-x']);
      expect(decode('\x1b\x1b[<0;1;1M')).to.deep.equal(['Escape', 'mouse:press:left:0@0,0']);
    });

    it('lets a paste that goes on begin', () => {
      const decoder = new KeyDecoder();
      const events = ['\x1b', '[200~a', 'b\x1b[201~'].flatMap((piece) => decoder.decode(bytesOf(piece)));
      expect(events.map(word)).to.deep.equal(['Escape', 'paste<a)', 'paste(b>']);
    });
  });

  it('takes what has begun and does not go on for Alt and a key, or passes it', () => {
    const cases: [string, string[]][] = [
      ['\x1b[', ['M-[']],
      ['\x1bO', ['M-O']],
      ['\x1bO5', ['M-O', '5']],
      ['\x1b]', ['M-]']],
      ['\x1bP', ['M-P']],
      ['\x1b_', ['M-_']],
      ['\x1b\x1b[', ['Escape', 'M-[']],
      ['\x1b[1;5', ['unknown:\x1b[1;5']],
      ['\x1b[M !', ['unknown:\x1b[M !']],
      ['\x1b]11;rgb', ['unknown:\x1b]11;rgb']],
      ['\x1bPx', ['M-P', 'x']],
      ['\x1b]x\x02', ['M-]', 'x', 'C-b']],
      ['\x1b[1;\x02', ['unknown:\x1b[1;', 'C-b']],
      ['\x1b[\x1b[A', ['M-[', 'Up']],
      ['\x1b]11;\x02', ['unknown:\x1b]11;', 'C-b']],
      ['\x1b[M\x02', ['unknown:\x1b[M', 'C-b']],
    ];
    for (const [bytes, expected] of cases) expect(decode(bytes), JSON.stringify(bytes)).to.deep.equal(expected);
  });

  it('knows F3 with modifiers from the place of the cursor only by having been told', () => {
    const decoder = new KeyDecoder();
    decoder.expectCursorReport();
    expect(decoder.decode(bytesOf('\x1b[1;2R\x1b[1;2R')).map(word)).to.deep.equal(['reply:\x1b[1;2R', 'S-F3']);
  });

  it('waits for the rest of a character, and passes what is none', () => {
    const decoder = new KeyDecoder();
    expect(decoder.decode(Uint8Array.of(0xe2, 0x82))).to.deep.equal([]);
    expect(decoder.pending).to.equal(false);
    expect(decoder.flush()).to.deep.equal([]);
    expect(decoder.decode(Uint8Array.of(0xac)).map(word)).to.deep.equal(['€']);
    const invalid = [0xff, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0xf5, 0xc2, 0x80, 0x61];
    const events = new KeyDecoder().decode(Uint8Array.from(invalid));
    expect(events.map(({ type }) => type)).to.deep.equal([...Array.from({ length: 9 }, () => 'unknown'), 'key']);
    expect(events.flatMap(({ bytes }) => [...bytes])).to.deep.equal(invalid);
  });

  describe('with a paste', () => {
    it('gives it out in pieces, marks of it split anywhere', () => {
      const bytes = bytesOf('\x1b[200~one \x02 \x1b[20 \x1b[201\x1b[201~C');
      for (let cut = 1; cut < bytes.length; cut++) {
        const words = decode(bytes.subarray(0, cut), bytes.subarray(cut));
        const pasted = words.slice(0, -1);
        expect(words.at(-1)).to.equal('C');
        expect(pasted[0]).to.match(/^paste</);
        expect(pasted.at(-1)).to.match(/>$/);
        expect(pasted.map((item) => item.slice(6, -1)).join('')).to.equal('one \x02 \x1b[20 \x1b[201');
      }
    });

    it('passes 1 MB with the prefix and half marks in it, whatever the pieces, in time that grows with its size', () => {
      const body = Buffer.from('\x02c \x1b[201 \x1b[A\x1b[200~ text é\x1b'.repeat(40_000)).subarray(0, 1_000_000);
      const all = Buffer.concat([Buffer.from('\x1b[200~'), body, Buffer.from('\x1b[201~x')]);
      for (const size of [7, 4096, 65_536, all.length]) {
        const decoder = new KeyDecoder();
        const events: InputEvent[] = [];
        const started = cpuTime();
        for (let at = 0; at < all.length; at += size) events.push(...decoder.decode(all.subarray(at, at + size)));
        expect(cpuTime() - started).to.be.below(2000);
        expect(events.pop()).to.include({ type: 'key' });
        expect(events.every(({ type }) => type === 'paste')).to.equal(true);
        expect(Buffer.concat(events.map(({ bytes }) => bytes)).equals(body)).to.equal(true);
      }
    });

    it('gives out an endless one as it comes, and holds next to nothing', () => {
      const decoder = new KeyDecoder();
      decoder.decode(bytesOf('\x1b[200~'));
      for (let index = 0; index < 100; index++) {
        const [event] = decoder.decode(bytesOf('x'.repeat(1000)));
        expect(event?.bytes.length).to.equal(1000);
      }
    });
  });

  it('reads 300 KB of arrow keys in milliseconds', () => {
    const bytes = bytesOf('\x1b[A'.repeat(100_000));
    const started = cpuTime();
    expect(new KeyDecoder().decode(bytes)).to.have.length(100_000);
    expect(cpuTime() - started).to.be.below(1000);
  });

  it('holds no more than a reply of a sequence without end', () => {
    for (const beginning of ['\x1b]52;c;', '\x1bP1+r', '\x1b_G', '\x1b[1;', '\x1b[?']) {
      const decoder = new KeyDecoder();
      let out = 0;
      let put = 0;
      for (const piece of [beginning, ...Array.from({ length: 500 }, () => '0'.repeat(100))]) {
        put += piece.length;
        out += decoder.decode(bytesOf(piece)).reduce((sum, { bytes }) => sum + bytes.length, 0);
        expect(put - out).to.be.at.most(4200);
      }
      const rest = [...decoder.decode(bytesOf('\x1b\\\x02')), ...decoder.flush()];
      expect(rest.map(word).at(-1)).to.equal('C-b');
      expect(out + rest.reduce((sum, { bytes }) => sum + bytes.length, 0)).to.equal(put + 3);
    }
  });

  it('never throws, and gives back the bytes of any input in any pieces', () => {
    fc.assert(
      fc.property(anyInput, fc.array(fc.nat(500), { maxLength: 12 }), fc.boolean(), (input, cuts, pauses) => {
        const decoder = new KeyDecoder();
        const events = split(input, cuts).flatMap((piece) => [
          ...decoder.decode(piece, always),
          ...(pauses ? decoder.flush() : []),
        ]);
        // A byte that completes half a character, then the end of a paste that goes on.
        events.push(...decoder.decode(bytesOf('x'), always), ...decoder.flush());
        const back = bytesBack(events);
        const expected = `${rawText(input)}x`;
        expect(expected.startsWith(back)).to.equal(true);
        expect(back.length).to.be.at.least(expected.length - 5);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same events for the same bytes in any pieces', () => {
    fc.assert(
      fc.property(anyInput, fc.array(fc.nat(500), { maxLength: 12 }), (input, cuts) => {
        const words = (pieces: readonly Uint8Array[]) => {
          const decoder = new KeyDecoder();
          const events = [...pieces.flatMap((piece) => decoder.decode(piece, always)), ...decoder.flush()];
          const joined: string[] = [];
          for (const event of events) {
            const last = joined.at(-1);
            if (event.type === 'paste' && !event.first && last !== undefined)
              joined[joined.length - 1] = last + rawText(event.bytes) + (event.last ? '>' : '');
            else if (event.type === 'paste') joined.push(`paste<${rawText(event.bytes)}${event.last ? '>' : ''}`);
            else joined.push(word(event));
          }
          return joined;
        };
        expect(words(split(input, cuts))).to.deep.equal(words([input]));
      }),
      { numRuns: 1000 },
    );
  });

  it('loses and doubles nothing when Escape goes ahead', () => {
    fc.assert(
      fc.property(anyInput, fc.array(fc.nat(500), { maxLength: 12 }), (input, cuts) => {
        // Pastes apart: their marks have no bytes of their own.
        const bytes = Buffer.from(rawText(input).replaceAll('[200~', ''), 'latin1');
        const decoder = new KeyDecoder();
        const events = split(bytes, cuts).flatMap((piece) => decoder.decode(piece));
        events.push(...decoder.decode(bytesOf('x')), ...decoder.flush());
        fc.pre(!events.some(({ type }) => type === 'paste'));
        expect(bytesBack(events)).to.equal(`${rawText(bytes)}x`);
      }),
      { numRuns: 1000 },
    );
  });
});
