import { accessSync, constants, existsSync, lstatSync, unlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import Sqlite from 'better-sqlite3';
import type { Kysely as Rows, SqliteDatabase } from 'kysely';
import type { Disposable } from '../base/disposable.ts';
import { errorCode } from '../base/error-code.ts';
import { errorText } from '../base/user-error.ts';
import { checkFiles, moveAside, noteOwner, ownerOf, prepareFile, prepareFolder } from './database-folder.ts';
import { Kysely, SqliteDialect } from './kysely.ts';
import { APPLICATION_ID, MIGRATIONS, migrate } from './migrations.ts';
import { salvage } from './salvage.ts';
import type { Tables } from './schema.ts';
import { isDamage, newerProblem, type StoreProblem, storeProblem, takenProblem } from './store-problem.ts';

/** A file of at most so many bytes is checked whole when it is opened; a larger one as it is read. */
const CHECKED_WHOLE = 2_000_000;
/** There will never be so many versions: a number above is damage. */
const NO_VERSION = 10_000;
/** Statements that are kept prepared; the texts that come again and again are few. */
const STATEMENTS = 64;
/** Of memory for pages, in KiB. */
const CACHE = 8192;

/** The open database: this process is its only one. */
export interface Database extends Disposable {
  readonly file: string;
  readonly rows: Rows<Tables>;
  /** From now on `hear` is called, later, with what was thrown when damage was met, in reading too. */
  onDamage(hear: (error: unknown) => void): void;
  /** Fulfilled when all that was committed would outlive a loss of power; the event loop does not wait for the disk. */
  sync(): Promise<void>;
}

export interface OpenOptions {
  /** It was found damaged in use. */
  readonly isDamaged?: boolean;
  /** What this process is called to others that want the same file. */
  readonly owner?: string;
  readonly migrations?: typeof MIGRATIONS;
}

interface OpenFile {
  readonly kind: 'open';
  readonly file: string;
  readonly sqlite: Sqlite.Database;
  readonly rows: Rows<Tables>;
  readonly heard: Hearing;
}

/** Who hears of damage. */
interface Hearing {
  damage: ((error: unknown) => void) | undefined;
}

export type Opening =
  /** `told` is what a person should hear of it, as sentences. */
  | { readonly kind: 'open'; readonly database: Database; readonly told: readonly string[] }
  | { readonly kind: 'closed'; readonly problem: StoreProblem };

/**
 * Opens the database, makes it where it is missing, and brings it to the newest version. One process at a time has it:
 * the kernel holds the lock and frees it however that one dies. What is no sound database is moved aside, and what can
 * be read of it is taken over; so is one that was found damaged in use (`isDamaged`). Never rejects.
 */
export async function openDatabase(
  file: string,
  { isDamaged = false, owner = 'another', migrations = MIGRATIONS }: OpenOptions = {},
): Promise<Opening> {
  let lock: Sqlite.Database | undefined;
  try {
    prepareFolder(file);
    checkFiles(file);
    lock = takeLock(`${file}.lock`);
    if (lock === undefined) return { kind: 'closed', problem: takenProblem(file, ownerOf(file)) };
    noteOwner(file, owner);
    const opened = isDamaged ? undefined : await tryOpen(file, migrations);
    if (opened?.kind === 'open') return opening(opened, lock, []);
    if (opened !== undefined && opened.aside === undefined) {
      lock.close();
      return opened;
    }
    const aside = opened?.aside ?? moveAside(file, 'damaged');
    const anew = await tryOpen(file, migrations);
    if (anew.kind === 'open') {
      const count = salvage(aside, anew.sqlite);
      return opening(anew, lock, [`${file} was damaged and is now ${aside}: ${savedText(count)}.`]);
    }
    lock.close();
    return anew;
  } catch (error) {
    lock?.close();
    return { kind: 'closed', problem: storeProblem(error, file) };
  }
}

function opening({ file, sqlite, rows, heard }: OpenFile, lock: Sqlite.Database, told: readonly string[]): Opening {
  const database: Database = {
    file,
    rows,
    onDamage(hear) {
      heard.damage = hear;
    },
    sync: shared(async () => {
      const log = await open(`${file}-wal`, 'r+');
      try {
        await log.datasync();
      } finally {
        await log.close();
      }
    }),
    dispose() {
      try {
        sqlite.close();
      } finally {
        lock.close();
      }
    },
  };
  return { kind: 'open', database, told };
}

/** All who ask while one run is under way share the next one: a run covers only what was there when it began. */
function shared(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return begin();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return begin();
      });
    return next;
  };
}

const savedText = (count: number): string =>
  count === 0 ? 'a new one was begun' : `${count} conversation${count === 1 ? '' : 's'} of it could be saved`;

/**
 * Who holds this lock may touch the database, whatever state that is in. The lock is an empty database that is locked
 * for ever, so it needs no file format and nothing is left to break. Undefined when another process has it.
 */
function takeLock(file: string): Sqlite.Database | undefined {
  prepareFile(file);
  const lock = new Sqlite(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    if (errorCode(error)?.startsWith('SQLITE_BUSY')) return undefined;
    if (errorCode(error) !== 'SQLITE_NOTADB') throw error;
    // Something else was written there, and it keeps nothing.
    unlinkSync(file);
    return takeLock(file);
  }
}

interface Closed {
  readonly kind: 'closed';
  readonly problem: StoreProblem;
  /** Where a damaged file lies now. */
  readonly aside?: string;
}

async function tryOpen(file: string, migrations: typeof MIGRATIONS): Promise<OpenFile | Closed> {
  let sqlite: Sqlite.Database | undefined;
  try {
    prepareFile(file);
    sqlite = new Sqlite(file, { timeout: 50 });
    // No other process may look in, so none can hold us up; set before anything is read.
    sqlite.pragma('locking_mode = exclusive');
    const version = checkedVersion(sqlite, file);
    if (version > migrations.length) {
      sqlite.close();
      return { kind: 'closed', problem: newerProblem(file, version) };
    }
    sqlite.pragma('journal_mode = wal');
    checkWritable(sqlite, file, version);
    // A commit is safe against the death of this process; `sync` makes it safe against a loss of power.
    sqlite.pragma('synchronous = normal');
    sqlite.pragma(`cache_size = -${CACHE}`);
    sqlite.pragma('journal_size_limit = 16777216');
    const heard: Hearing = { damage: undefined };
    const rows = new Kysely<Tables>({ dialect: new SqliteDialect({ database: forKysely(sqlite, heard) }) });
    if (version < migrations.length) {
      if (version > 0) backUp(sqlite, `${file}.version-${version}`);
      await migrateSound(rows, version, migrations);
    }
    return { kind: 'open', file, sqlite, rows, heard };
  } catch (error) {
    const problem = storeProblem(error, file);
    try {
      // Moved before it is closed, which would write into it what stands in its log: that may be another's.
      return problem.kind === 'damaged'
        ? { kind: 'closed', problem, aside: moveAside(file, 'damaged') }
        : { kind: 'closed', problem };
    } finally {
      sqlite?.close();
    }
  }
}

/**
 * SQLite itself ends a transaction for which there is no room; that it cannot be rolled back once more must not hide
 * why.
 */
function forKysely(sqlite: Sqlite.Database, heard: Hearing): SqliteDatabase {
  const watched = <T>(run: () => T): T => {
    try {
      return run();
    } catch (error) {
      const { damage } = heard;
      if (damage !== undefined && isDamage(error)) setImmediate(() => damage(error));
      throw error;
    }
  };
  const prepare = (text: string): PreparedStatement => {
    const statement = watched(() => sqlite.prepare(text));
    return {
      reader: statement.reader,
      all: (values) => watched(() => statement.all(values)),
      run: (values) => watched(() => statement.run(values)),
      // One that is read row by row is busy until the last: each such reading has its own.
      iterate: (values) => sqlite.prepare<unknown[]>(text).iterate(values),
    };
  };
  const prepared = new Map<string, PreparedStatement>();
  return {
    close: () => void sqlite.close(),
    prepare: (wanted) => {
      const text = wanted === 'rollback' && !sqlite.inTransaction ? 'select 1' : wanted;
      const statement = prepared.get(text) ?? prepare(text);
      prepared.delete(text);
      prepared.set(text, statement);
      const [oldest] = prepared.keys();
      if (oldest !== undefined && prepared.size > STATEMENTS) prepared.delete(oldest);
      return statement;
    },
  };
}

type PreparedStatement = ReturnType<SqliteDatabase['prepare']>;

/** The version of a sound file of ours, 0 for an empty one. Throws for any other. */
function checkedVersion(sqlite: Sqlite.Database, file: string): number {
  const version = Number(sqlite.pragma('user_version', { simple: true }));
  const owner = Number(sqlite.pragma('application_id', { simple: true }));
  const tables = Number(sqlite.prepare('select count(*) from sqlite_schema').pluck().get());
  if (tables > 0 && owner !== APPLICATION_ID) throw notOurs();
  if (tables > 0 && (version < 1 || version > NO_VERSION)) throw damaged(`it has version ${version}`);
  if (tables > 0 && lstatSync(file).size <= CHECKED_WHOLE) {
    const found = sqlite.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw damaged(String(found));
  }
  return tables === 0 ? 0 : version;
}

/** Throws where nothing can be written; a file that only says so itself is damaged. */
function checkWritable(sqlite: Sqlite.Database, file: string, version: number): void {
  try {
    sqlite.exec(`begin immediate; pragma user_version = ${version}; rollback`);
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('rollback');
    if (errorCode(error)?.startsWith('SQLITE_READONLY') !== true) throw error;
    accessSync(file, constants.W_OK);
    throw damaged('its header says that it cannot be written');
  }
}

/** Where what a step makes is there already, the version in the file is not that of its tables. */
async function migrateSound(rows: Rows<Tables>, version: number, migrations: typeof MIGRATIONS): Promise<void> {
  try {
    await migrate(rows, version, migrations);
  } catch (error) {
    const isThere = version > 0 && /already exists|duplicate column/.test(errorText(error));
    throw isThere ? damaged(`it is not of version ${version}`) : error;
  }
}

const damaged = (text: string): Error => new Sqlite.SqliteError(text, 'SQLITE_CORRUPT');
const notOurs = (): Error => new Sqlite.SqliteError('it is the database of another program', 'SQLITE_NOTADB');

/** A whole copy, made through the connection: opening the file once more would free its lock. */
function backUp(sqlite: Sqlite.Database, copy: string): void {
  if (existsSync(copy)) return;
  sqlite.prepare('vacuum into ?').run(copy);
  prepareFile(copy);
}
