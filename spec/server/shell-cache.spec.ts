import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { ShellCache } from '../../lib/server/shell-cache.ts';
import { waitUntil } from '../support/wait.ts';
import { alive } from '../support/workplace.ts';

describe('ShellCache', () => {
  let folder: string;
  let cache: ShellCache;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'qmux-'));
    cache = new ShellCache(
      () => ({ PATH: process.env['PATH'] ?? '/usr/bin:/bin' }),
      () => undefined,
      300,
    );
  });

  afterEach(() => {
    cache.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives the last line that a command printed', async () => {
    await waitUntil(() => cache.read('echo one; echo two') === 'two', 'the line');
  });

  it('ends a command that does not end, with all that it started, and can run it again', async () => {
    const file = path.join(folder, 'pid');
    const command = `sleep 1000 & echo $! >> ${file}; wait`;
    const pids = () =>
      (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : []).filter(Boolean);
    // On a busy machine one may be ended before it wrote its number.
    const [pid = 0] = await waitUntil(() => cache.read(command) === '' && pids().length > 0 && pids(), 'the command');
    await waitUntil(() => !alive(pid), 'its child to end');
    const before = pids().length;
    await waitUntil(() => cache.read(command) === '' && pids().length > before, 'the command to run again');
  });

  it('hears a command out that leaves something behind', async () => {
    const file = path.join(folder, 'pid');
    await waitUntil(() => cache.read(`sleep 1000 & echo $! > ${file}; echo said`) === 'said', 'the line');
    const pid = Number(readFileSync(file, 'utf8'));
    expect(alive(pid)).to.equal(true);
    process.kill(pid);
  });

  it('ends all when the server ends', async () => {
    const file = path.join(folder, 'pid');
    cache.read(`sleep 1000 & echo $! > ${file}; wait`);
    const pid = await waitUntil(() => existsSync(file) && Number(readFileSync(file, 'utf8')), 'the command');
    cache.dispose();
    await waitUntil(() => !alive(pid), 'its child to end');
  });
});
