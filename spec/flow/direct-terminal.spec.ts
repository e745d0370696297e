import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Hello } from '../../lib/protocol/message.ts';
import { RawClient } from '../support/raw-client.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { QMUX, Workplace } from '../support/workplace.ts';

/** The lines typed in one go, each with its number: about a megabyte. */
const LINES = 120_000;
const FLOOD = 'while :; do printf "%0200d\\n" 7; done';

describe('the terminal of a client', () => {
  let place: Workplace;
  let server: number;
  let qmux: string;

  beforeEach(async () => {
    place = new Workplace();
    qmux = `'${process.execPath}' '${QMUX}' -S '${place.socketPath}'`;
    await place.ask('new-session', '-d', '-s', 'echo', '-x', '80', '-y', '24', 'stty -echo; echo ready; cat');
    server = await place.serverPid();
  });
  afterEach(async () => {
    expect(place.log()).to.not.match(/ error /);
    await place.dispose();
  });

  /** How many descriptors of that terminal the server has. */
  const held = (tty: string) =>
    readdirSync(`/proc/${server}/fd`).filter((fd) => linkOf(`/proc/${server}/fd/${fd}`) === tty).length;
  const ttyOf = (pid: number) => readlinkSync(`/proc/${pid}/fd/0`);
  const taken = (tty: string) => waitUntil(() => held(tty) > 0, `the server to read ${tty}`);
  const left = (tty: string) => waitUntil(() => held(tty) === 0, `the server to leave ${tty}`);
  async function attached(session = 'echo'): Promise<{ readonly client: TerminalClient; readonly tty: string }> {
    const client = place.attach(['attach-session', '-t', session]);
    await client.shows(`${session}*`);
    const tty = ttyOf(client.pid);
    await taken(tty);
    return { client, tty };
  }
  async function echoes(client: TerminalClient, text: string): Promise<void> {
    client.type(`${text}\r`);
    await client.shows(text);
  }
  /** The process that runs below a shell on a terminal. */
  const attachedPid = async () => Number(await place.ask('list-clients', '-F', '#{client_pid}'));

  it('is read by the server until the client leaves, by itself or by a kill', async () => {
    const first = await attached();
    await echoes(first.client, 'read directly.');
    first.client.type('\x02d');
    expect(await first.client.exited).to.equal(0);
    await left(first.tty);
    const second = await attached();
    await echoes(second.client, 'and again.');
    second.client.kill('SIGKILL');
    await left(second.tty);
  });

  it('is the client’s again when the server is killed', async () => {
    const shell = place.terminal(['/bin/sh', '-c', `${qmux} attach; IFS= read -r line; echo "got <$line>"; read -r _`]);
    await shell.shows('ready');
    await taken(ttyOf(shell.pid));
    process.kill(server, 'SIGKILL');
    await shell.shows('[lost server]');
    shell.type('a line for the shell\r');
    await shell.shows('got <a line for the shell>');
  });

  it('loses and doubles nothing of a megabyte while the two take turns', async () => {
    const file = path.join(place.home, 'typed');
    await place.ask('new-session', '-d', '-s', 'log', `stty raw -echo; echo logging; exec cat > ${file}`);
    const client = place.attach(['attach-session', '-t', 'log']);
    await client.shows('logging');
    const tty = ttyOf(client.pid);
    const wanted = Array.from({ length: LINES }, (_, index) => `${index}\n`).join('');
    // While it attaches, and each time that it is told to stop, which nobody can continue: it goes on by itself.
    client.type(wanted);
    let turns = 0;
    await waitUntil(
      () => {
        if (held(tty) > 0 && turns < 8) {
          turns += 1;
          client.kill('SIGTSTP');
        }
        return existsSync(file) && statSync(file).size >= wanted.length;
      },
      'all that was typed',
      18_000,
    );
    expect(turns).to.be.greaterThan(2);
    const typed = readFileSync(file, 'latin1');
    expect(typed.length).to.equal(wanted.length);
    expect(typed === wanted).to.equal(true);
  });

  it('gives the shell what is typed after the end, each time', async () => {
    const shell = place.terminal([
      '/bin/sh',
      '-c',
      `for i in 1 2 3 4; do ${qmux} attach; IFS= read -r line; echo "shell got <$line>"; done; read -r _`,
    ]);
    for (let round = 1; round <= 4; round++) {
      await shell.shows(/ready[\s\S]*echo\*/);
      await taken(ttyOf(shell.pid));
      shell.type(`round-${round}.\r`);
      await shell.shows(`round-${round}.`);
      shell.type('\x02d');
      await waitUntil(() => shell.transcript.split('[detached').length > round, 'the end');
      shell.type(`after-${round}\r`);
      await waitUntil(() => shell.transcript.includes(`shell got <after-${round}>`), `after-${round} in the shell`);
    }
  });

  it('is the shell’s while the client is stopped by a signal', async () => {
    const shell = place.terminal(['/bin/bash', '--norc', '--noprofile', '-i']);
    shell.type(`PS1='outer> '; ${qmux} attach\r`);
    await shell.shows(/ready[\s\S]*echo\*/);
    const tty = ttyOf(shell.pid);
    await taken(tty);
    for (const round of [1, 2]) {
      process.kill(await attachedPid(), 'SIGTSTP');
      await shell.shows(/Stopped/);
      expect(held(tty)).to.equal(0);
      shell.type(`echo "in-${round} $((40+2))"; fg\r`);
      await waitUntil(() => shell.transcript.includes(`in-${round} 42`), 'the shell');
      await taken(tty);
      await echoes(shell, `typed-${round}.`);
    }
    shell.type('\x02d');
    await shell.shows('[detached (from session echo)]');
    shell.type('exit\r');
    await shell.exited;
  });

  it('is not read for a client that was stopped without a word, and is when that goes on', async () => {
    const { client, tty } = await attached();
    client.kill('SIGSTOP');
    await waitUntil(() => / T /.test(readFileSync(`/proc/${client.pid}/stat`, 'latin1')), 'the stop');
    client.type('for somebody else');
    await left(tty);
    client.kill('SIGCONT');
    await taken(tty);
    await echoes(client, 'for the session');
    expect(await place.ask('capture-pane', '-p', '-t', 'echo')).to.not.contain('somebody else');
  });

  it('is the lock command’s while it runs', async () => {
    await place.ask('set-option', '-g', 'lock-command', 'echo locked; read line; echo "got $line"; read line');
    const { client, tty } = await attached();
    client.type('\x02:lock-client\r');
    await client.shows('locked');
    expect(held(tty)).to.equal(0);
    client.type('open\r');
    await client.shows('got open');
    client.type('\r');
    await taken(tty);
    await echoes(client, 'unlocked.');
  });

  it('holds up nobody else while it takes nothing, and then shows the newest picture', async () => {
    await place.ask('new-session', '-d', '-s', 'flood', '-x', '80', '-y', '24', FLOOD);
    const flooded = await attached('flood');
    const { client } = await attached();
    flooded.client.pause();
    for (let round = 0; round < 40; round++) await echoes(client, `round-${round}.`);
    await place.ask('respawn-pane', '-k', '-t', 'flood', 'printf "\\033[2J"; echo at-the-end; cat');
    await echoes(client, 'still here.');
    flooded.client.resume();
    await flooded.client.shows('at-the-end');
    await echoes(flooded.client, 'typed there.');
    await taken(flooded.tty);
  });

  it('is read for nobody but the process that has it', async () => {
    const { client, tty } = await attached();
    const before = held(tty);
    const liar = { terminal: { name: tty, size: { columns: 80, rows: 24 } }, proves: true, yields: true };
    const claims: Partial<Hello>[] = [{ ...liar, pid: client.pid }, liar, { ...liar, pid: process.pid, proves: false }];
    const opened: number[] = [];
    for (const [index, over] of claims.entries()) {
      const raw = new RawClient(place.socketPath).hello(['attach-session', '-t', 'echo'], over);
      await raw.heard('attach');
      if (over.proves === true) {
        const { file } = await raw.heard('prove');
        // The second one is the process that it says, with another's terminal.
        if (over.pid === undefined) opened.push(openSync(file, 'r'));
        raw.send({ type: 'proved' });
      }
      raw.send({ type: 'yielded', turn: 1 }).send({ type: 'input', bytes: Buffer.from(`raw-${index}.\r`) });
      await waitUntil(() => raw.output.includes(`raw-${index}.`), 'the echo');
      expect(raw.messages.map(({ type }) => type)).to.not.include('reads-terminal');
      expect(held(tty)).to.equal(before);
      raw.socket.destroy();
    }
    for (const fd of opened) closeSync(fd);
    await echoes(client, 'mine.');
  });
});

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
