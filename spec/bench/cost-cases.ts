import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../support/wait.ts';
import type { Case } from './case.ts';
import type { Multiplexer, Start } from './multiplexer.ts';

const READY = 'Ř';

const SPINNER =
  'i=0; while [ $i -lt 60 ]; do for c in / - x +; do printf "\\r%s working" $c; sleep 0.02; done; i=$((i+4)); done';
const LOG_LINES =
  'i=0; while [ $i -lt 150 ]; do echo "12:00:0$((i%10)) step $i of the build is done"; i=$((i+1)); sleep 0.01; done';
const TYPING =
  'for w in the quick brown fox jumps over the lazy dog again and again and again; do printf "$w "; sleep 0.03; done';

const PROGRAMS = [
  { name: 'spinner', program: SPINNER, end: 'Ž' },
  { name: '150 log lines', program: LOG_LINES, end: 'Ś' },
  { name: 'typed words', program: TYPING, end: 'Ź' },
];

const sleepers = (count: number): readonly Start[] =>
  Array.from({ length: count }, (_, i) => ({ name: `s${i}`, command: 'exec sleep 1000' }));

/** Bytes that a client's terminal gets while each of the programs runs on a screen of 100 by 30. */
async function bytes(side: Multiplexer): Promise<readonly number[]> {
  const go = (index: number): string => path.join(side.folder, `go-${index}`);
  for (const index of PROGRAMS.keys()) rmSync(go(index), { force: true });
  const runs = PROGRAMS.map(
    ({ program, end }, index) => `until [ -e ${go(index)} ]; do sleep 0.05; done; clear; ${program}; printf ${end}`,
  );
  side.start({ name: 'bytes', command: `printf ${READY}; ${runs.join('; ')}; exec sleep 600` });
  const client = side.attach(100, 30);
  await client.until(READY, () => undefined);
  await delay(600);
  const used: number[] = [];
  for (const [index, { end }] of PROGRAMS.entries()) {
    const before = client.received;
    await client.until(end, () => writeFileSync(go(index), ''));
    await delay(100);
    used.push(client.received - before);
  }
  await side.reset();
  return used;
}

async function memory(side: Multiplexer, quick: boolean): Promise<readonly number[]> {
  const more = 20;
  side.start(...sleepers(1));
  side.attach();
  await delay(quick ? 1000 : 3000);
  const before = side.memory();
  side.start(...sleepers(more).map(({ name, command }) => ({ name: `more-${name}`, command })));
  await delay(quick ? 1000 : 3000);
  const after = side.memory();
  await side.reset();
  return [before / 1e6, (after - before) / more / 1e6];
}

/** What the history takes for a line of 100 columns, in bytes, as each multiplexer counts itself. */
async function historyLine(side: Multiplexer): Promise<number> {
  const lines = 20_000;
  const text = 'x'.repeat(20);
  const log = `yes '${text} ${text} ${text} ${text} ${text.slice(4)}' | head -n ${lines}`;
  side.start({ name: 'lines', command: `${log}; printf ${READY}; exec sleep 600` });
  await waitUntil(() => side.run('capture-pane', '-p', '-t', ':0').includes(READY), 'all lines');
  const [bytes = 0, count = 0] = side
    .run('display-message', '-p', '-t', ':0', '#{history_bytes} #{history_size}')
    .split(' ')
    .map(Number);
  await side.reset();
  return bytes / count;
}

async function rest(side: Multiplexer, quick: boolean): Promise<number> {
  side.start(...sleepers(30));
  side.attach();
  // The engine looks for garbage once, about 15 s after a start.
  await delay(quick || side.name === 'tmux' ? 1500 : 18_000);
  const before = side.processorTime();
  const seconds = quick ? 3 : 10;
  await delay(seconds * 1000);
  const used = side.processorTime() - before;
  await side.reset();
  return used / seconds / 10;
}

export const COST_CASES: readonly Case[] = [
  {
    figures: PROGRAMS.map(({ name }) => ({ title: `bytes to the terminal, ${name}`, unit: 'B' })),
    repetitions: 2,
    measure: bytes,
  },
  {
    figures: [{ title: 'history, a line of 100 columns', unit: 'B' }],
    repetitions: 2,
    measure: async (side) => [await historyLine(side)],
  },
  {
    figures: [
      { title: 'memory of the server, a client attached', unit: 'MB' },
      { title: 'memory of one more session', unit: 'MB' },
    ],
    repetitions: 1,
    measure: memory,
  },
  {
    figures: [{ title: 'processor at rest, 30 sessions, a client attached', unit: '%' }],
    repetitions: 1,
    isLong: true,
    measure: async (side, quick) => [await rest(side, quick)],
  },
];
