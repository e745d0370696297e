import { closeSync, openSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { openPty, type Pty } from '../../lib/pty/pty.ts';
import { ForegroundWatch } from '../../lib/server/foreground-watch.ts';
import { waitUntil } from '../support/wait.ts';

const start = (script: string): Pty =>
  openPty({
    file: '/bin/sh',
    args: ['-c', script],
    workingDirectory: '/',
    environment: { PATH: process.env['PATH'] ?? '' },
    size: { columns: 80, rows: 24 },
  });

describe('the watch on who has a terminal (Linux)', () => {
  let pty: Pty;
  let file: number;
  let watch: ForegroundWatch;

  const open = (script: string): void => {
    pty = start(script);
    file = openSync(`/proc/${pty.pid}/stat`, 'r');
    watch = new ForegroundWatch(file, statSync(pty.ptsName).rdev);
  };

  afterEach(() => {
    pty.kill('SIGKILL');
    pty.dispose();
    closeSync(file);
  });

  it('says so as long as the process runs or sleeps there, and no more when it is stopped, until it goes on', async () => {
    open('exec sleep 1000');
    await waitUntil(() => watch.isHeld(), 'the process to have it');
    expect(watch.isHeld()).to.equal(true);
    expect(watch.wasHeld).to.equal(true);
    pty.kill('SIGSTOP');
    await waitUntil(() => !watch.isHeld(), 'the process to be stopped');
    pty.kill('SIGCONT');
    await waitUntil(() => watch.isHeld(), 'the process to go on');
  });

  it('says no while another group has it, and yes when that is gone', async () => {
    open('set -m; sleep 1000; exec sleep 1000');
    await waitUntil(() => pty.foregroundGroup !== undefined && pty.foregroundGroup !== pty.pid, 'the job to have it');
    expect(watch.isHeld()).to.equal(false);
    process.kill(-(pty.foregroundGroup ?? Number.NaN), 'SIGKILL');
    await waitUntil(() => watch.isHeld(), 'the shell to have it again');
    expect(watch.isHeld()).to.equal(true);
  });

  it('says no for another terminal, and when the process is gone', async () => {
    open('exec sleep 1000');
    await waitUntil(() => watch.isHeld(), 'the process to have it');
    expect(new ForegroundWatch(file, 1).isHeld()).to.equal(false);
    pty.kill('SIGKILL');
    await waitUntil(() => !watch.isHeld(), 'the process to end');
  });
});
