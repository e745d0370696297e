import { expect } from 'chai';
import { openTerminal } from '../support/open-terminal.ts';

function lines(from: number, to: number): string {
  let text = '';
  for (let line = from; line < to; line++) text += `line ${line}\r\n`;
  return text;
}

describe('the history of a terminal', () => {
  it('keeps what scrolls off, by numbers that stay', () => {
    const { terminal, write } = openTerminal(20, 4);
    write(lines(0, 10));
    expect(terminal).to.include({ firstRow: 0, screenTop: 7, endRow: 11 });
    for (let line = 0; line < 10; line++) expect(terminal.rowText(line)).to.equal(`line ${line}`);
    write(lines(10, 100));
    expect(terminal.rowText(5)).to.equal('line 5');
    expect(terminal.screenTop).to.equal(97);
  });

  it('forgets the oldest first and never costs more than its limit', () => {
    const { terminal, write } = openTerminal(20, 4, 1000);
    const { epoch } = terminal;
    for (let line = 0; line < 1000; line++) {
      write(lines(line, line + 1));
      expect(terminal.historyBytes).to.be.at.most(1000);
    }
    expect(terminal.historyBytes).to.be.above(980);
    expect(terminal.firstRow).to.be.above(900);
    expect(terminal.epoch).to.equal(epoch);
    for (let line = terminal.firstRow; line < 1000; line++) expect(terminal.rowText(line)).to.equal(`line ${line}`);
    expect(terminal.rowText(terminal.firstRow - 1)).to.equal('');
  });

  it('has ten megabytes at first', () => {
    const { terminal, write } = openTerminal(200, 50);
    const line = `${'0123456789'.repeat(19)}\r\n`;
    for (let part = 0; part < 60; part++) write(line.repeat(1000));
    expect(terminal.historyLimit).to.equal(10 * 1024 * 1024);
    expect(terminal.historyBytes).to.be.within(terminal.historyLimit - 200, terminal.historyLimit);
  });

  it('is recounted at another width, and keeps its limit', () => {
    const { terminal, write } = openTerminal(20, 4, 10_000);
    write(lines(0, 1000));
    for (const columns of [200, 10, 1, 1000, 80]) {
      terminal.resize({ columns, rows: 4 });
      expect(terminal.historyBytes).to.be.at.most(100_000);
      expect(terminal.screenTop - terminal.firstRow).to.be.above(5);
    }
    expect(terminal.rowText(terminal.endRow - 2)).to.equal('line 999');
  });

  it('may be nothing at all', () => {
    const { terminal, write } = openTerminal(20, 4, 0);
    write(lines(0, 100));
    expect(terminal.historyBytes).to.equal(0);
    expect(terminal.screenTop).to.equal(terminal.firstRow);
    expect(terminal.rowText(terminal.screenTop)).to.equal('line 97');
  });

  it('is not of the alternate screen, whose rows count anew', () => {
    const { terminal, write, screen } = openTerminal(20, 4);
    write(lines(0, 10));
    const { epoch } = terminal;
    write('\x1b[?1049h\x1b[H');
    expect(terminal.epoch).to.equal(epoch + 1);
    write(lines(0, 10));
    expect(terminal).to.include({ firstRow: 0, screenTop: 0, endRow: 4 });
    expect(screen()).to.deep.equal(['line 7', 'line 8', 'line 9', '']);
    write('\x1b[?1049l');
    expect(terminal.epoch).to.equal(epoch + 2);
    expect(terminal).to.include({ firstRow: 0, screenTop: 7, endRow: 11 });
    expect(terminal.rowText(3)).to.equal('line 3');
  });

  it('is cleared alone, also by the program, and outlives a reset', () => {
    const { terminal, write, screen } = openTerminal(20, 4);
    write(lines(0, 10));
    terminal.clearHistory();
    expect(terminal).to.include({ firstRow: 7, screenTop: 7, historyBytes: 0 });
    expect(screen()).to.deep.equal(['line 7', 'line 8', 'line 9', '']);
    write(lines(10, 20));
    terminal.reset();
    expect(screen()).to.deep.equal(['', '', '', '']);
    expect(terminal.cursor).to.include({ x: 0, y: 0 });
    expect(terminal.rowText(7)).to.equal('line 7');
    write('\x1b[3J');
    expect(terminal.firstRow).to.equal(terminal.screenTop);
  });

  it('is cleared of the main screen while the alternate one is shown', () => {
    const { terminal, write } = openTerminal(20, 4);
    write(`${lines(0, 10)}\x1b[?1049h`);
    terminal.clearHistory();
    write('\x1b[?1049l');
    expect(terminal.screenTop).to.equal(terminal.firstRow);
    expect(terminal.rowText(terminal.screenTop)).to.equal('line 7');
  });

  it('knows which rows go on from the one before', () => {
    const { terminal, write } = openTerminal(5, 3);
    write('abcdefgh\r\nxy');
    expect([0, 1, 2].map((row) => terminal.isWrapped(row))).to.deep.equal([false, true, false]);
  });
});
