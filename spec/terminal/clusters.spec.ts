import { expect } from 'chai';
import { glyphText, TAIL } from '../../lib/text/grid.ts';
import { openTerminal } from '../support/open-terminal.ts';

/** The cells of a terminal of 12×2 up to the last one in use: `<` for second halves, `_` for empty ones. */
function cells(...parts: readonly string[]): string {
  const { write, grid } = openTerminal(12, 2);
  for (const part of parts) write(part);
  return Array.from(grid().glyphs, (glyph) => (glyph === TAIL ? '<' : glyph === 0 ? '_' : glyphText(glyph)))
    .join('|')
    .replace(/(\|_)+$/, '');
}

/** Of UAX #29 (grapheme clusters), UAX #11 (widths), UTS #51 (emoji): the text and its cells, each followed by x. */
const CLUSTERS: readonly (readonly [name: string, text: string, cells: string])[] = [
  ['VS16 makes a symbol wide', '❤\ufe0f', '❤\ufe0f|<'],
  ['VS15 leaves a symbol narrow', '❤\ufe0e', '❤\ufe0e'],
  ['VS16 does nothing to a letter', 'a\ufe0f', 'a\ufe0f'],
  ['a keycap', '1\ufe0f\u20e3', '1\ufe0f\u20e3|<'],
  ['a keycap without VS16', '#\u20e3', '#\u20e3'],
  ['a flag and half of one', '🇩🇪🇫', '🇩🇪|<|🇫'],
  ['five regional indicators', '🇩🇪🇫🇷🇮', '🇩🇪|<|🇫🇷|<|🇮'],
  ['a flag of tags', '🏴\u{e0067}\u{e0062}\u{e007f}', '🏴\u{e0067}\u{e0062}\u{e007f}|<'],
  ['ZWJ and a skin tone', '👩🏽\u200d🚀', '👩🏽\u200d🚀|<'],
  ['ZWJ twice joins nothing', '👩\u200d\u200d🚀', '👩\u200d\u200d|<|🚀|<'],
  ['ZWJ before a letter', '👩\u200da', '👩\u200d|<|a'],
  ['ZWJ after a letter', 'a\u200db', 'a\u200d|b'],
  ['a conjunct', 'क\u094dष', 'क\u094dष|<'],
  ['a conjunct with a nukta', 'क\u093c\u094dष', 'क\u093c\u094dष|<'],
  ['a conjunct with ZWJ', 'क\u094d\u200dष', 'क\u094d\u200dष|<'],
  ['no conjunct after ZWNJ', 'क\u094d\u200cष', 'क\u094d\u200c|ष'],
  ['Prepend before a letter', '\u0600a', '\u0600a|<'],
  ['Prepend twice', '\u0600\u0600a', '\u0600\u0600a|<'],
  ['Hangul of L, V and T', '\u1100\u1161\u11a8', '\u1100\u1161\u11a8|<'],
  ['Hangul of LVT and T', '각\u11a8', '각\u11a8|<'],
  ['Hangul of L and L', '\u1100\u1100', '\u1100\u1100|<'],
  ['a Thai spacing mark', 'กำ', 'กำ|<'],
  ['a Thai mark', 'ก็', 'ก็'],
  ['a voiced kana of two', 'か\u3099', 'か\u3099|<'],
  ['marks at the first column', '\u0301\u200b\u2060\ufeff\u034f', ''],
  ['a vowel of Hangul at the first column', '\u1161', ''],
  ['a new emoji of Unicode 16', '\u{1fae9}', '\u{1fae9}|<'],
  ['a noncharacter', '\u{10ffff}', '\u{10ffff}'],
];

const EDGES: readonly (readonly [name: string, text: string, cells: string])[] = [
  ['wraps at the last column', '\x1b[12G日x', `${'_|'.repeat(12)}日|<|x`],
  ['is dropped there without autowrap', '\x1b[?7l\x1b[12G日x', `${'_|'.repeat(11)}x`],
  ['fills the last two columns', '\x1b[11G日x', `${'_|'.repeat(10)}日|<|x`],
  ['that becomes wide at the last column wraps', `${'a'.repeat(11)}❤\ufe0fx`, `${'a|'.repeat(11)}_|❤\ufe0f|<|x`],
  ['that becomes wide stays narrow there without autowrap', `\x1b[?7l${'a'.repeat(11)}❤\ufe0f`, `${'a|'.repeat(11)}❤\ufe0f`],
  ['moves others in insert mode', '\x1b[4h日本\x1b[3G中', '日|<|中|<|本|<'],
  ['is cut by what is inserted', '\x1b[4h日本\x1b[2Gx', '_|x|_|本|<'],
  ['makes room when it becomes wide in insert mode', 'abc\x1b[4h\r❤\ufe0f', '❤\ufe0f|<|a|b|c'],
  ['pushed past the edge goes altogether', '日本語日本語\r\x1b[@', '_|日|<|本|<|語|<|日|<|本|<'],
  ['cuts two others', '日本\x1b[2G語', '_|語|<'],
  ['is cut by ECH', '日本語\x1b[2G\x1b[2X', '_|_|_|_|語|<'],
  ['is cut by DCH', '日本語\x1b[2G\x1b[2P', '_|_|語|<'],
  ['is cut by ICH', '日本語\x1b[2G\x1b[@', '_|_|_|本|<|語|<'],
  ['is cut by EL 0', '日本語\x1b[4G\x1b[K', '日|<'],
  ['is cut by EL 1', '日本語\x1b[3G\x1b[1K', '_|_|_|_|語|<'],
  ['takes marks after its second half', '日\x1b[3G\u0301x', '日\u0301|<|x'],
]; // biome-ignore format: a table

describe('clusters in cells', () => {
  for (const [name, text, expected] of CLUSTERS)
    it(`show ${name}, however they are cut`, () => {
      const wanted = expected === '' ? 'x' : `${expected}|x`;
      expect(cells(`${text}x`)).to.equal(wanted);
      expect(cells(...text, 'x')).to.equal(wanted);
      // A colour in between changes nothing.
      expect(cells(...[...text].flatMap((character) => [character, '\x1b[31m']), 'x')).to.equal(wanted);
    });
});

describe('a wide character', () => {
  for (const [name, text, expected] of EDGES)
    it(name, () => {
      expect(cells(text)).to.equal(expected);
    });
});
