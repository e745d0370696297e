import { expect } from 'chai';
import { lastExcerpt } from '../../lib/store/excerpt.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { temporaryFolder } from '../support/folder.ts';
import { KeptConversation, openStore, sessionFacts, storeFile } from '../support/store-place.ts';

const MARKS = { start: '<', end: '>' };

describe('lastExcerpt', () => {
  it('shows the last place of a word, with the words marked, from its line on', () => {
    const text = 'the Red door\nnothing\na red old DOOR here\nend';
    expect(lastExcerpt(text, ['red', 'door'], MARKS).excerpt).to.equal('a <red> old <DOOR> here\nend');
    expect(lastExcerpt(text, ['red'], MARKS).around).to.equal(text);
    expect(lastExcerpt('', ['red'], MARKS)).to.deep.equal({ excerpt: '', around: '' });
    expect(lastExcerpt('no such word', ['red'], MARKS).excerpt).not.to.contain('<');
  });

  it('keeps searching fast where long texts have a word in every line', async () => {
    const { store } = await openStore(storeFile(temporaryFolder()));
    const text = Array.from({ length: 1500 }, (_, row) => `row ${row} of a long log, with common words`).join('\n');
    for (let number = 0; number < 20; number++) {
      const kept = await KeptConversation.create(store, sessionFacts(`chat-${number}`));
      await kept.said(text);
    }
    const began = cpuTime();
    const found = await store.search('common');
    const took = cpuTime() - began;
    store.dispose();
    expect(found).to.have.lengthOf(20);
    expect(found[0]?.excerpt).to.contain('common').and.contain('row 1499');
    expect(took).to.be.below(300);
  });
});
