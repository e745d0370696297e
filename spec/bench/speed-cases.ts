import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../support/wait.ts';
import { agentLog } from './agent-log.ts';
import type { BenchClient } from './bench-client.ts';
import type { Case } from './case.ts';
import type { Multiplexer, Start } from './multiplexer.ts';
import { percentile } from './statistics.ts';

const READY = 'Ř';
/** How long a server may take to have done all that follows its start, in milliseconds: it is not part of a key's way. */
const SETTLE = 2500;

/** Programs that print without end. */
function floods(side: Multiplexer, count: number): readonly Start[] {
  const log = agentLog(side.folder, 1_000_000);
  return Array.from({ length: count }, (_, i) => ({ name: `flood${i}`, command: `while :; do cat ${log}; done` }));
}

/** Each key is a character of its own (Latin Extended, one column), so that its echo is found for sure. */
const keyOf = (index: number): string => String.fromCodePoint(0x180 + (index % 0xc0));

/** Shows what a client types, as it comes. */
export const ECHO: Start = { name: 'echo', command: `stty raw -echo; printf ${READY}; exec cat` };

/** A client that shows ECHO, which was started first; a server that has just begun has other things to do yet. */
export async function attachToEcho(side: Multiplexer): Promise<BenchClient> {
  const client = side.attach();
  await client.until(READY, () => undefined);
  await delay(SETTLE);
  return client;
}

/** Milliseconds from each key of a quick typist to its echo. */
export async function keyTimes(client: BenchClient, samples: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < samples; i++) {
    const key = keyOf(i);
    times.push(await client.until(key, () => client.type(key)));
    await delay(20 + (i % 11));
  }
  return times;
}

/** Programs that fill the screen, and the mark of each: in the last row, at one place in both, so that it comes last, and always. */
const FILLED = [
  { name: 'first', mark: 'Ś' },
  { name: 'second', mark: 'Ź' },
] as const;

const fill = ({ name, mark }: (typeof FILLED)[number]): Start => ({
  name,
  command: `i=0; while [ $i -lt 48 ]; do echo "${name} $i some text that fills the line a little more"; i=$((i+1)); done; printf ${mark}; exec sleep 1000`,
});

/** Milliseconds from each key that switches between the two, which were started after ECHO, to the last of their cells. */
async function switchTimes(client: BenchClient, samples: number): Promise<number[]> {
  const [first, second] = FILLED;
  await client.until(first.mark, () => client.type('\x021'));
  const times: number[] = [];
  for (let i = 0; i < samples; i++) {
    await delay(30 + (i % 7));
    const [key, { mark }] = i % 2 === 0 ? ['\x022', second] : ['\x021', first];
    times.push(await client.until(mark, () => client.type(key)));
  }
  return times;
}

/** Echo and switch, while so many sessions flood behind them. */
async function typing(side: Multiplexer, echoes: number, switches: number, quick: boolean): Promise<readonly number[]> {
  side.start(ECHO, ...FILLED.map(fill), ...floods(side, echoes));
  const client = await attachToEcho(side);
  const keys = await keyTimes(client, quick ? 40 : 120);
  for (let flood = switches; flood < echoes; flood++) side.end(`flood${flood}`);
  const times = await switchTimes(client, quick ? 30 : 80);
  await side.reset();
  return [...both(keys), ...both(times)];
}

/** Echo alone. */
async function echo(side: Multiplexer, flooding: number, quick: boolean): Promise<readonly number[]> {
  side.start(ECHO, ...floods(side, flooding));
  const times = await keyTimes(await attachToEcho(side), quick ? 40 : 120);
  await side.reset();
  return both(times);
}

async function cat(side: Multiplexer, attached: boolean, quick: boolean): Promise<number> {
  const log = agentLog(side.folder, quick ? 10_000_000 : 100_000_000);
  const done = path.join(side.folder, 'done');
  const go = path.join(side.folder, 'go');
  rmSync(done, { force: true });
  rmSync(go, { force: true });
  side.start({
    name: 'cat',
    command: `printf ${READY}; until [ -e ${go} ]; do sleep 0.05; done; a=$(date +%s%N); cat ${log}; echo $(( $(date +%s%N) - a )) > ${done}; exec sleep 600`,
  });
  const client = attached ? side.attach() : undefined;
  await client?.until(READY, () => undefined);
  await delay(300);
  writeFileSync(go, '');
  await waitUntil(() => existsSync(done) && readFileSync(done, 'utf8').endsWith('\n'), 'cat to end', 120_000);
  const seconds = Number(readFileSync(done, 'utf8')) / 1e9;
  await side.reset();
  return statSync(log).size / 1e6 / seconds;
}

async function firstFrame(side: Multiplexer): Promise<number> {
  side.start({ name: 'first', command: `printf ${READY}; exec sleep 1000` });
  await delay(300);
  const start = performance.now();
  await side.attach().until(READY, () => undefined);
  const time = performance.now() - start;
  await side.reset();
  return time;
}

/** Milliseconds of a Node process that does nothing: what no start of ours can be below. */
function emptyNode(side: Multiplexer): number {
  if (side.name !== 'qmux') return Number.NaN;
  const start = performance.now();
  spawnSync(process.execPath, ['-e', '']);
  return performance.now() - start;
}

async function coldStart(side: Multiplexer): Promise<number> {
  const start = performance.now();
  side.start({ name: 'first', command: 'exec sleep 1000' });
  const time = performance.now() - start;
  await side.reset();
  return time;
}

export const both = (samples: readonly number[]): readonly number[] => [
  percentile(samples, 0.5),
  percentile(samples, 0.95),
];
export const percentiles = (title: string) => [
  { title: `${title}, p50`, unit: 'ms' },
  { title: `${title}, p95`, unit: 'ms' },
];

export const SPEED_CASES: readonly Case[] = [
  {
    figures: [...percentiles('key to echo, idle'), ...percentiles('switch, idle')],
    repetitions: 3,
    measure: (side, quick) => typing(side, 0, 0, quick),
  },
  {
    figures: [...percentiles('key to echo, four sessions flood'), ...percentiles('switch, three sessions flood')],
    repetitions: 3,
    measure: (side, quick) => typing(side, 4, 3, quick),
  },
  {
    figures: percentiles('key to echo, ten sessions flood'),
    repetitions: 2,
    isLong: true,
    measure: (side, quick) => echo(side, 10, quick),
  },
  {
    figures: [{ title: 'cat of a log, attached', unit: 'MB/s', higher: true }],
    repetitions: 3,
    measure: async (side, quick) => [await cat(side, true, quick)],
  },
  {
    figures: [{ title: 'cat of a log, detached', unit: 'MB/s', higher: true }],
    repetitions: 3,
    measure: async (side, quick) => [await cat(side, false, quick)],
  },
  {
    figures: [
      { title: 'attach to the first frame', unit: 'ms' },
      { title: 'an empty Node process, from its start to its end', unit: 'ms' },
    ],
    repetitions: 5,
    measure: async (side) => [await firstFrame(side), emptyNode(side)],
  },
  {
    figures: [{ title: 'first session, server started for it', unit: 'ms' }],
    repetitions: 3,
    measure: async (side) => [await coldStart(side)],
  },
];
