import { appendFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../support/wait.ts';
import type { Multiplexer } from './multiplexer.ts';
import { percentile } from './statistics.ts';

/** One figure of one multiplexer; lower is better unless `higher`. */
export interface Case {
  readonly title: string;
  readonly unit: string;
  readonly higher?: boolean;
  /** How often it is repeated; all repetitions of both sides are interleaved. */
  readonly repetitions: number;
  measure(side: Multiplexer, quick: boolean): Promise<number>;
}

const SPINNER =
  'i=0; while [ $i -lt 100 ]; do for c in / - x +; do printf "\\r%s working" $c; sleep 0.02; done; i=$((i+4)); done';

/** A log as coding agents print it: colours, paths, some wide characters, lines of about 100 columns. */
export function makeLog(file: string, bytes: number): void {
  if (existsSync(file) && statSync(file).size >= bytes) return;
  let block = '';
  for (let i = 0; i < 1000; i++) {
    block += `\x1b[2m12:${String(i % 60).padStart(2, '0')}:07\x1b[0m \x1b[3${i % 8}m●\x1b[0m edit lib/server/part-${i}.ts `;
    block += `\x1b[38;2;${i % 256};180;90m+${i}\x1b[0m \x1b[31m-${i % 7}\x1b[0m ${'change the way it is done '.repeat(2)}✓\n`;
  }
  rmSync(file, { force: true });
  for (let size = 0; size < bytes; size += Buffer.byteLength(block)) appendFileSync(file, block);
}

async function echo(side: Multiplexer, floods: number, samples: number): Promise<number[]> {
  const log = path.join(side.folder, 'flood.log');
  makeLog(log, 1_000_000);
  side.start('echo', 'stty -echo; printf ready; exec cat');
  for (let i = 0; i < floods; i++) side.start(`flood${i}`, `while :; do cat ${log}; done`);
  if (side.name === 'tmux') side.run('select-window', '-t', ':0');
  else side.run('select-window', '-t', 'echo');
  const client = side.attach();
  await client.until('ready', () => undefined);
  await delay(500);
  const times: number[] = [];
  for (let i = 0; i < samples; i++) {
    const mark = `q${String(i).padStart(3, '0')}z`;
    client.type(mark);
    times.push(await client.until(mark, () => client.type('\n')));
    await delay(12);
  }
  client.close();
  side.reset();
  return times;
}

async function cat(side: Multiplexer, attached: boolean, quick: boolean): Promise<number> {
  const size = quick ? 10_000_000 : 100_000_000;
  const log = path.join(side.folder, `log-${size}`);
  makeLog(log, size);
  const done = path.join(side.folder, 'done');
  const go = path.join(side.folder, 'go');
  rmSync(done, { force: true });
  rmSync(go, { force: true });
  side.start(
    'cat',
    `printf ready; until [ -e ${go} ]; do sleep 0.05; done; a=$(date +%s%N); cat ${log}; echo $(( $(date +%s%N) - a )) > ${done}; sleep 60`,
  );
  const client = attached ? side.attach() : undefined;
  await client?.until('ready', () => undefined);
  writeFileSync(go, '');
  await waitUntil(() => existsSync(done) && readFileSync(done, 'utf8').endsWith('\n'), 'cat to end', 120_000);
  const seconds = Number(readFileSync(done, 'utf8')) / 1e9;
  client?.close();
  side.reset();
  return statSync(log).size / 1e6 / seconds;
}

async function switching(side: Multiplexer, floods: number, samples: number): Promise<number[]> {
  const log = path.join(side.folder, 'flood.log');
  makeLog(log, 1_000_000);
  const fill = (mark: string) =>
    `i=0; while [ $i -lt 49 ]; do echo "${mark} $i some text that fills the line a little more"; i=$((i+1)); done; printf end-of-${mark}; exec sleep 1000`;
  side.start('one', fill('first'));
  side.start('two', fill('second'));
  for (let i = 0; i < floods; i++) side.start(`flood${i}`, `while :; do cat ${log}; done`);
  side.run('select-window', '-t', side.name === 'tmux' ? ':0' : 'one');
  const client = side.attach();
  await client.until('end-of-first', () => undefined);
  await delay(500);
  const times: number[] = [];
  for (let i = 0; i < samples; i++) {
    const [key, mark] = i % 2 === 0 ? ['\x021', 'end-of-second'] : ['\x020', 'end-of-first'];
    times.push(await client.until(mark, () => client.type(key)));
    await delay(30);
  }
  client.close();
  side.reset();
  return times;
}

async function bytes(side: Multiplexer, program: string): Promise<number> {
  const go = path.join(side.folder, 'go');
  rmSync(go, { force: true });
  side.start('bytes', `printf ready; until [ -e ${go} ]; do sleep 0.05; done; ${program}; printf finished; sleep 60`);
  const client = side.attach(100, 30);
  await client.until('ready', () => undefined);
  await delay(300);
  const before = client.received;
  await client.until('finished', () => writeFileSync(go, ''));
  await delay(100);
  const used = client.received - before;
  client.close();
  side.reset();
  return used;
}

export const CASES: readonly Case[] = [
  ...([0.5, 0.95] as const).flatMap((share): Case[] => [
    {
      title: `key to echo, idle, p${share * 100}`,
      unit: 'ms',
      repetitions: 3,
      measure: async (side, quick) => percentile(await echo(side, 0, quick ? 60 : 200), share),
    },
    {
      title: `key to echo, four sessions flood, p${share * 100}`,
      unit: 'ms',
      repetitions: 3,
      measure: async (side, quick) => percentile(await echo(side, 4, quick ? 60 : 200), share),
    },
  ]),
  {
    title: 'switch, idle, p95',
    unit: 'ms',
    repetitions: 3,
    measure: async (side, quick) => percentile(await switching(side, 0, quick ? 40 : 100), 0.95),
  },
  {
    title: 'switch, three sessions flood, p95',
    unit: 'ms',
    repetitions: 3,
    measure: async (side, quick) => percentile(await switching(side, 3, quick ? 40 : 100), 0.95),
  },
  {
    title: 'cat of a log, attached',
    unit: 'MB/s',
    higher: true,
    repetitions: 3,
    measure: (side, quick) => cat(side, true, quick),
  },
  {
    title: 'cat of a log, detached',
    unit: 'MB/s',
    higher: true,
    repetitions: 3,
    measure: (side, quick) => cat(side, false, quick),
  },
  { title: 'bytes to the terminal, spinner', unit: 'B', repetitions: 1, measure: (side) => bytes(side, SPINNER) },
  {
    title: 'bytes to the terminal, 300 log lines',
    unit: 'B',
    repetitions: 1,
    measure: (side) =>
      bytes(
        side,
        'i=0; while [ $i -lt 300 ]; do echo "12:00:0$((i%10)) step $i of the build is done"; i=$((i+1)); sleep 0.01; done',
      ),
  },
  {
    title: 'attach to the first frame',
    unit: 'ms',
    repetitions: 7,
    measure: async (side) => {
      side.start('first', 'printf hello-there; exec sleep 1000');
      await delay(300);
      const start = performance.now();
      const client = side.attach();
      await client.until('hello-there', () => undefined);
      const time = performance.now() - start;
      client.close();
      side.reset();
      return time;
    },
  },
  {
    title: 'memory of the server, one session',
    unit: 'MB',
    repetitions: 1,
    measure: async (side) => {
      side.start('one', 'exec sleep 1000');
      await delay(500);
      const memory = side.memory() / 1e6;
      side.reset();
      return memory;
    },
  },
  {
    title: 'memory of one more session',
    unit: 'MB',
    repetitions: 1,
    measure: async (side) => {
      side.start('one', 'exec sleep 1000');
      await delay(500);
      const before = side.memory();
      for (let i = 0; i < 20; i++) side.start(`more${i}`, 'exec sleep 1000');
      await delay(500);
      const memory = (side.memory() - before) / 20 / 1e6;
      side.reset();
      return memory;
    },
  },
  {
    title: 'processor at rest, 30 sessions, a client attached',
    unit: '% of a core',
    repetitions: 1,
    measure: async (side, quick) => {
      for (let i = 0; i < 30; i++) side.start(`s${i}`, 'exec sleep 1000');
      const client = side.attach();
      await delay(1500);
      const { pid } = side;
      await delay(500);
      const before = side.processorTime(pid);
      const seconds = quick ? 4 : 15;
      await delay(seconds * 1000);
      const used = (side.processorTime(pid) - before) / seconds / 10;
      client.close();
      side.reset();
      return used;
    },
  },
];
