import { expect } from 'chai';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { OuterTerminal, type ShownCell } from '../support/outer-terminal.ts';
import { PlayedSession } from '../support/played-session.ts';
import { loadRecording } from '../support/recording.ts';
import { cellDifferences, engineCells, outerCells, sameCell } from '../support/shown-cells.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

/** Colours from here on are no longer of the palette but 24 bits. */
const FIRST_RGB = 0x0200_0000;
const FIRST = { columns: 80, rows: 23 };

type Same = (shown: ShownCell, wanted: ShownCell) => boolean;

const sameText: Same = (a, b) => a.text === b.text && a.width === b.width;
const isBlankStyle = ({ foreground, background, attributes }: ShownCell): boolean =>
  foreground === 0 && background === 0 && attributes === 0;
/** Plain cells stay plain, others may lose of their colours. */
const sameTextAndPlainness: Same = (a, b) => sameText(a, b) && (!isBlankStyle(b) || isBlankStyle(a));
const samePalette = (a: number, b: number): boolean => a === b || (b >= FIRST_RGB && a !== 0 && a < FIRST_RGB);
const sameIn256: Same = (a, b) =>
  sameText(a, b) && samePalette(a.foreground, b.foreground) && samePalette(a.background, b.background);
/** What is not ASCII takes as much room as before. */
const sameAscii: Same = (a, b) =>
  b.width === 0 ||
  (a.foreground === b.foreground && a.background === b.background && (/[^ -~]/.test(b.text) || a.text === b.text));

interface Outer {
  readonly environment: Readonly<Record<string, string>>;
  /** Whether erased cells take the background. */
  readonly backColorErase: boolean;
  readonly same: Same;
}

const OUTERS: Readonly<Record<string, Outer>> = {
  'of 24-bit colours': {
    environment: { TERM: 'xterm-256color', COLORTERM: 'truecolor' },
    backColorErase: true,
    same: sameCell,
  },
  'of 256 colours': { environment: { TERM: 'xterm-256color' }, backColorErase: true, same: sameIn256 },
  'of 16 colours': { environment: { TERM: 'xterm' }, backColorErase: true, same: sameTextAndPlainness },
  'of a Linux console': { environment: { TERM: 'linux' }, backColorErase: true, same: sameTextAndPlainness },
  'without colours': { environment: { TERM: 'vt220' }, backColorErase: false, same: sameText },
  'without back-colour erase': {
    environment: { TERM: 'screen-256color' },
    backColorErase: false,
    same: sameIn256,
  },
  'of which nothing is known': { environment: { TERM: 'no-such' }, backColorErase: false, same: sameText },
  'without UTF-8': {
    environment: { TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C' },
    backColorErase: true,
    same: sameAscii,
  },
};

/** Wide text and marks of concealed text, line drawing of old, scrolling in regions, colours in plenty. */
const PROGRAMS = ['vim-wide', 'gdb-tui', 'irssi', 'caca'];

interface Shown extends Outer {
  readonly kind: string;
  readonly terminal: OuterTerminal;
  readonly client: TerminalClient;
}

describe('recorded programs on all kinds of outer terminals', () => {
  let workplace: Workplace;
  let session: PlayedSession;
  let shown: Shown[];

  before(async function () {
    this.timeout(40_000);
    workplace = new Workplace();
    await workplace.ask('new-session', '-d', '-s', 'other', 'exec sleep 1000');
    await workplace.ask('new-session', '-d', '-s', 'replay', 'exec sleep 1000');
    session = new PlayedSession(workplace, 'replay');
    const { COLORTERM: _, ...environment } = workplace.environment;
    shown = Object.entries(OUTERS).map(([kind, outer]) => {
      const size = { columns: FIRST.columns, rows: FIRST.rows + 1 };
      const terminal = new OuterTerminal(size);
      if (!outer.backColorErase) terminal.eraseWithoutColor();
      const client = workplace.attach(['attach-session', '-t', 'replay'], {
        ...size,
        environment: { ...environment, ...outer.environment },
      });
      client.onOutput = (bytes) => terminal.write(bytes);
      return { ...outer, kind, terminal, client };
    });
    for (const { client } of shown) await client.shows('replay*', 20_000);
  });

  after(async () => {
    session.dispose();
    for (const { terminal } of shown) terminal.dispose();
    await workplace.dispose();
  });

  for (const program of PROGRAMS)
    it(`shows all that they can show of ${program}`, async () => {
      const { steps } = loadRecording(program);
      const wanted = new TerminalEngine({ size: FIRST, name: 'xterm-256color', release: '1' });
      await session.restart();
      for (const [number, { columns, rows, output }] of steps.entries()) {
        wanted.resize({ columns, rows });
        wanted.write(output);
        for (const { client, terminal } of shown) {
          terminal.resize({ columns, rows: rows + 1 });
          client.resize(columns, rows + 1);
        }
        await session.hasSize(columns, rows);
        session.print(output);
        const cells = engineCells(wanted);
        for (const { kind, terminal, same } of shown) {
          const wrong = () => cellDifferences(outerCells(terminal, columns, rows), cells, columns, same);
          await waitUntil(
            () => wrong().length === 0,
            () => `step ${number} to look the same on a terminal ${kind}:\n${wrong().join('\n')}`,
          );
          const { x, y, visible } = wanted.cursor;
          if (visible)
            await waitUntil(
              () => Math.min(terminal.cursor.x, columns - 1) === Math.min(x, columns - 1) && terminal.cursor.y === y,
              () => `step ${number}: the cursor at ${x},${y} on a terminal ${kind}: ${JSON.stringify(terminal.cursor)}`,
            );
        }
      }
      wanted.dispose();
      expect(workplace.log()).not.to.match(/ (error|fault) /);
    });
});
