import { expect } from 'chai';
import { ModelWorkplace } from '../support/model-workplace.ts';
import { waitUntil } from '../support/wait.ts';

describe('chats that hibernate', () => {
  let place: ModelWorkplace;
  beforeEach(async () => {
    place = await ModelWorkplace.open('[sessions]\nmax_active = 2');
  });
  afterEach(() => place.dispose());

  const asleep = async (): Promise<readonly string[]> => {
    const { sessions } = JSON.parse(await place.workplace.ask('stats', '--json'));
    return sessions.flatMap((session: { name: string; isAwake: boolean }) => (session.isAwake ? [] : [session.name]));
  };

  it('look as they were when they are shown, with draft and history, and keep what scripts say in order', async () => {
    const { workplace, server } = place;
    server.reply('The first answer.');
    const client = await place.chat(['new-session', '--chat', '-s', 'one']);
    client.type('first question\r');
    await client.shows('The first answer.');
    client.type('a draft that waits');
    await client.shows('q> a draft that waits');
    await workplace.ask('new-session', '--chat', '-s', 'two', '-d');
    client.type('\x02n');
    await client.shows('[two] q> ');
    await workplace.ask('new-session', '--chat', '-s', 'three', '-d');
    expect(await asleep()).to.deep.equal(['one']);
    expect(await workplace.ask('sessions')).to.match(/one +\[HIBERNATED\]/);
    expect(await workplace.ask('capture-pane', '-p', '-t', 'one')).to.contain('› first question');
    await waitUntil(async () => (await asleep()).join() === 'three', 'another one to sleep instead');
    client.type('\x02p');
    await client.shows('q> a draft that waits');
    await client.shows('The first answer.');
    client.type('\x02ngone');
    await client.shows('[two] q> gone');
    server.reply('The second answer.');
    expect(await workplace.ask('ask', '-t', 'three', 'hello?')).to.equal('The second answer.');
  });

  it('come back asleep after the server was killed, and wake when they are shown', async () => {
    const { workplace, server } = place;
    for (const name of ['one', 'two', 'three']) {
      server.reply(`An answer for ${name}.`);
      await workplace.ask('new-session', '--chat', '-s', name, '-d');
      await workplace.ask('ask', '-t', name, `a question for ${name}`);
    }
    await workplace.kept();
    process.kill(await workplace.serverPid(), 'SIGKILL');
    await workplace.run(['new', '-d', '-s', 'other', 'cat']);
    await waitUntil(async () => (await asleep()).length === 3, 'the chats to come back asleep');
    expect(
      await workplace.ask('ls', '-F', '#{session_name} #{session_preview}', '-f', '#{!=:#{session_name},other}'),
    ).to.equal(['one', 'two', 'three'].map((name) => `${name} An answer for ${name}.`).join('\n'));
    const client = workplace.attach(['attach', '-t', 'two']);
    await client.shows('› a question for two');
    await client.shows('An answer for two.');
    expect(await asleep()).to.deep.equal(['one', 'three']);
  });

  it('wake when a search leads to a place in them, and show that place', async () => {
    const { workplace, server } = place;
    const rows = Array.from({ length: 80 }, (_, row) => `line ${row}${row === 20 ? ' has a zyzzyva' : ''}`);
    server.reply(rows.join('\n\n'));
    await workplace.ask('new-session', '--chat', '-s', 'one', '-d');
    await workplace.ask('ask', '-t', 'one', 'tell me a lot');
    await workplace.kept();
    const client = await place.chat(['new-session', '--chat', '-s', 'two']);
    await workplace.ask('new-session', '--chat', '-s', 'three', '-d');
    await waitUntil(async () => (await asleep()).join() === 'one', 'the first chat to sleep');
    client.type('\x02Fzyzzyva');
    await client.shows('line 20 has a');
    client.type('\r');
    await client.shows(/^line 19$/m);
    const screen = await client.shows('line 20 has a zyzzyva');
    expect(screen).not.to.contain('line 79');
    expect(await asleep()).not.to.include('one');
  });

  it('are told of on a page that lives while it is open', async () => {
    const client = await place.chat();
    client.type('\x02u');
    await client.shows('1 of 2 awake (max-active), 0 hibernated');
    await place.workplace.ask('new-session', '--chat', '-s', 'second', '-d');
    await client.shows('2 of 2 awake (max-active), 0 hibernated');
    client.type('q');
    await client.shows('[main] q> ');
  });

  it('are refused where none can sleep, with the option named', async () => {
    const { workplace } = place;
    const client = await place.chat();
    await workplace.ask('set-option', '-g', 'max-active', '1');
    client.type('\x02:new-session --chat\r');
    await client.shows('close one, or raise max-active');
    expect(await workplace.ask('ls', '-F', '#{session_name}')).to.equal('main');
  });
});
