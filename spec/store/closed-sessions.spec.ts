import { expect } from 'chai';
import type { OpenStore } from '../../lib/store/open-store.ts';
import { temporaryFolder } from '../support/folder.ts';
import { KeptConversation, openStore, sessionFacts, storeFile } from '../support/store-place.ts';

describe('closedSessions', () => {
  let store: OpenStore;
  beforeEach(async () => {
    ({ store } = await openStore(storeFile(temporaryFolder())));
  });
  afterEach(() => store.dispose());

  it('tells those that were closed, the one used last first, with what was said in each', async () => {
    const old = await KeptConversation.create(store, sessionFacts('old', { is_open: 0, last_active: 1000 }));
    await old.said('one');
    await old.said('two');
    await KeptConversation.create(store, sessionFacts('open', { last_active: 3000 }));
    await KeptConversation.create(store, sessionFacts('new', { is_open: 0, last_active: 2000 }));
    const found = await store.closed(10);
    expect(found.map(({ session_name, messages }) => [session_name, messages])).to.deep.equal([
      ['new', 0],
      ['old', 2],
    ]);
    expect(await store.closed(1)).to.have.lengthOf(1);
  });
});
