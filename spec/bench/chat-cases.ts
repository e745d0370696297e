import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { echo, ModelServer } from '../support/model-server.ts';
import { waitUntil } from '../support/wait.ts';
import type { Case } from './case.ts';
import type { Multiplexer } from './multiplexer.ts';

const CHATS = 10;
/** Tokens that each chat gets in a second: more than most models give. */
const RATE = 200;

const nameOf = (chat: number): string => `chat-${chat}`;

/** Chats with so many messages each, half of them replies, at an endpoint on the loopback. */
async function fill(side: Multiplexer, server: ModelServer, messages: number): Promise<void> {
  const folder = path.join(side.folder, 'home', '.config', 'qmux');
  mkdirSync(folder, { recursive: true });
  const api = `[api]\ndiscover = []\nmax_concurrent = ${CHATS}\n`;
  const provider = `[providers.bench]\nbase_url = "${server.url}"\nmodels = ["big"]\nwindow = 100000000\n`;
  writeFileSync(path.join(folder, 'config.toml'), api + provider);
  side.start({ name: 'shell', command: 'exec sleep 1000' });
  const pause = 100;
  side.run('new-session', '-d', '--chat', '-s', nameOf(0));
  for (let said = 0; said < messages / 2; said += pause) {
    const asked = Array.from({ length: Math.min(pause, messages / 2 - said) }, (_, index) => [
      ...(index === 0 ? [] : [';']),
      ...['ask', '-t', nameOf(0), `message ${said + index} of a long conversation`],
    ]);
    await side.runMeanwhile(...asked.flat());
  }
  for (let chat = 1; chat < CHATS; chat++) side.run('fork', '-d', '-t', nameOf(0), nameOf(chat));
}

/** Percent of a processor that the server takes while all chats stream, one of them on the screen. */
async function streaming(side: Multiplexer, quick: boolean): Promise<readonly number[]> {
  if (side.name !== 'qmux') return quick ? [Number.NaN] : [Number.NaN, Number.NaN];
  const figures: number[] = [];
  for (const messages of quick ? [2] : [2, 2000]) {
    const server = await ModelServer.open();
    await fill(side, server, messages);
    const client = side.attach();
    await client.until('shell', () => undefined);
    side.run('select-window', '-t', nameOf(0));
    const seconds = quick ? 3 : 6;
    server.fallback = echo({ pieces: RATE * (seconds + 4), delay: 1000 / RATE });
    const asked = Array.from({ length: CHATS }, (_, chat) =>
      side.run('send-keys', '-t', nameOf(chat), 'stream', 'Enter'),
    );
    await waitUntil(() => server.inFlight === asked.length, 'all chats to stream', 30_000);
    await delay(500);
    const before = side.processorTime();
    const started = performance.now();
    await delay(seconds * 1000);
    figures.push(((side.processorTime() - before) / (performance.now() - started)) * 100);
    await side.reset();
    await server.close();
  }
  return figures;
}

export const CHAT_CASES: readonly Case[] = [
  {
    figures: [
      { title: `processor, ${CHATS} chats of ${RATE} tokens a second, new conversations`, unit: '%' },
      { title: `processor, ${CHATS} chats of ${RATE} tokens a second, 2000 messages each`, unit: '%' },
    ],
    repetitions: 1,
    isLong: true,
    measure: streaming,
  },
];
