import { expect } from 'chai';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { OuterTerminal } from '../support/outer-terminal.ts';
import { loadRecording, recordedPrograms } from '../support/recording.ts';
import { cellDifferences, engineCells, outerCells } from '../support/shown-cells.ts';

/**
 * Recordings whose lines are joined below the cursor when they become wider: xterm.js takes that for lines above it, and
 * moves the text away under the cursor.
 */
const JOINED_BELOW: ReadonlySet<string> = new Set(['tput']);

describe('our terminal engine beside an untouched xterm.js', () => {
  for (const program of recordedPrograms())
    it(`shows the same of ${program}, on the normal screen as long as it becomes no narrower`, () => {
      const { steps } = loadRecording(program);
      const [first = { columns: 80, rows: 24 }] = steps;
      const ours = new TerminalEngine({ size: first, name: 'xterm-256color', release: '1' });
      const outer = new OuterTerminal(first);
      let { columns: before } = first;
      for (const { columns, rows, output } of steps) {
        const isComparable = columns === before || (columns > before && !JOINED_BELOW.has(program));
        if (!isComparable && !ours.modes.alternateScreen) break;
        before = columns;
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
