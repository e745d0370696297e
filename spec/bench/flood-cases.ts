import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { agentLog } from './agent-log.ts';
import type { Case } from './case.ts';
import type { Multiplexer, Start } from './multiplexer.ts';
import { attachToEcho, both, ECHO, keyTimes, percentiles } from './speed-cases.ts';

/** Bytes of one round of a flood: of ten, and of very many. */
const ROUND = 1_000_000;
const SHORT_ROUND = 200_000;
const HIDDEN = 10;
const MANY = 100;

const roundsFile = (side: Multiplexer, flood: number): string => path.join(side.folder, `rounds-${flood}`);

/** Programs that print without end and note each round in a file. */
function countedFloods(side: Multiplexer, count: number, round: number): readonly Start[] {
  const log = agentLog(side.folder, round);
  return Array.from({ length: count }, (_, flood) => {
    const file = roundsFile(side, flood);
    rmSync(file, { force: true });
    return { name: `flood${flood}`, command: `while :; do cat ${log}; printf x >> ${file}; done` };
  });
}

/** Rounds that each flood has printed so far. */
function rounds(side: Multiplexer, count: number): readonly number[] {
  const files = Array.from({ length: count }, (_, flood) => roundsFile(side, flood));
  return files.map((file) => (existsSync(file) ? statSync(file).size : 0));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Megabytes a second of all floods together, none of which is shown, and how far the luckiest is ahead of the last. */
async function hidden(side: Multiplexer, quick: boolean): Promise<readonly number[]> {
  side.start(ECHO, ...countedFloods(side, HIDDEN, ROUND));
  await attachToEcho(side);
  const before = rounds(side, HIDDEN);
  const began = performance.now();
  await delay(quick ? 5000 : 6000);
  const seconds = (performance.now() - began) / 1000;
  const printed = rounds(side, HIDDEN).map((count, flood) => count - (before[flood] ?? 0));
  await side.reset();
  return [(sum(printed) * ROUND) / 1e6 / seconds, Math.max(...printed) / Math.max(1, Math.min(...printed))];
}

/** Programs that run, by the multiplexer's own list. */
function alive(side: Multiplexer): number {
  const [list, name] = side.name === 'qmux' ? ['list-sessions', 'session_name'] : ['list-windows', 'window_name'];
  return side
    .run(list, '-F', `#{${name}} #{pane_dead}`)
    .split('\n')
    .filter((line) => line.endsWith(' 0')).length;
}

/** Keys of an idle session while very many others flood; all of them must have printed, and live, at the end. */
async function many(side: Multiplexer, quick: boolean): Promise<readonly number[]> {
  side.start({ name: 'first', command: 'exec sleep 1000' });
  if (side.name === 'qmux') side.run('set-option', '-g', 'max-programs', `${MANY + 10}`);
  side.start(ECHO, ...countedFloods(side, MANY, SHORT_ROUND));
  const client = side.attach();
  client.type('\x021');
  const began = performance.now();
  await delay(3000);
  const times = await keyTimes(client, quick ? 150 : 800);
  await delay(Math.max(0, (quick ? 10_000 : 30_000) - (performance.now() - began)));
  const living = alive(side);
  if (living !== MANY + 2) throw new Error(`${living} of ${MANY + 2} programs live`);
  const printed = sum(rounds(side, MANY)) * (SHORT_ROUND / 1e6);
  await side.reset();
  return [...both(times), printed / ((performance.now() - began) / 1000)];
}

export const FLOOD_CASES: readonly Case[] = [
  {
    figures: [
      { title: `${HIDDEN} hidden sessions flood: in all`, unit: 'MB/s', higher: true },
      { title: `${HIDDEN} hidden sessions flood: the most that one got, by the least`, unit: '×' },
    ],
    repetitions: 2,
    isLong: true,
    measure: hidden,
  },
  {
    figures: [
      ...percentiles(`key to echo, ${MANY} sessions flood for 30 s (--quick: 10 s), all alive`),
      { title: `${MANY} sessions flood, keys are typed: in all`, unit: 'MB/s', higher: true },
    ],
    repetitions: 1,
    isLong: true,
    measure: many,
  },
];
