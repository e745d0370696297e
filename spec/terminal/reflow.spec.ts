import { expect } from 'chai';
import fc from 'fast-check';
import type { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { openTerminal } from '../support/open-terminal.ts';

/** Lines of text whatever their folding. */
function paragraphs(terminal: TerminalEngine): string[] {
  const result: string[] = [];
  for (let row = terminal.firstRow; row < terminal.endRow; row++) {
    if (terminal.isWrapped(row) && result.length > 0) result.push((result.pop() ?? '') + terminal.rowText(row));
    else result.push(terminal.rowText(row));
  }
  while (result.at(-1) === '') result.pop();
  return result;
}

describe('resizing a terminal', () => {
  it('folds long lines anew and joins them again, with the cursor on its text', () => {
    const { screen, terminal, write } = openTerminal(10, 4);
    write('abcdefghijklm\r\n12345');
    const { epoch } = terminal;
    terminal.resize({ columns: 5, rows: 6 });
    expect(screen()).to.deep.equal(['abcde', 'fghij', 'klm', '12345', '', '']);
    expect(terminal.cursor).to.include({ x: 4, y: 3 });
    expect(terminal.epoch).to.be.above(epoch);
    terminal.resize({ columns: 20, rows: 4 });
    expect(screen()).to.deep.equal(['abcdefghijklm', '12345', '', '']);
    expect(terminal.cursor).to.include({ x: 5, y: 1 });
    write('6');
    expect(screen()[1]).to.equal('123456');
  });

  it('folds the line of the cursor, too', () => {
    const { screen, terminal, write } = openTerminal(10, 4);
    write('abcdefgh\x1b[3D');
    terminal.resize({ columns: 4, rows: 4 });
    expect(screen()).to.deep.equal(['abcd', 'efgh', '', '']);
    expect(terminal.cursor).to.include({ x: 1, y: 1 });
  });

  it('goes on after a full line when it becomes wider', () => {
    const { screen, terminal, write } = openTerminal(5, 2);
    write('abcde');
    terminal.resize({ columns: 8, rows: 2 });
    write('f');
    expect(screen()[0]).to.equal('abcdef');
  });

  it('never cuts a wide character, and closes the gap before one again', () => {
    const { screen, terminal, write } = openTerminal(6, 3);
    write('日本語');
    terminal.resize({ columns: 3, rows: 3 });
    expect(screen()).to.deep.equal(['日', '本', '語']);
    terminal.resize({ columns: 6, rows: 3 });
    expect(screen()).to.deep.equal(['日本語', '', '']);
  });

  it('keeps what DECSC saved at its text, so that a full-screen program gives the cursor back where the prompt is', () => {
    const { screen, terminal, write } = openTerminal(10, 4);
    write('one\r\ntwo\r\nthree\r\nfour\r\n$ vim\x1b[?1049h\x1b[2J');
    terminal.resize({ columns: 10, rows: 6 });
    write('\x1b[?1049l');
    expect(screen()).to.deep.equal(['one', 'two', 'three', 'four', '$ vim', '']);
    expect(terminal.cursor).to.include({ x: 5, y: 4 });
    write('\x1b7\x1b[3H');
    terminal.resize({ columns: 3, rows: 6 });
    write('\x1b8');
    expect([screen()[5], terminal.cursor.x, terminal.cursor.y]).to.deep.equal(['im', 2, 5]);
  });

  it('does not join rows that came to stand below each other, nor those whose end was erased', () => {
    for (const [change, rows] of [
      ['\x1b[2;1H\x1b[M', ['abcde', 'k', 'xyz']],
      ['\x1b[2;1H\x1b[L', ['abcde', '', 'fghijk', 'xyz']],
      ['\x1b[1;4H\x1b[K', ['abc', 'fghijk', 'xyz']],
      ['\x1b[1;4H\x1b[2P', ['abc', 'fghijk', 'xyz']],
      ['\x1b[1;4H\x1b[9X', ['abc', 'fghijk', 'xyz']],
      ['\x1b[2;4r\x1b[S', ['abcde', 'k', 'xyz']],
      ['\x1b[H\x1bM', ['', 'abcdefghijk', 'xyz']],
    ] as const) {
      const { screen, terminal, write } = openTerminal(5, 6);
      write(`abcdefghijk\r\nxyz${change}`);
      terminal.resize({ columns: 20, rows: 6 });
      expect(screen().slice(0, rows.length), JSON.stringify(change)).to.deep.equal(rows);
    }
  });

  it('keeps a line together that the cursor went down in by line feeds, as readline does', () => {
    const { screen, terminal, write } = openTerminal(5, 4);
    write('abcdefgh\x1b[A\r\n\x1b[3C');
    terminal.resize({ columns: 20, rows: 4 });
    expect([screen()[0], terminal.cursor.x]).to.deep.equal(['abcdefgh', 8]);
  });

  it('takes rows below the text first, then scrolls, and takes them back from the history', () => {
    const { screen, terminal, write } = openTerminal(10, 4);
    write('a\r\nb');
    terminal.resize({ columns: 10, rows: 2 });
    expect(screen()).to.deep.equal(['a', 'b']);
    write('\r\nc\r\nd');
    terminal.resize({ columns: 10, rows: 1 });
    expect(screen()).to.deep.equal(['d']);
    terminal.resize({ columns: 10, rows: 4 });
    expect(screen()).to.deep.equal(['a', 'b', 'c', 'd']);
  });

  it('leaves a cleared screen clear', () => {
    const { screen, terminal, write } = openTerminal(10, 3);
    write('a\r\nb\r\nc\r\nd\r\n\x1b[2J\x1b[H$ ');
    terminal.resize({ columns: 12, rows: 4 });
    expect(screen()).to.deep.equal(['$ ', '', '', '']);
  });

  it('cuts and pads the alternate screen, and folds the main one behind it', () => {
    const { screen, terminal, write } = openTerminal(10, 3);
    write('abcdefgh\x1b[?1049h\x1b[Hfull screen');
    terminal.resize({ columns: 4, rows: 2 });
    expect(screen()[0]).to.equal('full');
    write('\x1b[?1049l');
    expect(screen()).to.deep.equal(['abcd', 'efgh']);
  });

  it('shows the first column of a terminal of 1×1', () => {
    const { screen, terminal, write } = openTerminal(1, 1);
    write('ab');
    expect([terminal.columns, terminal.size.rows, screen()]).to.deep.equal([1, 1, ['a']]);
    expect(terminal.cursor.x).to.equal(0);
  });

  it('loses no text at any sequence of sizes', () => {
    const text = fc.array(fc.constantFrom('a', 'word ', '日本', 'e\u0301', '👍🏽', '\r\n', 'long'.repeat(8)), {
      maxLength: 40,
    });
    const size = fc.record({ columns: fc.integer({ min: 2, max: 40 }), rows: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(text, fc.array(size, { minLength: 1, maxLength: 8 }), (pieces, sizes) => {
        const { errors, terminal, write } = openTerminal(12, 5);
        write(pieces.join(''));
        const before = paragraphs(terminal);
        for (const next of sizes) {
          terminal.resize(next);
          expect(terminal.cursor.x).to.be.within(0, next.columns - 1);
          expect(terminal.cursor.y).to.be.within(0, next.rows - 1);
          expect(terminal.endRow - terminal.screenTop).to.equal(next.rows);
        }
        expect(paragraphs(terminal)).to.deep.equal(before);
        expect(errors).to.deep.equal([]);
        terminal.dispose();
      }),
      { numRuns: 300 },
    );
  });
});
