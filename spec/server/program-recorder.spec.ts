import { expect } from 'chai';
import { systemClock } from '../../lib/base/clock.ts';
import type { KeptProgram } from '../../lib/server/kept-program.ts';
import { readProgram } from '../../lib/server/kept-program.ts';
import { ProgramRecorder } from '../../lib/server/program-recorder.ts';
import { rebuildScreens, restorePrograms } from '../../lib/server/restore-programs.ts';
import type { ProgramSession } from '../../lib/session/program-session.ts';
import { sql } from '../../lib/store/kysely.ts';
import type { OpenStore } from '../../lib/store/open-store.ts';
import { Store } from '../../lib/store/store.ts';
import { temporaryFolder } from '../support/folder.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { nextEvent, ProgramSessions, textOf } from '../support/program-sessions.ts';
import { QuickClock } from '../support/quick-clock.ts';
import { storeFile } from '../support/store-place.ts';
import { waitUntil } from '../support/wait.ts';

describe('what is written of programs', () => {
  let sessions: ProgramSessions;
  let store: Store;
  let recorder: ProgramRecorder;
  let told: string[];
  let isWanted: boolean;

  beforeEach(async () => {
    sessions = new ProgramSessions();
    told = [];
    isWanted = true;
    store = new Store({
      file: storeFile(temporaryFolder()),
      clock: systemClock,
      tell: (text) => void told.push(text),
      onError: (error) => void told.push(String(error)),
      onOpen: () => recorder.opened(),
      isWanted: () => isWanted,
    });
    recorder = new ProgramRecorder({ store, clock: new QuickClock() });
    await store.open();
  });

  afterEach(async () => {
    await recorder.end();
    sessions.close();
    await store.close();
  });

  const database = (): OpenStore => {
    if (store.database === undefined) throw new Error(`it is not open: ${told.join()}`);
    return store.database;
  };

  function start(line: string, folder: string, kept?: KeptProgram): ProgramSession {
    const session = sessions.start(line);
    const { columns, rows } = session.size;
    const choices = () => ({
      start: { command: ['sh', '-c', line], environment: {}, directory: '/', size: { columns, rows } },
      otherNames: [],
      options: '{}',
    });
    recorder.watch(session, folder, choices, kept);
    return session;
  }

  const shows = (session: ProgramSession, words: string) =>
    waitUntil(() => textOf(session).includes(words), `${words} on the screen`);

  const written = () => waitUntil(() => recorder.unwritten === 0, 'all to be written');

  const open = async () => (await database().sessions.open()).map(({ folder }) => folder);

  async function screen(folder: string): Promise<string | undefined> {
    const row = await database().sessions.byFolder(folder);
    return row && (await database().sessions.screen(row.id))?.text;
  }

  /** Ends it from outside, as its session does then. */
  async function endedBy(session: ProgramSession, signal: NodeJS.Signals): Promise<void> {
    const exited = nextEvent(session, 'exited');
    process.kill(Number(session.fact('pane_pid')), signal);
    await exited;
    recorder.closed(session);
  }

  it('counts what is not written, and says when all is', async () => {
    const session = start('echo words; exec cat', 'one');
    expect(recorder.unwritten).to.equal(1);
    await shows(session, 'words');
    await written();
    expect(await screen('one')).to.equal('words');
    expect(recorder.keeps('one')).to.equal(true);
    expect(recorder.keeps('two')).to.equal(false);
  });

  it('is closed from the moment that a person closes it, with its last words', async () => {
    const session = start("trap '' HUP; echo words; while :; do sleep 0.1; done", 'one');
    await shows(session, 'words');
    recorder.closing(session);
    await written();
    expect(await open()).to.deep.equal([]);
    expect(await screen('one')).to.equal('words');
    recorder.reopen(true);
    await recorder.end();
    expect(await open()).to.deep.equal([]);
  });

  it('brings back what ended just before a server that was told to end', async () => {
    recorder = new ProgramRecorder({ store, clock: systemClock });
    const [tidy, hungUp] = [
      start("trap 'exit 0' TERM; echo one; while :; do sleep 0.05; done", 'tidy'),
      start('echo two; exec cat', 'hung-up'),
    ];
    await shows(tidy, 'one');
    await shows(hungUp, 'two');
    await endedBy(tidy, 'SIGTERM');
    await endedBy(hungUp, 'SIGHUP');
    await written();
    expect(await open()).to.deep.equal([]);
    expect(recorder.reopen(false), 'since its last session ended').to.equal(1);
    await recorder.end();
    expect(await open()).to.deep.equal(['hung-up']);
    expect(recorder.reopen(true), 'told to end meanwhile').to.equal(1);
    await recorder.end();
    expect((await open()).toSorted()).to.deep.equal(['hung-up', 'tidy']);
    expect(await screen('tidy')).to.equal('one');
  });

  it('leaves closed what ended before that', async () => {
    const clock = new ManualClock();
    recorder = new ProgramRecorder({ store, clock });
    const [early, late] = [start('exec cat', 'early'), start('exec cat', 'late')];
    await endedBy(early, 'SIGHUP');
    clock.advance(1500);
    await endedBy(late, 'SIGHUP');
    clock.advance(1500);
    expect(recorder.reopen(true)).to.equal(1);
    await recorder.end();
    expect(await open()).to.deep.equal(['late']);
  });

  it('goes on when a full disk has room again, without a word twice', async () => {
    const session = start('echo first; read x; echo second; exec cat', 'one');
    await shows(session, 'first');
    await written();
    const { rows } = database().database;
    // It refuses to be smaller than the file is: the file may not grow.
    await sql`pragma max_page_count = 1`.execute(rows);
    session.send(Buffer.from('\r'));
    const big = start('seq 1 2000; exec cat', 'two');
    await shows(big, '2000');
    await shows(session, 'second');
    await waitUntil(() => told.length > 0, 'the person to be told');
    await sql`pragma max_page_count = 1000000`.execute(rows);
    await written();
    expect(await screen('one')).to.contain('second');
    expect(await screen('two')).to.contain('\n2000');
    expect(told.filter((text) => text.includes('full'))).to.have.length(1);
  });

  it('writes nothing new while nothing is to be kept, but what is closed', async () => {
    const session = start('echo words; exec cat', 'one');
    await shows(session, 'words');
    await written();
    isWanted = false;
    start('exec cat', 'two');
    expect(recorder.unwritten).to.equal(0);
    recorder.closing(session);
    await waitUntil(async () => (await open()).length === 0, 'the closed one to be closed');
    isWanted = true;
    recorder.choicesChanged();
    await written();
    expect(await open()).to.deep.equal(['two']);
  });

  describe('and comes back', () => {
    async function restored(isThere: (folder: string) => boolean = () => false) {
      const made: string[] = [];
      const back = await restorePrograms(database(), {
        make: (kept) => {
          made.push(kept.row.folder);
          return sessions.start('', {
            command: kept.command,
            size: kept.size,
            kept: { waitingReason: undefined, seen: true, unread: 0, lastActivity: kept.row.last_active },
          });
        },
        tell: (text) => void told.push(text),
        isThere,
        onError: (error) => void told.push(String(error)),
      });
      return { made, back };
    }

    it('with what it showed', async () => {
      const session = start("printf '\\033]2;a title\\007words\\n'; exec cat", 'one');
      await shows(session, 'words');
      await written();
      const { back } = await restored();
      await rebuildScreens(database(), back, (error) => void told.push(String(error)));
      const [first] = back;
      expect(first && textOf(first.session)).to.equal('words');
      expect(first?.session.title).to.equal('a title');
      expect(told).to.deep.equal([]);
    });

    it('not where it is there, as after the database of another server was taken over', async () => {
      start('exec cat', 'own');
      start('exec cat', 'of another');
      await written();
      expect((await restored((folder) => recorder.keeps(folder) && folder === 'own')).made).to.deep.equal([
        'of another',
      ]);
    });

    it('or says that it cannot be read', async () => {
      start('exec cat', 'one');
      await written();
      const row = await database().sessions.byFolder('one');
      if (row === undefined) throw new Error('it is not there');
      for (const program of [null, '', '{', '[]', '{"command":1}', '{"command":[],"environment":[]}'])
        expect(readProgram({ ...row, program })).to.equal(undefined);
      await database()
        .database.rows.updateTable('conversations')
        .set({ program: '{' })
        .where('id', '=', row.id)
        .execute();
      expect((await restored()).made).to.deep.equal([]);
      expect(told.join()).to.contain('did not come back: what started it cannot be read');
    });
  });
});
