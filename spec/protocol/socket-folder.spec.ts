import { chmodSync, chownSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import { checkSocket, checkSocketFolder } from '../../lib/protocol/socket-folder.ts';
import { temporaryFolder } from '../support/folder.ts';

const uid = process.getuid?.() ?? 0;
const stranger = uid + 1;

describe('the folder of the socket', () => {
  let base: string;
  let own: string;
  beforeEach(() => {
    base = temporaryFolder();
    own = path.join(base, `qmux-${uid}`);
  });
  const check = (folder: string, as = uid) => checkSocketFolder(path.join(folder, 's'), as, { create: true });

  it('is made for its owner alone', () => {
    check(own);
    expect(statSync(own).mode & 0o777).to.equal(0o700);
    check(own);
  });

  it('is not made by a client that starts no server', () => {
    checkSocketFolder(path.join(own, 's'), uid, { create: false });
    expect(existsSync(own)).to.equal(false);
  });

  it('must be made by hand, unless it is the own one', () => {
    expect(() => check(path.join(base, 'x'))).to.throw(UserError, /no folder/);
    expect(() => check(path.join(base, 'x', `qmux-${uid}`))).to.throw(UserError, /cannot make the folder/);
  });

  it('must not be open to others', () => {
    mkdirSync(own);
    chmodSync(own, 0o750);
    expect(() => check(own)).to.throw(UserError, /open to others: chmod 700/);
    chmodSync(base, 0o777);
    expect(() => check(base)).to.throw(UserError, /anyone can change/);
    chmodSync(base, 0o1777);
    check(base);
  });

  it('must not be a link', () => {
    mkdirSync(path.join(base, 'real'), { mode: 0o700 });
    symlinkSync('real', own);
    expect(() => check(own)).to.throw(UserError, /is a link/);
    symlinkSync('real', path.join(base, 'other'));
    expect(() => check(path.join(base, 'other'))).to.throw(UserError, /is a link/);
  });

  it('must be a folder', () => {
    writeFileSync(own, '');
    expect(() => check(own)).to.throw(UserError, /not a folder/);
  });

  it('must not belong to someone else', () => {
    const theirs = path.join(base, `qmux-${stranger}`);
    mkdirSync(theirs, { mode: 0o700 });
    expect(() => check(theirs, stranger)).to.throw(UserError, /belongs to someone else/);
    if (uid !== 0) return;
    mkdirSync(own, { mode: 0o700 });
    chownSync(own, stranger, stranger);
    expect(() => check(own)).to.throw(UserError, /belongs to someone else/);
    chownSync(base, stranger, stranger);
    expect(() => check(base)).to.throw(UserError, /belongs to someone else/);
  });
});

describe('the socket', () => {
  it('must be a socket of ours where something is', async () => {
    const file = path.join(temporaryFolder(), 's');
    expect(checkSocket(file, uid)).to.equal(false);
    writeFileSync(file, '');
    expect(() => checkSocket(file, uid)).to.throw(UserError, /is not a socket/);
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(`${file}2`, resolve));
    expect(checkSocket(`${file}2`, uid)).to.equal(true);
    expect(() => checkSocket(`${file}2`, stranger)).to.throw(UserError, /belongs to someone else/);
    server.close();
  });
});
