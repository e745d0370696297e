import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { ModelWorkplace } from '../support/model-workplace.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';

const ESCAPE = '\x1b';

describe('the picker', () => {
  let place: ModelWorkplace;
  let client: TerminalClient;

  beforeEach(async () => {
    place = await ModelWorkplace.open();
    client = await place.chat();
  });

  afterEach(() => place.dispose());

  const fact = (name: string, format: string) => place.workplace.ask('display-message', '-p', '-t', name, format);

  /** A chat behind the shown one that asks whether it may run a command. */
  const asking = async (name: string, command: string) => {
    place.calls({ name: 'shell', arguments: { command } });
    await place.workplace.ask('new', '--chat', '-d', '-P', '-s', name, '--model', 'spec/big', 'go');
    const reason = () => fact(name, '#{session_waiting_reason}');
    await waitUntil(async () => (await reason()) === 'approval', 'the call to ask');
  };

  /** A key of the review page, again until it counts: what is typed ahead answers nothing. */
  const answer = (key: string, done: () => Promise<boolean> | boolean) =>
    waitUntil(async () => {
      if (client.text().includes('y once, t trust, n refuse')) client.type(key);
      return done();
    }, 'the answer');

  it('answers what a hidden chat asks, after showing it, and the shown session stays', async () => {
    const file = path.join(place.workplace.home, 'made');
    await asking('other', `touch ${file}`);
    client.type('\x02w');
    await client.shows('1: other');
    client.type('a');
    await client.shows(/2\/2/);
    client.type('y');
    await client.shows(`touch ${file}`);
    await client.shows('y once, t trust, n refuse');
    expect(existsSync(file)).to.equal(false);
    await answer('y', () => existsSync(file));
    await client.shows('0: main');
    client.type('q');
    await client.shows(/^\[main\] q> /m);
    expect(await place.workplace.ask('list-clients', '-F', '#{session_name}')).to.equal('main');
  });

  it('refuses what a hidden chat asks', async () => {
    const file = path.join(place.workplace.home, 'made');
    await asking('other', `touch ${file}`);
    place.server.reply('As you wish.');
    client.type('\x02wan');
    await client.shows('y once, t trust, n refuse');
    await answer('n', async () => (await fact('other', '#{session_waiting_reason}')) === 'turn-ended');
    expect(existsSync(file)).to.equal(false);
  });

  it('follows the sessions: new ones, names, what they say, and their end', async () => {
    client.type('\x02w');
    await client.shows('1/1');
    await place.workplace.ask('new', '-d', '-s', 'second', 'printf one; read a; printf two; read a');
    await client.shows('1: second');
    client.type('j');
    await client.shows(/│one/);
    await place.workplace.ask('send-keys', '-t', 'second', 'Enter');
    await client.shows(/│two|│onetwo|two /);
    await place.workplace.ask('rename-session', '-t', 'second', 'third');
    await client.shows('1: third');
    client.type('x');
    await client.shows('end session third? (y/n)');
    client.type('y');
    await client.shows('1/1');
    client.type('q');
    await client.shows(/^\[main\] q> /m);
  });

  it('filters by where a session works, and renames', async () => {
    await place.workplace.ask('new', '-d', '-s', 'rooted', '-c', '/usr', 'cat');
    client.type('\x02wf/usr');
    await client.shows('1: rooted');
    await client.shows('1/1');
    client.type('\x12');
    await client.shows('(rename) rooted');
    client.type('\x15moved\r');
    await client.shows('1: moved');
    client.type(ESCAPE);
    await client.shows('2/2');
  });

  it('paints nothing while nothing changes, and closes when a session is shown by another way', async () => {
    for (let index = 0; index < 3; index++) await place.workplace.ask('new', '-d', '-s', `s${index}`, 'cat');
    client.type('\x02w');
    await client.shows((screen) => (screen.match(/ s\d {2}idle/g) ?? []).length === 3);
    const { received } = client;
    // An answer of the server comes after all that it painted before.
    for (let turn = 0; turn < 5; turn++) await fact('s0', '#{session_name}');
    expect(client.received).to.equal(received);
    await place.workplace.ask('switch-client', '-t', 's1');
    await client.shows((screen) => screen.includes('2:s1*') && !screen.includes('Sessions'));
  });
});
