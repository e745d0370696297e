import type { Size } from '../../lib/base/geometry.ts';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { OuterTerminal } from '../support/outer-terminal.ts';
import { PlayedSession } from '../support/played-session.ts';
import { loadRecording } from '../support/recording.ts';
import { cellDifferences, engineCells, outerCells } from '../support/shown-cells.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const SIZE: Size = { columns: 80, rows: 23 };
const SMALL: Size = { columns: 40, rows: 12 };
const PROGRAMS = ['nvim', 'zsh', 'apt-progress', 'vim-wide'];

describe('a recorded program that is left, hidden, squeezed and come back to', () => {
  let workplace: Workplace;
  let session: PlayedSession;
  let client: TerminalClient;
  let outer: OuterTerminal;

  const attach = () => {
    const size = { columns: SIZE.columns, rows: SIZE.rows + 1 };
    const terminal = new OuterTerminal(size);
    client = workplace.attach(['attach-session', '-t', 'replay'], size);
    client.onOutput = (bytes) => terminal.write(bytes);
    outer = terminal;
  };

  const resize = async (size: Size) => {
    outer.resize({ columns: size.columns, rows: size.rows + 1 });
    client.resize(size.columns, size.rows + 1);
    await session.hasSize(size.columns, size.rows);
  };

  /** Waits until the screen from row `top` on shows what `wanted` shows. */
  const shows = async (when: string, wanted: TerminalEngine, top = 0) => {
    const { columns, rows } = wanted.size;
    const wrong = () => {
      const width = columns + (top === 0 ? 0 : SIZE.columns - columns);
      const cells = outerCells(outer, width, top + rows).filter((_, i) => i >= top * width && i % width < columns);
      return cellDifferences(cells, engineCells(wanted), columns);
    };
    await waitUntil(
      () => wrong().length === 0,
      () => `to look ${when} as if nothing had happened:\n${wrong().join('\n')}`,
    );
    if (top > 0) return;
    const { x, y, visible } = wanted.cursor;
    const place = visible ? { x: Math.min(x, columns - 1), y, visible } : { visible };
    const cursor = () => {
      const { x: column, ...rest } = outer.cursor;
      return JSON.stringify(rest.visible ? { x: Math.min(column, columns - 1), ...rest } : { visible: false });
    };
    await waitUntil(
      () => cursor() === JSON.stringify(place),
      () => `the cursor ${when}: ${cursor()}, wanted ${JSON.stringify(place)}`,
    );
  };

  before(async () => {
    workplace = new Workplace();
    await workplace.ask('new-session', '-d', '-s', 'other', 'echo the other session; exec sleep 1000');
    await workplace.ask('new-session', '-d', '-s', 'replay', 'exec sleep 1000');
    session = new PlayedSession(workplace, 'replay');
    attach();
    await client.shows('replay*');
  });

  after(async () => {
    outer.dispose();
    session.dispose();
    await workplace.dispose();
  });

  for (const program of PROGRAMS)
    it(`${program} looks as if nothing had happened`, async () => {
      const [first] = loadRecording(program).steps;
      const output = first?.output ?? new Uint8Array();
      await session.restart();
      const wanted = new TerminalEngine({ size: SIZE, name: 'xterm-256color', release: '1' });
      // Cut where it falls: in the middle of a character or of a sequence as well.
      const part = Math.ceil(output.length / 5);
      const print = (number: number) => {
        const bytes = output.subarray(number * part, (number + 1) * part);
        wanted.write(bytes);
        session.print(bytes);
      };
      await resize(SIZE);
      print(0);
      await shows('at first', wanted);

      client.type('\x02(');
      await client.shows('the other session');
      print(1);
      client.type('\x02)');
      await shows('after another session', wanted);

      client.type('\x02d');
      await client.exited;
      outer.dispose();
      print(2);
      attach();
      await shows('to a new client', wanted);

      await workplace.ask('split-window', '-h', '-t', 'replay', 'exec sleep 1000');
      const [columns = 0, rows = 0] = (
        await workplace.ask('display-message', '-p', '-t', 'replay', '#{pane_width} #{pane_height}')
      )
        .split(' ')
        .map(Number);
      wanted.resize({ columns, rows });
      print(3);
      await shows('beside another pane', wanted, SIZE.rows - rows);
      await workplace.ask('kill-pane', '-t', ':.1');
      await session.hasSize(SIZE.columns, SIZE.rows);
      wanted.resize(SIZE);
      await shows('alone again', wanted);

      await resize(SMALL);
      wanted.resize(SMALL);
      await shows('small', wanted);
      await resize(SIZE);
      wanted.resize(SIZE);
      print(4);
      await shows('at the end', wanted);
      wanted.dispose();
    });
});
