import { expect } from 'chai';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

describe('sessions', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  it('are made, switched and listed by keys and commands', async () => {
    const client = workplace.attach();
    await client.shows('$');
    client.type('\x02c');
    await client.shows(/^\$[\s\S]*0:sh-home- +1:sh-home-2\*/);
    client.type('echo in-the-second\r');
    await client.shows(/^in-the-second/m);
    client.type('\x02p');
    await client.shows((screen) => /0:sh-home\*/.test(screen) && !screen.includes('in-the-second'));
    client.type('\x02n');
    await client.shows('in-the-second');
    client.type('\x020');
    await client.shows(/0:sh-home\*/);
    client.type('\x02l');
    await client.shows('in-the-second');
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.equal('sh-home\nsh-home-2');
    expect(JSON.parse(await workplace.ask('list-sessions', '--json'))).to.have.length(2);
  });

  it('keep working while they are hidden, and lose nothing', async () => {
    const client = workplace.attach();
    await client.shows('$');
    const flood =
      'i=0; while [ $i -lt 20000 ]; do echo "line $i of the flood"; i=$((i+1)); done; echo all-done; exec sleep 100';
    await workplace.ask('new-session', '-d', '-s', 'one', flood);
    await workplace.ask('new-session', '-d', '-s', 'two', flood);
    client.type('echo quick\r');
    await client.shows(/^quick/m, 2000);
    for (const name of ['one', 'two']) {
      await waitUntil(
        async () => (await workplace.ask('capture-pane', '-p', '-t', name)).includes('all-done'),
        'the flood to end',
      );
      const text = await workplace.ask('capture-pane', '-p', '-S', '-2000', '-t', name);
      const numbers = [...text.matchAll(/^line (\d+) of the flood$/gm)].map((match) => Number(match[1]));
      expect(numbers.length).to.be.greaterThan(1000);
      expect(numbers).to.deep.equal(numbers.map((_, i) => 20000 - numbers.length + i));
    }
  });

  it('lose no byte of a program that prints 1 MB and exits at once', async () => {
    const client = workplace.attach(['new-session', '-s', 'stay', 'exec sleep 100']);
    await client.shows('stay');
    await workplace.ask('set-option', '-g', 'remain-on-exit', 'on');
    await workplace.ask(
      'new-session',
      '-d',
      '-s',
      'burst',
      "yes 'a line of thirty-two characters' | head -c 1000000; printf the-end",
    );
    await waitUntil(
      async () => (await workplace.ask('display-message', '-p', '-t', 'burst', '#{pane_dead}')) === '1',
      'the end',
    );
    expect(await workplace.ask('capture-pane', '-p', '-t', 'burst')).to.include('the-end');
  });

  it('close when their program succeeds, and stay with code and time when it fails', async () => {
    const client = workplace.attach(['new-session', '-s', 'main']);
    await client.shows('$');
    await workplace.ask('new-session', '-d', '-s', 'good', 'true');
    await waitUntil(
      async () => (await workplace.ask('list-sessions', '-F', '#{session_name}')) === 'main',
      'good to be gone',
    );
    await workplace.ask('new-session', '-d', '-s', 'bad', 'echo some output; exit 3');
    await client.shows(/1:bad.*✕/);
    client.type('\x021');
    await client.shows('some output');
    await client.shows(/status 3/);
    client.type('r');
    await waitUntil(
      async () => (await workplace.ask('display-message', '-p', '-t', 'bad', '#{pane_dead_status}')) === '3',
      'the second end',
    );
  });

  it('flag a bell that rang unseen', async () => {
    const client = workplace.attach(['new-session', '-s', 'main']);
    await client.shows('$');
    await workplace.ask('new-session', '-d', '-s', 'ringing', 'printf "\\a"; exec sleep 100');
    await client.shows(/1:ringing!/);
    client.type('\x021');
    await client.shows(/1:ringing\*/);
    client.type('\x020');
    await client.shows(/1:ringing-(?!!)/);
  });

  it('refuse bad names with the reason', async () => {
    await workplace.ask('new-session', '-d', '-s', 'one', 'exec sleep 100');
    for (const [name, reason] of [
      ['one', 'already'],
      ['has blank', 'blank'],
      ['', 'empty'],
      ['a'.repeat(21), '20'],
    ] as const) {
      const { code, stderr } = await workplace.run(['new-session', '-d', '-s', name, 'exec sleep 100']);
      expect(code, name).to.equal(1);
      expect(stderr).to.include(reason);
    }
  });

  it('get the size of the client that used them last', async () => {
    const large = workplace.attach(['new-session', '-s', 'main'], { columns: 100, rows: 30 });
    await large.shows('$');
    const size = () => workplace.ask('display-message', '-p', '-t', 'main', '#{pane_width}x#{pane_height}');
    expect(await size()).to.equal('100x29');
    const small = workplace.attach(['attach-session'], { columns: 60, rows: 20 });
    await small.shows('$');
    await waitUntil(async () => (await size()) === '60x19', 'the size of the new client');
    large.type('\r');
    await waitUntil(async () => (await size()) === '100x29', 'the size of the client that typed');
  });

  it('are ended by kill-session, also when they ignore the signal', async () => {
    await workplace.ask('new-session', '-d', '-s', 'stay', 'exec sleep 100');
    await workplace.ask('new-session', '-d', '-s', 'gone', 'exec sleep 100');
    await workplace.ask('kill-session', '-t', 'gone');
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.equal('stay');
  });

  it('are gone at once when they are killed, so that the next key means the next one', async () => {
    for (const name of ['a', 'b', 'c', 'd'])
      await workplace.ask('new-session', '-d', '-s', name, "trap '' HUP; echo up; while :; do sleep 1; done");
    const client = workplace.attach(['attach-session', '-t', 'd']);
    await client.shows('3:d*');
    client.type('\x02&y\x02&y\x02&y');
    await client.shows((screen) => /^\d:[abc]\* +\d\d:\d\d$/m.test(screen), 3000);
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.match(/^[abc]$/);
  });

  it('get what was typed ahead after the key that made or chose them', async () => {
    const client = workplace.attach(['new-session', '-s', 'a']);
    await client.shows('$');
    client.type('\x02:new-window -n b\recho in-$QMUX_SESSION\r');
    await client.shows(/1:b\*/);
    await client.shows(/in-\d/);
    expect(await workplace.ask('capture-pane', '-p', '-t', 'a')).not.to.include('echo');
  });
});
