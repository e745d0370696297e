import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

/** Bytes of one round of a flood. */
const ROUND = 500_000;
const MB = 1_000_000;

/** Resident memory of a process, in bytes. */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

describe('floods', function () {
  this.timeout(60_000);
  let workplace: Workplace;
  let log: string;

  beforeEach(() => {
    workplace = new Workplace();
    const line = '\x1b[32m12:00:00\x1b[0m a line of a log with \x1b[1msome\x1b[0m colours and ✓ marks in it\n';
    log = workplace.write('log', line.repeat(ROUND / line.length));
  });

  afterEach(() => workplace.dispose());

  /** A program that prints without end, or for so many rounds, and notes each round in a file. */
  const flood = (name: string, rounds?: number): string =>
    `i=0; while [ $i -lt ${rounds ?? 1_000_000} ]; do cat ${log}; printf x >> rounds-${name}; i=$((i+1)); done; printf '\\nthe end'; exec sleep 100`;

  const rounds = (name: string, count: number) => {
    const file = path.join(workplace.home, `rounds-${name}`);
    return waitUntil(() => existsSync(file) && statSync(file).size >= count, `round ${count} of ${name}`, 50_000);
  };

  const start = (name: string, command: string) =>
    workplace.ask('new-session', '-d', '-s', name, '-c', workplace.home, command);

  it('leave keys quick, sessions switchable and memory bounded', async () => {
    const client = workplace.attach(['new-session', '-s', 'main']);
    await client.shows('$');
    const names = ['one', 'two', 'three'];
    for (const name of names) await start(name, flood(name));
    const server = await workplace.serverPid();
    for (const name of names) await rounds(name, 8);
    const before = memoryOf(server);

    for (let turn = 0; turn < 10; turn++) {
      client.type(`echo turn$((${turn}+100))\r`);
      await client.shows(`turn${100 + turn}`, 5000);
    }
    const shown = (name: string) => client.shows(new RegExp(`:${name}\\*`), 5000);
    for (const name of [...names, 'main']) {
      client.type('\x02n');
      await shown(name);
    }
    client.type('echo still-there\r');
    await client.shows(/^still-there/m, 5000);

    for (const name of names) await rounds(name, 20);
    const after = memoryOf(server);
    expect(after / MB).to.be.lessThan(300);
    expect((after - before) / MB).to.be.lessThan(60);
  });

  const done = (name: string): number => {
    const file = path.join(workplace.home, `rounds-${name}`);
    return existsSync(file) ? statSync(file).size : 0;
  };

  it('share the time when nobody sees them, and are not painted', async () => {
    const client = workplace.attach(['new-session', '-s', 'main']);
    await client.shows('$');
    const names = ['one', 'two', 'three', 'four'];
    for (const name of names) await start(name, flood(name));
    for (const name of names) await rounds(name, 2);
    const before = { received: client.received, counts: names.map(done) };
    await rounds('one', 12);
    const more = names.map((name, index) => done(name) - (before.counts[index] ?? 0));
    expect(Math.min(...more)).to.be.greaterThan(Math.max(...more) / 3);
    // The status line is all that changes.
    expect(client.received - before.received).to.be.lessThan(20_000);
  });

  it('go on, each of them, while keys are typed without end', async () => {
    const client = workplace.attach(['new-session', '-s', 'main', 'exec cat > /dev/null']);
    await client.shows(':main*');
    const names = ['one', 'two', 'three'];
    for (const name of names) await start(name, flood(name));
    for (const name of names) await rounds(name, 1);
    const before = names.map(done);
    const typing = setInterval(() => client.type('x'), 5);
    try {
      for (const [index, name] of names.entries()) await rounds(name, (before[index] ?? 0) + 2);
    } finally {
      clearInterval(typing);
    }
  });

  const stops: Readonly<Record<string, { stop(client: TerminalClient): void; goOn(client: TerminalClient): void }>> = {
    'a terminal that does not read': { stop: (client) => client.pause(), goOn: (client) => client.resume() },
    'a client that is stopped': { stop: (client) => client.kill('SIGSTOP'), goOn: (client) => client.kill('SIGCONT') },
  };
  for (const [name, { stop, goOn }] of Object.entries(stops))
    it(`do not pile up for ${name}, which gets the newest picture later`, async () => {
      const client = workplace.attach(['new-session', '-s', 'main', '-c', workplace.home]);
      await client.shows('$');
      stop(client);
      await start('flood', flood('flood', 30));
      await workplace.ask('switch-client', '-t', 'flood');
      const server = await workplace.serverPid();
      await rounds('flood', 10);
      const before = { server: memoryOf(server), client: memoryOf(client.pid), received: client.received };
      await rounds('flood', 30);
      expect((memoryOf(server) - before.server) / MB).to.be.lessThan(40);
      expect((memoryOf(client.pid) - before.client) / MB).to.be.lessThan(20);
      goOn(client);
      await client.shows('the end');
      // Were they not left out, the frames of all that time would come now.
      expect((client.received - before.received) / MB).to.be.lessThan(1);
    });
});
