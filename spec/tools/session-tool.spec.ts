import { expect } from 'chai';
import { prepare, refusal, runTool, toolPlace } from '../support/tool-place.ts';

const place = () => {
  const asked: string[] = [];
  const sessions = {
    list: () => [
      { name: 'api', kind: 'chat', status: 'waiting-for-input', preview: 'done' },
      { name: 'make', kind: 'program', status: 'processing', preview: 'cc a.c' },
    ],
    read: (name: string, lines: number) => `last ${lines} of ${name}`,
    ask: async (name: string, text: string) => {
      asked.push(`${name}: ${text}`);
      return 'the reply';
    },
  };
  return { place: toolPlace({ sessions }), asked };
};

describe('session', () => {
  it('lists the others', async () => {
    const { text } = await runTool('session', { action: 'list' }, place().place);
    expect(text).to.equal('api\tchat\twaiting-for-input\tdone\nmake\tprogram\tprocessing\tcc a.c');
    expect((await runTool('session', { action: 'list' }, toolPlace())).text).to.equal('[no other sessions]');
  });

  it('reads one, and says whose screen it is before', async () => {
    const call = await prepare('session', { action: 'read', name: 'make', lines: 5 }, place().place);
    expect([call.title, call.access.sessions]).to.deep.equal(['read make', ['make']]);
    expect((await call.run({ signal: new AbortController().signal, onOutput: () => {} })).text).to.equal(
      'last 5 of make',
    );
  });

  it('asks one, with the text as it was changed', async () => {
    const { place: here, asked } = place();
    const call = await prepare('session', { action: 'ask', name: 'api', text: 'old' }, here);
    const changed = await call.edited('new');
    expect((await changed.run({ signal: new AbortController().signal, onOutput: () => {} })).text).to.equal(
      'the reply',
    );
    expect([call.editable, asked]).to.deep.equal(['old', ['api: new']]);
  });

  it('refuses what is not whole', async () => {
    for (const [args, why] of [
      [{ action: 'read' }, 'needs the name'],
      [{ action: 'ask', name: 'api' }, 'needs the text'],
      [{ action: 'ask', name: 'api', text: ' ' }, 'needs the text'],
      [{ action: 'look' }, 'must be one of'],
    ] as const)
      expect(await refusal(prepare('session', args, place().place))).to.contain(why);
    expect(await refusal(runTool('session', { action: 'read', name: 'none' }, toolPlace()))).to.contain('no session');
  });
});
