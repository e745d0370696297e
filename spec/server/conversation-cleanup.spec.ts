import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Options } from '../../lib/config/options.ts';
import { ConversationCleanup } from '../../lib/server/conversation-cleanup.ts';
import { Store } from '../../lib/store/store.ts';
import { temporaryFolder } from '../support/folder.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { sessionFacts, storeFile } from '../support/store-place.ts';
import { waitUntil } from '../support/wait.ts';

const DAY = 86_400_000;

describe('the cleanup of closed conversations', () => {
  let clock: ManualClock;
  let store: Store;
  let options: Options;
  let cleanup: ConversationCleanup;
  let folder: string;
  const errors: unknown[] = [];

  beforeEach(async () => {
    clock = new ManualClock();
    folder = temporaryFolder();
    options = new Options();
    const onError = (error: unknown) => void errors.push(error);
    store = new Store({ file: storeFile(temporaryFolder()), clock, tell: () => {}, onError, onOpen: () => {} });
    await store.open();
    cleanup = new ConversationCleanup({ options, store, folder, clock, log: () => {}, onError });
  });
  afterEach(async () => {
    cleanup.dispose();
    await store.close();
    expect(errors.splice(0)).to.deep.equal([]);
  });

  /** A conversation with a folder, used last so many days ago. */
  async function add(name: string, isOpen: boolean, days: number): Promise<void> {
    mkdirSync(path.join(folder, `folder-of-${name}`));
    const facts = sessionFacts(name, { is_open: isOpen ? 1 : 0, last_active: clock.now() - days * DAY });
    const { database, sessions } = store.database ?? expect.fail('it is not open');
    await database.rows.transaction().execute((transaction) => sessions.add(transaction, facts));
  }
  const names = async () => (await store.database?.sessions.all(10))?.map((row) => row.session_name).sort();
  const hasFolder = (name: string) => existsSync(path.join(folder, `folder-of-${name}`));

  it('forgets what was closed and rested for the days of the option, with its folder, once a day', async () => {
    await add('old', false, 29.5);
    await add('new', false, 0);
    await add('open', true, 400);
    await cleanup.run();
    expect(await names()).to.deep.equal(['new', 'old', 'open']);
    clock.advance(DAY);
    await waitUntil(() => !hasFolder('old'), 'the folder to be removed');
    expect(await names()).to.deep.equal(['new', 'open']);
    expect(['new', 'open'].map(hasFolder)).to.deep.equal([true, true]);
  });

  it('forgets at once when the option says fewer days, and nothing at 0', async () => {
    await add('old', false, 200);
    await add('new', false, 3);
    options.set('cleanup-after-days', '0');
    await cleanup.run();
    expect(await names()).to.deep.equal(['new', 'old']);
    options.set('cleanup-after-days', '100');
    await waitUntil(() => !hasFolder('old'), 'the folder to be removed');
    expect(await names()).to.deep.equal(['new']);
  });
});
