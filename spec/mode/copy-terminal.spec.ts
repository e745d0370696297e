import { expect } from 'chai';
import { CopyMode, type CopyStyles } from '../../lib/mode/copy-mode.ts';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { PLAIN } from '../../lib/text/style.ts';

const STYLES: CopyStyles = { selection: PLAIN, match: PLAIN, currentMatch: PLAIN, mark: PLAIN, position: PLAIN };
const SIZE = { columns: 20, rows: 5 };

/** Copy mode over a real terminal. */
class Desk {
  readonly terminal = new TerminalEngine({ size: SIZE, release: '0', name: 'xterm-256color' });
  readonly copied: string[] = [];
  size = SIZE;
  #mode: CopyMode | undefined;

  constructor(text: string) {
    this.write(text);
  }

  write(text: string): this {
    const bytes = new TextEncoder().encode(text.replaceAll('\n', '\r\n'));
    for (let at = 0; at < bytes.length; at += 32_768) this.terminal.write(bytes.subarray(at, at + 32_768));
    return this;
  }

  get mode(): CopyMode {
    this.#mode ??= new CopyMode({
      source: this.terminal,
      keys: 'vi',
      size: this.size,
      cursor: { row: this.terminal.screenTop + this.terminal.cursor.y, column: this.terminal.cursor.x },
      wordSeparators: ' ',
      wrapSearch: true,
      copy: (copied) => this.copied.push(copied),
      exit: () => undefined,
    });
    return this.#mode;
  }

  do(name: string, ...args: readonly string[]): this {
    expect(this.mode.action(name, args, 1), name).to.equal(true);
    return this;
  }

  get frame() {
    return this.mode.frame(this.size, STYLES);
  }

  /** The text of the row that the cursor is in. */
  get row(): string {
    return this.terminal.rowText(this.frame.top + this.frame.cursor.y);
  }
}

const numbered = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}\n`).join('');

describe('copy mode over a terminal', () => {
  const open: Desk[] = [];
  const desk = (text: string): Desk => {
    const made = new Desk(text);
    open.push(made);
    return made;
  };
  afterEach(() => {
    for (const { terminal } of open.splice(0)) terminal.dispose();
  });

  it('copies wrapped lines and wide characters as they were written', () => {
    const line = `a word, ${'漢字'.repeat(6)} and 👍🏽 e\u0301 more`;
    const read = desk(`${line}\nnext\n`);
    read.do('history-top').do('begin-selection').do('end-of-line').do('cursor-left').do('copy-selection');
    expect(read.copied).to.deep.equal([line]);
  });

  it('shows the same rows while output floods', () => {
    const read = desk(numbered(0, 50)).do('page-up').do('top-line');
    const shown = read.row;
    read.write(numbered(50, 5_000));
    expect(read.row).to.equal(shown);
    expect(read.do('search-forward', 'line 4999$').row).to.equal('line 4999');
  });

  it('finds its line again after the width has changed', () => {
    const long = (row: number): string => `${row}: ${'word '.repeat(row % 12)}\n`;
    const read = desk(Array.from({ length: 60 }, (_, row) => long(row)).join('')).do('search-backward', '^31:');
    for (const columns of [11, 33, 7, 20]) {
      read.size = { columns, rows: 5 };
      read.terminal.resize(read.size);
      expect(read.row).to.match(/^31:/);
    }
  });

  it('survives the alternate screen and a cleared history', () => {
    const read = desk(numbered(0, 100)).do('history-top').do('begin-selection').do('search-forward', 'line 7');
    read.write('\x1b[?1049h\x1b[Hother');
    expect(read.frame.cursor.y).to.be.within(0, 4);
    read.do('search-again').do('copy-selection');
    read.write('\x1b[?1049l');
    read.terminal.clearHistory();
    expect(read.frame.top).to.be.within(read.terminal.firstRow, read.terminal.endRow - 1);
  });

  it('searches a long history quickly', () => {
    const read = desk(numbered(0, 15_000));
    const started = performance.now();
    read.do('search-backward', 'line 2500$');
    for (let frame = 0; frame < 1000 && read.mode.unfinished; frame++) read.frame;
    expect(read.row).to.equal('line 2500');
    read.do('search-backward-incremental', '=9').do('search-backward-incremental', '=99');
    expect(performance.now() - started).to.be.lessThan(5000);
  });
});
