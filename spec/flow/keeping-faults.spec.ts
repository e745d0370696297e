import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect } from 'chai';
import { databaseOf } from '../support/kept-copy.ts';
import { ModelWorkplace } from '../support/model-workplace.ts';
import { mountMemory } from '../support/mount-memory.ts';
import { isAlive, supportModule } from '../support/processes.ts';
import { waitUntil } from '../support/wait.ts';
import { QMUX } from '../support/workplace.ts';

describe('a database that cannot be used', function () {
  this.timeout(60_000);
  let place: ModelWorkplace;
  let file: string;
  beforeEach(async () => {
    place = await ModelWorkplace.open();
    file = databaseOf(place.workplace.state);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  });
  afterEach(() => place.dispose());

  /** The chat works, and the sentence was said. */
  async function goesOn(sentence: RegExp): Promise<void> {
    const { workplace, server } = place;
    const client = await place.chat();
    server.reply('I am here.');
    client.type('are you there?\r');
    await client.shows('I am here.');
    await waitUntil(async () => sentence.test(await workplace.ask('show-messages')), `a message like ${sentence}`);
  }

  const search = async (words: string) => (await place.workplace.run(['search', words])).stdout;

  /** A server makes the database and ends. */
  async function made(): Promise<void> {
    await place.workplace.ask('new-session', '--chat', '-d', '-s', 'before', ';', 'display-message', '-p', 'made');
    await waitUntil(async () => (await place.workplace.ask('stats')).includes('qmux.db'), 'the database');
    const pid = await place.workplace.serverPid();
    await place.workplace.ask('kill-server');
    await waitUntil(() => !isAlive(pid), 'the server to leave');
  }

  it('is waited for while another program holds it, and then keeps what was said meanwhile', async () => {
    await made();
    const holder = spawn(process.execPath, [supportModule('print-database-held'), file], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    try {
      await goesOn(/qmux\.db is in use by another process; qmux tries again\./);
      await place.workplace.ask('ask', '-t', 'main', 'and now?');
    } finally {
      holder.stdin.end();
      await once(holder, 'close');
    }
    await waitUntil(async () => (await search('are you there')).includes('main'), 'the message to be kept');
    expect(await place.workplace.ask('list-sessions', '-F', '#{session_name}')).to.contain('before');
    expect(await place.workplace.ask('show-messages')).to.contain('Conversations are kept again.');
  });

  it('is left as it is where a newer qmux wrote it', async () => {
    await made();
    const newer = new Sqlite(file);
    newer.pragma('user_version = 4711');
    newer.close();
    const before = readFileSync(file);
    await goesOn(/qmux\.db was written by a newer qmux \(its version is 4711\) and is left as it is\./);
    await place.workplace.ask('kill-server');
    expect(readFileSync(file).equals(before)).to.equal(true);
  });

  it('is named where it cannot be written', async () => {
    const folder = path.dirname(file);
    const mount = mountMemory(folder, '1m');
    if (mount === undefined) {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, 'in its way');
    }
    try {
      mount?.change('ro');
      const client = place.workplace.attach(['new-session', '--chat', '-s', 'main']);
      await client.shows(/qmux\.db cannot be wr\s*itten: make it and its folder wr\s*itable\./);
      client.type('q');
      await client.shows(/\] q> /);
      place.server.reply('I am here.');
      client.type('are you there?\r');
      await client.shows('I am here.');
      await place.workplace.ask('kill-server');
    } finally {
      mount?.dispose();
    }
  });

  it('is named on a full disk, and keeps all when there is room', async () => {
    const folder = path.dirname(file);
    const mount = mountMemory(folder, '1m');
    try {
      // Where nothing can be mounted, a file that cannot grow stands for the disk: the spec of that is below.
      if (mount === undefined) return;
      const { server, workplace } = place;
      const client = await place.chat();
      server.reply('x'.repeat(700_000));
      client.type('much\r');
      const told = async () => await workplace.ask('show-messages');
      await waitUntil(
        async () => /qmux\.db is full: make room|holds \S+qmux\.db is full/.test(await told()),
        'the message',
      );
      mount.change('size=50m');
      await waitUntil(async () => (await told()).includes('Conversations are kept again.'), 'it to be kept');
      expect(await search('much')).to.contain('main');
      await workplace.ask('kill-server');
    } finally {
      mount?.dispose();
    }
  });

  it('is named where a folder or a pipe is in its place', async () => {
    mkdirSync(file);
    await goesOn(/qmux\.db is a folder: move it away\. Conversations are not kept until then\./);
    await place.dispose();
    place = await ModelWorkplace.open();
    file = databaseOf(place.workplace.state);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    execFileSync('mkfifo', [file]);
    await goesOn(/qmux\.db is no file: move it away\./);
  });

  it('is moved aside where it is none, and a new one keeps what comes', async () => {
    writeFileSync(file, 'no database '.repeat(1000));
    await goesOn(/qmux\.db was damaged and is now \S+damaged-1: a new one was begun\./);
    expect(readFileSync(`${file}.damaged-1`, 'utf8')).to.equal('no database '.repeat(1000));
    const found = async () => (await place.workplace.run(['search', 'are you there'])).stdout;
    await waitUntil(async () => (await found()).includes('main'), 'the message to be found');
  });

  it('is waited for where the disk takes no more', async () => {
    const { workplace, server } = place;
    const client = workplace.terminal([
      '/bin/sh',
      '-c',
      `ulimit -f 600; exec '${process.execPath}' '${QMUX}' -S '${workplace.socketPath}' new-session --chat -s main`,
    ]);
    await client.shows(/\] q> /);
    server.reply('x'.repeat(500_000));
    server.reply('I am here.');
    client.type('much\r');
    const told = async () => await workplace.ask('show-messages');
    await waitUntil(async () => /qmux\.db (?:is full|cannot be read or written)/.test(await told()), 'the message');
    expect(await workplace.ask('ask', '-t', 'main', 'are you there?')).to.contain('I am here.');
  });

  it('is kept by one server at a time, and by the next one when that ends, with all that was said meanwhile', async () => {
    const { workplace, server } = place;
    const other = path.join(path.dirname(workplace.socketPath), 'other');
    const there = async (...args: string[]) => {
      const { code, stdout, stderr } = await workplace.run(['-S', other, ...args]);
      if (code !== 0) throw new Error(stderr);
      return stdout;
    };
    server.reply('I keep it.');
    await workplace.ask('new-session', '--chat', '-d', '-s', 'first', 'the first message');
    const pid = await workplace.serverPid();
    await workplace.ask('new-session', '-d', '-s', 'their-program', 'cat');
    await there('new-session', '--chat', '-d', '-s', 'second', ';', 'new-session', '-d', '-s', 'my-program', 'cat');
    try {
      const sentence = `is in use by another process (the qmux server at ${workplace.socketPath}, process ${pid})`;
      await waitUntil(async () => (await there('show-messages')).includes(sentence), 'the second to say so');
      server.reply('I wait.');
      await there('ask', '-t', 'second', 'said meanwhile');
      const began = Date.now();
      process.kill(pid, 'SIGKILL');
      const names = () => there('list-sessions', '-F', '#{session_name}');
      await waitUntil(async () => (await names()).includes('first'), 'the second to take over');
      expect(Date.now() - began).to.be.below(8000);
      await waitUntil(async () => (await there('search', 'said meanwhile')).includes('second'), 'it to be found');
      expect((await names()).trim().split('\n').sort()).to.deep.equal([
        'first',
        'my-program',
        'second',
        'their-program',
      ]);
      expect(await there('show-messages')).to.contain('Conversations are kept again.');
    } finally {
      await there('kill-server');
    }
  });
});
