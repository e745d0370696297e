import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { databaseOf, type KeptCopy, readKept } from '../support/kept-copy.ts';
import type { Answer, Piece } from '../support/model-answer.ts';
import type { SeenRequest } from '../support/model-server.ts';
import { ModelWorkplace } from '../support/model-workplace.ts';
import { isAlive } from '../support/processes.ts';
import { seeded } from '../support/random-screen.ts';
import { Starvation } from '../support/starvation.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';

/** How often the server is killed; QMUX_KILLS makes it more, QMUX_SEED the same moments again. */
const KILLS = Number(process.env['QMUX_KILLS'] ?? 6);
const SEED = Number(process.env['QMUX_SEED'] ?? Date.now() % 1_000_000);

const STREAMING = ['s1', 's2', 's3', 's4', 's5'];
const ASKING = ['a1', 'a2'];
/** Its tools are trusted, and slow. */
const RUNNING = 't1';
const CHATS = [...STREAMING, ...ASKING, RUNNING];
/** Words of a streamed reply, and the milliseconds between them. */
const WORDS = 80;
const PACE = 15;
/** A reply is on disk at most so many milliseconds behind, besides those in which the machine did not let the server run. */
const BEHIND = 250;

/** What the model sent of the reply to a prompt. */
interface Sent {
  readonly words: { readonly text: string; readonly time: number }[];
  /** When it had all of it. */
  ended: number;
}

describe('a server that is killed again and again', function () {
  this.timeout(60_000 + KILLS * 15_000);
  const random = seeded(SEED);
  const sent = new Map<string, Sent>();
  /** Prompts of each chat that were sent for sure, oldest first. */
  const prompts = new Map<string, string[]>(CHATS.map((name) => [name, []]));
  let place: ModelWorkplace;
  let ran: string;
  let worst = 0;
  let worstOwn = 0;
  /** Marks of prompts that the model was sent: so they were kept before. */
  const asked = new Set<string>();
  /** Marks of calls that somebody approved, or tried to. */
  const approved = new Set<string>();
  let starvation: Starvation;
  /** The chat in which is only written, and what stood there. */
  let draft = 'draft-0';
  let thought = '';

  before(async () => {
    place = await ModelWorkplace.open('max_concurrent = 10');
    ran = path.join(place.workplace.home, 'ran');
    chmodSync(place.workplace.write('slow', `#!/bin/sh\necho $1 >> '${ran}'\nsleep 3\n`), 0o755);
    place.server.responder = answer;
  });
  after(() => place.dispose());

  /** Words with the time at which each was sent, calls that append to a file, and an end for calls. */
  function answer({ text, body }: SeenRequest): Answer {
    const [, kind, mark = ''] = /^(stream|tool) (\w+)/.exec(text) ?? [];
    asked.add(mark);
    if (kind === 'stream') return { text: streamed(mark) };
    if (kind !== 'tool') return { text: `fine: ${text}` };
    if (body.messages?.at(-1)?.role === 'tool') return { text: `ended ${mark}` };
    const command = mark.endsWith(RUNNING) ? `./slow ${mark}` : `echo ${mark} >> '${ran}'; sleep 0.1`;
    return { calls: [{ id: mark, name: 'shell', arguments: { command } }] };
  }

  function streamed(mark: string): Piece[] {
    const reply: Sent = { words: [], ended: Number.POSITIVE_INFINITY };
    sent.set(mark, reply);
    const pieces = Array.from({ length: WORDS }, (_, number): Piece[] => {
      const word = `${mark}w${number} `;
      return [
        word,
        paused(PACE, () => {
          reply.words.push({ text: word, time: Date.now() });
          if (number === WORDS - 1) reply.ended = Date.now();
        }),
      ];
    });
    return pieces.flat();
  }

  const ask = (...words: string[]) => place.workplace.ask(...words);
  const facts = async () => {
    const format = '#{session_name} #{session_status} #{session_waiting_reason}';
    const lines = (await ask('list-sessions', '-F', format)).split('\n');
    return new Map(lines.map((line) => [line.split(' ', 1)[0] ?? '', line.split(' ').slice(1).join(' ')]));
  };

  /** Begins a server and waits until all chats are there. */
  async function start(names: readonly string[]): Promise<{ pid: number; found: Map<string, string> }> {
    const pid = Number(await ask('start-server', ';', 'display-message', '-p', '#{pid}'));
    const found = await waitUntil(
      async () => {
        const all = await facts();
        return names.every((name) => all.has(name)) && all;
      },
      `the chats ${names.join(', ')} to come back`,
    );
    return { pid, found };
  }

  it(`has lost nothing that it promised to keep, ${KILLS} times (seed ${SEED})`, async () => {
    const first = CHATS.flatMap((name) => ['new-session', '--chat', '-d', '-s', name, ';']);
    await ask('start-server', ';', ...first, 'new-session', '--chat', '-d', '-s', 'draft-0');
    await ask('tools', '-t', RUNNING, 'trust', 'shell');
    let pid = await place.workplace.serverPid();
    for (let round = 1; round <= KILLS; round++) {
      const client = await attached();
      const marks = new Map(CHATS.map((name) => [name, `r${round}${name}`]));
      const calls = speak(marks, round);
      client.type(`stream ${marks.get('s1')}\r`);
      if (round === KILLS) await waitUntil(() => allWait(marks), 'two chats to ask and one to run its tool');
      starvation = new Starvation(pid);
      await delay(random(round === KILLS ? 500 : round % 2 === 0 ? 1200 : 2600));
      const moment = Date.now();
      starvation.look();
      const screen = client.text();
      process.kill(pid, 'SIGKILL');
      starvation.dispose();
      await calls.ended;
      await waitUntil(() => !isAlive(pid), 'the server to be dead');
      client.dispose();
      for (const [other, mark] of marks) {
        const isShown = other === 's1' && screen.includes(`stream ${mark}`) && /\] q> *$/m.test(screen);
        if (isShown || asked.has(mark)) prompts.get(other)?.push(mark);
      }
      const { check, chats } = await readKept(databaseOf(place.workplace.state));
      expect(check).to.equal('ok');
      for (const other of CHATS) verify(other, chats.get(other), moment, `r${round}${other}`);
      const [name = '', kept] = [...chats].find(([other]) => other.startsWith('draft-')) ?? [];
      const isOld = calls.endedAt() < moment - limit(calls.endedAt());
      expect(`${name} ${kept?.memory.draft.map(({ text }) => text).join('')}`).to.be.oneOf(
        isOld
          ? [drafted(round)]
          : [
              drafted(round),
              `draft-${round} ${thought}`,
              `${draft} ${thought}`,
              `${draft} `,
              `${draft} thought ${round}`,
            ],
      );
      draft = name;
      thought = kept?.memory.draft.map(({ text }) => text).join('') ?? '';
      expect(chats.size).to.equal(CHATS.length + 1);
      const again = await start([...CHATS, draft]);
      pid = again.pid;
      for (const [other, found] of chats) expect(again.found.get(other), other).to.equal(statusAfter(found));
    }
    for (const name of CHATS) expect(await ask('ask', '-t', name, 'still there?')).to.equal('fine: still there?');
    await ask('send-keys', '-t', 'a1', '-l', 'tool last', ';', 'send-keys', '-t', 'a1', 'Enter');
    await waitUntil(async () => (await place.workplace.run(['approve', '-t', 'a1'])).code === 0, 'a1 to ask');
    await waitUntil(() => linesRan().includes('last'), 'the tool to run');
    const lost = `at most ${worst} ms of a reply were lost, ${worstOwn} ms besides those in which the server could not run`;
    console.log(`      ${KILLS} kills: ${lost}; ${linesRan().length} tools ran`);
  });

  async function attached(): Promise<TerminalClient> {
    const client = place.workplace.attach(['attach-session', '-t', 's1']);
    await client.shows(/\[s1\] q> *$/m);
    return client;
  }

  /** Sends prompts in all chats but the one that is typed in, and answers the calls of one that asks. */
  function speak(
    marks: ReadonlyMap<string, string>,
    round: number,
  ): { endedAt: () => number; ended: Promise<unknown> } {
    const lines = [...marks].flatMap(([name, mark]) => {
      if (name === 's1') return [];
      const text = `${STREAMING.includes(name) ? 'stream' : 'tool'} ${mark}`;
      return ['send-keys', '-t', name, '-l', text, ';', 'send-keys', '-t', name, 'Enter', ';'];
    });
    const write = ['send-keys', '-t', draft, 'C-u', ';', 'send-keys', '-t', draft, '-l', `thought ${round}`, ';'];
    let endedAt = Number.POSITIVE_INFINITY;
    const ended = place.workplace
      .run([...lines, ...write, 'rename-session', '-t', draft, `draft-${round}`])
      .then(({ code }) => {
        if (code === 0) endedAt = Date.now();
        // Every third time both wait when the server is killed, and the last time.
        const name = round === KILLS ? undefined : [undefined, 'a1', 'a2'][round % 3];
        if (name === undefined) return;
        approved.add(marks.get(name) ?? '');
        return place.workplace.run(['approve', '-t', name]);
      });
    return { endedAt: () => endedAt, ended };
  }

  /** Whether two chats ask and one runs its tool. */
  async function allWait(marks: ReadonlyMap<string, string>): Promise<boolean> {
    const all = await facts();
    const asks = ASKING.every((name) => all.get(name) === 'waiting-for-input approval');
    return asks && linesRan().includes(marks.get(RUNNING) ?? '');
  }

  /** How far behind what was there since `time` may be on disk. */
  const limit = (time: number): number => BEHIND + (Number.isFinite(time) ? starvation.since(time) : 0);

  const drafted = (round: number): string => `draft-${round} thought ${round}`;

  const linesRan = (): string[] => (existsSync(ran) ? readFileSync(ran, 'utf8').split('\n').slice(0, -1) : []);

  /** What is kept of a chat is what was sent, and what came more than some milliseconds ago. */
  function verify(name: string, kept: KeptCopy | undefined, moment: number, newest: string): void {
    if (kept === undefined) throw new Error(`${name} is not kept`);
    const { messages } = kept.conversation;
    const said = messages.flatMap((message) => (message.kind === 'user' ? (message.parts[0]?.text ?? '') : []));
    expect(new Set(said).size, `${name} has a message twice`).to.equal(said.length);
    for (const mark of prompts.get(name) ?? []) expect(said.join('\n'), name).to.contain(mark);
    let mark = '';
    for (const message of messages) {
      if (message.kind === 'user') mark = /\w+$/.exec(message.parts[0]?.text ?? '')?.[0] ?? '';
      if (message.kind !== 'assistant') continue;
      for (const call of message.calls) {
        const count = linesRan().filter((line) => line === call.id).length;
        expect(call.state.kind).to.be.oneOf(['done', 'cancelled']);
        expect(count, `${call.id} ran`).to.be.within(call.state.kind === 'done' ? 1 : 0, 1);
        if (ASKING.includes(name) && !approved.has(call.id)) expect(count, `${call.id} ran unasked`).to.equal(0);
      }
      const reply = sent.get(mark);
      if (reply === undefined) continue;
      const whole = Array.from({ length: WORDS }, (_, number) => `${mark}w${number} `).join('');
      const text = `${message.text}`;
      expect(whole.startsWith(text), `${name}: ${text}`).to.equal(true);
      expect(message.state).to.equal(text === whole && reply.ended < moment ? message.state : 'interrupted');
    }
    const reply = sent.get(mark);
    const last = messages.findLast((message) => message.kind === 'assistant');
    // What an earlier end of the server took is not counted again.
    if (reply === undefined || mark !== newest) return;
    const text = messages.indexOf(last ?? messages[0] ?? expect.fail()) > lastUser(kept) ? `${last?.text}` : '';
    const lost = reply.words.find((word) => word.time <= moment && !text.includes(word.text));
    if (lost !== undefined) {
      const time = moment - lost.time;
      worst = Math.max(worst, time);
      worstOwn = Math.max(worstOwn, Math.round(time - starvation.since(lost.time)));
      expect(time, `${name} lost more of ${mark}`).to.be.at.most(limit(lost.time));
    }
    if (reply.ended < moment - limit(reply.ended)) expect(kept.memory.rest, name).to.equal('ended');
    if (reply.ended > moment) expect(kept.memory.rest, name).to.equal('cut');
  }

  const lastUser = ({ conversation }: KeptCopy): number =>
    conversation.messages.findLastIndex(({ kind }) => kind === 'user');

  function statusAfter({ memory: { rest } }: KeptCopy): string {
    const reason = { none: '', ended: 'turn-ended', failed: 'turn-failed', cut: 'turn-failed' }[rest];
    return `waiting-for-input ${reason}`;
  }
});

/** A wait within a reply that runs something when the reply has come so far. */
function paused(milliseconds: number, run: () => void): PromiseLike<void> {
  return {
    // biome-ignore lint/suspicious/noThenProperty: it is awaited when the reply has come so far, not before
    then(resolve, reject) {
      run();
      return delay(milliseconds).then(resolve, reject);
    },
  };
}
