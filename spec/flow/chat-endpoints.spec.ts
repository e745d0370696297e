import { expect } from 'chai';
import { echo, ModelServer } from '../support/model-server.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

describe('where chats find their model', () => {
  let workplace: Workplace;
  let server: ModelServer;

  beforeEach(async () => {
    workplace = new Workplace({ kind: 'chat' });
    server = await ModelServer.open();
  });

  afterEach(async () => {
    await workplace.dispose();
    await server.close();
  });

  it('is the built-in guide with nothing configured, which says what it is', async () => {
    workplace.writeConfig('[api]\ndiscover = []\n');
    const client = workplace.attach();
    await client.shows(/\[development-1\] q> /);
    client.type('hello\r');
    await client.shows(/no language model[\s\S]*OPENAI_API_KEY/);
    await client.shows(/guide \d+%/);
  });

  it('is a server on the loopback where one listens', async () => {
    workplace.writeConfig(`[api]\ndiscover = [${server.port}]\n`);
    const { stdout } = await workplace.run(['new', '--chat', '-d', 'mark-found']);
    expect([stdout, server.requests.map(({ body }) => body.model)]).to.deep.equal(['mark-found\n', ['big']]);
  });

  it('is what the environment of the newest client says, also when it came after the server', async () => {
    workplace.writeConfig('[api]\ndiscover = []\n[options]\nexit-empty = false\n');
    await workplace.ask('start-server');
    server.key = 'sk-secret-of-the-spec';
    const environment = { OPENAI_API_KEY: server.key, OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'small' };
    const { stdout } = await workplace.run(['new', '--chat', '-d', 'mark-env'], { environment });
    expect([stdout, server.requests[0]?.body.model]).to.deep.equal(['mark-env\n', 'small']);
    expect(workplace.log()).to.not.contain('sk-secret');
    const printed = await workplace.ask('new', '-d', '-P', '-s', 'prog', 'env; exec cat');
    expect(printed).to.equal('prog:');
    expect(await workplace.ask('capture-pane', '-p', '-S', '-', '-t', 'prog')).to.not.contain('sk-secret');
  });
});

describe('ten chats at once', () => {
  let workplace: Workplace;
  let server: ModelServer;

  before(async () => {
    workplace = new Workplace();
    server = await ModelServer.open();
    workplace.writeConfig(`[api]\ndiscover = []\n[providers.spec]\nbase_url = "${server.url}"\nmodels = ["big"]\n`);
  });

  after(async () => {
    await workplace.dispose();
    await server.close();
  });

  it('stream five at a time, each its own reply, while keys and switching go on', async () => {
    server.fallback = echo({ pieces: 60, delay: 10 });
    const client = workplace.attach(['new-session', '-s', 'main', 'exec cat']);
    await client.shows('0:main*');
    const names = Array.from({ length: 10 }, (_, index) => `chat${index}`);
    const made = names.flatMap((name) => [';', 'new', '--chat', '-d', '-P', '-s', name, `mark-${name}`]).slice(1);
    await workplace.ask(...made);
    const started = performance.now();
    client.type('typed meanwhile\r');
    await client.shows(/typed meanwhile\ntyped meanwhile/);
    client.type('\x024');
    await client.shows(/4:chat3\*[\s\S]*$/);
    await client.shows(/mark-chat3/);
    const switched = performance.now() - started;
    const reasons = () => workplace.ask('list-sessions', '-F', '#{session_waiting_reason}');
    await waitUntil(async () => (await reasons()).match(/turn-ended/g)?.length === names.length, 'all replies');
    for (const name of names) {
      const shown = await workplace.ask('capture-pane', '-p', '-S', '-', '-t', name);
      const marks = shown.match(/mark-\w+/g) ?? [];
      expect([marks.length, new Set(marks).size], name).to.deep.equal([61, 1]);
    }
    expect(server.maximumInFlight).to.be.within(2, 5);
    expect(switched).to.be.below(3000);
  });
});
