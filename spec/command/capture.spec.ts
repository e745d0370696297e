import { expect } from 'chai';
import { captureRows } from '../../lib/command/capture.ts';
import { openTerminal } from '../support/open-terminal.ts';

const PLAIN = { escapes: false, octal: false, join: false, trailing: false };

/** What is captured of a screen of 12 columns after `output`, its first rows. */
function captured(output: string, options: Partial<typeof PLAIN>, rows = 1): string {
  const { terminal, write } = openTerminal(12, 4);
  write(output);
  const first = terminal.screenTop;
  const text = captureRows(terminal, { first, last: first + rows - 1, ...PLAIN, ...options });
  terminal.dispose();
  return text;
}

describe('capturing rows', () => {
  it('leaves blanks at the end of rows out, and keeps them with -N and -J as tmux does', () => {
    expect(captured('one  ', {})).to.equal('one\n');
    for (const kept of [{ trailing: true }, { join: true }]) expect(captured('one  ', kept)).to.equal('one  \n');
  });

  it('takes cells that were erased in a colour for the blanks they look like, as tmux does', () => {
    for (const kept of [{ trailing: true }, { join: true }]) {
      expect(captured('one\x1b[44m\x1b[K', kept)).to.equal(`one${' '.repeat(9)}\n`);
      expect(captured('漢\x1b[44m\x1b[3X', kept)).to.equal('漢   \n');
      expect(captured('one\x1b[44m\x1b[K', { ...kept, escapes: true })).to.equal(
        `one\x1b[0;44m${' '.repeat(9)}\x1b[0m\n`,
      );
    }
    expect(captured('one\x1b[44m\x1b[K', {})).to.equal('one\n');
  });

  it('joins wrapped rows, also where a wide character left a gap at the end of a row', () => {
    expect(captured('abcdefghijklmn', { join: true }, 2)).to.equal('abcdefghijklmn\n');
    expect(captured('\x1b[44m\x1b[Kabcdefghijk漢\x1b[m', { join: true }, 2)).to.equal('abcdefghijk漢\n');
  });

  describe('where tmux 3.3 prints something else, fed with the same', () => {
    it('gives line drawing as what is seen, not as the letters that it is sent as (DEC STD 070)', () => {
      expect(captured('\x1b(0lqk\x1b(B', {})).to.equal('┌─┐\n');
    });

    it('gives colours of blanks at the end of rows, and links', () => {
      expect(captured('a\x1b[44m  \x1b[m', { escapes: true })).to.equal('a\x1b[0;44m  \x1b[0m\n');
      expect(captured('\x1b]8;;http://e.org/\x1b\\a\x1b]8;;\x1b\\', { escapes: true })).to.contain('http://e.org/');
    });

    it('gives a byte that is no UTF-8 as U+FFFD (Unicode 3.9)', () => {
      const { terminal } = openTerminal(12, 4);
      terminal.write(Uint8Array.of(0x61, 0xff, 0x62));
      expect(captureRows(terminal, { first: 0, last: 0, ...PLAIN })).to.equal('a\ufffdb\n');
      terminal.dispose();
    });

    it('gives two columns to what is to be shown as an emoji (UTS #51), and to a cluster of them (UAX #29)', () => {
      for (const emoji of ['✌\ufe0f', '👩\u200d💻']) expect(captured(`${emoji}\tx`, {})).to.equal(`${emoji}      x\n`);
    });

    it('has no history of a screen that was erased (ECMA-48, ED)', () => {
      const { terminal, write } = openTerminal(12, 4);
      write('one\r\ntwo\x1b[H\x1b[2Jthree');
      expect(captureRows(terminal, { first: terminal.firstRow, last: terminal.screenTop, ...PLAIN })).to.equal(
        'three\n',
      );
      terminal.dispose();
    });
  });
});
