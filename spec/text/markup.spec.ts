import { expect } from 'chai';
import fc from 'fast-check';
import { parseColor } from '../../lib/text/color-name.ts';
import { parseMarkup, parseStyle, styleError } from '../../lib/text/markup.ts';
import {
  BOLD,
  CURLY_UNDERLINE,
  DEFAULT_COLOR,
  INVERSE,
  ITALIC,
  PLAIN,
  palette,
  rgb,
  SINGLE_UNDERLINE,
  type Style,
  underline,
} from '../../lib/text/style.ts';
import { cpuTime } from '../support/cpu-time.ts';

const style = (part: Partial<Style>): Style => ({ ...PLAIN, ...part });
const text = (line: readonly { readonly text: string }[]): string => line.map((span) => span.text).join('');

describe('parseColor', () => {
  for (const [name, color] of [
    ['red', palette(1)],
    ['brightred', palette(9)],
    ['BrightWhite', palette(15)],
    ['colour208', palette(208)],
    ['color1', palette(1)],
    ['7', palette(7)],
    ['#ff8700', rgb(0xff, 0x87, 0)],
    ['orange', rgb(0xff, 0xa5, 0)],
    ['grey50', rgb(128, 128, 128)],
    ['terminal', DEFAULT_COLOR],
    ['default', palette(3)],
    ['colour256', undefined],
    ['grey101', undefined],
    ['#ff87', undefined],
    ['constructor', undefined],
    ['brightish', undefined],
    ['', undefined],
  ] as const) {
    it(`reads ${JSON.stringify(name)}`, () => {
      expect(parseColor(name, palette(3))).to.equal(color);
    });
  }
});

describe('parseStyle', () => {
  const base = style({ foreground: palette(2), background: palette(0), attributes: ITALIC });

  for (const [spelling, expected] of [
    ['', base],
    ['default', base],
    ['fg=red,bold', { ...base, foreground: palette(1), attributes: ITALIC | BOLD }],
    ['fg=red bg=blue', { ...base, foreground: palette(1), background: palette(4) }],
    ['fg=terminal', { ...base, foreground: DEFAULT_COLOR }],
    ['fg=red,fg=default', base],
    ['noitalics', { ...base, attributes: 0 }],
    ['none,reverse', { ...base, attributes: INVERSE }],
    ['underscore,curly-underscore', { ...base, attributes: ITALIC | underline(CURLY_UNDERLINE) }],
    ['curly-underscore,nounderscore', base],
    ['us=#010203', { ...base, underlineColor: rgb(1, 2, 3) }],
    ['align=centre,list=on,range=window|1,fill=red', base],
    ['fg=nothing,blod,fg=blue', { ...base, foreground: palette(4) }],
  ] as const) {
    it(`reads ${JSON.stringify(spelling)}`, () => {
      expect(parseStyle(spelling, base)).to.deep.equal(expected);
    });
  }

  it('names the word that means nothing', () => {
    expect(styleError('fg=red,blod,bg=blue')).to.equal('blod');
    expect(styleError('fg=red,bold')).to.equal(undefined);
    expect(styleError('fill=nothing')).to.equal('fill=nothing');
  });
});

describe('parseMarkup', () => {
  it('makes spans of marks', () => {
    expect(parseMarkup('a#[fg=red,bold]b#[default]c')).to.deep.equal([
      { text: 'a', style: PLAIN },
      { text: 'b', style: style({ foreground: palette(1), attributes: BOLD }) },
      { text: 'c', style: PLAIN },
    ]);
  });

  it('lets a pushed default be what default means until it is popped', () => {
    const line = parseMarkup('#[fg=red]#[push-default]#[underscore]a#[default]b#[pop-default]c');
    expect(line).to.deep.equal([
      { text: 'a', style: style({ foreground: palette(1), attributes: underline(SINGLE_UNDERLINE) }) },
      { text: 'b', style: style({ foreground: palette(1) }) },
      { text: 'c', style: PLAIN },
    ]);
  });

  it('shows doubled hashes as one, and obeys none of them', () => {
    expect(parseMarkup('##[fg=red]x ## #')).to.deep.equal([{ text: '#[fg=red]x # #', style: PLAIN }]);
  });

  it('shows a mark that is not closed, passes over words that mean nothing', () => {
    expect(parseMarkup('a#[fg=red b')).to.deep.equal([{ text: 'a#[fg=red b', style: PLAIN }]);
    expect(parseMarkup('#[blod,fg=red]b')).to.deep.equal([{ text: 'b', style: style({ foreground: palette(1) }) }]);
  });

  it('leaves out control characters', () => {
    expect(text(parseMarkup('a\x1b[31mb\x07\n\x9bc'))).to.equal('a[31mbc');
  });

  it('never throws, and shows text without hashes as it is', () => {
    const piece = fc.constantFrom(
      '#',
      '##',
      '#[',
      ']',
      'fg=',
      'red',
      ',',
      'push-default',
      'pop-default',
      'a',
      ' ',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        parseMarkup(pieces.join(''));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const clean = value.replace(/[\x00-\x1f\x7f-\x9f]/g, '');
        expect(text(parseMarkup(value.replaceAll('#', '##')))).to.equal(clean);
      }),
    );
  });

  it('takes time in proportion to its text', () => {
    const started = cpuTime();
    parseMarkup('#[fg=red]x'.repeat(100_000));
    parseMarkup('#['.repeat(100_000));
    parseMarkup('#[push-default]'.repeat(100_000));
    expect(cpuTime() - started).to.be.below(1000);
  });
});
