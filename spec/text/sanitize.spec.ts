import { expect } from 'chai';
import fc from 'fast-check';
import { sanitize, stripControls } from '../../lib/text/sanitize.ts';

const UNSAFE = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029\p{Surrogate}]/u;

describe('sanitizing', () => {
  it('shows controls, escapes and bidi controls', () => {
    expect(sanitize('a\x1b[31mb\r\n\x7f')).to.equal('a␛[31mb␍␊␡');
    expect(sanitize('user\u202etxt.exe')).to.equal('user<202e>txt.exe');
    expect(sanitize('\u009b2J')).to.equal('<009b>2J');
    expect(sanitize('\ud83d')).to.equal('\ufffd');
  });

  it('leaves emoji and letters of all scripts alone', () => {
    const text = '👩\u200d👧 ❤\ufe0f 日本 नमस्ते م';
    expect(sanitize(text)).to.equal(text);
    expect(stripControls(text)).to.equal(text);
  });

  it('shows letters that nobody would see, but for those of a flag', () => {
    expect(sanitize('a\u{e0041}\u{e0020}b\u00ad')).to.equal('a<e0041><e0020>b<00ad>');
    const wales = '🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}';
    expect(sanitize(wales)).to.equal(wales);
  });

  it('cuts long text without halving a character', () => {
    expect(sanitize('abcdef', 4)).to.equal('abc…');
    expect(sanitize('ab🚀def', 4)).to.equal('ab…');
    expect(stripControls('ab🚀', 3)).to.equal('ab');
  });

  it('removes controls, and spares those it is told to', () => {
    expect(stripControls('a\x1b]0;x\x07b\n\tc')).to.equal('a]0;xbc');
    expect(stripControls('a\n\tb\r', 99, '\n\t')).to.equal('a\n\tb');
  });

  it('leaves nothing unsafe of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 70 }), (text, maximum) => {
        expect(sanitize(text, maximum)).not.to.match(UNSAFE);
        expect(stripControls(text, maximum)).not.to.match(UNSAFE);
        expect(stripControls(text, maximum).length).to.be.at.most(maximum);
      }),
    );
  });
});
