import { expect } from 'chai';
import { Grid } from '../../lib/text/grid.ts';
import { links } from '../../lib/text/intern-table.ts';
import { type OpenTerminal, openTerminal } from '../support/open-terminal.ts';
import { type Random, seeded } from '../support/random-screen.ts';
import { StampWatch } from '../support/stamp-watch.ts';
import { differenceOf } from '../support/terminal-fuzz.ts';

const TEXTS = [
  'a', 'word ', '12:30:07', 'the quick brown fox jumps over it ', ' ', '~', 'é', '●', '✓', '│', '├── ', '─────', 'größe', 'Привет', '日本', '中', '한국어', '🚀', '⚠', '✔', 'क', 'ไ',
  '\u00a0', '\ufffd', '\u{1d400}', '\u{1fae8}',
]; // biome-ignore format: a list
const JOINING = ['e\u0301', '\u0301', '👨\u200d👩\u200d👧', '❤\ufe0f', '🇩🇪', '\u200b', 'क्ष', '\u1161', '\u0600', '\u00ad', '\ufe0f', '1\ufe0f\u20e3', '\u0085', '\u009b2C']; // biome-ignore format: a list
const STYLES = [
  '\x1b[0m', '\x1b[m', '\x1b[1m', '\x1b[2m', '\x1b[22m', '\x1b[31m', '\x1b[1;32m', '\x1b[01;32m', '\x1b[39;49m', '\x1b[7m', '\x1b[38;5;99m', '\x1b[38;2;1;2;3m', '\x1b[4:3m', '\x1b[58;5;9m', '\x1b[97m', '\x1b[;m',
  '\x1b[38m', '\x1b[38;5m', '\x1b[31;38;5;300m', '\x1b[4m', '\x1b[24;0;53m', '\x1b[10m', '\x1b[1"q', '\x1b[0"q', '\x1b]8;;http://a\x1b\\', '\x1b]8;;\x1b\\', '\x1b[#{', '\x1b[#}',
]; // biome-ignore format: a list
const BACKGROUNDS = ['\x1b[44m', '\x1b[48;2;9;9;9m', '\x1b[49m', '\x1b[0m', '\x1b[103m']; // biome-ignore format: a list
const ENDS = ['\r\n', '\r\n', '\r\n', '\r\n', '\r\n\r\n', '\n', '\r', '\x1bE', '\r\r\n']; // biome-ignore format: a list
const OTHERS = [
  '\t', '\b', '\x07', '\x00', '\x7f', '\x0e', '\x0f', '\x1b(0', '\x1b(B', '\x1b)0', '\x1bO', '\x1bN', '\x1bM', '\x1bD', '\x1b7', '\x1b8', '\x1b[K', '\x1b[K', '\x1b[1K', '\x1b[2K', '\x1b[?K', '\x1b[J', '\x1b[2J', '\x1b[H', '\x1b[A', '\x1b[5C',
  '\x1b[4h', '\x1b[4l', '\x1b[?7l', '\x1b[?7h', '\x1b[?6h', '\x1b[?6l', '\x1b[2;4r', '\x1b[r', '\x1b[?69h', '\x1b[2;6s', '\x1b[?69l', '\x1b[20h', '\x1b[20l', '\x1b[?45h', '\x1b[L', '\x1b[M', '\x1b[P', '\x1b[@', '\x1b[2X', '\x1b[3b',
  '\x1b]133;A\x07', '\x1b]133;C\x07', '\x1b[?1049h', '\x1b[?1049l', '\x1b#8', '\x1b[S', '\x1b[T', '\x1b[3J', '\x1bc', '\x1b', '\x1b[', '\x1b[3', '\x1b[?', '\x18',
]; // biome-ignore format: a list
const BROKEN = [[0xff], [0xe2], [0xe2, 0x94], [0xf0, 0x9f, 0x9a], [0xed, 0xa0, 0x80], [0xe0, 0x80, 0x80], [0xf0, 0x80, 0x80, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80], [0x9b]]; // biome-ignore format: a list

const pick = <T>(random: Random, list: readonly [T, ...T[]] | readonly T[]): T => {
  const found = list[random(list.length)];
  if (found === undefined) throw new Error('an empty list');
  return found;
};

/** Something like a log; the wilder, the more of it is no plain text. */
function randomLog(random: Random, wild: number): Buffer {
  const pieces: Uint8Array[] = [];
  for (let left = 4 + random(50); left > 0; left--) {
    const kind = random(100);
    if (kind < wild) {
      const list = pick(random, [OTHERS, OTHERS, OTHERS, JOINING, BACKGROUNDS]);
      pieces.push(random(12) === 0 ? Buffer.from(pick(random, BROKEN)) : Buffer.from(pick(random, list)));
    } else if (kind < 70) pieces.push(Buffer.from(pick(random, TEXTS).repeat(1 + random(4) * random(3))));
    else if (kind < 85) pieces.push(Buffer.from(pick(random, STYLES)));
    else pieces.push(Buffer.from(pick(random, ENDS)));
  }
  return Buffer.concat(pieces);
}

/** All that can be seen of a terminal, the cells of its history included. */
function look({ terminal, errors }: OpenTerminal): unknown {
  const { columns } = terminal.size;
  const grid = new Grid({ columns, rows: 1 });
  const rows: string[] = [];
  for (let row = terminal.firstRow; row < terminal.endRow; row++) {
    terminal.readRow(row, grid, 0, 0, columns);
    const planes = [grid.glyphs, grid.foregrounds, grid.backgrounds, grid.attributes, grid.underlineColors];
    const cells = [...planes.map((plane) => plane.join()), ...Array.from(grid.links, (link) => links.text(link))];
    rows.push(`${row} ${terminal.isWrapped(row)} ${JSON.stringify(terminal.rowText(row))} ${cells.join(' ')}`);
  }
  const { cursor, modes, title, historyBytes } = terminal;
  return { rows, cursor, modes, title, historyBytes, errors };
}

describe('rows that are filled at once', () => {
  for (const wild of [3, 10, 30])
    it(`are the same as those written byte by byte, ${wild} % of a log being something else`, () => {
      for (let seed = 1; seed <= 120; seed++) {
        const random = seeded(seed * 100 + wild);
        const columns = 2 + random(40);
        const rows = 1 + random(6);
        const limit = pick(random, [0, 60, 400, 3000, 100_000]);
        const whole = openTerminal(columns, rows, limit);
        const bytewise = openTerminal(columns, rows, limit);
        const pieces = openTerminal(columns, rows, limit);
        for (let step = 0; step < 3; step++) {
          const log = randomLog(random, wild);
          whole.terminal.write(log);
          for (let at = 0; at < log.length; at++) bytewise.terminal.write(log.subarray(at, at + 1));
          for (let at = 0; at < log.length; ) {
            const piece = log.subarray(at, at + 1 + random(60));
            pieces.terminal.write(piece);
            at += piece.length;
          }
          const wanted = look(bytewise);
          const name = `seed ${seed}: ${columns}x${rows} ${JSON.stringify(log.toString())}`;
          expect(look(whole), name).to.deep.equal(wanted);
          expect(look(pieces), name).to.deep.equal(wanted);
          const size = { columns: 1 + random(40), rows: 1 + random(6) };
          for (const open of [whole, bytewise, pieces]) open.terminal.resize(size);
          expect(look(whole), name).to.deep.equal(look(bytewise));
        }
      }
    }).timeout(60_000);

  it('have other stamps whenever they show something else', () => {
    const stamps = new StampWatch();
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed);
      const open = openTerminal(2 + random(30), 1 + random(6));
      const log = randomLog(random, 10);
      for (let at = 0; at < log.length; ) {
        const piece = log.subarray(at, at + 1 + random(30));
        open.terminal.write(piece);
        at += piece.length;
        stamps.look(open);
      }
    }
    expect(stamps.known).to.be.greaterThan(500);
  });

  it('keep styles that are forgotten elsewhere, however many come in one write', () => {
    const whole = openTerminal(30, 4, 1_000_000);
    const bytewise = openTerminal(30, 4, 1_000_000);
    let text = '';
    for (let i = 0; i < 12_000; i++)
      text += `\x1b[38;2;${i & 255};${i >> 8};7m${i % 9 === 0 ? '●' : 'x'}${i % 40 === 0 ? '\x1b[0m\r\n' : ''}`;
    const bytes = Buffer.from(text);
    whole.terminal.write(bytes);
    for (let at = 0; at < bytes.length; at++) bytewise.terminal.write(bytes.subarray(at, at + 1));
    expect(look(whole)).to.deep.equal(look(bytewise));
  });

  it('are what the oracle shows', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = seeded(seed);
      const size = { columns: 2 + random(40), rows: 1 + random(6) };
      const log = randomLog(random, 0);
      const steps = [{ bytes: log, cut: random(log.length) }];
      expect(differenceOf({ size, steps }), `seed ${seed}: ${JSON.stringify(log.toString())}`).to.equal(undefined);
    }
  });
});
