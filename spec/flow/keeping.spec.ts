import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { Gate } from '../support/gate.ts';
import { ModelWorkplace } from '../support/model-workplace.ts';
import { isAlive } from '../support/processes.ts';
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

  it('asks to be asked again when the server was ended while a tool waited for an answer', async () => {
    place.calls({ name: 'shell', arguments: { command: 'echo one | cat' } });
    const client = await place.chat();
    await place.workplace.run(['rename-session', 'asker']);
    client.type('go\r');
    await client.shows('y once');
    await place.workplace.run(['new', '-d', '-s', 'typist', 'cat']);
    const pid = await place.workplace.serverPid();
    await place.workplace.ask('kill-server');
    await waitUntil(() => !isAlive(pid), 'the server to leave');
    await place.workplace.run(['new', '-d', '-s', 'other', 'cat']);
    await waitUntil(async () => (await names()).includes('asker'), 'the chat to come back');
    const { stdout: listed } = await place.workplace.run(['sessions']);
    expect(listed).to.match(/asker +\[\w+\] +turn-failed/);
    expect(listed).to.match(/typist +\[PAUSED\] +ended with the server/);
    const { stdout } = await place.workplace.run(['capture-pane', '-p', '-t', 'asker']);
    expect(stdout).to.contain('/retry asks again').and.not.contain('The person stopped');
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

  it('comes back with what people chose for it, and with nothing else taken for chosen', async () => {
    const { workplace, server } = place;
    const facts = async (name: string) =>
      await workplace.ask(
        'display-message',
        '-p',
        '-t',
        name,
        '#{session_name} #{window_index} #{session_type} #{session_model} #{session_unread}',
      );
    await place.chat(['new-session', '--chat', '-s', 'given', '--type', 'planning', '--model', 'spec/small']);
    await workplace.ask('new-session', '--chat', '-d');
    await workplace.ask(
      'set-option',
      '-t',
      'given',
      'word-separators',
      ' ,',
      ';',
      'move-window',
      '-s',
      'given',
      '-t',
      '7',
    );
    await delay(BEHIND);
    process.kill(await workplace.serverPid(), 'SIGKILL');
    await workplace.run(['new', '-d', '-s', 'other', 'cat']);
    await waitUntil(async () => (await names()).includes('given'), 'the chats to come back');
    expect(await workplace.ask('show-options', '-v', '-t', 'given', 'word-separators')).to.equal(' ,');
    server.reply('Look at the logs.', { times: 2 });
    const opening = 'why does the S3 bucket policy deny access?';
    await workplace.ask('ask', '-t', 'given', opening);
    expect((await server.request(1)).body.model).to.equal('small');
    await workplace.ask('ask', '-t', 'development-1', opening);
    expect(await facts('given')).to.match(/^given 7 planning spec\/small /);
    expect(await names()).not.to.contain('development-1');
  });
});
