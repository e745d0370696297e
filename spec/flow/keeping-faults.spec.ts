import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { databaseOf } from '../support/kept-copy.ts';
import { ModelWorkplace } from '../support/model-workplace.ts';
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
    await there('new-session', '--chat', '-d', '-s', 'second');
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
      expect((await names()).trim().split('\n').sort()).to.deep.equal(['first', 'second']);
      expect(await there('show-messages')).to.contain('Conversations are kept again.');
    } finally {
      await there('kill-server');
    }
  });
});
