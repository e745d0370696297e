import { expect } from 'chai';
import { systemClock } from '../../lib/base/clock.ts';
import { Options } from '../../lib/config/options.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';
import { createChatCode } from '../../lib/server/chat-code.ts';
import { ChatParts } from '../../lib/server/chat-parts.ts';
import { Store } from '../../lib/store/store.ts';
import { waitUntil } from '../support/wait.ts';

describe('ChatParts', () => {
  const options = new Options();
  options.set('discover-ports', '');
  const code = createChatCode({
    options,
    keyTables: createKeyTables(),
    providers: () => [],
    environment: () => ({}),
    onError: () => undefined,
  });
  const nothing = () => undefined;
  const store = new Store({ file: '/f/qmux.db', clock: systemClock, tell: nothing, onError: nothing, onOpen: nothing });
  const parts = (load: () => Promise<typeof code>) =>
    new ChatParts({ load, prompts: () => new Map(), folder: '/f', store, keyNames: () => [] });

  it('load their code once, when the first one asks', async () => {
    let loads = 0;
    const chats = parts(async () => {
      loads += 1;
      return code;
    });
    expect([loads, chats.code]).to.deep.equal([0, undefined]);
    const { name } = await chats.models.find(undefined);
    await Promise.all([chats.load(), chats.load()]);
    expect([loads, chats.code, name]).to.deep.equal([1, code, 'guide']);
  });

  it('know the names of models once they were listed', async () => {
    const chats = parts(() => Promise.resolve(code));
    expect(chats.knownModels()).to.deep.equal([]);
    await chats.load();
    chats.knownModels();
    await waitUntil(() => chats.knownModels().includes('guide'), 'the names');
  });

  it('try again after it failed', async () => {
    let fails = true;
    const chats = parts(() => (fails ? Promise.reject(new Error('no descriptors')) : Promise.resolve(code)));
    expect(await chats.load().catch((error: Error) => error.message)).to.equal('no descriptors');
    fails = false;
    expect(await chats.load()).to.equal(code);
  });
});
