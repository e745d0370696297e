import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Size } from '../../lib/base/geometry.ts';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { loadRecording, recordedPrograms } from '../support/recording.ts';
import { differences, screenCells, shownCursor } from '../support/screen-cells.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const REPLAY = path.resolve(import.meta.dirname, '../support/replay.js');
/** Rows that qmux itself takes: the status line. */
const STATUS_ROWS = 1;
const FIRST: Size = { columns: 80, rows: 23 };

const terminalOf = (size: Size) => new TerminalEngine({ size, name: 'outer', release: '1' });

describe('a recorded program inside qmux', () => {
  let workplace: Workplace;
  let client: TerminalClient;
  let outer: TerminalEngine;

  const resize = ({ columns, rows }: Size) => {
    outer.resize({ columns, rows: rows + STATUS_ROWS });
    client.resize(columns, rows + STATUS_ROWS);
  };

  before(async () => {
    workplace = new Workplace();
    outer = terminalOf({ ...FIRST, rows: FIRST.rows + STATUS_ROWS });
    client = workplace.attach(['new-session', '-s', 'replay', 'exec sleep 1000'], {
      columns: FIRST.columns,
      rows: FIRST.rows + STATUS_ROWS,
    });
    client.onOutput = (bytes) => outer.write(bytes);
    await client.shows('0:replay*');
    await workplace.ask('set-option', '-g', 'set-titles', 'on', ';', 'set-option', '-g', 'set-titles-string', '#T');
  });

  after(async () => {
    outer.dispose();
    await workplace.dispose();
  });

  for (const program of recordedPrograms())
    it(`${program} looks as it does outside, cell by cell, at each size`, async () => {
      const { steps } = loadRecording(program);
      const [first = FIRST] = steps;
      const wanted = terminalOf(first);
      const marker = path.join(workplace.folder, program);
      resize(first);
      await workplace.ask(
        ...['respawn-window', '-k', '-t', 'replay'],
        `exec '${process.execPath}' '${REPLAY}' ${program} '${marker}'`,
      );
      for (const [number, { columns, rows, output }] of steps.entries()) {
        wanted.resize({ columns, rows });
        wanted.write(output);
        resize({ columns, rows });
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
        // A frame may have come in two pieces, the cursor with the second.
        await waitUntil(
          () => JSON.stringify(shownCursor(outer)) === JSON.stringify(shownCursor(wanted)),
          () =>
            `step ${number}: cursor ${JSON.stringify(shownCursor(outer))}, wanted ${JSON.stringify(shownCursor(wanted))}`,
          5000,
        );
        if (wanted.title !== '') await waitUntil(() => outer.title === wanted.title, `${wanted.title} as the title`);
      }
      wanted.dispose();
    });
});
