import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import { openPty, type Pty, type PtyExit } from '../../lib/pty/pty.ts';
import { waitUntil } from '../support/wait.ts';

const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', TERM: 'xterm-256color' };
const size = { columns: 80, rows: 24 };

/** What a spec started, so that nothing outlives it. */
const started: Pty[] = [];

interface Run {
  readonly pty: Pty;
  readonly chunks: Buffer[];
  readonly text: () => string;
  readonly exit: Promise<PtyExit>;
}

function run(file: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Run {
  const pty = openPty({ file, args, workingDirectory: '/', environment: { ...environment, ...more }, size });
  started.push(pty);
  const chunks: Buffer[] = [];
  pty.onData((bytes) => chunks.push(Buffer.from(bytes)));
  const exit = new Promise<PtyExit>((resolve) => pty.onExit(resolve));
  return { pty, chunks, exit, text: () => Buffer.concat(chunks).toString() };
}

const shell = (line: string, more: Readonly<Record<string, string>> = {}): Run => run('sh', ['-c', line], more);

describe('a program on a pty', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'qmux-pty-'));
  });
  afterEach(() => {
    for (const pty of started.splice(0)) pty.kill('SIGKILL');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('loses nothing of what it printed before it ended', async () => {
    const file = path.join(folder, 'output');
    for (const length of [10_000, 100_000, 1_000_000]) {
      writeFileSync(file, randomBytes(length / 2).toString('hex'));
      const whole = readFileSync(file, 'latin1');
      for (let times = length === 1_000_000 ? 6 : 17; times > 0; times--) {
        const { exit, chunks } = run('cat', [file]);
        expect(await exit).to.deep.equal({ exitCode: 0, signal: undefined });
        expect(Buffer.concat(chunks).toString('latin1') === whole).to.equal(true);
      }
    }
  });

  it('reports its end without delay', async () => {
    const start = Date.now();
    for (let times = 0; times < 5; times++) await run('true', []).exit;
    expect(Date.now() - start).to.be.below(900);
  });

  it('ends with its code or its signal', async () => {
    expect(await shell('exit 3').exit).to.deep.equal({ exitCode: 3, signal: undefined });
    expect(await shell('kill -TERM $$').exit).to.deep.equal({ exitCode: 0, signal: 15 });
  });

  it('hears a signal though it has not run yet', async () => {
    for (let times = 0; times < 10; times++) {
      const { pty, exit } = shell('sleep 60');
      pty.kill('SIGTERM');
      expect(await exit).to.deep.equal({ exitCode: 0, signal: 15 });
    }
  });

  it('keeps the output of a paused reader', async () => {
    const { pty, exit, text } = shell('printf abc; printf def');
    pty.pause();
    await exit;
    expect(text()).to.equal('abcdef');
  });

  it('does not wait for what it left behind', async () => {
    const { exit, text } = shell('trap "" HUP; sleep 60 & echo left $!');
    await exit;
    const left = Number(/left (\d+)/.exec(text())?.[1]);
    expect(process.kill(left, 'SIGKILL')).to.equal(true);
  });

  it('is stopped by a reader that does not read, and goes on after', async () => {
    const file = path.join(folder, 'lines');
    const { pty, exit, chunks } = shell(
      `i=0; while [ $i -lt 200 ]; do printf %05000d 0; i=$((i+1)); echo $i >${file}; done`,
    );
    pty.pause();
    let seen = '';
    let still = 0;
    await waitUntil(() => {
      const now = existsSync(file) ? readFileSync(file, 'utf8') : '';
      still = now === seen && now !== '' ? still + 1 : 0;
      seen = now;
      return still > 10;
    }, 'the program to stand still');
    expect(Number(seen)).to.be.below(60);
    pty.resume();
    await exit;
    expect(Buffer.concat(chunks).length).to.equal(1_000_000);
  });

  it('takes 1 MB of input whole and in order', async () => {
    const file = path.join(folder, 'pasted');
    const { pty, exit, text } = shell(`stty raw -echo; echo ready; head -c 1000000 >${file}`);
    await waitUntil(() => text().includes('ready'), 'the program');
    const paste = randomBytes(1_000_000);
    expect(pty.write(paste)).to.equal(true);
    await exit;
    expect(digest(readFileSync(file))).to.equal(digest(paste));
  });

  it('takes input in pieces in order', async () => {
    const file = path.join(folder, 'pieces');
    const { pty, exit, text } = shell(`stty raw -echo; echo ready; sleep 0.1; head -c 400000 >${file}`);
    await waitUntil(() => text().includes('ready'), 'the program');
    let whole = '';
    for (let number = 0; whole.length < 400_000; number++) {
      const piece = `${number};`;
      whole += piece;
      pty.write(Buffer.from(piece));
    }
    await exit;
    expect(readFileSync(file, 'latin1') === whole.slice(0, 400_000)).to.equal(true);
  });

  it('refuses input beyond 64 MB of a program that never reads, without waiting', async () => {
    const { pty, exit, text } = shell('stty raw -echo; echo ready; exec sleep 60');
    await waitUntil(() => text().includes('ready'), 'the program');
    const piece = Buffer.alloc(8 * 1024 * 1024, 'x');
    const start = Date.now();
    const answers = Array.from({ length: 10 }, () => pty.write(piece));
    expect(answers).to.deep.equal([...new Array(7).fill(true), false, false, false]);
    expect(pty.write(Buffer.from('small'))).to.equal(true);
    expect(pty.pendingInput).to.be.at.most(64 * 1024 * 1024);
    expect(Date.now() - start).to.be.below(1500);
    pty.kill('SIGKILL');
    await exit;
    expect(pty.write(Buffer.from('x'))).to.equal(false);
    expect(pty.pendingInput).to.equal(0);
  });

  it('knows its size, and hears of a change', async () => {
    const { pty, exit, text } = shell('trap "stty size; exit" WINCH; stty size; while :; do sleep 0.01; done');
    await waitUntil(() => text().includes('24 80'), 'the size');
    pty.resize({ columns: 101, rows: 33 });
    await exit;
    expect(text()).to.contain('33 101');
  });

  it('takes any size from outside', async () => {
    const { pty, exit } = shell('sleep 0.05');
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e9]) pty.resize({ columns: value, rows: value });
    await exit;
    pty.resize(size);
  });

  it('leads a session and a process group, with the pty as its terminal', async () => {
    const { pty, exit, text } = shell('cat /proc/$$/stat; tty');
    await exit;
    const fields = text()
      .slice(text().lastIndexOf(')') + 2)
      .split(' ');
    expect(fields.slice(2, 4)).to.deep.equal([String(pty.pid), String(pty.pid)]);
    expect(text()).to.contain(pty.ptsName);
  });

  it('inherits no descriptors, and has default signals', async () => {
    const other = shell('sleep 60');
    const { exit, text } = shell('ls /proc/self/fd; grep -E "Sig(Ign|Blk)" /proc/self/status');
    await exit;
    other.pty.kill('SIGKILL');
    await other.exit;
    expect(text().split(/\s+/).slice(0, 5)).to.deep.equal(['0', '1', '2', '3', 'SigBlk:']);
    expect(text().match(/0000000000000000/g)).to.have.length(2);
  });

  it('has its environment and no other', async () => {
    const { exit, text } = run('env', [], { WORD: 'a b\nc', 'odd.name': 'x' });
    await exit;
    const names = [...text().matchAll(/^([A-Za-z_.]+)=/gm)].map(([, name]) => name);
    expect(names).to.include.members(['PATH', 'TERM', 'WORD', 'PWD', 'odd.name']);
    expect(names).to.not.include('HOME');
    expect(text()).to.contain('WORD=a b\r\nc\r\n');
    expect(text()).to.contain('PWD=/\r\n');
  });

  it('erases whole characters, since the kernel knows of UTF-8', async () => {
    const { pty, exit, text } = shell('echo ready; read x; printf "<%s>" "$x"');
    await waitUntil(() => text().includes('ready'), 'the program');
    pty.write(Buffer.from('aé\x7fb\n'));
    await exit;
    expect(text()).to.contain('<ab>');
  });

  it('knows whether its foreground process is stopped', async () => {
    const { pty, exit } = shell('exec sleep 60');
    expect(pty.foregroundStopped).to.equal(false);
    pty.kill('SIGSTOP');
    await waitUntil(() => pty.foregroundStopped === true, 'the stop');
    pty.kill('SIGCONT');
    await waitUntil(() => pty.foregroundStopped === false, 'it to go on');
    pty.kill('SIGKILL');
    await exit;
    expect(pty.foregroundStopped).to.equal(undefined);
  });

  it('names its foreground process and that directory', async () => {
    const { pty, exit } = shell('cd /tmp; sleep 60; true');
    await waitUntil(() => pty.foregroundCommand === 'sh' && pty.foregroundDirectory === '/tmp', 'the shell');
    pty.kill('SIGKILL');
    await exit;
    const jobs = run('bash', ['-c', 'set -m; cd /usr; (cd /var; exec sleep 60)']);
    await waitUntil(() => jobs.pty.foregroundCommand === 'sleep', 'the job');
    expect(jobs.pty.foregroundDirectory).to.equal('/var');
    jobs.pty.kill('SIGKILL');
    await jobs.exit;
    expect(jobs.pty.foregroundCommand).to.equal(undefined);
  });

  it('is refused with a sentence', () => {
    const start = (file: string, workingDirectory: string) => () =>
      openPty({ file, args: [], workingDirectory, environment, size });
    mkdirSync(path.join(folder, 'sub'));
    writeFileSync(path.join(folder, 'plain'), '');
    expect(start('no-such-command-here', '/')).to.throw(UserError, 'command not found: no-such-command-here');
    expect(start('/no/such', '/')).to.throw(UserError, 'no such command: /no/such');
    expect(start('./sub', folder)).to.throw(UserError, './sub is a directory');
    expect(start('./plain', folder)).to.throw(UserError, 'permission denied');
    expect(start('', '/')).to.throw(UserError, 'no command');
    expect(start('sh', '/no/such')).to.throw(UserError, 'no such directory: /no/such');
    expect(start('sh', path.join(folder, 'plain'))).to.throw(UserError, 'is not a directory');
    expect(start('sh\0', '/')).to.throw(UserError);
    expect(start('sh', '/\0')).to.throw(UserError, 'no such directory');
  });

  it('is refused with a sentence when no descriptor is free', () => {
    const script = `
      const { openPty } = await import(${JSON.stringify(new URL('../../lib/pty/pty.js', import.meta.url).href)});
      const open = () => openPty({ file: 'sleep', args: ['60'], workingDirectory: '/', environment: process.env, size: { columns: 80, rows: 24 } });
      const open_ = [];
      try { for (;;) open_.push(open()); } catch (error) { console.log(error.name, error.message); }
      const free = open_.pop(); free.onExit(() => { try { open_.push(open()); console.log('again'); } catch (error) { console.log(error.message); } for (const pty of open_) pty.kill('SIGKILL'); });
      free.kill('SIGKILL');
    `;
    const { stdout } = spawnSync(
      'sh',
      ['-c', 'ulimit -n 48; exec "$@"', 'sh', process.execPath, '--input-type=module', '-e', script],
      { encoding: 'utf8', timeout: 10_000 },
    );
    expect(stdout).to.match(/^UserError no terminal for another program/);
    expect(stdout).to.contain('again');
  });

  it('leaves no descriptor and no process behind', async () => {
    const open = () => readdirSync('/proc/self/fd').length;
    await run('true', []).exit;
    await waitUntil(() => open() > 0, 'descriptors');
    const before_ = open();
    for (let times = 0; times < 40; times++) await run('true', []).exit;
    expect(open()).to.equal(before_);
  });
});

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
