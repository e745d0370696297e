import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { takeSocketLock } from '../../lib/protocol/socket-lock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { supportModule } from '../support/processes.ts';

describe('a socket lock', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = temporaryFolder();
    file = path.join(folder, 'lock');
  });

  it('is held by one at a time, and free once given back', async () => {
    const first = await takeSocketLock(file);
    expect(first).to.not.equal(undefined);
    expect(await takeSocketLock(file)).to.equal(undefined);
    first?.dispose();
    const second = await takeSocketLock(file);
    expect(second).to.not.equal(undefined);
    second?.dispose();
  });

  it('goes to exactly one of many that ask at once, round after round, and leaves one file', async () => {
    for (let round = 1; round <= 20; round += 1) {
      const locks = await Promise.all(Array.from({ length: 20 }, () => takeSocketLock(file)));
      expect(locks.filter((lock) => lock !== undefined).length).to.equal(1);
      expect(readdirSync(folder)).to.deep.equal([`lock.${round}`]);
      for (const lock of locks) lock?.dispose();
    }
  });

  it('is told of who looks', async () => {
    let probed: () => void = () => {};
    const looked = new Promise<void>((resolve) => {
      probed = resolve;
    });
    const lock = await takeSocketLock(file, () => probed());
    expect(await takeSocketLock(file)).to.equal(undefined);
    await looked;
    lock?.dispose();
  });

  it('is free again when its holder is killed', async () => {
    const holder = spawn(process.execPath, [supportModule('lock-holder'), file], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(await takeSocketLock(file)).to.equal(undefined);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const lock = await takeSocketLock(file);
    expect(lock).to.not.equal(undefined);
    lock?.dispose();
  });
});
