import { expect } from 'chai';
import fc from 'fast-check';
import { GrowingText } from '../../lib/text/growing-text.ts';
import { links } from '../../lib/text/intern-table.ts';
import type { LaidRow } from '../../lib/text/laid-row.ts';
import { lineWidth } from '../../lib/text/line-cells.ts';
import { StreamedMarkdown } from '../../lib/text/markdown.ts';
import { layOutMarkdown } from '../../lib/text/markdown-layout.ts';
import { BOLD, DIM, ITALIC, palette, STRIKETHROUGH, type Style } from '../../lib/text/style.ts';

const textOf = ({ line }: LaidRow): string =>
  line
    .map(({ text }) => text)
    .join('')
    .trimEnd();
const rowsOf = (source: string, columns = 30): string[] => layOutMarkdown(source, columns).map(textOf);

function styleOf(source: string, text: string): Style | undefined {
  for (const { line } of layOutMarkdown(source, 60)) for (const span of line) if (span.text === text) return span.style;
  return undefined;
}

const pairs: readonly (readonly [what: string, source: string, rows: readonly string[], columns?: number])[] = [
  ['nothing', '', []],
  ['blank lines', '\n \n\n', []],
  ['a paragraph', 'one two\nthree', ['one two three']],
  ['a paragraph that is folded', 'one two three', ['one two', 'three'], 8],
  ['paragraphs', 'a\n\n\n\nb', ['a', '', 'b']],
  ['a hard break', 'a  \nb', ['a', 'b']],
  ['a heading', '# One\ntext\n## Two', ['One', '', 'text', '', 'Two']],
  ['an underlined heading', 'One\n===\ntext', ['One', '', 'text']],
  ['a rule', 'a\n\n---\n\nb', ['a', '', '─'.repeat(5), '', 'b'], 5],
  ['a list', 'Text:\n- a\n- b', ['Text:', '• a', '• b']],
  ['a loose list', '- a\n\n- b', ['• a', '', '• b']],
  ['lists in lists', '- a\n  - b\n    - c\n- d', ['• a', '  ◦ b', '    ▪ c', '• d']],
  ['a numbered list', '1. a\n1. b\n5. c', ['1. a', '2. b', '5. c']],
  ['a number that is none', 'in the year\n1984. Good', ['in the year 1984. Good']],
  ['tasks', '- [ ] a\n- [x] b\n1. [ ] c', ['☐ a', '☑ b', '1. ☐ c']],
  ['an item that is folded', '- one two three', ['• one two', '  three'], 10],
  ['paragraphs of an item', '- a\n\n  b\n\nc', ['• a', '', '  b', '', 'c']],
  ['code in an item', '1. a\n   ```\n   x\n   ```\n2. b', ['1. a', '     x', '2. b']],
  ['code in an item that stands wrong', '1. a\n```\nx\n```\n2. b', ['1. a', '', '  x', '2. b']],
  ['a quote', '> a\n> b\nc\n\nd', ['│ a b c', '', 'd']],
  ['quotes in quotes', '> a\n> > b', ['│ a', '│', '│ │ b']],
  ['a list in a quote', '> - a\n> - b', ['│ • a', '│ • b']],
  ['fenced code', '```\na\n\n  b\n```\nc', ['  a', '', '    b', '', 'c']],
  ['the language of code', '```ts title=x\na\n```', ['  ts', '  a']],
  ['code without an end', '~~~\na\n```', ['  a', '  ```']],
  ['marks in code', '```\n# a\n- b\n```', ['  # a', '  - b']],
  ['a longer fence', '````\n```\n````', ['  ```']],
  ['indented code', 'a\n\n    b\n', ['a', '', '  b']],
  ['a long line of code, without a blank left out', '```\nabcdefgh ijklmnop\n```', ['  abcdefgh ij', 'klmnop'], 13],
  ['a table', '|a|b|\n|-|-|\n|c|dd|', ['a │ b', '──┼───', 'c │ dd']],
  ['alignment', '|aaa|bbb|\n|-:|:-:|\n|c|d|', ['aaa │ bbb', '────┼────', '  c │  d']],
  [
    'a table that must share the width',
    '|name|text|\n|-|-|\n|a|one two three four|',
    ['name │ text', '─────┼───────────', 'a    │ one two', '     │ three four'],
    17,
  ],
  [
    'a table that is too wide',
    '|a|b|c|\n|-|-|-|\n|one two|three four|five six|',
    ['a: one two', 'b: three', 'four', 'c: five six'],
    12,
  ],
  ['a break in a cell', '|a|\n|-|\n|b<br>c|', ['a', '─', 'b', 'c']],
  ['HTML', '<b>x</b>\n\n<div>\ny\n</div>', ['<b>x</b>', '', '<div>', 'y', '</div>']],
  ['character references', '&lt;b&gt; &amp;amp; &#65;&#x42; &unknown;', ['<b> &amp; AB &unknown;']],
  ['escapes of Markdown', '\\*a\\* \\# b', ['*a* # b']],
  ['a link', '[a](https://b.c/d)', ['a (https://b.c/d)']],
  ['a link that shows itself', '[b.c/d](https://b.c/d) https://e.f <g@h.i>', ['b.c/d https://e.f g@h.i']],
  [
    'a link that lies',
    '[https://bank.example](https://evil.example)',
    ['https://bank.example', '(https://evil.example/)'],
  ],
  ['a script', '[a](javascript:alert(1))', ['a (javascript:alert(1))']],
  ['an image', '![a](https://b.c/d.png)', ['a (https://b.c/d.png)']],
  ['an image without words', '![](https://b.c)', ['image (https://b.c/)']],
  ['ends of lines of other systems', 'a\r\n\r\n```\r\nb\r\n```\r\n', ['a', '', '  b']],
  ['an escape', 'a\x1b[31mb `\x1b]0;t\x07`', ['a␛[31mb ␛]0;t␇']],
  ['an escape by number', '&#27;[31m &#x202e;', ['␛[31m <202e>']],
  ['an escape in code, and a tab', '```\n\x1b[2J\tx\n```', ['  ␛[2J    x']],
  ['an escape as a language', '```\x1b]0;x\na\n```', ['  ␛]0;x', '  a']],
  ['what turns text around', 'user\u202etxt.exe', ['user<202e>txt.exe']],
];

/** Pieces that Markdown is made of, good and bad. */
const fragment = fc.constantFrom(
  ...[
    'a',
    'word ',
    'long-word-without-end ',
    ' ',
    '\n',
    '\n\n',
    '\t',
    '\r\n',
    '# ',
    '- ',
    '* ',
    '1. ',
    '7) ',
    '  ',
    '    ',
  ],
  ...[
    '- [ ] ',
    '> ',
    '```',
    '```ts\n',
    '~~~\n',
    '\n```\n',
    '---\n',
    '===\n',
    '*',
    '**',
    '_',
    '`',
    '~~',
    '[',
    '](',
    ')',
    '![',
  ],
  ...[
    '[a](http://b.c)',
    '|',
    '|a|b|\n|-|-|\n',
    '|-|-|\n',
    '<br>',
    '<div>',
    '&lt;',
    '&#27;',
    '\\',
    'const a = "b";\n',
    '/* c\n',
  ],
  ...['日本', '👩\u200d👩\u200d👧', 'e\u0301', '\x1b[31m', '\u202e', '\u200b', '\x9b', '\ud800', '\u{e0041}', '\0'],
);
const source = fc.array(fragment, { maxLength: 60 }).map((pieces) => pieces.join(''));
const UNSAFE = /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/u;

/** All rows of a text that came in `pieces`. */
function streamed(pieces: readonly string[], columns: number, batchSize: number): LaidRow[] {
  const markdown = new StreamedMarkdown(batchSize);
  let text = GrowingText.EMPTY;
  for (const piece of pieces) {
    text = text.append(piece);
    markdown.update(text);
    markdown.layOutTail(columns);
  }
  const rows: LaidRow[] = [];
  for (let index = 0; index < markdown.batches; index++) rows.push(...markdown.layOutBatch(index, columns));
  rows.push(...markdown.layOutTail(columns));
  return rows;
}

function cutAt(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let index = 0; start < text.length; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    pieces.push(text.slice(start, start + size));
    start += size;
  }
  return pieces;
}

describe('Markdown as rows', () => {
  for (const [what, text, rows, columns] of pairs) {
    it(`lays out ${what}`, () => expect(rowsOf(text, columns)).to.deep.equal(rows));
  }

  it('shows emphasis by attributes, and code in a colour of the palette', () => {
    const text = '**bold** *italic* ~~gone~~ `code` ***both***';
    expect(styleOf(text, 'bold')?.attributes).to.equal(BOLD);
    expect(styleOf(text, 'italic')?.attributes).to.equal(ITALIC);
    expect(styleOf(text, 'gone')?.attributes).to.equal(STRIKETHROUGH);
    expect(styleOf(text, 'both')?.attributes).to.equal(BOLD | ITALIC);
    expect(styleOf(text, 'code')?.foreground).to.equal(palette(6));
  });

  it('makes hyperlinks of addresses that are safe to open, and of no others', () => {
    const target = (text: string) => links.text(styleOf(text, 'a')?.link ?? 0).replace(/^[^;]*;/, '');
    expect(target('[a](https://b.c/d?e=f&g)')).to.equal('https://b.c/d?e=f&g');
    expect(target('[a](mailto:b@c.d)')).to.equal('mailto:b@c.d');
    expect(target('[a](file:///b/c)')).to.equal('file:///b/c');
    expect(target('[a](https://b.c/\x1b]8;;x)')).to.match(/^[!-~]*$/);
    expect(target('[a](https://bücher.example)')).to.equal('https://xn--bcher-kva.example/');
    for (const bad of [
      'javascript:b',
      'data:text/html,b',
      'ssh://b',
      'b/c',
      '#b',
      'vscode://b',
      `https://${'b'.repeat(3000)}`,
    ])
      expect(target(`[a](${bad})`), bad).to.equal('');
  });

  it('shows where a link leads, dimmed', () => {
    expect((styleOf('[a](https://b.c)', ' (https://b.c/)')?.attributes ?? 0) & DIM).to.equal(DIM);
  });

  it('is the same in pieces as at once', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    const batch = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(source, sizes, batch, fc.integer({ min: 1, max: 200 }), (text, lengths, batchSize, columns) => {
        const rows = streamed(cutAt(text, lengths), columns, batchSize);
        expect(rows).to.deep.equal(layOutMarkdown(text, columns));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same in pieces as at once when lines, code, tables and paragraphs are longer than a batch', () => {
    const long = fc.constantFrom(
      'word '.repeat(2000),
      'x'.repeat(9000),
      '👩\u200d👩\u200d👧日本'.repeat(700),
      `\`\`\`js\n${'f(1);\n\nlet a = "b";\n'.repeat(500)}\`\`\`\n`,
      `\`\`\`\n${'y'.repeat(10_000)}\n\`\`\`\n`,
      `|a|b|\n|-|-|\n${'|c|d e f|\n'.repeat(1500)}`,
      'short line\n'.repeat(900),
      '> quoted line\n'.repeat(900),
      `- item ${'text '.repeat(1500)}\n  - below\n`,
      '\n'.repeat(9000),
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(long, source), { maxLength: 4 }),
        fc.integer({ min: 500, max: 5000 }),
        (texts, size) => {
          const text = texts.join('');
          expect(streamed(cutAt(text, [size]), 60, 4096)).to.deep.equal(layOutMarkdown(text, 60));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is never wider than its columns, at any width', () => {
    fc.assert(
      fc.property(source, fc.integer({ min: 1, max: 200 }), (text, columns) => {
        for (const { line } of layOutMarkdown(text, columns)) expect(lineWidth(line)).to.be.at.most(columns);
      }),
      { numRuns: 300 },
    );
  });

  it('has no control and nothing that turns text around, whatever was written', () => {
    fc.assert(
      fc.property(fc.oneof(source, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
        for (const { line } of layOutMarkdown(text, 40))
          for (const span of line) {
            expect(span.text).not.to.match(UNSAFE);
            expect(links.text(span.style.link)).to.match(/^[!-~]*$/);
          }
      }),
      { numRuns: 400 },
    );
  });

  for (const [what, text] of [
    ['quotes', '> '.repeat(10_000)],
    ['brackets', '['.repeat(50_000)],
    ['lists', Array.from({ length: 1000 }, (_, index) => `${' '.repeat(2 * index)}- x`).join('\n')],
    ['lists in one line', '- '.repeat(10_000)],
    ['emphasis', '*a **b '.repeat(10_000)],
    ['columns', `${'|a'.repeat(50_000)}\n${'|-'.repeat(50_000)}\n`],
    ['marks on a letter', `a${'\u0301'.repeat(50_000)}`],
    ['numbers', `${'9'.repeat(50_000)}. a`],
  ] as const) {
    it(`takes many ${what} as they come`, () => {
      const rows = layOutMarkdown(text, 40);
      expect(rows.length).to.be.within(1, text.length);
      for (const { line } of rows) expect(lineWidth(line)).to.be.at.most(40);
    });
  }

  it('lays out only what follows the finished segments while it streams', () => {
    const markdown = new StreamedMarkdown();
    let text = GrowingText.EMPTY;
    const paragraph = 'Some **words** that make a paragraph.\n\n';
    for (let index = 0; index < 2000; index++) {
      text = text.append(paragraph);
      markdown.update(text);
      markdown.layOutTail(80);
    }
    expect(markdown.batches).to.be.above(15);
    expect(markdown.segmentsLaidOut).to.be.below(2 * 2000 + 200);
  });
});
