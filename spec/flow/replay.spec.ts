import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Size } from '../../lib/base/geometry.ts';
import { XtermTerminal } from '../../lib/terminal/xterm-terminal.ts';
import { loadRecording, recordedPrograms } from '../support/recording.ts';
import { differences, screenCells } from '../support/screen-cells.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const REPLAY = path.resolve(import.meta.dirname, '../support/replay.js');
/** Rows that qmux itself takes: the status line. */
const STATUS_ROWS = 1;

const terminalOf = ({ columns, rows }: Size) =>
  new XtermTerminal({ size: { columns, rows }, name: 'outer', release: '1' });

describe('a recorded program inside qmux', () => {
  for (const program of recordedPrograms()) {
    it(`${program} looks as it does outside, cell by cell, at each size`, async () => {
      const workplace = new Workplace();
      const { steps } = loadRecording(program);
      const [first] = steps;
      if (first === undefined) throw new Error('an empty recording');
      const wanted = terminalOf(first);
      const outer = terminalOf({ columns: first.columns, rows: first.rows + STATUS_ROWS });
      try {
        const marker = path.join(workplace.folder, 'step');
        const command = `exec '${process.execPath}' '${REPLAY}' ${program} '${marker}'`;
        const client = workplace.attach(['new-session', '-s', 'replay', command], {
          columns: first.columns,
          rows: first.rows + STATUS_ROWS,
        });
        client.onOutput = (bytes) => outer.write(bytes);
        for (const [number, { columns, rows, output }] of steps.entries()) {
          wanted.resize({ columns, rows });
          wanted.write(output);
          outer.resize({ columns, rows: rows + STATUS_ROWS });
          client.resize(columns, rows + STATUS_ROWS);
          await waitUntil(
            () => existsSync(`${marker}.${number}`),
            () => `step ${number}:\n${client.text()}\n${workplace.log()}`,
          );
          const cells = screenCells(wanted, rows);
          const wrong = () => differences(screenCells(outer, rows), cells);
          await waitUntil(
            () => wrong().length === 0,
            () => `step ${number} to look the same:\n${wrong().join('\n')}\n${client.text()}`,
            5000,
          );
          if (!wanted.cursor.visible) continue;
          const { x, y } = wanted.cursor;
          expect({ x: outer.cursor.x, y: outer.cursor.y }, `the cursor after step ${number}`).to.deep.equal({ x, y });
        }
      } finally {
        wanted.dispose();
        outer.dispose();
        await workplace.dispose();
      }
    });
  }
});
