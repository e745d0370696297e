import { expect } from 'chai';
import fc from 'fast-check';
import { TAIL, WIDE } from '../../lib/text/grid.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { type OpenTerminal, openTerminal } from '../support/open-terminal.ts';
import { usedMemory } from '../support/used-memory.ts';

const PIECES = [
  ...[
    'a',
    'hello ',
    '中',
    '中文字',
    '🚀',
    '👨\u200d👩\u200d👧',
    'e\u0301',
    '\u0301',
    '❤\ufe0f',
    '🇩🇪',
    '\u200b',
    'क्ष',
    '한',
    '\u1161',
  ],
  ...[
    '\r',
    '\n',
    '\r\n',
    '\b',
    '\t',
    '\x1bD',
    '\x1bM',
    '\x1bE',
    '\x1b7',
    '\x1b8',
    '\x1bH',
    '\x1b(0',
    '\x1b(B',
    '\x1b#8',
    '\x1bc',
  ],
  ...[
    '\x1b[?6h',
    '\x1b[?7l',
    '\x1b[?7h',
    '\x1b[4h',
    '\x1b[4l',
    '\x1b[2;4r',
    '\x1b[r',
    '\x1b[?1049h',
    '\x1b[?1049l',
    '\x1b[20h',
  ],
  ...[
    '\x1b]0;ti中\x07',
    '\x1b]8;;http://a\x1b\\',
    '\x1b]8;;\x1b\\',
    '\x1bP$qm\x1b\\',
    '\x1b_G中;\x1b\\',
    '\x1b[6n',
    '\x1b]4;1;?\x07',
  ],
].map((text) => Buffer.from(text));

const sequence = fc
  .record({
    prefix: fc.constantFrom('', '', '', '?', '>', '<', '='),
    parameters: fc.array(fc.constantFrom(0, 1, 2, 3, 7, 20, 38, 47, 58, 1000, 1049, 999_999_999), { maxLength: 3 }),
    separator: fc.constantFrom(';', ';', ':'),
    intermediate: fc.constantFrom('', '', '', ' ', '$', '!', "'", '"'),
    final: fc.constantFrom(...'@ABCDEFGHIJKLMPSTXZ`abcdefghlmnpqrstu}~'),
  })
  .map(({ prefix, parameters, separator, intermediate, final }) =>
    Buffer.from(`\x1b[${prefix}${parameters.join(separator)}${intermediate}${final}`),
  );
const noise = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), sequence, fc.uint8Array({ maxLength: 8 })), { maxLength: 50 })
  .map((pieces) => Buffer.concat(pieces));
const size = fc.record({ columns: fc.integer({ min: 1, max: 20 }), rows: fc.integer({ min: 1, max: 10 }) });

/** All that can be seen of a terminal. */
function look({ terminal, grid }: OpenTerminal): unknown {
  const rows: string[] = [];
  for (let row = terminal.firstRow; row < terminal.endRow; row++)
    rows.push(`${row} ${terminal.isWrapped(row)} ${terminal.rowText(row)}`);
  return { rows, cells: grid(), cursor: terminal.cursor, modes: terminal.modes, title: terminal.title };
}

function expectSound(open: OpenTerminal): void {
  const { terminal, errors } = open;
  const { glyphs, columns } = open.grid();
  expect(errors).to.deep.equal([]);
  glyphs.forEach((glyph, index) => {
    if ((glyph & WIDE) !== 0) expect([index % columns === columns - 1, glyphs[index + 1]]).to.deep.equal([false, TAIL]);
    if (glyph === TAIL) expect((glyphs[index - 1] ?? 0) & WIDE).to.equal(WIDE);
  });
  expect(terminal.cursor.x).to.be.within(0, columns - 1);
  expect(terminal.cursor.y).to.be.within(0, terminal.size.rows - 1);
  expect(terminal.historyBytes).to.be.at.most(terminal.historyLimit);
}

describe('a terminal fed with anything', () => {
  it('shows the same wherever the bytes are cut, and never throws', () => {
    fc.assert(
      fc.property(
        size,
        fc.array(fc.tuple(noise, size), { maxLength: 4 }),
        fc.integer({ min: 1, max: 7 }),
        (first, steps, cut) => {
          const whole = openTerminal(first.columns, first.rows, 20_000);
          const pieces = openTerminal(first.columns, first.rows, 20_000);
          for (const [bytes, next] of steps) {
            whole.terminal.write(bytes);
            for (let start = 0; start < bytes.length; start += cut)
              pieces.terminal.write(bytes.subarray(start, start + cut));
            expect(look(pieces)).to.deep.equal(look(whole));
            expectSound(whole);
            whole.terminal.resize(next);
            pieces.terminal.resize(next);
            expectSound(whole);
          }
          whole.terminal.dispose();
          pieces.terminal.dispose();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('takes every size from 1×1 to 1000×400', () => {
    const open = openTerminal(80, 24, 1_000_000);
    open.write('some text 日本語 '.repeat(500));
    for (const [columns, rows] of [
      [1, 1],
      [1000, 400],
      [1, 400],
      [1000, 1],
      [2, 2],
      [3, 1],
      [80, 24],
      [0, -5],
      [1e9, 1e9],
      [Number.NaN, 3],
    ] as const) {
      open.terminal.resize({ columns, rows });
      open.write('x\r\n日');
      expectSound(open);
    }
  });

  it('goes on after a string of many megabytes, without keeping it', () => {
    for (const [start, end] of [
      ['\x1b]2;', '\x07'],
      ['\x1b]52;c;', '\x07'],
      ['\x1bP+q', '\x1b\\'],
      ['\x1b]9999;', '\x07'],
      ['\x1bPq', '\x1b\\'],
      ['\x1b_', '\x1b\\'],
      ['\x1bX', '\x1b\\'],
      ['\x1b]', '\x07'],
      ['\x1b]8;;', '\x1b\\'],
      ['\x1b]99;;', '\x1b\\'],
      ['\x1bP$q', '\x1b\\'],
    ] as const) {
      const { terminal, write, screen } = openTerminal();
      const slice = Buffer.from('41'.repeat(32_768));
      write(start);
      const before = usedMemory();
      for (let count = 0; count < 160; count++) terminal.write(slice);
      expect(usedMemory() - before, start).to.be.below(5_000_000);
      write(`${end}after`);
      expect(screen()[0]).to.equal('after');
    }
  });

  it('takes parameters of ten million digits, and millions of them', () => {
    for (const fill of ['9', ';', ':', '1;', '38:2:']) {
      const { terminal, write, screen } = openTerminal();
      const slice = Buffer.from(fill.repeat(65_536 / fill.length));
      write('\x1b[');
      const before = usedMemory();
      for (let count = 0; count < 160; count++) terminal.write(slice);
      expect(usedMemory() - before, fill).to.be.below(2_000_000);
      write('C\x1b[Hafter');
      expect(screen()[0]).to.match(/^after/);
    }
  });

  it('keeps nothing of what is pushed, saved and asked without end', () => {
    const { terminal, events } = openTerminal(80, 24, 100_000);
    const pieces = [
      '\x1b[#{',
      '\x1b[22t',
      '\x1b[>5u',
      '\x1b7',
      '\x1bH\x1b[C',
      '\x1b[?1s\x1b[?99999s',
      '\x1b]99;i=1:d=0;x\x1b\\',
    ];
    for (const piece of [...pieces, '\x1bP+q544e;544e;544e\x1b\\', '\x1b[c\x1b[6n']) {
      const slice = Buffer.from(piece.repeat(2000));
      terminal.write(slice);
      events.length = 0;
      const before = usedMemory();
      for (let count = 0; count < 20; count++) {
        terminal.write(slice);
        // No query is answered by more than a few times its length.
        const replied = events.reduce((sum, event) => sum + (event.type === 'reply' ? event.bytes.length : 0), 0);
        expect(replied, piece).to.be.below(10 * slice.length);
        events.length = 0;
      }
      expect(usedMemory() - before, piece).to.be.below(2_000_000);
    }
  });

  it('keeps a cell small whatever is piled on it', () => {
    const { screen, write } = openTerminal();
    write(`e${'\u0301'.repeat(10_000)}x${'👨\u200d'.repeat(10_000)}y`);
    const [row = ''] = screen();
    expect(row.length).to.be.below(100);
    expect(row).to.match(/^e\u0301+x(👨\u200d?)+y$/u);
  });

  it('does not keep a million links', () => {
    const { terminal, grid } = openTerminal(20, 5, 100_000);
    const before = usedMemory();
    for (let part = 0; part < 200; part++) {
      let text = '';
      for (let link = 0; link < 1000; link++) text += `\x1b]8;;http://example.org/${part}/${link}\x1b\\x`;
      terminal.write(Buffer.from(text));
    }
    expect(grid().links.every((id) => id > 0)).to.equal(true);
    expect(usedMemory() - before).to.be.below(5_000_000);
  });

  it('does not keep a million styles and clusters', () => {
    const { terminal, screen } = openTerminal(80, 24, 100_000);
    const before = usedMemory();
    for (let part = 0; part < 500; part++) {
      let text = '';
      for (let cell = 0; cell < 1000; cell++) {
        const point = part * 1000 + cell;
        text += `\x1b[38;2;${point >> 16};${(point >> 8) & 255};${point & 255}m`;
        text += `${String.fromCharCode(0x61 + (point % 26))}${String.fromCodePoint(0x300 + (point % 70))}${String.fromCodePoint(0x300 + ((point >> 7) % 70))}`;
      }
      terminal.write(Buffer.from(text));
    }
    expect(usedMemory() - before).to.be.below(8_000_000);
    expect(screen().every((row) => /^([a-z][\u0300-\u0345]{1,2})*$/.test(row))).to.equal(true);
  });

  it('tells of a hundred thousand titles and keeps the last', () => {
    const { terminal } = openTerminal(20, 5);
    const before = usedMemory();
    for (let part = 0; part < 100; part++) {
      let text = '';
      for (let title = 0; title < 1000; title++) text += `\x1b]2;${part} ${title} ${'t'.repeat(100)}\x07\x1b[22t`;
      terminal.write(Buffer.from(text));
    }
    expect(terminal.title).to.match(/^99 999 t+$/);
    // The spec itself keeps the events.
    expect(usedMemory() - before).to.be.below(40_000_000);
  });

  it('keeps its memory through fifty megabytes without a line feed', () => {
    const { terminal } = openTerminal(80, 24, 1_000_000);
    const slice = Buffer.from('no end in sight '.repeat(4096));
    for (let count = 0; count < 30; count++) terminal.write(slice);
    const before = usedMemory();
    for (let count = 0; count < 800; count++) terminal.write(slice);
    expect(usedMemory() - before).to.be.below(2_000_000);
    expect(terminal.historyBytes).to.be.at.most(1_000_000);
  });

  it('works off counts of two thousand million at once', () => {
    const open = openTerminal(200, 50);
    const start = cpuTime();
    for (const final of '@ABCDEFGHIJKLMPSTXZ`abdefgrt')
      open.write(`日x\x1b[2147483647${final}\x1b[2147483647;2147483647${final}`);
    for (const final of [' @', ' A', "'}", "'~", '>u', '<u']) open.write(`\x1b[2147483647${final}`);
    expect(cpuTime() - start).to.be.below(5000);
    expectSound(open);
  });

  it('says nothing on the console', () => {
    const said: unknown[] = [];
    const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
    const old = methods.map((method) => console[method]);
    for (const method of methods) console[method] = (...words: unknown[]) => void said.push(words);
    try {
      const { write } = openTerminal();
      write('\x7f\x1b[\x7f\x1b]\x7f\x07\x1b[999z\x1b\x01\x1bP\x7f\xff\x9c', 'latin1');
    } finally {
      methods.forEach((method, index) => {
        console[method] = old[index] ?? console.log;
      });
    }
    expect(said).to.deep.equal([]);
  });
});
