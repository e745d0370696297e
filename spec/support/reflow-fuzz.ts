import type { Size } from '../../lib/base/geometry.ts';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { Grid, glyphText, TAIL } from '../../lib/text/grid.ts';
import { colorValue } from '../../lib/text/style.ts';
import { LineModel } from './line-model.ts';
import { type Random, seeded } from './random-screen.ts';

const TEXTS = ['a', 'b ', 'word', 'hello there ', '   ', '日', '中文字', '🚀', 'e\u0301x', '👍🏽', 'long'.repeat(5)];

/** One thing done to a terminal, as its bytes or size and as the model has it. */
interface Step {
  readonly bytes: string;
  readonly size?: Size;
  readonly run: (model: LineModel) => void;
}

const step = (bytes: string, run: (model: LineModel) => void): Step => ({ bytes, run });

function randomStep(random: Random): Step {
  const count = 1 + random(4);
  const kind = random(24);
  if (kind < 8) {
    const text = TEXTS[random(TEXTS.length)] ?? 'x';
    return step(text, (model) => model.print(text));
  }
  switch (kind) {
    case 8:
      return step('\r', (model) => model.carriageReturn());
    case 9:
    case 10:
      return step('\n', (model) => model.lineFeed());
    case 11:
    case 12:
      return step('\r\n', (model) => {
        model.carriageReturn();
        model.lineFeed();
      });
    case 13: {
      const [x, y] = [random(12), random(6)];
      return step(`\x1b[${y + 1};${x + 1}H`, (model) => model.moveTo(x, y));
    }
    case 14: {
      const part = random(3);
      return step(`\x1b[${part}K`, (model) => model.eraseLine(part));
    }
    case 15:
      return step('\x1b[J', (model) => model.eraseBelow());
    case 16:
      return step(`\x1b[${count}X`, (model) => model.eraseCells(count));
    case 17:
      return step(`\x1b[${count}@`, (model) => model.insertCells(count));
    case 18:
      return step(`\x1b[${count}P`, (model) => model.deleteCells(count));
    case 19:
      return step(`\x1b[${count}L\r`, (model) => {
        model.insertRows(count);
        model.carriageReturn();
      });
    case 20:
      return step(`\x1b[${count}M\r`, (model) => {
        model.deleteRows(count);
        model.carriageReturn();
      });
    case 21:
      return random(2) === 0
        ? step('\x1bM', (model) => model.reverseIndex())
        : step(`\x1b[${count}S`, (model) => model.scroll(count));
    case 22: {
      const background = random(3);
      return step(background === 0 ? '\x1b[49m' : `\x1b[4${background}m`, (model) => model.setBackground(background));
    }
    default:
      return random(2) === 0
        ? step('\x1b7', (model) => model.saveCursor())
        : step('\x1b8', (model) => model.restoreCursor());
  }
}

const randomSize = (random: Random): Size => ({ columns: 2 + random(20), rows: 1 + random(7) });

/** What an engine shows, as LineModel.look. */
function look(terminal: TerminalEngine): string[] {
  const { columns, cursor, firstRow, screenTop, endRow } = terminal;
  const grid = new Grid({ columns, rows: 1 });
  const lines = [`${cursor.x},${cursor.y} ${screenTop - firstRow}`];
  for (let row = firstRow; row < endRow; row++) {
    terminal.readRow(row, grid, 0, 0, columns);
    const cells = Array.from({ length: columns }, (_, x) => {
      const glyph = grid.glyphs[x] ?? 0;
      const background = grid.backgrounds[x] ?? 0;
      if (glyph === TAIL) return '<';
      return `${glyph === 0 ? '_' : glyphText(glyph)}${background === 0 ? '' : `/${colorValue(background)}`}`;
    });
    lines.push(`${row - screenTop}${terminal.isWrapped(row) ? '+' : ' '}${cells.join(' ')}`);
  }
  return lines;
}

interface Run {
  readonly size: Size;
  readonly steps: readonly Step[];
}

function runOf(seed: number): Run {
  const random = seeded(seed);
  const size = randomSize(random);
  const steps = Array.from({ length: 3 + random(40) }, () => {
    if (random(8) > 0) return randomStep(random);
    const next = randomSize(random);
    return { bytes: '', size: next, run: (model: LineModel) => model.resize(next) };
  });
  return { size, steps };
}

function differenceOf({ size, steps }: Run): string | undefined {
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const terminal = new TerminalEngine({ size, release: '1', name: 'xterm', historyLimit: 1_000_000, onError });
  const model = new LineModel(size);
  for (const { bytes, size: next, run } of steps) {
    if (next === undefined) terminal.write(Buffer.from(bytes));
    else terminal.resize(next);
    run(model);
    if (errors.length > 0) return `fault: ${String(errors[0])}`;
    if (model.isAmbiguous) return undefined;
  }
  const ours = look(terminal);
  const wanted = model.look();
  const place = wanted.findIndex((line, index) => line !== ours[index]);
  if (place < 0 && ours.length === wanted.length) return undefined;
  return `ours   ${ours[place] ?? ours.length}\nwanted ${wanted[place] ?? wanted.length}`;
}

/** Leaves out every step without which it still goes wrong. */
function shrink(run: Run): Run {
  let least = run;
  for (let again = true; again; ) {
    again = false;
    for (let index = least.steps.length - 1; index >= 0; index--) {
      const fewer = { size: run.size, steps: least.steps.filter((_, place) => place !== index) };
      if (differenceOf(fewer) === undefined) continue;
      least = fewer;
      again = true;
    }
  }
  return least;
}

/** Where our engine and the plain model differ for one seed: the fewest steps, and how; undefined for nothing. */
export function tryReflow(seed: number): string | undefined {
  const run = runOf(seed);
  if (differenceOf(run) === undefined) return undefined;
  const least = shrink(run);
  const spell = ({ columns, rows }: Size): string => `${columns}x${rows}`;
  const words = least.steps.map(({ bytes, size }) => (size === undefined ? JSON.stringify(bytes) : spell(size)));
  return `${[spell(least.size), ...words].join(' ')}\n${differenceOf(least)}`;
}
