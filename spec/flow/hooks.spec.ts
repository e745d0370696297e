import { expect } from 'chai';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

describe('hooks', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  /** Collects what an event was about in the option @heard. */
  const collect = (...names: string[]) =>
    Promise.all(
      names.map((name) =>
        workplace.ask('set-hook', '-g', name, "set -gaF @heard '#{hook}=#{hook_session_name}#{hook_client} '"),
      ),
    );
  const heard = async () => (await workplace.run(['show-options', '-gqv', '@heard'])).stdout;
  const hear = (wanted: RegExp) =>
    waitUntil(
      async () => wanted.test(await heard()),
      () => `a hook like ${wanted}`,
    );

  it('tell of sessions by the names of tmux', async () => {
    await workplace.ask('new-session', '-d', '-s', 'stay', 'exec sleep 100');
    await collect('session-created', 'session-renamed', 'session-closed', 'pane-died', 'pane-exited');
    await workplace.ask('new-session', '-d', '-s', 'one', 'exec sleep 100');
    await hear(/session-created=one /);
    await workplace.ask('rename-session', '-t', 'one', 'two');
    await hear(/session-renamed=two /);
    await workplace.ask('kill-session', '-t', 'two');
    await hear(/session-closed=two /);
    await workplace.ask('new-session', '-d', '-s', 'bad', 'exit 3');
    await hear(/pane-died=bad /);
    await workplace.ask('new-session', '-d', '-s', 'good', 'true');
    await hear(/pane-exited=good /);
  });

  it('tell of clients, by their tty', async () => {
    await workplace.ask('new-session', '-d', '-s', 'one', 'exec sleep 100');
    await workplace.ask('new-session', '-d', '-s', 'two', 'exec sleep 100');
    await collect('client-attached', 'client-session-changed', 'client-resized', 'client-detached');
    const client = workplace.attach(['attach-session', '-t', 'one']);
    await client.shows('one');
    const tty = await workplace.ask('list-clients', '-F', '#{client_tty}');
    expect(tty).to.match(/^\/dev\/(?:pts\/|tty)/);
    await hear(new RegExp(`client-attached=one${tty} `));
    await workplace.ask('switch-client', '-c', tty, '-t', 'two');
    await hear(new RegExp(`client-session-changed=two${tty} `));
    client.resize(70, 20);
    await hear(new RegExp(`client-resized=two${tty} `));
    await workplace.ask('detach-client', '-t', tty);
    await hear(new RegExp(`client-detached=two${tty} `));
  });

  it('tell of bells', async () => {
    await workplace.ask('new-session', '-d', '-s', 'stay', 'exec sleep 100');
    await collect('alert-bell');
    await workplace.ask('new-session', '-d', '-s', 'loud', 'sleep 0.1; printf "\\a"; exec sleep 100');
    await hear(/alert-bell=loud /);
  });
});
