import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { Gate } from '../support/gate.ts';
import { ModelWorkplace } from '../support/model-workplace.ts';
import { waitUntil } from '../support/wait.ts';

/** A reply is on disk so many milliseconds after it is on the screen; from there on nothing of it is lost. */
const BEHIND = 250;

describe('what is kept', () => {
  let place: ModelWorkplace;
  beforeEach(async () => {
    place = await ModelWorkplace.open();
  });
  afterEach(() => place.dispose());

  const names = async () => (await place.workplace.run(['list-sessions', '-F', '#{session_name}'])).stdout;

  it('comes back after the server was killed during a reply', async () => {
    const gate = new Gate();
    place.server.reply('I will remember it.');
    place.server.reply({ text: ['This one is', gate.opened, ' lost'] });
    const client = await place.chat();
    await place.workplace.run(['rename-session', 'kept-one']);
    client.type('the number is 4711\r');
    await client.shows('I will remember it.');
    client.type('and now?\r');
    await client.shows('This one is');
    await delay(BEHIND);
    process.kill(await place.workplace.serverPid(), 'SIGKILL');
    gate.open();
    await place.workplace.run(['new', '-d', '-s', 'other', 'cat']);
    await waitUntil(async () => (await names()).includes('kept-one'), 'the chat to come back');
    expect((await place.workplace.run(['search', '4711'])).stdout).to.contain('kept-one');
    const { stdout } = await place.workplace.run(['capture-pane', '-p', '-t', 'kept-one']);
    expect(stdout)
      .to.contain('the number is 4711')
      .and.contain('I will remember it.')
      .and.contain('and now?')
      .and.contain('This one is')
      .and.contain('The server ended during this turn. /retry asks again.');
  });

  it('does not come back when it was closed', async () => {
    await place.chat();
    await place.workplace.run(['rename-session', 'closed-one']);
    await place.workplace.run(['new-session', '--chat', '-d', '-s', 'kept-one']);
    await place.workplace.run(['kill-session', '-t', 'closed-one']);
    await delay(BEHIND);
    process.kill(await place.workplace.serverPid(), 'SIGKILL');
    await place.workplace.run(['new', '-d', '-s', 'other', 'cat']);
    await waitUntil(async () => (await names()).includes('kept-one'), 'the chat to come back');
    expect(await names()).not.to.contain('closed-one');
  });
});
