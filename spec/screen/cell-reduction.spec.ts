import { expect } from 'chai';
import { type Capabilities, capabilitiesOf } from '../../lib/screen/capabilities.ts';
import { CellReduction, LINE_DRAWING } from '../../lib/screen/cell-reduction.ts';
import { Grid, glyphOf, TAIL, WIDE } from '../../lib/text/grid.ts';
import { links } from '../../lib/text/intern-table.ts';
import { BOLD, INVERSE, ITALIC, PLAIN, palette, rgb, type Style, underline } from '../../lib/text/style.ts';

const best = capabilitiesOf('xterm-kitty', {}, true);

/** Cells of one row, as they are after the reduction. */
function reduce(capabilities: Capabilities, cells: readonly (readonly [number, Partial<Style>?])[]): Grid {
  const grid = new Grid({ columns: cells.length, rows: 1 });
  for (const [index, [glyph, style]] of cells.entries()) grid.set(index, glyph, { ...PLAIN, ...style });
  new CellReduction(capabilities).reduce(grid);
  return grid;
}

describe('CellReduction', () => {
  it('leaves no control character, half character or lone mark', () => {
    const wide = 0x4e2d | WIDE;
    const bad = [0x01, 0x1b, 0x7f, 0x85, 0x9b, 0xd800, 0x0301, 0x110000, TAIL, wide, wide, glyphOf('a\x1b[2J', 1)];
    expect([
      ...reduce(
        best,
        bad.map((glyph) => [glyph]),
      ).glyphs,
    ]).to.deep.equal(bad.map(() => 0));
    expect([...reduce(best, [[wide], [TAIL], [TAIL]]).glyphs]).to.deep.equal([wide, TAIL, 0]);
  });

  it('writes the signs of sessions in ASCII so that each is another one', () => {
    const dumb = capabilitiesOf('dumb', {}, false);
    const signs = [...'★●⟳•○✕·'];
    const { glyphs } = reduce(
      dumb,
      signs.map((sign) => [sign.codePointAt(0) ?? 0]),
    );
    expect(String.fromCharCode(...glyphs)).to.equal('*o~+.x-');
  });

  it('drops links that would break out of their sequence', () => {
    const good = links.intern(';https://example.com/');
    const bad = links.intern(';https://e.org/\x1b\\\x1b[2J');
    const long = links.intern(`;https://e.org/${'x'.repeat(5000)}`);
    const grid = reduce(best, [
      [0x61, { link: good }],
      [0x61, { link: bad }],
      [0x61, { link: long }],
    ]);
    expect([...grid.links]).to.deep.equal([good, 0, 0]);
    expect(reduce({ ...best, hyperlinks: false }, [[0x61, { link: good }]]).links[0]).to.equal(0);
  });

  it('keeps the style of a blank, and takes one of a background alone for erased', () => {
    const style = { foreground: palette(3), background: palette(4), attributes: BOLD | ITALIC };
    const cells = [
      [0x20, style],
      [0, { ...style, attributes: underline(3) }],
      [0x20, { background: palette(4) }],
      [0x20, { attributes: underline(1), underlineColor: palette(1) }],
    ] as const;
    const grid = reduce(best, cells);
    expect([...grid.glyphs]).to.deep.equal([0x20, 0x20, 0, 0x20]);
    expect([...grid.foregrounds]).to.deep.equal([palette(3), palette(3), 0, 0]);
    expect([...grid.backgrounds]).to.deep.equal([palette(4), palette(4), palette(4), 0]);
    expect([...grid.attributes]).to.deep.equal([BOLD | ITALIC, underline(3), 0, underline(1)]);
    expect([...grid.underlineColors]).to.deep.equal([0, 0, 0, palette(1)]);
  });

  it('makes every underline a single one where there are no others', () => {
    const plain = { ...best, underlineStyles: false, underlineColor: false };
    const grid = reduce(plain, [[0x61, { attributes: underline(3), underlineColor: palette(1) }]]);
    expect(grid.attributes[0]).to.equal(underline(1));
    expect(grid.underlineColors[0]).to.equal(0);
  });

  it('keeps text readable when two colours become one', () => {
    const sixteen = capabilitiesOf('xterm', {}, true);
    const grid = reduce(sixteen, [[0x61, { foreground: rgb(250, 250, 250), background: rgb(255, 255, 255) }]]);
    expect(grid.foregrounds[0]).not.to.equal(grid.backgrounds[0]);
  });

  it('shows bright colours of eight by bold, and light backgrounds of none by reverse', () => {
    const console = capabilitiesOf('linux', {}, true);
    const bright = reduce(console, [[0x61, { foreground: palette(12), background: palette(9) }]]);
    expect([bright.foregrounds[0], bright.backgrounds[0]]).to.deep.equal([palette(4), palette(1)]);
    expect(bright.attributes[0]).to.equal(BOLD);
    const mono = capabilitiesOf('vt100', {}, false);
    const selected = { foreground: palette(0), background: palette(3) };
    expect(reduce(mono, [[0x61, selected]]).attributes[0]).to.equal(INVERSE);
    expect(reduce(mono, [[0x61, { background: palette(4) }]]).attributes[0]).to.equal(0);
  });

  it('shows ASCII and line drawing where there is no UTF-8', () => {
    const texts = ['é', '─', '│', '┌', '→', '…'];
    const cells = texts.map((text) => [glyphOf(text, 1)] as const);
    const vt100 = capabilitiesOf('vt100', {}, false);
    const drawn = (letter: string): number => letter.charCodeAt(0) | LINE_DRAWING;
    const [q, x, l] = ['q', 'x', 'l'].map(drawn);
    expect([...reduce(vt100, cells).glyphs]).to.deep.equal([0x3f, q, x, l, 0x3e, 0x2e]);
    const dumb = capabilitiesOf('dumb', {}, false);
    const ascii = [...reduce(dumb, cells).glyphs].map((glyph) => String.fromCharCode(glyph)).join('');
    expect(ascii).to.equal('?-|+>.');
    const wide = reduce(dumb, [[0x4e2d | WIDE], [TAIL], [glyphOf('e\u0301', 1)]]);
    expect([...wide.glyphs]).to.deep.equal([0x3f, 0, 0x65]);
  });
});
