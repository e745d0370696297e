import { expect } from 'chai';
import { systemClock } from '../../lib/base/clock.ts';
import { ShownPanes } from '../../lib/layout/shown-panes.ts';
import { LayoutKeeper } from '../../lib/server/layout-keeper.ts';
import type { ClientLayout } from '../../lib/server/layout-memory.ts';
import type { Session } from '../../lib/session/session.ts';
import { sql } from '../../lib/store/kysely.ts';
import type { OpenStore } from '../../lib/store/open-store.ts';
import { Store } from '../../lib/store/store.ts';
import { CommandPlace } from '../support/command-place.ts';
import { temporaryFolder } from '../support/folder.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { storeFile } from '../support/store-place.ts';
import { waitUntil } from '../support/wait.ts';

const AREA = { x: 0, y: 0, width: 80, height: 24 };

describe('what is written of layouts', () => {
  let store: Store;
  let clock: ManualClock;
  let keeper: LayoutKeeper;
  let sessions: readonly Session[];
  let layouts: ClientLayout[];
  let told: string[];

  beforeEach(async () => {
    const place = new CommandPlace();
    for (const name of ['a', 'b']) await place.run(`new-session -d -s ${name} true`);
    sessions = place.sessions;
    layouts = [];
    told = [];
    clock = new ManualClock();
    store = new Store({
      file: storeFile(temporaryFolder()),
      clock: systemClock,
      tell: (text) => void told.push(text),
      onError: (error) => void told.push(String(error)),
      onOpen: () => keeper.note(),
    });
    keeper = new LayoutKeeper({
      store,
      clock,
      layouts: () => layouts,
      keyOf: ({ name }) => name,
      sidebarOf: (client) => client === 'with a sidebar',
      log: (text) => void told.push(text),
    });
  });

  afterEach(() => store.close());

  const database = (): OpenStore => {
    if (store.database === undefined) throw new Error(`it is not open: ${told.join()}`);
    return store.database;
  };

  /** A client shows all sessions side by side. */
  function show(client: string, shown: readonly Session[] = sessions): void {
    const [first, ...rest] = shown;
    if (first === undefined) throw new Error('no session');
    const panes = new ShownPanes(first, () => undefined);
    for (const session of rest) panes.split(AREA, panes.active, session, { direction: 'horizontal' });
    layouts = [...layouts.filter((layout) => layout.client !== client), { client, state: panes.state, area: AREA }];
    keeper.note();
  }

  const kept = async () => {
    const names = new Map(sessions.map((session): [string, Session] => [session.name, session]));
    const read = await keeper.read(database(), names);
    return read.map(({ client, state, sidebar }) => [client, state.sessions.size, sidebar]);
  };

  async function written(wait: number): Promise<void> {
    clock.advance(wait);
    await waitUntil(() => keeper.isWritten, 'the layouts to be written');
  }

  it('is there half a second after the last change, the newest last', async () => {
    await store.open();
    show('with a sidebar');
    show('other', sessions.slice(0, 1));
    expect(keeper.isWritten).to.equal(false);
    await written(500);
    expect(await kept()).to.deep.equal([
      ['with a sidebar', 2, true],
      ['other', 1, false],
    ]);
    expect(clock.armed).to.equal(0);
  });

  it('waits for the database', async () => {
    show('early');
    clock.advance(500);
    await store.open();
    await written(500);
    expect(await kept()).to.deep.equal([['early', 2, false]]);
  });

  it('is tried again where the disk was full', async () => {
    await store.open();
    const { rows } = database().database;
    await sql`pragma max_page_count = 1`.execute(rows);
    const many = Array.from({ length: 60 }, (_, index) => `a client whose name is a long one ${index}`.repeat(20));
    for (const client of many) show(client);
    clock.advance(500);
    await waitUntil(() => told.length > 0, 'the person to be told');
    await sql`pragma max_page_count = 1000000`.execute(rows);
    await written(5000);
    expect((await kept()).map(([client]) => client)).to.have.members(many);
  });

  it('is as it was before the server ended', async () => {
    await store.open();
    show('client');
    await keeper.end(false);
    expect(await kept()).to.deep.equal([['client', 2, false]]);
    show('client', sessions.slice(0, 1));
    expect(clock.armed).to.equal(0);
    expect(await kept()).to.deep.equal([['client', 2, false]]);
  });

  it('stays as it was where a shutdown ended sessions before the server', async () => {
    await store.open();
    show('client');
    await written(500);
    show('client', sessions.slice(0, 1));
    await keeper.end(true);
    expect(await kept()).to.deep.equal([['client', 2, false]]);
  });
});
