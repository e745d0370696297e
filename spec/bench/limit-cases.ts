import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorText } from '../../lib/base/user-error.ts';
import type { ServerFigures } from '../../lib/command/stats.ts';
import { databaseFile } from '../../lib/store/database-folder.ts';
import { waitUntil } from '../support/wait.ts';
import type { Case } from './case.ts';
import { fillDatabase, markOf } from './filled-database.ts';
import type { Multiplexer } from './multiplexer.ts';
import { percentile } from './statistics.ts';

const SESSIONS = 10;
const READY = 'Ř';
const MEGABYTE = 1e6;
/** What each session holds in the cases of full ones, in bytes. */
const FULL = 10 * MEGABYTE;

const SLEEPER = { name: 'shell', command: `printf ${READY}; exec sleep 1000` };
const stateFile = (side: Multiplexer): string => databaseFile({ XDG_STATE_HOME: path.join(side.folder, 'state') });
const figures = (side: Multiplexer): ServerFigures => JSON.parse(side.run('stats', '--json'));

/** Milliseconds of some commands, one after the other. */
function timesOf(side: Multiplexer, commands: readonly (readonly string[])[]): readonly number[] {
  return commands.map((command) => {
    const start = performance.now();
    try {
      side.run(...command);
    } catch (error) {
      // A search that finds nothing says so, and fails.
      if (!errorText(error).includes('nothing that is kept')) throw error;
    }
    return performance.now() - start;
  });
}

/** What a search takes beyond a command that does nothing, in milliseconds. */
function searchTime(side: Multiplexer, word: string): number {
  const searches = Array.from({ length: 5 }, (_, index) => ['search', `${word}${100 + index}`]);
  const nothing = searches.map(() => ['display-message', '-p', 'x']);
  return percentile(timesOf(side, searches), 0.5) - percentile(timesOf(side, nothing), 0.5);
}

/** Megabytes of the server for each program with a full history, and what a search for what is in none takes. */
async function programs(side: Multiplexer, quick: boolean): Promise<readonly number[]> {
  side.start(SLEEPER);
  await delay(quick ? 500 : 2000);
  const before = side.memory();
  const line = 'a line of a log that is as long as those of a build, more or less, and says which file it is about: ';
  const count = Array.from({ length: SESSIONS }, (_, index) => ({
    name: `full-${index}`,
    command: `yes '${line}${index}' | head -n 200000; exec sleep 1000`,
  }));
  side.start(...count);
  const settle = quick ? 5000 : 6000;
  if (side.name === 'qmux') {
    const isFull = () => figures(side).sessions.filter(({ memory }) => memory > FULL * 0.95).length === SESSIONS;
    await waitUntil(isFull, 'ten full histories', 120_000);
  }
  await delay(settle);
  const used = (side.memory() - before) / SESSIONS / MEGABYTE;
  const search = side.name === 'qmux' ? searchTime(side, 'zyzzyva') : Number.NaN;
  await side.reset();
  return [used, search];
}

/** Resident and heap memory, after what is garbage had time to be collected: the least of some looks. */
async function settled(
  side: Multiplexer,
  looks: number,
): Promise<{ readonly resident: number; readonly heap: number }> {
  const found: ServerFigures['memory'][] = [];
  for (let look = 0; look < looks; look++) {
    await delay(500);
    found.push(figures(side).memory);
  }
  const least = (pick: (memory: ServerFigures['memory']) => number) => Math.min(...found.map(pick));
  return { resident: least(({ resident }) => resident), heap: least(({ heapUsed, external }) => heapUsed + external) };
}

/** Chats of 10 MB each: memory of one awake, what is given back by their hibernation, and how soon one is there again. */
async function bigChats(side: Multiplexer, quick: boolean): Promise<readonly number[]> {
  if (side.name !== 'qmux') return [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  await fillDatabase(stateFile(side), [{ count: SESSIONS, isOpen: true, messages: 500, length: FULL / 500 }]);
  side.start(SLEEPER);
  const names = Array.from({ length: SESSIONS }, (_, index) => `chat-${index + 1}`);
  await waitUntil(() => figures(side).sessions.length === SESSIONS + 1, 'the chats to come back', 30_000);
  const looks = quick ? 4 : 6;
  side.run('set-option', '-g', 'max-active', '100');
  const asleep = await settled(side, looks);
  const client = side.attach();
  await client.until(READY, () => undefined);
  const times: number[] = [];
  for (const [index, name] of names.entries())
    times.push(await client.until(markOf(index), () => client.type(`\x02:switch-client -t ${name}\r`)));
  side.run('switch-client', '-t', SLEEPER.name);
  const awake = await settled(side, looks);
  side.run('set-option', '-g', 'max-active', '1');
  await waitUntil(
    () => figures(side).sessions.filter(({ isAwake, kind }) => isAwake && kind === 'chat').length <= 1,
    'sleep',
  );
  // The server looks for garbage when nobody types.
  await delay(6000);
  const again = await settled(side, looks);
  await side.reset();
  const perChat = (awake.resident - asleep.resident) / SESSIONS / MEGABYTE;
  const back = (awake.heap - again.heap) / SESSIONS / MEGABYTE;
  return [perChat, back, percentile(times, 0.5), percentile(times, 0.95)];
}

/** A server that starts with much that is kept: its first frame beyond that of an empty one, and a search. */
async function restart(side: Multiplexer, quick: boolean): Promise<readonly number[]> {
  if (side.name !== 'qmux') return [Number.NaN, Number.NaN, Number.NaN];
  const firstFrame = async (): Promise<number> => {
    const began = performance.now();
    side.start(SLEEPER);
    await side.attach().until(READY, () => undefined);
    return performance.now() - began;
  };
  const empty = await firstFrame();
  await side.reset();
  const closed = quick ? 100 : 1000;
  await fillDatabase(stateFile(side), [
    { count: SESSIONS, isOpen: true, messages: 500, length: 100 },
    { count: closed, isOpen: false, messages: 500, length: 100 },
  ]);
  const full = await firstFrame();
  const began = performance.now();
  await waitUntil(() => figures(side).sessions.length === SESSIONS + 1, 'the chats to come back', 30_000);
  const back = performance.now() - began;
  const search = searchTime(side, 'rare');
  await side.reset();
  return [full - empty, back, search];
}

export const LIMIT_CASES: readonly Case[] = [
  {
    figures: [
      { title: 'memory of a program with 10 MB of history', unit: 'MB' },
      { title: 'search of ten full scrollbacks, beyond a command', unit: 'ms' },
    ],
    repetitions: 1,
    isLong: true,
    measure: programs,
  },
  {
    figures: [
      { title: 'memory of a chat with 10 MB of conversation', unit: 'MB' },
      { title: 'given back by its hibernation', unit: 'MB', higher: true },
      { title: 'waking it on the screen, median', unit: 'ms' },
      { title: 'waking it on the screen, p95', unit: 'ms' },
    ],
    repetitions: 1,
    isLong: true,
    measure: bigChats,
  },
  {
    figures: [
      { title: 'first frame with 10 open and 1000 closed conversations, beyond an empty start', unit: 'ms' },
      { title: 'all open ones in the list, after the first frame', unit: 'ms' },
      { title: 'search over them, beyond a command', unit: 'ms' },
    ],
    repetitions: 1,
    isLong: true,
    measure: restart,
  },
];
