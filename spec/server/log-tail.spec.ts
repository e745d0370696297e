import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { LogTail } from '../../lib/server/log-tail.ts';

const record = (text: string) => `2026-11-21T10:02:33.123Z 4711 info ${text}\n`;

describe('the end of a log file', () => {
  let folder: string;
  let file: string;
  let tail: LogTail;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'qmux-log-'));
    file = path.join(folder, 'server.log');
    tail = new LogTail(file);
  });

  afterEach(() => {
    tail.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const texts = () => tail.entries.map(({ text }) => text);

  it('is read on as the file grows, whole lines only', async () => {
    writeFileSync(file, record('one') + record('two').slice(0, 30));
    expect(await tail.refresh()).to.equal(true);
    expect(texts()).to.deep.equal(['one']);
    const before = tail.entries;
    expect(await tail.refresh()).to.equal(false);
    expect(tail.entries).to.equal(before);
    appendFileSync(file, record('two').slice(30) + record('three'));
    expect(await tail.refresh()).to.equal(true);
    expect(texts()).to.deep.equal(['one', 'two', 'three']);
  });

  it('goes on in the file that takes its place, and loses nothing of the one before', async () => {
    writeFileSync(file, record('one'));
    await tail.refresh();
    appendFileSync(file, record('two'));
    renameSync(file, `${file}.1`);
    writeFileSync(file, record('three'));
    await tail.refresh();
    expect(texts()).to.deep.equal(['one', 'two', 'three']);
    writeFileSync(file, '');
    await tail.refresh();
    appendFileSync(file, record('four'));
    await tail.refresh();
    expect(texts()).to.deep.equal(['one', 'two', 'three', 'four']);
  });

  it('is nothing where there is no file, until there is one', async () => {
    expect(await tail.refresh()).to.equal(false);
    expect(texts()).to.deep.equal([]);
    writeFileSync(file, record('one'));
    await tail.refresh();
    expect(texts()).to.deep.equal(['one']);
  });

  it('is bounded, however large the file is', async () => {
    writeFileSync(file, Array.from({ length: 60_000 }, (_, index) => record(`line ${index}`)).join(''));
    await tail.refresh();
    expect(tail.entries).to.have.length(5000);
    expect(texts().at(-1)).to.equal('line 59999');
    writeFileSync(`${file}.new`, `${'x'.repeat(3_000_000)}\n${record('after')}`);
    renameSync(`${file}.new`, file);
    await tail.refresh();
    expect(texts().at(-1)).to.equal('after');
    expect(tail.entries.every(({ text }) => text.length < 100)).to.equal(true);
  });

  it('reads nothing any more when it is given up', async () => {
    writeFileSync(file, record('one'));
    const reading = tail.refresh();
    tail.dispose();
    await reading;
    appendFileSync(file, record('two'));
    expect(await tail.refresh()).to.equal(false);
    expect(texts()).not.to.include('two');
  });
});
