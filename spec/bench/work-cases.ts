import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { echo, ModelServer } from '../support/model-server.ts';
import { RawClient } from '../support/raw-client.ts';
import { waitUntil } from '../support/wait.ts';
import type { BenchClient } from './bench-client.ts';
import type { Case } from './case.ts';
import type { Multiplexer } from './multiplexer.ts';
import { percentile } from './statistics.ts';

const CHATS = 10;
/** Tokens that each chat gets in a second: what a fast model gives. */
const RATE = 50;
/** A chat and a program as they stand in the status line of the client, which shows what stands in the last one. */
const nameOf = (chat: number): string => `chat-${chat}`;

/** Marks that stand nowhere else on the screen. */
const PAUSED = 'Ź';
const NEWEST = 'Ř';
const TOLD = ['Ś', 'Ż'] as const;
const DRAFTS = ['Ł', 'Ħ'] as const;

/** Runs words as a process would, without one: milliseconds from the connection to its end. */
async function command(side: Multiplexer, ...words: readonly string[]): Promise<number> {
  const start = performance.now();
  const client = new RawClient(path.join(side.folder, 's')).hello(words);
  await once(client.socket, 'close');
  return performance.now() - start;
}

/** Ten chats whose turns stream, and a client that shows the first. */
async function work(side: Multiplexer, server: ModelServer, seconds: number): Promise<BenchClient> {
  const folder = path.join(side.folder, 'home', '.config', 'qmux');
  mkdirSync(folder, { recursive: true });
  const lines = [
    `[api]\ndiscover = []\nmax_concurrent = ${CHATS}`,
    '[sessions]\nmax_active = 20\ndefault_kind = "chat"',
    `[providers.bench]\nbase_url = "${server.url}"\nmodels = ["big"]`,
  ];
  writeFileSync(path.join(folder, 'config.toml'), `${lines.join('\n')}\n`);
  server.fallback = echo({ pieces: RATE * seconds, delay: 1000 / RATE });
  side.start({ name: 'shell', command: 'exec sleep 1000' });
  for (let chat = 0; chat < CHATS; chat++) side.run('new-session', '-d', '--chat', '-s', nameOf(chat));
  side.run('new-session', '-d', '--chat', '-s', 'held');
  const flag = (test: string, mark: string): string => `#{?${test},${mark},}`;
  side.run('set', '-g', 'status-left', flag('#{==:#{session_name},newest}', NEWEST));
  side.run('set', '-g', 'window-status-format', `#I${flag('#{==:#{session_status},paused}', PAUSED)}`);
  side.run('bind', '-n', 'F5', 'new-session', '--chat', '-s', 'newest');
  for (const [index, mark] of TOLD.entries()) side.run('bind', '-n', `F${index + 6}`, 'display-message', mark);
  for (const index of DRAFTS.keys()) side.run('bind', '-n', `F${index + 8}`, 'select-window', '-t', nameOf(index));
  const client = side.attach();
  await client.until('0', () => undefined);
  for (let chat = 0; chat < CHATS; chat++) {
    side.run('send-keys', '-t', nameOf(chat), 'stream', 'Enter');
    if (chat < 2) side.run('send-keys', '-t', nameOf(chat), '-l', DRAFTS[chat === 0 ? 0 : 1]);
  }
  await waitUntil(() => server.inFlight === CHATS, 'all chats to stream', 30_000);
  await delay(500);
  return client;
}

const F = { 5: '\x1b[15~', 6: '\x1b[17~', 7: '\x1b[18~', 8: '\x1b[19~', 9: '\x1b[20~' } as const;

/** p50 and p95 in milliseconds: a command by the socket, one by a key, a switch, a new chat, a change of status to its frame. */
async function overview(side: Multiplexer, quick: boolean): Promise<readonly number[]> {
  if (side.name !== 'qmux') return Array.from({ length: 10 }, () => Number.NaN);
  const server = await ModelServer.open();
  const client = await work(side, server, quick ? 60 : 120);
  const samples = quick ? 20 : 60;
  const commands: number[] = [];
  const keyed: number[] = [];
  const switched: number[] = [];
  const made: number[] = [];
  const painted: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const pause = () => delay(20 + (sample % 7));
    const turn = sample % 2 === 0 ? 0 : 1;
    commands.push(await command(side, 'list-sessions', '-F', '#{session_name} #{session_status}'));
    await pause();
    keyed.push(await client.until(TOLD[turn], () => client.type(turn === 0 ? F[6] : F[7])));
    await pause();
    switched.push(await client.until(DRAFTS[turn], () => client.type(turn === 0 ? F[8] : F[9])));
    await pause();
    made.push(await client.until(NEWEST, () => client.type(F[5])));
    await command(side, 'kill-session', '-t', 'newest');
    await pause();
    painted.push(await client.until(PAUSED, () => void command(side, 'pause-session', '-t', 'held')));
    await command(side, 'resume-session', '-t', 'held');
    await pause();
  }
  const busy = server.inFlight === CHATS;
  await side.reset();
  await server.close();
  if (!busy) throw new Error('the chats had ended before all was measured');
  return [commands, keyed, switched, made, painted].flatMap((times) => [
    percentile(times, 0.5),
    percentile(times, 0.95),
  ]);
}

const TITLES = [
  'command (list-sessions) by the socket',
  'command by a key, to its message',
  'switch to a chat by a key, to its draft',
  'new chat by a key, to its frame',
  'status changed by the socket, to the painted flag',
];

export const WORK_CASES: readonly Case[] = [
  {
    figures: TITLES.flatMap((title) =>
      ['p50', 'p95'].map((share) => ({ title: `${CHATS} chats at work: ${title}, ${share}`, unit: 'ms' })),
    ),
    repetitions: 2,
    isLong: true,
    measure: overview,
  },
];
