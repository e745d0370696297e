import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { expect } from 'chai';
import { openDatabase } from '../../lib/store/database.ts';
import { MIGRATIONS } from '../../lib/store/migrations.ts';
import { OpenStore } from '../../lib/store/open-store.ts';
import { temporaryFolder } from '../support/folder.ts';
import { randomBytes } from '../support/random-bytes.ts';
import { seeded } from '../support/random-screen.ts';
import { KeptConversation, openStore, sessionFacts, storeFile } from '../support/store-place.ts';

const SEED = Number(process.env['QMUX_SEED'] ?? Date.now() % 1_000_000);
/** Of a page of the databases here, in bytes. */
const PAGE = 4096;

describe(`a damaged database (seed ${SEED})`, function () {
  this.timeout(60_000);
  const random = seeded(SEED);
  let file: string;
  let sound: Buffer;

  before(async () => {
    file = storeFile(temporaryFolder());
    const { store } = await openStore(file);
    for (const name of ['one', 'two', 'three']) {
      const chat = await KeptConversation.create(store, sessionFacts(name));
      for (let number = 0; number < 60; number++) await chat.said(`${name} ${number} ${'words '.repeat(30)}`);
    }
    store.dispose();
    sound = readFileSync(file);
  });

  /** Opens what stands there, reads all that is kept, writes something, and gives how many messages there were. */
  async function use(): Promise<{ messages: number; told: readonly string[] } | string> {
    const opening = await openDatabase(file);
    if (opening.kind === 'closed') return opening.problem.text;
    const store = new OpenStore(opening.database);
    let messages = 0;
    try {
      for (const row of await store.sessions.all(100)) {
        const { memory } = await store.chat(row);
        messages += memory.conversation.messages.length;
      }
      await (await KeptConversation.create(store, sessionFacts(`new-${random(1e9)}`))).said('more');
    } finally {
      store.dispose();
    }
    return { messages, told: opening.told };
  }

  function put(bytes: Uint8Array): void {
    const folder = path.dirname(file);
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
    writeFileSync(file, bytes);
  }

  const aside = () => readdirSync(path.dirname(file)).filter((name) => /\.damaged-\d+$/.test(name));

  it('is moved aside as it is, and used no further, at whatever length it was cut', async () => {
    for (let round = 0; round < 25; round++) {
      const length = random(sound.length);
      put(sound.subarray(0, length));
      const found = await use();
      expect(found, `${length}`).to.be.an('object');
      if (length === 0) continue;
      const [name = ''] = aside();
      expect(readFileSync(path.join(path.dirname(file), name)).equals(sound.subarray(0, length)), `${length}`).to.equal(
        true,
      );
    }
  });

  it('gives back what lies around pages of random bytes', async () => {
    let saved = 0;
    for (let round = 0; round < 25; round++) {
      const bytes = Buffer.from(sound);
      const page = 1 + random(sound.length / PAGE - 1);
      bytes.set(randomBytes(random, PAGE), page * PAGE);
      put(bytes);
      const found = await use();
      if (typeof found === 'string') throw new Error(`page ${page}: ${found}`);
      saved += found.messages;
      for (const name of aside())
        expect(readFileSync(path.join(path.dirname(file), name)).equals(bytes), `page ${page}`).to.equal(true);
    }
    expect(saved / (25 * 180), 'share of what was saved').to.be.greaterThan(0.6);
  });

  it('is never used where single bytes of its beginning are other ones, or is whole', async () => {
    for (let at = 0; at < 100; at++) {
      const bytes = Buffer.from(sound);
      bytes[at] = (bytes[at] ?? 0) ^ (1 + random(255));
      put(bytes);
      const found = await use();
      if (typeof found === 'string') expect(found, `byte ${at}`).to.contain('newer qmux');
      else if (aside().length === 0) expect(found.messages, `byte ${at}`).to.equal(180);
    }
  });

  it('is moved aside, and what it has is saved, where it says an older version than its tables are of', async () => {
    for (let version = 1; version < MIGRATIONS.length; version++) {
      put(sound);
      const sqlite = new Sqlite(file);
      sqlite.pragma(`user_version = ${version}`);
      sqlite.close();
      const found = await use();
      if (typeof found === 'string') throw new Error(found);
      expect(found.messages).to.equal(180);
      expect(found.told.join()).to.contain('was damaged').and.contain('3 conversations of it could be saved');
      expect(aside()).to.have.lengthOf(1);
    }
  });

  it('goes on without its log, and does not take the log of another', async () => {
    const other = storeFile(temporaryFolder());
    const { store } = await openStore(other);
    const chat = await KeptConversation.create(store, sessionFacts('other'));
    for (let number = 0; number < 30; number++) await chat.said('a foreign message');
    const log = readFileSync(`${other}-wal`);
    put(sound);
    writeFileSync(`${file}-wal`, log);
    store.dispose();
    const found = await use();
    expect(found).to.be.an('object');
    for (const name of aside())
      expect(readFileSync(path.join(path.dirname(file), name)).equals(sound), 'the good file').to.equal(true);
    put(sound);
    writeFileSync(`${file}-wal`, randomBytes(random, 50_000));
    expect(await use()).to.deep.equal({ messages: 180, told: [] });
    put(sound);
    expect(await use()).to.deep.equal({ messages: 180, told: [] });
  });

  it('finds messages again whose conversation is lost, and goes on behind one that is', async () => {
    put(sound);
    const sqlite = new Sqlite(file);
    sqlite.exec("delete from conversations where session_name = 'two'");
    sqlite.exec('delete from messages where id = 30');
    sqlite.close();
    const opening = await openDatabase(file, { isDamaged: true });
    if (opening.kind === 'closed') throw new Error(opening.problem.text);
    const store = new OpenStore(opening.database);
    const all = await store.sessions.all(10);
    expect(all.map((row) => row.session_name).sort()).to.deep.equal(['one', 'saved-2', 'three']);
    const counts = await Promise.all(
      all.map(async (row) => (await store.chat(row)).memory.conversation.messages.length),
    );
    expect(counts.reduce((sum, count) => sum + count)).to.equal(179);
    store.dispose();
  });

  it('is brought from version 1 to the newest, with a copy of what it was', async () => {
    put(gunzipSync(readFileSync(path.resolve(import.meta.dirname, '../../../spec/store/version-1.db.gz'))));
    const before = new Sqlite(file, { readonly: true });
    expect(before.pragma('user_version', { simple: true })).to.equal(1);
    before.close();
    const { store, told } = await openStore(file);
    expect(told).to.deep.equal([]);
    const rows = await store.sessions.open();
    expect(rows.map((row) => [row.session_name, row.is_name_given, row.is_type_given])).to.deep.equal([
      ['s3-access', 1, 1],
      ['development-2', 0, 1],
    ]);
    const [first] = rows;
    if (first === undefined) throw new Error('nothing is kept');
    const { memory } = await store.chat(first);
    expect(memory.conversation.messages.map(({ kind }) => kind)).to.deep.equal(['user', 'assistant', 'user']);
    expect(await store.search('bucket')).to.have.lengthOf(1);
    store.dispose();
    const copy = new Sqlite(`${file}.version-1`, { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).to.equal(1);
    expect(copy.prepare('select count(*) from messages').pluck().get()).to.equal(3);
    copy.close();
    const now = new Sqlite(file, { readonly: true });
    expect(now.pragma('user_version', { simple: true })).to.equal(MIGRATIONS.length);
    now.close();
  });
});
