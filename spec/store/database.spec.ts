import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect } from 'chai';
import { sql } from 'kysely';
import { openDatabase } from '../../lib/store/database.ts';
import { MIGRATIONS } from '../../lib/store/migrations.ts';
import { temporaryFolder } from '../support/folder.ts';
import { KeptConversation, openStore, sessionFacts, storeFile } from '../support/store-place.ts';

const holder = path.resolve(import.meta.dirname, '../support/print-database-held.js');

describe('the database', () => {
  let file: string;
  beforeEach(() => {
    file = storeFile(temporaryFolder());
  });

  const problem = async () => {
    const opening = await openDatabase(file);
    if (opening.kind === 'open') {
      opening.database.dispose();
      throw new Error('it opened');
    }
    return opening.problem;
  };
  /** A database with one conversation, closed. */
  const fill = async (messages = 1) => {
    const { store } = await openStore(file);
    const chat = await KeptConversation.create(store, sessionFacts('api'));
    for (let number = 0; number < messages; number++) await chat.said(`message ${number} ${'x'.repeat(200)}`);
    store.dispose();
  };
  const names = () => readdirSync(path.dirname(file)).sort();
  const openCount = async () => {
    const { store, told } = await openStore(file);
    const count = (await store.sessions.open()).length;
    store.dispose();
    return { count, told };
  };

  it("is the person's alone, also where folder and file were open to others", async () => {
    mkdirSync(path.dirname(file), { mode: 0o755 });
    writeFileSync(file, '', { mode: 0o644 });
    const { store } = await openStore(file);
    await KeptConversation.create(store, sessionFacts('api'));
    for (const name of names())
      expect(statSync(path.join(path.dirname(file), name)).mode & 0o777, name).to.equal(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).to.equal(0o700);
    expect(names()).to.include.members(['qmux.db', 'qmux.db-wal']);
    store.dispose();
  });

  it('belongs to one server at a time, and to the next one when that ends', async () => {
    const { store } = await openStore(file);
    const { kind, text } = await problem();
    expect(kind).to.equal('locked');
    expect(text).to.equal(
      `${file} is in use by another process; qmux tries again. Conversations are not kept until then.`,
    );
    store.dispose();
    expect((await openCount()).told).to.deep.equal([]);
  });

  it('is let alone while another program holds it, and sound afterwards', async () => {
    await fill();
    const child: ChildProcess = spawn(process.execPath, [holder, file], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (child.stdout !== null) await once(child.stdout, 'data');
    const began = performance.now();
    expect((await problem()).kind).to.equal('locked');
    expect(performance.now() - began).to.be.below(1000);
    child.stdin?.end();
    await once(child, 'close');
    expect(await openCount()).to.deep.equal({ count: 1, told: [] });
  });

  it('moves aside what is no database, without a change, and begins a new one', async () => {
    mkdirSync(path.dirname(file), { recursive: true });
    const bytes = Buffer.alloc(50_000, 'no database at all ');
    writeFileSync(file, bytes);
    const { count, told } = await openCount();
    expect(count).to.equal(0);
    expect(told).to.deep.equal([`${file} was damaged and is now ${file}.damaged-1: a new one was begun.`]);
    expect(readFileSync(`${file}.damaged-1`).equals(bytes)).to.equal(true);
    writeFileSync(file, bytes);
    expect((await openCount()).told[0]).to.contain('.damaged-2');
  });

  it('moves aside the database of another program', async () => {
    mkdirSync(path.dirname(file), { recursive: true });
    const other = new Sqlite(file);
    other.exec('create table birds (name text)');
    other.close();
    expect((await openCount()).told[0]).to.contain('.damaged-1');
  });

  it('saves what it can of a file that was truncated', async () => {
    await fill(300);
    truncateSync(file, Math.floor(statSync(file).size / 2));
    const { told } = await openCount();
    expect(told).to.have.lengthOf(1);
    expect(names()).to.include('qmux.db.damaged-1');
  });

  it('saves what it can of a file with random bytes in it', async () => {
    await fill(300);
    const bytes = readFileSync(file);
    for (let at = bytes.length >> 1; at < (bytes.length >> 1) + 20_000; at++) bytes[at] = at % 251;
    writeFileSync(file, bytes);
    const { count, told } = await openCount();
    expect(told[0]).to.contain('1 conversation of it could be saved');
    expect(count).to.equal(1);
    expect(readFileSync(`${file}.damaged-1`).length).to.equal(bytes.length);
  });

  it('leaves a file of a newer qmux as it is', async () => {
    await fill();
    const newer = new Sqlite(file);
    newer.pragma(`user_version = ${MIGRATIONS.length + 7}`);
    newer.close();
    const before = readFileSync(file);
    const { kind, text } = await problem();
    expect(kind).to.equal('newer');
    expect(text).to.contain('was written by a newer qmux');
    expect(readFileSync(file).equals(before)).to.equal(true);
  });

  it('says so where it cannot be written', async () => {
    file = '/proc/qmux/qmux.db';
    const { kind, text } = await problem();
    expect(kind).to.equal('read-only');
    expect(text).to.equal(
      `${file} cannot be written: make it and its folder writable. Conversations are not kept until then.`,
    );
    file = path.join(temporaryFolder(), 'a-file');
    writeFileSync(file, 'mine');
    file = path.join(file, 'qmux.db');
    expect((await problem()).kind).to.equal('read-only');
  });

  it('says so where something else than a file is in its place, and touches nothing of it', async () => {
    const make: Readonly<Record<string, (at: string) => void>> = {
      'a folder': (at) => mkdirSync(at),
      'a pipe': (at) => void execFileSync('mkfifo', [at]),
      'a device': (at) => symlinkSync('/dev/full', at),
    };
    for (const [name, put] of Object.entries(make))
      for (const end of ['', '-wal', '.lock']) {
        file = storeFile(temporaryFolder());
        mkdirSync(path.dirname(file), { recursive: true });
        put(file + end);
        const { kind, text } = await problem();
        expect(kind, name).to.equal('in the way');
        expect(text).to.match(/ is (?:a folder|no file): move it away\. Conversations are not kept until then\.$/);
        expect(names(), name).to.deep.equal([`qmux.db${end}`]);
      }
  });

  it('says so when the disk is full, and writes on when there is room', async () => {
    const { store } = await openStore(file);
    const chat = await KeptConversation.create(store, sessionFacts('api'));
    await sql.raw('pragma max_page_count = 60').execute(store.database.rows);
    let failure: unknown;
    for (let number = 0; number < 200 && failure === undefined; number++)
      await chat.said('y'.repeat(5000)).catch((error: unknown) => {
        failure = error;
      });
    expect(failure, String(failure)).to.have.property('code', 'SQLITE_FULL');
    await sql.raw('pragma max_page_count = 100000').execute(store.database.rows);
    await chat.write();
    const read = await store.conversations.read(chat.id);
    expect(read.conversation.messages).to.have.lengthOf(chat.value.messages.length);
    store.dispose();
  });

  it('is copied before it is brought to another version, and left alone when that fails', async () => {
    await fill(3);
    const before = readFileSync(file);
    const migrations = [...MIGRATIONS, ['create table birds (name text)', 'insert into nowhere values (1)']];
    const opening = await openDatabase(file, { migrations });
    expect(opening).to.have.nested.property('problem.text').that.contains('no such table: nowhere');
    const now = new Sqlite(file);
    expect(now.prepare('select count(*) from messages').pluck().get()).to.equal(3);
    expect(now.pragma('user_version', { simple: true })).to.equal(MIGRATIONS.length);
    expect(now.prepare("select count(*) from sqlite_schema where name = 'birds'").pluck().get()).to.equal(0);
    now.close();
    expect(readFileSync(`${file}.version-${MIGRATIONS.length}`).length).to.be.at.most(before.length);
    expect(await openCount()).to.deep.equal({ count: 1, told: [] });
  });
});
