import { expect } from 'chai';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { OuterTerminal } from '../support/outer-terminal.ts';
import { loadRecording, recordedPrograms } from '../support/recording.ts';
import { cellDifferences, engineCells, outerCells } from '../support/shown-cells.ts';

describe('our terminal engine beside an untouched xterm.js', () => {
  for (const program of recordedPrograms())
    it(`shows the same of ${program}, on the normal screen until its first resize`, () => {
      const { steps } = loadRecording(program);
      const [first = { columns: 80, rows: 24 }] = steps;
      const ours = new TerminalEngine({ size: first, name: 'xterm-256color', release: '1' });
      const outer = new OuterTerminal(first);
      for (const [number, { columns, rows, output }] of steps.entries()) {
        const wrapsAnew = number > 0 && !ours.modes.alternateScreen;
        if (wrapsAnew) break;
        ours.resize({ columns, rows });
        outer.resize({ columns, rows });
        ours.write(output);
        outer.write(output);
        expect(cellDifferences(engineCells(ours), outerCells(outer, columns, rows), columns)).to.deep.equal([]);
        const { x, y, visible } = ours.cursor;
        expect({ x: Math.min(x, columns - 1), y, visible }).to.deep.equal({
          ...outer.cursor,
          x: Math.min(outer.cursor.x, columns - 1),
        });
      }
      ours.dispose();
      outer.dispose();
    });
});
