import { expect } from 'chai';
import { openTerminal } from '../support/open-terminal.ts';
import { seeded } from '../support/random-screen.ts';
import { loadRecording, recordedPrograms } from '../support/recording.ts';
import { StampWatch } from '../support/stamp-watch.ts';
import { runOf } from '../support/terminal-fuzz.ts';

describe('the stamps of rows', () => {
  it('change with every change of a row, whatever a program sends', () => {
    const stamps = new StampWatch();
    for (let seed = 1; seed <= 150; seed++) {
      const { size, steps } = runOf(seed);
      const open = openTerminal(size.columns, size.rows);
      for (const step of steps) {
        if ('size' in step) open.terminal.resize(step.size);
        else open.terminal.write(step.bytes);
        stamps.look(open);
      }
      expect(open.errors).to.deep.equal([]);
    }
    expect(stamps.known).to.be.greaterThan(1000);
  });

  it('change with every change of a row that real programs make', () => {
    for (const program of recordedPrograms().slice(0, 12)) {
      const stamps = new StampWatch();
      const random = seeded(program.length);
      for (const { columns, rows, output } of loadRecording(program).steps.slice(0, 1)) {
        const open = openTerminal(columns, rows);
        const length = Math.min(output.length, 20_000);
        for (let from = 0; from < length; ) {
          const piece = output.subarray(from, from + 1 + random(800));
          open.terminal.write(piece);
          from += piece.length;
          stamps.look(open);
        }
      }
    }
  });

  it('stay where nothing is written, and move with the rows of a scroll', () => {
    const open = openTerminal(20, 4);
    open.write('one\r\ntwo\r\nthree\r\nfour');
    const { terminal } = open;
    const stamp = (y: number): unknown => terminal.rowStamp(terminal.screenTop + y);
    const before = [0, 1, 2, 3].map(stamp);
    open.write('\r\nfive');
    expect([0, 1, 2].map(stamp)).to.deep.equal(before.slice(1));
    expect(before).not.to.include(stamp(3));
    expect(terminal.rowStamp(terminal.screenTop - 1)).to.equal(undefined);
    expect(terminal.rowStamp(terminal.endRow)).to.equal(undefined);
  });

  it('are not known where a terminal of one column shows half of its cells', () => {
    const { terminal } = openTerminal(1, 2);
    expect(terminal.rowStamp(terminal.screenTop)).to.equal(undefined);
  });
});
