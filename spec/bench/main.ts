/**
 * Measures qmux beside tmux in one run and prints a table: `npm run bench [-- --quick] [WORDS OF A TITLE]`, the whole in
 * ten minutes, a quick run, with what takes long left out, in one. A report, no test: what it prints depends on the
 * machine, and it says where that was too busy to tell. Repetitions of both sides alternate.
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
import { NoiseGauge } from './noise.ts';
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

const isNamed = ({ figures }: Case): boolean =>
  figures.some(({ title }) => words.every((word) => title.toLowerCase().includes(word.toLowerCase())));
const isLeftOut = ({ isLong = false }: Case): boolean => quick && isLong && words.length === 0;
const noise = new NoiseGauge();
const began = performance.now();
const number = (value: number): string =>
  Number.isNaN(value) ? '-' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
const ratio = (ours: number, theirs: number): string =>
  Number.isFinite(ours / theirs) ? `${number(ours / theirs)}×` : '-';
const row = (...cells: string[]): void => console.log(`| ${cells.join(' | ')} |`);

/** For each side, the samples of each figure; what fails is said, and the other side goes on. */
async function samplesOf(item: Case): Promise<readonly (readonly number[][])[]> {
  const samples = sides.map(() => item.figures.map((): number[] => []));
  const repetitions = quick ? 1 : item.repetitions;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    noise.look();
    for (const [index, side] of sides.entries()) {
      try {
        const figures = await item.measure(side, quick);
        for (const [place, value] of figures.entries()) samples[index]?.[place]?.push(value);
      } catch (error) {
        console.error(`${side.name}, ${item.figures[0]?.title}: ${errorText(error)}`);
        await side.reset();
      }
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
      theirs.length === 0 || Number.isNaN(median(theirs)) ? '-' : `${number(median(theirs))} ${unit}`,
      theirs.length === 0 ? '-' : `${ratio(median(ours), median(theirs))}`,
      Number.isFinite(widest) ? `±${(widest * 100).toFixed(0)} %${widest > NOISY ? ', too noisy' : ''}` : '-',
    );
  }
}

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${tmux.stdout?.trim() ?? 'no tmux'}, load ${loadavg()[0]?.toFixed(1)}\n`,
);
row('what', 'qmux', 'tmux', 'ratio', 'spread');
row('---', '---:', '---:', '---:', '---:');
const named = [
  ...SPEED_CASES,
  ...FLOOD_CASES,
  ...COST_CASES,
  ...CHAT_CASES,
  ...WORK_CASES,
  ...LIMIT_CASES,
  ...ATTENTION_CASES,
].filter(isNamed);
for (const item of named.filter((item) => !isLeftOut(item))) print(item, await samplesOf(item));
noise.look();
const leftOut = named.filter(isLeftOut).flatMap(({ figures }) => figures.map(({ title }) => `- ${title}`));
if (leftOut.length > 0) console.log(`\nLeft out of a quick run:\n${leftOut.join('\n')}`);
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(
  `\n${minutes} minutes, load ${loadavg()[0]?.toFixed(1)} at the end; the same work took ${noise.slowdown.toFixed(2)}× as long at its median as at its best${noise.isNoisy ? ': others used the machine, times mean little' : ''}`,
);
end(0);
