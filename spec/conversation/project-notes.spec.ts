import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { readProjectNotes } from '../../lib/conversation/project-notes.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('the notes of a project', () => {
  let top: string;
  let inner: string;
  beforeEach(() => {
    top = temporaryFolder();
    inner = path.join(top, 'a', 'b');
    mkdirSync(inner, { recursive: true });
  });

  const write = (folder: string, content: string | Uint8Array) =>
    writeFileSync(path.join(folder, 'AGENTS.md'), content);
  const text = async (home = '/nowhere') => (await readProjectNotes(inner, home))?.text;

  it('are the nearest up to the root of the repository', async () => {
    write(top, 'top');
    expect(await text()).to.equal(undefined);
    mkdirSync(path.join(top, '.git'));
    expect(await readProjectNotes(inner, '/nowhere')).to.deep.equal({ path: path.join(top, 'AGENTS.md'), text: 'top' });
    write(path.join(top, 'a'), 'near');
    expect(await text()).to.equal('near');
    write(inner, 'nearest');
    expect(await text()).to.equal('nearest');
  });

  it('are not those above the repository', async () => {
    write(top, 'top');
    mkdirSync(path.join(top, 'a', '.git'));
    expect(await text(top)).to.equal(undefined);
  });

  it('may be those of the home folder where there is no repository', async () => {
    write(top, 'top');
    expect(await text(top)).to.equal('top');
    expect(await text(path.join(top, 'a'))).to.equal(undefined);
  });

  it('are not in a folder above that everybody may write to', async () => {
    mkdirSync(path.join(top, '.git'));
    write(top, 'top');
    chmodSync(path.join(top, 'a'), 0o777);
    expect(await text()).to.equal(undefined);
  });

  it('are cut at 32 KB, between characters', async () => {
    write(inner, `x${'é'.repeat(20_000)}`);
    expect(await text()).to.match(/^xé{16383}\n\n\[.*longer than 32 KB/);
    write(inner, 'y'.repeat(32 * 1024));
    expect(await text()).to.equal('y'.repeat(32 * 1024));
  });

  it('are not binary, empty, a folder, or a pipe', async () => {
    mkdirSync(path.join(top, '.git'));
    write(top, 'top');
    write(inner, new Uint8Array([65, 0, 66]));
    expect(await text()).to.equal('top');
    write(inner, ' \n');
    expect(await text()).to.equal('top');
    const middle = path.join(top, 'a', 'AGENTS.md');
    mkdirSync(middle);
    expect(await text()).to.equal('top');
    const piped = path.join(inner, 'c');
    mkdirSync(piped);
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', path.join(piped, 'AGENTS.md')]);
    expect((await readProjectNotes(piped, '/nowhere'))?.text).to.equal('top');
  });

  it('are not behind a link that leads out of the root', async () => {
    const other = temporaryFolder();
    write(other, 'secret');
    mkdirSync(path.join(top, '.git'));
    symlinkSync(path.join(other, 'AGENTS.md'), path.join(inner, 'AGENTS.md'));
    expect(await text()).to.equal(undefined);
    writeFileSync(path.join(top, 'CLAUDE.md'), 'shared');
    symlinkSync('../CLAUDE.md', path.join(top, 'a', 'AGENTS.md'));
    expect(await text()).to.equal('shared');
  });

  it('are none where the folder is gone', async () => {
    expect(await readProjectNotes(path.join(top, 'none'), top)).to.equal(undefined);
  });
});
