import { expect } from 'chai';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

describe('leaving', () => {
  let workplace: Workplace;

  beforeEach(async () => {
    workplace = new Workplace();
    await workplace.ask('new-session', '-d', '-s', 'one', 'echo in-one; exec sleep 100');
    await workplace.ask('new-session', '-d', '-s', 'two', 'echo in-two; exec sleep 100');
    await workplace.ask('new-session', '-d', '-s', 'three', 'echo in-three; exec sleep 100');
  });

  afterEach(() => workplace.dispose());

  it('with detach-client -E gives the terminal to a command, whose exit code is that of the client', async () => {
    const client = workplace.attach(['attach-session', '-t', 'one']);
    await client.shows('in-one');
    await workplace.ask('detach-client', '-E', 'read -r word; echo "heard $word"; exit 7');
    client.type('this\r');
    await client.shows('heard this');
    expect(await client.exited).to.equal(7);
    expect(client.text()).not.to.include('detached');
  });

  it('with attach-session -d detaches the others of the session', async () => {
    const first = workplace.attach(['attach-session', '-t', 'one']);
    await first.shows('in-one');
    const second = workplace.attach(['attach-session', '-d', '-t', 'one']);
    await second.shows('in-one');
    expect(await first.exited).to.equal(0);
    expect(first.text()).to.include('[detached (from session one)]');
    expect((await workplace.ask('list-clients')).split('\n')).to.have.length(1);
  });

  const shown = (name: string) =>
    waitUntil(
      async () => (await workplace.ask('list-clients', '-F', '#{client_session}')) === name,
      () => `the client to show ${name}`,
    );

  it('follows the option detach-on-destroy when its session ends', async () => {
    const client = workplace.attach(['attach-session', '-t', 'three']);
    await client.shows('in-three');
    await workplace.ask('switch-client', '-t', 'two');
    await workplace.ask('set-option', '-g', 'detach-on-destroy', 'previous');
    await workplace.ask('kill-session', '-t', 'two');
    await shown('one');
    await workplace.ask('set-option', '-g', 'detach-on-destroy', 'on');
    await workplace.ask('kill-session', '-t', 'one');
    expect(await client.exited).to.equal(0);
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.equal('three');
  });
});
