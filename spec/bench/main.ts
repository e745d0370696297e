/**
 * Measures qmux beside tmux in one run and prints a table: `npm run bench [-- --quick] [WORDS OF A TITLE]`.
 * A report, no test: what it prints depends on the machine. Repetitions of both sides alternate.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { CASES } from './cases.ts';
import { Multiplexer } from './multiplexer.ts';
import { median, spread } from './statistics.ts';

/** A spread from which on a figure says more of the machine than of the program. */
const NOISY = 0.25;

const quick = process.argv.includes('--quick');
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const tmux = spawnSync('tmux', ['-V'], { encoding: 'utf8' });
const sides = tmux.status === 0 ? [new Multiplexer('qmux'), new Multiplexer('tmux')] : [new Multiplexer('qmux')];

const number = (value: number): string =>
  Number.isNaN(value) ? '-' : value >= 100 ? value.toFixed(0) : value.toPrecision(3);
const row = (...cells: string[]): void => console.log(`| ${cells.join(' | ')} |`);

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${tmux.stdout?.trim() ?? 'no tmux'}\n`,
);
row('what', 'qmux', 'tmux', 'ratio', '');
row('---', '---:', '---:', '---:', '---');
for (const item of CASES) {
  if (words.length > 0 && !words.every((word) => item.title.includes(word))) continue;
  const figures = sides.map((): number[] => []);
  for (let repetition = 0; repetition < (quick ? 1 : item.repetitions); repetition++)
    for (const [index, side] of sides.entries()) figures[index]?.push(await item.measure(side, quick));
  const [ours = [], theirs = []] = figures;
  const noisy = [ours, theirs].some((samples) => samples.length > 2 && spread(samples) > NOISY);
  row(
    `${item.title}${item.higher === true ? ' (higher is better)' : ''}`,
    `${number(median(ours))} ${item.unit}`,
    `${number(median(theirs))} ${item.unit}`,
    `${number(median(ours) / median(theirs))}×`,
    noisy ? 'noisy' : '',
  );
}
for (const side of sides) side.dispose();
process.exit(0);
