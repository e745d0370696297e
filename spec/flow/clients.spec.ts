import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { PREAMBLE } from '../../lib/protocol/frame.ts';
import { RawClient } from '../support/raw-client.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { QMUX, Workplace } from '../support/workplace.ts';

const FLOOD = 'while :; do printf "%0200d\\n" 7; done';
const MEGABYTE = 1024 * 1024;

describe('clients that fail', () => {
  let workplace: Workplace;
  let person: TerminalClient;
  let echoes = 0;

  beforeEach(async () => {
    workplace = new Workplace();
    person = workplace.attach(['new-session', '-s', 'person', 'stty -echo; echo ready; cat']);
    await person.shows('ready');
  });

  afterEach(async () => {
    expect(
      workplace
        .log()
        .split('\n')
        .filter((line) => / error /.test(line)),
    ).to.deep.equal([]);
    await workplace.dispose();
  });

  async function echoed(): Promise<void> {
    echoes += 1;
    person.type(`echo-${echoes}.\r`);
    await person.shows(`echo-${echoes}.`, 5000);
  }

  const clients = async () => (await workplace.ask('list-clients', '-F', '#{client_pid}')).split('\n').map(Number);

  it('are forgotten when they are killed, and their sessions go on', async () => {
    const client = workplace.attach(['new-session', '-s', 'other', FLOOD]);
    await client.shows('7');
    client.kill('SIGKILL');
    await waitUntil(async () => (await clients()).length === 1, 'the client to be forgotten');
    const again = workplace.attach(['attach-session', '-t', 'other']);
    await again.shows('7');
    await echoed();
  });

  it('cost nothing while they are stopped, or never read', async () => {
    const pid = await workplace.serverPid();
    const stopped = workplace.attach(['new-session', '-s', 'other', FLOOD]);
    await stopped.shows('7');
    stopped.kill('SIGSTOP');
    const deaf = new RawClient(workplace.socketPath).hello(['attach-session', '-t', 'other']);
    deaf.socket.pause();
    await echoed();
    const before = memory(pid);
    for (let round = 0; round < 30; round += 1) await echoed();
    await waitUntil(async () => Number(await lines('other')) >= 2000, 'a full history', 15_000);
    for (let round = 0; round < 30; round += 1) await echoed();
    expect(memory(pid) - before).to.be.lessThan(80 * MEGABYTE);
    deaf.socket.resume();
    stopped.kill('SIGCONT');
    await stopped.shows('7');
    expect(await clients()).to.have.length(3);
    deaf.socket.destroy();
  });

  const lines = (session: string) => workplace.ask('display-message', '-p', '-t', session, '#{history_size}');

  it('are sent away with one clear sentence when they speak another version', async () => {
    const client = new RawClient(workplace.socketPath).hello(['attach-session'], { version: 999 });
    const { version, pid } = await client.heard('incompatible');
    expect(version).to.be.a('number');
    expect(pid).to.equal(await workplace.serverPid());
    await client.ended();
  });

  it('are sent away when they say too much, or no hello at all', async () => {
    const huge = new RawClient(workplace.socketPath);
    huge.socket.write(Buffer.concat([PREAMBLE, Buffer.from([0x7f, 0xff, 0xff, 0xff, 1])]));
    await huge.ended();
    const stranger = new RawClient(workplace.socketPath);
    stranger.socket.write('GET / HTTP/1.1\r\n\r\n');
    await stranger.ended();
    const half = new RawClient(workplace.socketPath);
    half.socket.write(PREAMBLE);
    await echoed();
    half.socket.destroy();
  });

  it('may be many that say nothing', async () => {
    const pid = await workplace.serverPid();
    const many = Array.from({ length: 500 }, () => new RawClient(workplace.socketPath));
    await echoed();
    for (const client of many) client.socket.destroy();
    await echoed();
    expect(await workplace.serverPid()).to.equal(pid);
  });

  it('all leave but one with detach-client -a', async () => {
    const second = workplace.attach(['attach-session']);
    await second.shows('ready');
    const third = workplace.attach(['attach-session']);
    await third.shows('ready');
    third.type('\x02:detach-client -a\r');
    expect(await second.exited).to.equal(0);
    expect(await person.exited).to.equal(0);
    expect(await clients()).to.deep.equal([third.pid]);
  });

  it('hang up the shell that they were started from with detach-client -P', async () => {
    const shell = workplace.terminal([
      '/bin/sh',
      '-c',
      `trap 'echo hung-up; exit' HUP; ${qmux} attach; echo not-hung-up; sleep 1`,
    ]);
    await shell.shows('ready');
    shell.type('\x02:detach-client -P\r');
    await shell.shows(/\[detached.*\n+hung-up/);
    await shell.exited;
  });

  it('stop for the shell, and take the terminal again', async () => {
    const shell = workplace.terminal(['/bin/bash', '--norc', '--noprofile', '-i']);
    shell.type(`PS1='outer> '; ${qmux} attach\r`);
    await shell.shows(/ready[\s\S]*person\*/);
    shell.type('\x02\x1a');
    await shell.shows(/Stopped/);
    await waitUntil(() => shell.terminal.modes.mouseTrackingMode === 'none', 'the terminal to be given back');
    shell.type('echo "in $((40+2))"; fg\r');
    await shell.shows(/ready[\s\S]*person\*/);
    shell.type('typed-again.\r');
    await shell.shows('typed-again.');
    shell.type('\x02d');
    await shell.shows('[detached (from session person)]');
    shell.type('exit\r');
    await shell.exited;
  });

  it('run the lock command on their terminal, and come back', async () => {
    await workplace.ask('set-option', '-g', 'lock-command', 'echo locked; read line; echo "got $line"');
    person.type('\x02:lock-client\r');
    await person.shows('locked');
    person.type('open\r');
    await person.shows(/ready[\s\S]*person\*/);
    await echoed();
  });

  const memory = (pid: number) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(path.join('/proc', String(pid), 'status'), 'utf8'))?.[1]) * 1024;

  const node = process.execPath;
  let qmux = '';
  beforeEach(() => {
    qmux = `'${node}' '${QMUX}' -S '${workplace.socketPath}'`;
  });
});
