import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { Size } from '../../lib/base/geometry.ts';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { makeRepository, makeSamples } from '../support/samples.ts';
import { differences, screenCells, shownCursor } from '../support/screen-cells.ts';
import { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

interface LiveProgram {
  readonly command: string;
  /** What is typed at each size, and what the screen has then. */
  readonly steps: readonly (readonly [keys: string, shows: RegExp])[];
  /** Only the rows from the one that this fits on are the same in two runs. */
  readonly from?: RegExp;
}

const SIZES: readonly Size[] = [
  { columns: 80, rows: 23 },
  { columns: 120, rows: 39 },
  { columns: 47, rows: 15 },
];
const STATUS_ROWS = 1;

const PROGRAMS: Readonly<Record<string, LiveProgram>> = {
  vim: {
    command: "vim -u NONE -n -i NONE -c 'syntax on' -c 'set number hlsearch ruler' sample.c",
    steps: [
      ['/value_1\r', /value_1/],
      [':vsplit\rG', /line 119/],
      [':only\rggihello \x1b', /hello #include/],
    ],
  },
  less: {
    command: 'less -R colours.txt',
    steps: [
      [' ', /line 40/],
      ['/line 60\r', /line 60/],
      ['g', /line 0/],
    ],
  },
  git: {
    command: "git -c color.ui=always -c core.pager='less -R' log --graph --stat --decorate",
    steps: [
      [' ', /part/],
      ['G', /part 0/],
      ['g', /part 11/],
    ],
  },
  bash: {
    command: 'bash --noprofile --norc',
    steps: [
      ["PS1='\\[\\e[1;32m\\]box\\[\\e[0m\\]$ '\rcat colours.txt; echo shown\r", /^shown/m],
      ['ls --color=always -1 sample.* && echo listed\r', /^listed/m],
      ["printf '\\e[7mreverse\\e[0m \\e[3;9;38;5;200mstyled\\e[0m\\n'\r", /^reverse styled/m],
    ],
  },
  top: {
    command: 'exec top -d 60 -p $SLEEPER',
    steps: [
      ['', /sleep/],
      ['z', /sleep/],
      ['', /PID/],
    ],
    from: /PID/,
  },
  htop: {
    command: 'exec htop -d 600 -p $SLEEPER',
    steps: [
      ['', /PID/],
      ['', /PID/],
      ['', /PID/],
    ],
    from: /PID/,
  },
};

const isInstalled = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

describe('a program that runs inside qmux', () => {
  let workplace: Workplace;
  const sleeper = spawn('sleep', ['1000'], { stdio: 'ignore' });
  let client: TerminalClient;
  let outer: TerminalEngine;

  const terminalOf = (size: Size) => new TerminalEngine({ size, name: 'outer', release: '1' });
  const withStatus = ({ columns, rows }: Size): Size => ({ columns, rows: rows + STATUS_ROWS });
  const [first = { columns: 80, rows: 23 }] = SIZES;

  before(async () => {
    workplace = new Workplace();
    makeSamples(workplace.home);
    makeRepository(workplace.home);
    outer = terminalOf(withStatus(first));
    client = workplace.attach(['new-session', '-s', 'live', 'exec sleep 1000'], withStatus(first));
    client.onOutput = (bytes) => outer.write(bytes);
    await client.shows('0:live*');
  });

  after(async () => {
    sleeper.kill();
    outer.dispose();
    await workplace.dispose();
  });

  const installed = Object.entries(PROGRAMS).filter(([name]) => isInstalled(name));
  for (const [name, { command, steps, from }] of installed)
    it(`looks as it does outside, cell by cell, at each size: ${name}`, async () => {
      const line = `export PS1='$ ' TERM=xterm-256color LESS= PAGER=less SLEEPER=${sleeper.pid}; ${command}`;
      const wanted = terminalOf(first);
      const direct = new TerminalClient(['/bin/sh', '-c', line], {
        ...first,
        environment: workplace.environment,
        workingDirectory: workplace.home,
      });
      direct.onOutput = (bytes) => wanted.write(bytes);
      try {
        outer.resize(withStatus(first));
        client.resize(first.columns, first.rows + STATUS_ROWS);
        await workplace.ask('respawn-window', '-k', '-t', 'live', '-c', workplace.home, line);
        for (const [number, [keys, shows]] of steps.entries()) {
          const size = SIZES[number] ?? first;
          direct.resize(size.columns, size.rows);
          client.resize(size.columns, size.rows + STATUS_ROWS);
          wanted.resize(size);
          outer.resize(withStatus(size));
          const same = () => direct.text() !== '' && sameScreens(outer, wanted, size, from).length === 0;
          await waitUntil(same, () => report(number, size));
          for (const terminal of [direct, client]) terminal.type(keys);
          await direct.shows(shows);
          await client.shows(shows);
          await waitUntil(
            () => sameScreens(outer, wanted, size, from).length === 0,
            () => report(number, size),
          );
        }
      } finally {
        direct.dispose();
        wanted.dispose();
      }

      function report(number: number, size: Size): string {
        const wrong = sameScreens(outer, wanted, size, from).join('\n');
        return `step ${number} to look the same:\n${wrong}\n--- outside\n${direct.text()}\n--- inside\n${client.text()}`;
      }
    });
});

/** What differs of two screens, cursor included. */
function sameScreens(ours: TerminalEngine, wanted: TerminalEngine, { columns, rows }: Size, from?: RegExp): string[] {
  const start = from === undefined ? 0 : firstRow(wanted, rows, from);
  const cells = (terminal: TerminalEngine) => screenCells(terminal, rows).slice(start * columns);
  const cursors = [ours, wanted].map((terminal) => JSON.stringify(from === undefined ? shownCursor(terminal) : ''));
  const wrong = differences(cells(ours), cells(wanted));
  return cursors[0] === cursors[1] ? wrong : [...wrong, `cursor ${cursors[0]} | wanted ${cursors[1]}`];
}

function firstRow(terminal: TerminalEngine, rows: number, fits: RegExp): number {
  for (let y = 0; y < rows; y++) if (fits.test(terminal.rowText(terminal.screenTop + y))) return y;
  return 0;
}
