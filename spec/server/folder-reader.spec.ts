import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { FileEntry } from '../../lib/mode/file-tree.ts';
import { filePage, filePreview } from '../../lib/server/file-reader.ts';
import { pathBytes, readFolder } from '../../lib/server/folder-reader.ts';
import type { Line } from '../../lib/text/line.ts';

const texts = (lines: readonly Line[]) => lines.map((line) => line.map(({ text }) => text).join(''));

describe('reading files to look at them', () => {
  let folder: string;
  const { signal } = new AbortController();
  const at = (name: string) => path.join(folder, name);
  const bytesAt = (name: string) => `${Buffer.from(folder).toString('latin1')}/${name}`;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'qmux-files-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const entries = async (): Promise<readonly FileEntry[]> => {
    const found = await readFolder(bytesAt(''), signal);
    if (found.kind !== 'read') throw new Error(found.problem);
    return found.entries;
  };

  it('gives folders first, then by name, each by its own bytes', async () => {
    for (const name of ['b.txt', 'A.txt', 'größe']) writeFileSync(at(name), '');
    writeFileSync(pathBytes(bytesAt('\xff\n')), '');
    mkdirSync(at('zoo'));
    expect((await entries()).map(({ name, kind }) => `${name} ${kind}`)).to.deep.equal([
      'zoo folder',
      'A.txt file',
      'b.txt file',
      `${Buffer.from('größe').toString('latin1')} file`,
      '\xff\n file',
    ]);
  });

  it('says where links lead, and what is no file', async () => {
    mkdirSync(at('real'));
    symlinkSync('real', at('to-folder'));
    symlinkSync('nowhere', at('to-nothing'));
    symlinkSync('loop', at('loop'));
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', at('pipe')]);
    expect((await entries()).map(({ name, kind, isLink }) => `${name} ${kind} ${isLink}`)).to.deep.equal([
      'real folder false',
      'to-folder folder true',
      'loop other true',
      'pipe other false',
      'to-nothing other true',
    ]);
  });

  it('marks what git ignores', async () => {
    mkdirSync(at('.git'));
    mkdirSync(at('node_modules'));
    writeFileSync(at('.gitignore'), 'node_modules/\n*.log\n');
    for (const name of ['a.log', 'a.ts']) writeFileSync(at(name), '');
    expect((await entries()).filter(({ isIgnored }) => isIgnored).map(({ name }) => name)).to.deep.equal([
      'node_modules',
      'a.log',
    ]);
  });

  it('says why a folder cannot be read', async () => {
    expect(await readFolder(bytesAt('gone'), signal)).to.deep.equal({
      kind: 'failed',
      problem: 'it is not there any more',
    });
    writeFileSync(at('file'), '');
    expect(await readFolder(bytesAt('file'), signal)).to.include({ problem: 'it is no folder any more' });
  });

  it('leaves others their turn while it reads a large folder', async () => {
    for (let index = 0; index < 4500; index++) writeFileSync(at(`f${index}`), '');
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const found = await entries();
    clearInterval(timer);
    expect(found).to.have.length(4500);
    expect(found.map(({ name }) => name)).to.deep.equal(found.map(({ name }) => name).sort());
    expect(turns).to.be.greaterThan(2);
  });

  it('shows the beginning of a text, controls visible, and its size', async () => {
    writeFileSync(at('text'), 'one\ttwo\n\x1b]0;title\x07\n');
    const [facts, ...rest] = texts(await filePreview(bytesAt('text'), false));
    expect(facts).to.match(/^19 bytes, changed \d{4}-/);
    expect(rest).to.deep.equal(['one     two', '^[]0;title^G']);
  });

  it('reads no more of a large file than it needs, and half a character not at all', async () => {
    writeFileSync(at('large'), 'é'.repeat(1 << 20));
    const lines = texts(await filePreview(bytesAt('large'), false));
    expect(lines[1]).to.equal('é'.repeat(32 * 1024));
    const page = await filePage(bytesAt('large'));
    expect('lines' in page ? texts(page.lines).at(-1) : '').to.contain('2,097,152 bytes in all');
  });

  it('opens no pipe and no device, and shows no binary', async () => {
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', at('pipe')]);
    symlinkSync('/dev/zero', at('zero'));
    writeFileSync(at('binary'), 'ELF\0\x01');
    expect(texts(await filePreview(bytesAt('pipe'), false))).to.deep.equal(['this is no file to look into']);
    expect(texts(await filePreview(bytesAt('zero'), true))).to.deep.equal([
      '→ /dev/zero',
      'this is no file to look into',
    ]);
    expect(texts(await filePreview(bytesAt('binary'), false))).to.deep.equal(['no text, 5 bytes']);
    expect(await filePage(bytesAt('gone'))).to.deep.equal({ problem: 'it is not there any more' });
  });
});
