import path from 'node:path';
import { expect } from 'chai';
import { sanitize } from '../../lib/text/sanitize.ts';
import type { SeenRequest } from '../support/model-server.ts';
import { ModelWorkplace } from '../support/model-workplace.ts';
import { waitUntil } from '../support/wait.ts';

/** What the model was told of its calls. */
const answers = ({ body }: SeenRequest): string =>
  (body.messages ?? [])
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => String(content))
    .join('\n');

describe('what a model can do to the person', () => {
  let place: ModelWorkplace;

  beforeEach(async () => {
    place = await ModelWorkplace.open(
      '[providers.other]\nbase_url = "http://127.0.0.1:1/v1"\napi_key_env = "WORK_SECRET"',
    );
  });

  afterEach(() => place.dispose());

  it('is no escape on the standard output or error of a script', async () => {
    const hostile = 'a\x1b]0;title\x07b\x1b[2J\tc\r\nd\u202ee\u009b31m';
    place.server.reply(hostile);
    const { stdout } = await place.workplace.run(['new', '--chat', '-d', '-s', 'one', '--model', 'spec/big', 'hello']);
    expect(stdout).to.equal('a]0;titleb[2J\tc\nde31m\n');
    const refused = { status: 400, body: JSON.stringify({ error: { message: hostile } }) };
    place.server.fail(refused);
    const { code, stderr } = await place.workplace.run(['ask', '-t', 'one', 'again']);
    expect(code).to.equal(1);
    for (const line of stderr.split('\n')) expect(sanitize(line)).to.equal(line);
  });

  it('is no answer in its name: what a tool runs sees no key, and may only look', async () => {
    const { workplace, server } = place;
    const client = workplace.attach(['new-session', '--chat', '-s', 'main', '--model', 'spec/big'], {
      environment: { ...workplace.environment, WORK_SECRET: 'sk-very-secret' },
    });
    await client.shows(/\] q> /);
    const qmux = `"${process.execPath}" "${path.resolve('bin/qmux')}" -S "${workplace.socketPath}"`;
    place.calls({ name: 'shell', arguments: { command: `env; ${qmux} approve; ${qmux} ls -F '#{session_name}!'` } });
    server.reply('Done.');
    client.type('go\r');
    await client.shows(/^ {2}y once/m);
    await workplace.ask('approve');
    await client.shows('Done.');
    const told = answers(await server.request(2));
    expect(told).not.to.contain('sk-very-secret');
    expect(told).not.to.match(/^QMUX(?:_SESSION)?=/m);
    expect(told).to.contain('may look, but not approve').and.contain('main!');
  });

  it('is not answered by a script that does not say which of several chats it means', async () => {
    const { workplace } = place;
    for (const name of ['one', 'two']) {
      place.calls({ name: 'shell', arguments: { command: 'true' } });
      await workplace.ask('new', '--chat', '-d', '-P', '-s', name, '--model', 'spec/big', 'go');
      const reason = () => workplace.ask('display-message', '-p', '-t', name, '#{session_waiting_reason}');
      await waitUntil(async () => (await reason()) === 'approval', 'the call to ask');
    }
    expect(await workplace.run(['approve'])).to.include({
      code: 1,
      stderr: 'one, two ask: say by -t NAME which one is meant\n',
    });
    expect(await workplace.ask('deny', '-t', 'two')).to.equal('two: refused shell: true');
    expect(await workplace.ask('approve', '-a')).to.equal('one: allowed shell: true');
  });
});
