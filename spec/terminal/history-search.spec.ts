import { expect } from 'chai';
import fc from 'fast-check';
import type { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { textProbe } from '../../lib/text/text-probe.ts';
import { openTerminal } from '../support/open-terminal.ts';

const WORDS = ['alpha', 'Beta', 'g', ' ', '  ', '中文', 'e\u0301', '🚀', '日', 'ΟΔΟΣ', 'straße', 'ſK', '\u0600', 'ก็', '1\ufe0f\u20e3', '\x1b[5C', '\x1b[31m', '\x1b[m', '\r\n', '\r\n', '\x1b[2K\r']; // biome-ignore format: a list
const NEEDLES = ['alpha', 'ALPHA', 'haBeta', 'beta g', '中文', '文日', 'é', 'e\u0301a', '🚀g', 'οδος', 'ς1', 'RASS', 'sk', 'zzz', 'a  b', '\u0600a', '1\ufe0f', 'ggg', 'a.c', 'aal']; // biome-ignore format: a list

/** Rows of a terminal as one text, wrapped ones joined. */
function joined(terminal: TerminalEngine, from: number, to: number): string {
  let text = '';
  for (let row = from; row < to; row++)
    text += `${row > from && !terminal.isWrapped(row) ? '\n' : ''}${terminal.rowText(row)}`;
  return text;
}

describe('a history that is asked what it lacks', () => {
  it('never denies what its rows have, at any width', () => {
    const size = fc.record({ columns: fc.integer({ min: 2, max: 30 }), rows: fc.integer({ min: 1, max: 4 }) });
    const words = fc.array(fc.constantFrom(...WORDS), { minLength: 5, maxLength: 120 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(size, words), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...NEEDLES),
        fc.boolean(),
        fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 60 })),
        (steps, needle, anyCase, [skip, count]) => {
          const { terminal, write } = openTerminal(20, 3, 4000);
          const probe = textProbe(needle, anyCase);
          if (probe === undefined) throw new Error('no probe');
          for (const [next, texts] of steps) {
            terminal.resize(next);
            write(`${texts.join('')}\r\n`);
            const from = Math.min(terminal.firstRow + skip, terminal.screenTop);
            const to = Math.min(from + count, terminal.screenTop);
            const text = joined(terminal, from, to);
            const has = anyCase
              ? new RegExp(escaped(needle), 'iu').test(text) || lower(text, needle)
              : text.includes(needle);
            if (has) expect(terminal.lacks(probe, from, to), JSON.stringify(text)).to.equal(false);
          }
          terminal.dispose();
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('denies what is nowhere in it, also across wrapped rows and after a resize', () => {
    const { terminal, write } = openTerminal(40, 5);
    for (let line = 0; line < 3000; line++)
      write(`line ${line} ${line % 3 === 0 ? 'is longer than a row of the terminal' : 'é'}\r\n`);
    const lacks = (text: string): boolean | undefined => {
      const probe = textProbe(text, true);
      return probe && terminal.lacks(probe, terminal.firstRow, terminal.screenTop);
    };
    for (const columns of [40, 17, 100]) {
      terminal.resize({ columns, rows: 5 });
      expect(lacks('LINE 2991'), `${columns}`).to.equal(false);
      expect(lacks('a row OF the terminal'), `${columns}`).to.equal(false);
      expect(lacks('1499 É'), `${columns}`).to.equal(false);
      expect(lacks('line 3001'), `${columns}`).to.equal(true);
      expect(lacks('terminals'), `${columns}`).to.equal(true);
    }
  });

  it('tells of a part of its rows alone', () => {
    const { terminal, write } = openTerminal(40, 5);
    for (let line = 0; line < 1000; line++) write(`line ${line}\r\n`);
    const probe = textProbe('line 500', false);
    if (probe === undefined) throw new Error('no probe');
    expect(terminal.lacks(probe, 400, 500)).to.equal(true);
    expect(terminal.lacks(probe, 501, 900)).to.equal(true);
    expect(terminal.lacks(probe, 400, 501)).to.equal(false);
    expect(terminal.lacks(probe, 990, 1003)).to.equal(false);
    write('\x1b[?1049h');
    expect(terminal.lacks(probe, 0, 1)).to.equal(false);
  });

  it('cannot tell of less than two bytes', () => {
    expect(textProbe('x', true)).to.equal(undefined);
    expect(textProbe('a\nb', true)).to.equal(undefined);
  });
});

const escaped = (text: string): string => text.replace(/[.*+?^$(){}|[\]\\]/g, '\\$&');
const lower = (text: string, needle: string): boolean => text.toLowerCase().includes(needle.toLowerCase());
