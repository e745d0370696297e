import { expect } from 'chai';
import { bytesFit, bytesFor, encodeKey, type KeyModes } from '../../lib/input/key-encoder.ts';
import { parseKey } from '../../lib/input/key-name.ts';
import { KITTY_ENCODINGS, LEGACY_ENCODINGS, OTHER_ENCODINGS, PLAIN, text } from './key-encodings.ts';

const withKitty = (flags: number): KeyModes => ({ ...PLAIN, kittyKeyboard: flags });

describe('the key encoder', () => {
  for (const [key, bytes] of LEGACY_ENCODINGS)
    it(`writes ${key} as xterm does`, () => {
      expect(text(encodeKey(parseKey(key), PLAIN))).to.equal(bytes);
    });

  for (const [level, key, bytes] of OTHER_ENCODINGS)
    it(`writes ${key} with modifyOtherKeys ${level}`, () => {
      expect(text(encodeKey(parseKey(key), { ...PLAIN, modifyOtherKeys: level }))).to.equal(bytes);
    });

  for (const [flags, key, action, bytes] of KITTY_ENCODINGS)
    it(`writes the ${action} of ${key} to a kitty keyboard with flags ${flags}`, () => {
      expect(text(encodeKey(parseKey(key), withKitty(flags), action))).to.equal(bytes);
    });

  it('follows the cursor and keypad modes', () => {
    const application = { ...PLAIN, applicationCursorKeys: true, applicationKeypad: true };
    const written = ['Up', 'Home', 'C-Up', 'KP5', 'KPEnter', 'M-KP+', 'F5'].map((key) =>
      text(encodeKey(parseKey(key), application)),
    );
    expect(written).to.deep.equal(['\x1bOA', '\x1bOH', '\x1b[1;5A', '\x1bOu', '\x1bOM', '\x1b\x1bOk', '\x1b[15~']);
  });

  it('writes nothing for what cannot be typed', () => {
    for (const key of ['WheelUpPane', 'Any', 'LeftShift', 'F30', 'PrintScreen'])
      expect(encodeKey(parseKey(key), PLAIN), key).to.have.length(0);
    expect(encodeKey(parseKey('a'), PLAIN, 'release')).to.have.length(0);
  });
});

describe('bytes of a key', () => {
  const press = (key: string, bytes: string, continued = false) => ({
    type: 'key' as const,
    key: parseKey(key),
    action: 'press' as const,
    bytes: Buffer.from(bytes, 'utf8'),
    continued,
  });

  it('fit a program that reads them as the same key', () => {
    for (const [key, bytes] of LEGACY_ENCODINGS) {
      if (bytes === '') continue;
      expect(bytesFit(press(key, bytes), PLAIN), key).to.equal(true);
      expect(Buffer.from(bytesFor(press(key, bytes), PLAIN)).toString(), key).to.equal(bytes);
    }
  });

  it('are written anew where the program would not know them', () => {
    const cases: [string, string, KeyModes, string][] = [
      ['Up', '\x1b[A', { ...PLAIN, applicationCursorKeys: true }, '\x1bOA'],
      ['Up', '\x1bOA', PLAIN, '\x1b[A'],
      ['C-Up', '\x1b[1;5:2A', PLAIN, '\x1b[1;5A'],
      ['C-a', '\x1b[27;5;97~', PLAIN, '\x01'],
      ['C-a', '\x01', { ...PLAIN, modifyOtherKeys: 2 }, '\x1b[27;5;97~'],
      ['C-a', '\x1b[97;5u', { ...PLAIN, modifyOtherKeys: 2 }, '\x1b[27;5;97~'],
      ['C-a', '\x1b[27;5;97~', withKitty(1), '\x1b[97;5u'],
      ['M-Up', '\x1b\x1b[A', withKitty(1), '\x1b[1;3A'],
      ['C-a', '\x1b[97;5u', PLAIN, '\x01'],
      ['S-Enter', '\x1b[13;2u', PLAIN, '\r'],
      ['C-Enter', '\x1b[13;5u', { ...PLAIN, modifyOtherKeys: 2 }, '\x1b[27;5;13~'],
      ['Escape', '\x1b', withKitty(1), '\x1b[27u'],
      ['a', 'a', withKitty(9), '\x1b[97u'],
    ];
    for (const [key, bytes, modes, written] of cases)
      expect(text(bytesFor(press(key, bytes), modes)), `${key} ${JSON.stringify(bytes)}`).to.equal(written);
  });

  it('stay as they are in whichever form of its family a terminal has a key', () => {
    const cases: [string, string, KeyModes?][] = [
      ['M-Up', '\x1b\x1b[A'],
      ['Home', '\x1b[1~'],
      ['Home', '\x1b[7~'],
      ['F1', '\x1b[11~'],
      ['F1', '\x1b[11~', withKitty(1)],
      ['F1', '\x1b[[A'],
      ['F1', '\x1b[P'],
      ['KP5', '\x1bOu'],
      ['C-Up', '\x1bOa'],
      ['S-Up', '\x1b[a'],
      ['C-Up', '\x1bO5A'],
      ['C-h', '\b'],
      ['BSpace', '\x7f'],
      ['M-Enter', '\x1b\r'],
      ['C-Up', '\x1b[1;5A', { ...PLAIN, modifyOtherKeys: 2, applicationCursorKeys: true }],
      ['F5', '\x1b[15~', { ...PLAIN, modifyOtherKeys: 2 }],
    ];
    for (const [key, bytes, modes = PLAIN] of cases)
      expect(text(bytesFor(press(key, bytes), modes)), `${key} ${JSON.stringify(bytes)}`).to.equal(bytes);
  });

  it('stay as they are between two kitty keyboards, alternates and text included', () => {
    const all = withKitty(31);
    for (const bytes of ['\x1b[97;5u', '\x1b[97:65:99;2;65u', '\x1b[1;5:2A', '\x1b[57441;2:1u', '\x1b[3;5~', '\x1b[F'])
      expect(bytesFit(press('x', bytes), all), bytes).to.equal(true);
    expect(bytesFit(press('A', '\x1b[97:65;2;65u'), withKitty(1))).to.equal(false);
    expect(bytesFit(press('a', '\x1b[97u'), withKitty(1))).to.equal(false);
    expect(bytesFit(press('C-a', '\x1b[97:65;5u'), withKitty(1))).to.equal(false);
  });

  it('leave out the ESC that has gone ahead', () => {
    expect(text(bytesFor(press('Up', '[A', true), PLAIN))).to.equal('[A');
    expect(text(bytesFor(press('M-x', 'x', true), PLAIN))).to.equal('x');
    expect(text(bytesFor(press('Up', '[A', true), { ...PLAIN, applicationCursorKeys: true }))).to.equal('OA');
    expect(text(bytesFor(press('Up', '[A', true), withKitty(1)))).to.equal('\x1b[A');
  });
});
