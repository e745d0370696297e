import { expect } from 'chai';
import { ModelWorkplace } from '../support/model-workplace.ts';
import { waitUntil } from '../support/wait.ts';

describe('the name of a new chat', () => {
  let place: ModelWorkplace;

  const open = async (settings = '') => {
    place = await ModelWorkplace.open(settings);
    return place.chat(['new-session', '--chat']);
  };
  const session = () => place.workplace.ask('list-sessions', '-F', '#{session_name} #{session_type}');

  afterEach(() => place.dispose());

  it('comes from what is said first, with its type, and a hook hears of it', async () => {
    const client = await open();
    await client.shows(/0:development-1\*/);
    await place.workplace.ask('set-hook', '-g', 'session-renamed', "set -gaF @heard '#{hook_session_name} '");
    place.server.reply('Let me see.');
    client.type('hello\r');
    await client.shows('Let me see.');
    place.server.reply('It is the proxy.');
    client.type('nginx returns 502 after each deploy, why?\r');
    await client.shows(/\[nginx-\S*502\S*\] q>[\s\S]*0:nginx-\S*502\S*\*/);
    await client.shows('It is the proxy.');
    expect(await session()).to.match(/^nginx-\S*502\S* debug$/);
    expect(await place.workplace.ask('show-options', '-gv', '@heard')).to.match(/^nginx-/);
    expect(await place.workplace.ask('display-message', '-p', '-t', 'development-1', '#{session_name}')).to.match(
      /^nginx-/,
    );
  });

  it('is another one beside a chat of that name', async () => {
    await open();
    for (const expected of ['csv-export-invoices', 'csv-export-2']) {
      await place.workplace.ask('new', '--chat', '-d', 'add csv export for invoices');
      expect(await session()).to.contain(`${expected} development`);
    }
  });

  it('stays when a person gave it, and so does the type', async () => {
    const client = await open();
    place.server.reply('Yes.');
    client.type('/rename mine\r');
    await client.shows(/0:mine\*/);
    client.type('/type planning\r');
    client.type('nginx returns 502 after each deploy\r');
    await client.shows('Yes.');
    expect(await session()).to.equal('mine planning');
  });

  it('stays as it was where the option is off', async () => {
    const client = await open('[sessions]\nauto_generate_names = false\n');
    place.server.reply('Yes.');
    client.type('nginx returns 502 after each deploy\r');
    await client.shows('Yes.');
    expect(await session()).to.equal('development-1 debug');
  });

  it('is refined by the model where the option says so, within the rules', async () => {
    const client = await open('[sessions]\nauto_generate_names = "model"\n');
    place.server.reply('Yes.');
    place.server.reply('Proxy Deploy \u001b[31mGap');
    client.type('nginx returns 502 after each deploy\r');
    await client.shows(/0:proxy-deploy/);
    const [, asked] = place.server.requests;
    expect([asked?.text, asked?.body.tools ?? []]).to.deep.equal(['nginx returns 502 after each deploy', []]);
  });

  it('stays what it is when the model fails to give a better one', async () => {
    const client = await open('[sessions]\nauto_generate_names = "model"\n');
    place.server.reply('Yes.');
    place.server.reply('I would be glad to help you with a name for this conversation, but first tell me more.');
    place.server.reply('Again.');
    client.type('nginx returns 502 after each deploy\r');
    await client.shows('Yes.');
    await waitUntil(() => place.server.requests.length === 2, 'the model to be asked for a name');
    client.type('and now\r');
    await client.shows('Again.');
    expect(await session()).to.match(/^nginx-\S*502\S* debug$/);
  });
});
