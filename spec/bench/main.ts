/**
 * Measures qmux beside tmux in one run and prints a table: `npm run bench [-- --quick] [WORDS OF A TITLE]`.
 * A report, no test: what it prints depends on the machine. Repetitions of both sides alternate.
 */
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { errorText } from '../../lib/base/user-error.ts';
import { ATTENTION_CASES } from './attention-cases.ts';
import type { Case } from './case.ts';
import { CHAT_CASES } from './chat-cases.ts';
import { COST_CASES } from './cost-cases.ts';
import { FLOOD_CASES } from './flood-cases.ts';
import { LIMIT_CASES } from './limit-cases.ts';
import { Multiplexer } from './multiplexer.ts';
import { SPEED_CASES } from './speed-cases.ts';
import { median, spread } from './statistics.ts';
import { WORK_CASES } from './work-cases.ts';

/** A spread from which on a figure says more of the machine than of the program. */
const NOISY = 0.25;

const quick = process.argv.includes('--quick');
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const tmux = spawnSync('tmux', ['-V'], { encoding: 'utf8' });
const sides = tmux.status === 0 ? [new Multiplexer('qmux'), new Multiplexer('tmux')] : [new Multiplexer('qmux')];

function end(code: number): never {
  for (const side of sides) side.dispose();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(1));

const isWanted = ({ figures }: Case): boolean =>
  figures.some(({ title }) => words.every((word) => title.toLowerCase().includes(word.toLowerCase())));
const number = (value: number): string =>
  Number.isNaN(value) ? '-' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
const row = (...cells: string[]): void => console.log(`| ${cells.join(' | ')} |`);

/** For each side, the samples of each figure; what fails is said, and the other side goes on. */
async function samplesOf(item: Case): Promise<readonly (readonly number[][])[]> {
  const samples = sides.map(() => item.figures.map((): number[] => []));
  const repetitions = quick ? 1 : item.repetitions;
  for (let repetition = 0; repetition < repetitions; repetition++)
    for (const [index, side] of sides.entries()) {
      try {
        const figures = await item.measure(side, quick);
        for (const [place, value] of figures.entries()) samples[index]?.[place]?.push(value);
      } catch (error) {
        console.error(`${side.name}, ${item.figures[0]?.title}: ${errorText(error)}`);
        await side.reset();
      }
    }
  return samples;
}

function print(item: Case, samples: readonly (readonly number[][])[]): void {
  for (const [place, { title, unit, higher }] of item.figures.entries()) {
    const [ours = [], theirs = []] = samples.map((side) => side[place] ?? []);
    const widest = Math.max(...[ours, theirs].map(spread).filter((value) => !Number.isNaN(value)));
    row(
      `${title}${higher === true ? ' (higher is better)' : ''}`,
      `${number(median(ours))} ${unit}`,
      theirs.length === 0 ? '-' : `${number(median(theirs))} ${unit}`,
      theirs.length === 0 ? '-' : `${number(median(ours) / median(theirs))}×`,
      Number.isFinite(widest) ? `±${(widest * 100).toFixed(0)} %${widest > NOISY ? ', too noisy' : ''}` : '-',
    );
  }
}

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${tmux.stdout?.trim() ?? 'no tmux'}, load ${loadavg()[0]?.toFixed(1)}\n`,
);
row('what', 'qmux', 'tmux', 'ratio', 'spread');
row('---', '---:', '---:', '---:', '---:');
for (const item of [
  ...SPEED_CASES,
  ...FLOOD_CASES,
  ...COST_CASES,
  ...CHAT_CASES,
  ...WORK_CASES,
  ...LIMIT_CASES,
  ...ATTENTION_CASES,
].filter(isWanted))
  print(item, await samplesOf(item));
const load = loadavg()[0] ?? 0;
const busy = load > cpus().length ? ': others used the machine, times mean little' : '';
console.log(`\nload ${load.toFixed(1)} at the end, ${cpus().length} processors${busy}`);
end(0);
