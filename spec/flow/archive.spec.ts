import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../support/folder.ts';
import { ModelWorkplace } from '../support/model-workplace.ts';
import { waitUntil } from '../support/wait.ts';

describe('conversations that are kept', () => {
  let place: ModelWorkplace;
  beforeEach(async () => {
    place = await ModelWorkplace.open();
  });
  afterEach(() => place.dispose());

  const run = (...words: string[]) => place.workplace.run(words);
  const screenOf = async (name: string) => (await run('capture-pane', '-p', '-t', name)).stdout;

  /** A chat in which one thing was said and answered. */
  const talked = async (name: string, said: string, reply: string) => {
    place.server.reply(reply);
    await run('new-session', '--chat', '-d', '-s', name);
    expect((await run('ask', '-t', name, said)).stdout).to.contain(reply);
  };

  it('are opened again after they were closed, under their name or with a number, and go on', async () => {
    await talked('blue', 'the number is 4711', 'I will remember.');
    await run('new-session', '--chat', '-d', '-s', 'other');
    await run('kill-session', '-t', 'blue');
    expect((await run('search', '4711')).stdout).to.contain('blue (closed)');
    expect((await run('reopen', 'blue')).stdout).to.equal('blue\n');
    expect(await screenOf('blue'))
      .to.contain('the number is 4711')
      .and.contain('I will remember.');
    place.server.reply('It is 4711.');
    expect((await run('ask', '-t', 'blue', 'which?')).stdout).to.contain('It is 4711.');
    expect((await run('reopen', 'blue')).stderr).to.contain('no closed session is called blue');
    await run('kill-session', '-t', 'blue');
    await run('new-session', '--chat', '-d', '-s', 'blue');
    expect((await run('reopen', 'blue')).stdout).to.equal('blue-2\n');
  });

  it('are forgotten for good only when that is meant', async () => {
    await talked('blue', 'the number is 4711', 'Good.');
    await run('new-session', '--chat', '-d', '-s', 'other');
    await run('kill-session', '-t', 'blue');
    expect((await run('forget', 'blue')).stderr).to.contain('-y says that this is meant');
    expect((await run('forget', '-y', 'blue')).stdout).to.contain('blue is forgotten');
    expect((await run('search', '4711')).stderr).to.contain('nothing that is kept has these words');
  });

  it('are forked at a message, and both branches go on by themselves', async () => {
    await talked('trunk', 'alpha', 'One.');
    place.server.reply('Two.');
    await run('ask', '-t', 'trunk', 'bravo');
    expect((await run('fork', '-t', 'trunk', '--at', '2', 'branch')).stdout).to.equal('branch\n');
    expect(await screenOf('branch'))
      .to.contain('One.')
      .and.not.contain('bravo');
    place.server.reply('Three.');
    await run('ask', '-t', 'branch', 'charlie');
    expect(await screenOf('branch'))
      .to.contain('Three.')
      .and.not.contain('Two.');
    expect(await screenOf('trunk'))
      .to.contain('Two.')
      .and.not.contain('charlie');
    const asked = place.server.requests.at(-1);
    expect(JSON.stringify(asked)).to.contain('alpha').and.contain('charlie').and.not.contain('bravo');
    // What they share outlives the one in which it was said.
    await run('new', '-d', '-s', 'other', 'cat');
    await run('kill-session', '-t', 'trunk');
    await run('forget', '-y', 'trunk');
    await run('kill-session', '-t', 'branch');
    await run('reopen', 'branch');
    expect(await screenOf('branch'))
      .to.contain('One.')
      .and.contain('Three.');
    expect((await run('fork', '-t', 'branch', '--at', '77')).stderr).to.contain('branch has no message 77');
  });

  it('go to a file and come back, and no file is written over by accident', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.json');
    await talked('blue', 'look at\n```js\nlet a;\n```', 'It is `a`.');
    expect((await run('export', '-t', 'blue', file)).stdout).to.contain('blue (2 messages) is in ');
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    const first = readFileSync(file, 'utf8');
    expect((await run('export', '-t', 'blue', file)).stderr).to.contain('-f writes over it');
    expect((await run('export', '-f', '-t', 'blue', file)).stderr).to.equal('');
    const markdown = (await run('export', '-t', 'blue')).stdout;
    expect(markdown).to.contain('look at\n```js\nlet a;\n```\n').and.contain('It is `a`.');
    expect((await run('import', file)).stdout).to.equal('blue-2\n');
    expect(
      (await run('export', '--json', '-t', 'blue-2')).stdout
        .replace('"blue-2"', '"blue"')
        .replace(/"(model|createdAt)": .*\n/g, ''),
    ).to.equal(first.replace(/"(model|createdAt)": .*\n/g, ''));
    await run('kill-session', '-t', 'blue');
    expect((await run('export', '--json', '-t', 'blue')).stdout).to.equal(first);
    writeFileSync(path.join(folder, 'b.md'), markdown);
    expect((await run('import', '-s', 'again', path.join(folder, 'b.md'))).stdout).to.equal('again\n');
    expect(await screenOf('again'))
      .to.contain('let a;')
      .and.contain('It is a.');
    writeFileSync(path.join(folder, 'c.md'), '# Notes');
    expect((await run('import', path.join(folder, 'c.md'))).stderr).to.contain('import reads what export has written');
    expect((await run('import', folder)).stderr).to.contain('is not a plain file');
    expect(existsSync(path.join(folder, 'nothing'))).to.equal(false);
  });

  it('are found while words are typed, and Enter leads to the place, also in a closed chat', async () => {
    const many = Array.from({ length: 60 }, (_, line) => `line ${line}`).join('\n\n');
    await talked('blue', 'where is the zyzzyva?', many);
    await run('new', '-d', '-s', 'beetle', 'echo the zyzzyva is a beetle; seq 1 100; cat');
    const client = await place.chat();
    await run('kill-session', '-t', 'blue');
    client.type('\u0002F');
    await client.shows(/Search all/);
    client.type('zyzz');
    await client.shows(/beetle {2}the zyzzyva/);
    await client.shows(/blue \(closed\) {2}where is/);
    client.type('yva where');
    await client.shows(/1\/1/);
    client.type('\r');
    await client.shows(/\[blue\] q>|where is the zyzzyva\?/);
    await client.shows(/› where is the zyzzyva\?/);
    expect((await run('display-message', '-p', '-t', 'blue', '#{pane_in_mode} #{search_match}')).stdout).to.contain(
      '1',
    );
    client.type('q');
    await client.shows(/line 59/);
    client.type('\u0002F');
    await client.shows(/Search all/);
    client.type('zyzzyva beetle');
    await client.shows(/1\/1/);
    client.type('\r');
    await client.shows(/the zyzzyva is a beetle +\(2\/2\)/);
  });

  it('are listed when they were closed, opened again from there, and forgotten', async () => {
    await talked('blue', 'one', 'Good.');
    await talked('red', 'two', 'Better.');
    const client = await place.chat();
    await run('kill-session', '-t', 'blue');
    await run('kill-session', '-t', 'red');
    client.type('/sessions --all\r');
    await client.shows(/Closed sessions/);
    await client.shows(/blue {2}development, 2 messages/);
    client.type('x');
    await client.shows(/forget red for good\?/);
    client.type('y');
    await client.shows(/ 1\/1 /);
    client.type('\r');
    await client.shows(/\[blue\] q>/);
    await client.shows(/Good\./);
  });

  it('are rewound to before what was said, which is the draft again, also after a restart of the server', async () => {
    await talked('back', 'alpha', 'One.');
    place.server.reply('Two.');
    await run('ask', '-t', 'back', 'bravo');
    expect((await run('rewind', '-t', 'back', '2')).stderr).to.equal('2 is no message of yours here\n');
    expect((await run('rewind', '-t', 'back')).stdout).to.equal('bravo\n');
    const screen = await screenOf('back');
    expect(screen).to.contain('One.').and.contain('q> bravo').and.not.contain('Two.');
    place.server.reply('Three.');
    const seen = place.server.requests.length;
    await run('ask', '-t', 'back', 'charlie');
    const sent = JSON.stringify(place.server.requests[seen]?.body);
    expect(sent).to.contain('One.').and.contain('charlie').and.not.contain('bravo');
    await run('kill-server');
    await waitUntil(
      async () => (await run('new-session', '-d', '-s', 'next', 'exec cat')).code === 0,
      'another server to be there',
    );
    const again = await screenOf('back');
    expect(again).to.contain('charlie').and.not.contain('Two.');
    expect((await run('search', 'bravo')).stdout).to.contain('back');
  });

  it('are searched in a reply that streams still, which is found once when it has ended', async () => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    place.server.reply({ text: ['The quokka has the number 815. ', opened, 'That is all.'] });
    await run('new-session', '--chat', '-d', '-s', 'live');
    await run('send', '-t', 'live', 'which?');
    await waitUntil(async () => (await run('search', 'quokka', '815')).code === 0, 'the reply to be found');
    expect((await run('search', 'quokka', '815')).stdout).to.contain('live');
    open();
    await run('wait', '-t', 'live', '--status', 'waiting', '--timeout', '10');
    const { stdout } = await run('search', 'quokka', '815');
    expect(stdout.match(/quokka/g)).to.have.length(1);
  });

  it('are searched together with what programs show now', async () => {
    await talked('blue', 'a strange word: zyzzyva', 'Indeed.');
    await run('new', '-d', '-s', 'beetle', 'echo the zyzzyva is a beetle; cat');
    await waitUntil(async () => (await screenOf('beetle')).includes('zyzzyva'), 'the program to print');
    const { stdout } = await run('search', 'zyzzyva');
    expect(stdout).to.contain('blue, message 1: a strange word').and.contain('beetle: the zyzzyva is a beetle');
  });
});
