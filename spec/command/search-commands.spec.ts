import { expect } from 'chai';
import { CommandPlace } from '../support/command-place.ts';

describe('search', () => {
  const place = new CommandPlace();
  const time = Date.UTC(2026, 0, 2, 3, 4);
  place.archive.kept = [
    {
      id: 1,
      kind: 'chat',
      openAs: undefined,
      around: '',
      matches: [],
      session: 'api',
      isOpen: true,
      time,
      message: 3,
      excerpt: 'the blue\u001b[31m door',
    },
    {
      id: 2,
      kind: 'program',
      openAs: undefined,
      around: '',
      matches: [],
      session: 'old',
      isOpen: false,
      time,
      message: undefined,
      excerpt: 'a blue door too',
    },
  ];

  it('prints where the words are, with nothing in it that a terminal would obey', async () => {
    const lines = (await place.run('search blue')).trimEnd().split('\n');
    expect(lines).to.have.lengthOf(2);
    expect(lines[0]).to.contain('2026-01-02 03:04  api, message 3: the blue').and.not.contain('\u001b');
    expect(lines[1]).to.contain('old (closed): a blue door too');
  });

  it('takes several words as they are, and prints JSON', async () => {
    const found: unknown = JSON.parse(await place.run('search --json door too'));
    expect(found).to.have.lengthOf(1);
  });
});
