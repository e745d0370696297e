import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const HEX = path.resolve(import.meta.dirname, '../support/hex-echo.js');
const hex = (text: string) => Buffer.from(text).toString('hex');

describe('keys', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  const echo = async (sequence = ''): Promise<TerminalClient> => {
    const client = workplace.attach(['new-session', '-s', 'hex', `exec '${process.execPath}' '${HEX}' '${sequence}'`]);
    await client.shows('ready');
    return client;
  };

  it('that are not ours reach the program byte for byte', async () => {
    const client = await echo();
    const keys = [
      ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).filter((key) => key !== '\x02'),
      '\x7f',
      'a',
      'é',
      '漢',
      '🚀',
      '\x1ba',
      '\x1b[A',
      '\x1bOP',
      '\x1b[1;5C',
      '\x1b[15;2~',
      '\x1b[3~',
      '\x1b[Z',
      '\x1b\x1b[A',
      '\x1b[24;8~',
    ];
    for (const key of keys) {
      client.type(key);
      await client.shows(`<${hex(key)}>`);
    }
  });

  it('send the prefix itself when it is typed twice', async () => {
    const client = await echo();
    client.type('\x02\x02');
    await client.shows('<02>');
  });

  it('arrive whole when a character is split between reads', async () => {
    const client = await echo();
    client.type('x');
    await client.shows('<78>');
    for (const byte of Buffer.from('€')) client.type(String.fromCharCode(byte));
    await client.shows((screen) => /<.*(?:ac|e282ac)>/.test(screen));
  });

  it('follow the cursor key mode of the program', async () => {
    const client = await echo('\x1b[?1h');
    await waitUntil(() => client.terminal.modes.applicationCursorKeysMode, 'the mode of the outer terminal');
    client.type('\x1bOA');
    await client.shows(`<${hex('\x1bOA')}>`);
  });

  it('are repeated within repeat-time only where the binding says so', async () => {
    const client = await echo();
    await workplace.ask('bind-key', '-r', 'X', 'set-buffer', '-a', '-b', 'count', 'x');
    client.type('\x02XXX');
    await waitUntil(
      async () => (await workplace.run(['show-buffer', '-b', 'count'])).stdout === 'xxx',
      'three repeats',
    );
  });

  it('in a paste of 1 MB with the prefix in it arrive whole', async () => {
    const file = path.join(workplace.folder, 'pasted');
    const client = workplace.attach([
      'new-session',
      '-s',
      'paste',
      `stty raw -echo; printf '\\033[?2004hready'; exec head -c 1000012 > '${file}'`,
    ]);
    await client.shows('ready');
    await waitUntil(() => client.terminal.modes.bracketedPasteMode, 'bracketed paste');
    const text = 'some text \x02d with the prefix\r'.repeat(40_000).slice(0, 1_000_000);
    client.type(`\x1b[200~${text}\x1b[201~`);
    await waitUntil(() => existsSync(file) && readFileSync(file).length >= 1_000_012, 'the whole paste');
    const digest = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
    expect(digest(readFileSync(file))).to.equal(digest(`\x1b[200~${text}\x1b[201~`));
  });

  it('open the prompt, which runs commands and names the nearest for a wrong one', async () => {
    const client = workplace.attach(['new-session', '-s', 'main']);
    await client.shows('$');
    client.type('\x02:');
    await client.shows(/^:/m);
    client.type('rename-session other\r');
    await client.shows('0:other*');
    client.type('\x02:');
    await client.shows(/^:/m);
    client.type('renam-session x\r');
    await client.shows(/unknown command: renam-session.*rename-session/);
  });

  it('show help from the binding table, and leave it', async () => {
    const client = workplace.attach(['new-session', '-s', 'main']);
    await client.shows('$');
    client.type('\x02?');
    await client.shows(/C-b c .*session/i);
    client.type('q');
    await client.shows((screen) => screen.includes('$') && !/C-b c /.test(screen));
  });

  it('ask before they end a session', async () => {
    const client = workplace.attach(['new-session', '-s', 'main']);
    await client.shows('$');
    await workplace.ask('new-session', '-d', '-s', 'second', 'exec sleep 100');
    client.type('\x02&');
    await client.shows(/\(y\/n\)/);
    client.type('n');
    await client.shows((screen) => !screen.includes('(y/n)'));
    client.type('\x02&');
    await client.shows(/\(y\/n\)/);
    client.type('y');
    await client.shows(/1:second\*/);
  });

  it('choose a session in the picker', async () => {
    const client = workplace.attach(['new-session', '-s', 'main']);
    await client.shows('$');
    await workplace.ask('new-session', '-d', '-s', 'needle', 'printf found-it; exec sleep 100');
    client.type('\x02w');
    await client.shows('needle');
    client.type('fneed');
    await client.shows(
      (screen) => screen.includes('needle') && !/^.*main.*$/m.test(screen.split('\n').slice(0, -1).join('\n')),
    );
    client.type('\r');
    await client.shows(/1:needle\*/);
    await client.shows('found-it');
  });

  it('are listed so that the list can be sourced', async () => {
    await workplace.ask('new-session', '-d');
    for (const key of ['C-\\', 'M-}', 'M-{', 'M-\\;', "M-'", 'M-"', 'M-$', 'M-\\', '~', '#', '%'])
      await workplace.ask('bind-key', '-T', 'mine', '--', key, 'display-message', 'bound');
    const list = await workplace.ask('list-keys', '-T', 'mine');
    expect(list.split('\n')).to.have.length(11);
    const file = workplace.write('keys.conf', `${list}\n`);
    await workplace.ask('unbind-key', '-a', '-T', 'mine');
    await workplace.ask('source-file', file);
    expect(await workplace.ask('list-keys', '-T', 'mine')).to.equal(list);
    await workplace.ask('source-file', workplace.write('all.conf', `${await workplace.ask('list-keys')}\n`));
  });

  it('take a message away, and answers of the terminal do not', async () => {
    const client = workplace.attach(['new-session', '-s', 'main']);
    await client.shows('$');
    await workplace.ask('display-message', '-d', '0', 'a message that stays');
    await client.shows('a message that stays');
    client.type('\x1b[?62;22c\x1b[I');
    await workplace.ask('display-message', '-p', 'after the answers');
    expect(client.text()).to.include('a message that stays');
    client.type('x');
    await client.shows((screen) => !screen.includes('a message that stays'));
  });
});
