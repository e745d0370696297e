import { createServer } from 'node:http';
import { expect } from 'chai';
import { ModelWorkplace } from '../support/model-workplace.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const PREFIX = '\x02';

const press = (x: number, y: number): string => `\x1b[<0;${x + 1};${y + 1}M\x1b[<0;${x + 1};${y + 1}m`;
const wheelDown = (x: number, y: number): string => `\x1b[<65;${x + 1};${y + 1}M`;

/** A program that rings once a file is there. */
const ringsAt = (file: string): string => `while [ ! -e ${file} ]; do sleep 0.02; done; printf '\\a'; exec cat`;

describe('what waits, at a glance', () => {
  let workplace: Workplace;
  let client: TerminalClient;

  beforeEach(async () => {
    workplace = new Workplace();
    client = workplace.attach(['new-session', '-s', 'main']);
    await client.shows('$');
  });

  afterEach(() => workplace.dispose());

  const add = async (name: string, command = 'exec cat'): Promise<void> => {
    await workplace.ask('new-session', '-d', '-s', name, command);
  };
  const rings = async (name: string): Promise<void> => {
    await add(name, "printf '\\a'; exec cat");
    await client.shows(`${name}!`);
  };
  const row = (index: number): string => client.rows()[index] ?? '';

  it('stands in the corner, goes with the option, and leaves when it was looked at', async () => {
    await rings('build');
    await client.shows((screen) => /\[build\]$/.test(screen.split('\n')[0] ?? ''));
    await workplace.ask('set', '-g', 'indicator-position', 'bottom-left');
    await client.shows((screen) => screen.split('\n')[22]?.startsWith('[build]') === true);
    await workplace.ask('set', '-g', 'show-session-indicator', 'off');
    await client.shows((screen) => !screen.includes('[build]'));
    await workplace.ask('set', '-g', 'show-session-indicator', 'on');
    await client.shows('[build]');
    client.type(`${PREFIX}n`);
    await client.shows((screen) => screen.includes('build*') && !screen.includes('[build]'));
  });

  it('names the longest waiting first, counts the others, and goes where one clicks', async () => {
    await workplace.ask('set', '-g', 'max-indicator-sessions', '2');
    for (const name of ['one', 'two', 'three', 'four']) await rings(name);
    await client.shows('+2 more');
    expect([row(0), row(1), row(2)].map((text) => text.slice(-7).trim())).to.deep.equal(['[one]', '[two]', '+2 more']);
    client.type(press(75, 1));
    await client.shows((screen) => screen.includes('two*') && screen.includes('[three]'));
    client.type(press(75, 0));
    await client.shows('one*');
  });

  it('does not lie over the cursor, nor over a page', async () => {
    await rings('build');
    await client.shows('[build]');
    client.type(`PS1=''; clear; printf '%076d' 0\r`);
    await client.shows((screen) => /^0{76}$/m.test(screen) && /\[build\]$/.test(screen.split('\n')[1] ?? ''));
    expect(client.cursor).to.deep.equal({ x: 76, y: 0 });
    client.type(`${PREFIX}?`);
    await client.shows((screen) => screen.includes('Session 0') && !screen.includes('[build]'));
    client.type('q');
    await client.shows('[build]');
  });

  it('is painted in the frame in which the status line says so, and nothing is when nothing changed', async () => {
    await add('build', ringsAt('go'));
    await client.shows('1:build');
    client.type(`${PREFIX}b`);
    await client.shows('Sessions 2');
    const frames: string[] = [];
    client.onOutput = (bytes) => frames.push(Buffer.from(bytes).toString());
    workplace.write('go', '');
    await client.shows('[build]');
    const first = frames.find((frame) => frame.includes('build') && frame.includes('!')) ?? '';
    expect(first).to.include('[build]').and.to.include('waiting');
    expect(frames.slice(0, frames.indexOf(first)).join('')).not.to.include('waiting');
    client.type(`${PREFIX}n`);
    await client.shows((screen) => screen.includes('0:main-  1:build*') && !screen.includes('[build]'));
    const { received } = client;
    for (let time = 0; time < 3; time++) {
      await workplace.ask('set', '-g', 'display-time', `${1000 + time}`);
      await workplace.ask('sessions');
    }
    expect(client.received).to.equal(received);
  });

  it('lists all sessions beside the pane, takes the keys, and gives them back', async () => {
    await add('build', 'echo compiled; exec cat');
    client.type(`${PREFIX}b`);
    await client.shows(/^ Sessions 2 [\s\S]*★ 0:main[\s\S]*1:build[\s\S]*compiled/);
    client.type('j\r');
    await client.shows(/★ 1:build[\s\S]*│/);
    client.type('typed\r');
    await client.shows(/│typed\n/);
    client.type(`${PREFIX}p`);
    await client.shows('0:main*');
    client.type('clear; stty size\r');
    await client.shows(/│23 47/);
    client.type(`${PREFIX}B`);
    await client.shows('? keys');
    client.type('jq');
    await client.shows((screen) => !screen.includes('? keys') && screen.includes('Sessions 2'));
    client.type(`${PREFIX}b`);
    await client.shows((screen) => !screen.includes('Sessions 2'));
    client.type('clear; stty size\r');
    await client.shows(/^23 80/);
  });

  it('follows what happens, and ends and renames sessions from there', async () => {
    await add('build');
    await workplace.ask('sidebar', '-f');
    await client.shows('Sessions 2');
    await workplace.ask('send-keys', '-t', 'build', 'something new', 'Enter');
    await client.shows(/1:build •1[\s\S]*something new/);
    client.type('jr');
    await client.shows('(rename) build');
    client.type('er\r');
    await client.shows('1:builder');
    client.type('x');
    await client.shows('end session builder? (y/n)');
    client.type('y');
    await client.shows((screen) => screen.includes('Sessions 1') && !screen.includes('builder'));
    client.type('q');
    await client.shows((screen) => !screen.includes('? keys'));
    client.type('echo back\r');
    await client.shows(/│back/);
  });

  it('takes the mouse, scrolls, and is open again after a detach', async () => {
    for (let index = 1; index <= 24; index++) await add(`s${index}`);
    await workplace.ask('sidebar', '-o');
    await client.shows('Sessions 25');
    client.type(wheelDown(4, 5));
    await client.shows((screen) => !screen.includes('0:main  ') && screen.includes(' 24:s24'));
    client.type(press(4, 22));
    await client.shows('★ 24:s24');
    client.type('typed\r');
    await client.shows('│typed');
    client.type(`${PREFIX}d`);
    await client.exited;
    const again = workplace.attach();
    await again.shows(/Sessions 25[\s\S]*★ 24:s24/);
    again.type('again\r');
    await again.shows('│again');
  });

  it('is open again after the server was killed', async () => {
    client.type(`${PREFIX}b`);
    await client.shows('Sessions 1');
    const pid = await workplace.serverPid();
    const kept = () => workplace.ask('display-message', '-p', '#{pane_width}');
    expect(await kept()).to.equal('47');
    await workplace.kept();
    process.kill(pid, 'SIGKILL');
    await client.exited;
    await workplace.attach().shows(/Sessions 1[\s\S]*0:main/);
  });

  it('lies over the pane of a small screen while it has the keys, and says where it has no room', async () => {
    await add('build');
    client.resize(40, 10);
    await client.shows((screen) => screen.split('\n').length <= 10);
    client.type(`${PREFIX}b`);
    await client.shows(/^ Sessions 2[\s\S]*1:build/);
    client.type('j\r');
    await client.shows((screen) => screen.includes('1:build*') && !screen.includes('Sessions 2'));
    client.resize(18, 10);
    expect(
      (
        await waitUntil(async () => {
          const output = await workplace.run(['sidebar', '-o']);
          return output.code === 0 ? undefined : output;
        }, 'the small size')
      ).stderr,
    ).to.include('too small for the sidebar');
  });

  it('answers an approval of another session after showing what it asks', async () => {
    const place = await ModelWorkplace.open();
    try {
      const chat = await place.chat();
      place.calls({ name: 'shell', arguments: { command: 'touch allowed' } });
      place.server.reply('Done.');
      await place.workplace.ask('new', '--chat', '-d', '-P', '-s', 'helper', 'go');
      await chat.shows('[helper]');
      chat.type(`${PREFIX}b`);
      await chat.shows(/1:helper.* waiting \d+s[\s\S]*approval/);
      chat.type('jy');
      await chat.shows(/helper asks: shell/);
      const page = chat.text();
      expect(page).to.include('touch allowed');
      const shown = performance.now();
      await waitUntil(() => performance.now() - shown > 350, 'the page to be read');
      chat.type('y');
      await chat.shows((screen) => /1:helper •1/.test(screen) && screen.includes('Done.'));
      await chat.shows('★ 0:main');
    } finally {
      await place.dispose();
    }
  });
});

describe('the banner', () => {
  /** A port of the loopback where nobody listens, and later somebody does. */
  const freePort = async (): Promise<number> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    return typeof address === 'object' && address !== null ? address.port : 0;
  };

  it('says that no endpoint can be reached, counts down, and leaves when one can', async () => {
    const workplace = new Workplace({ kind: 'chat' });
    const port = await freePort();
    const server = createServer((_, response) => response.end());
    try {
      workplace.writeConfig(
        `[api]\ndiscover = []\n[providers.work]\nbase_url = "http://127.0.0.1:${port}/v1"\nmodels = ["m"]\n`,
      );
      const client = workplace.attach(['new-session', '--chat', '-s', 'main'], { columns: 110 });
      await client.shows(/No endpoint can be reached · next try in 5 s · work: connection refused · C-b M-b hides/);
      await client.shows('next try in 4 s');
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      await client.shows((screen) => screen.includes('main · ') && !screen.includes('No endpoint'));
    } finally {
      server.close();
      await workplace.dispose();
    }
  });

  it('goes when the person has read it, and is not there over a program or where the guide answers', async () => {
    const workplace = new Workplace({ kind: 'chat' });
    try {
      workplace.writeConfig(
        `[api]\ndiscover = []\n[providers.work]\nbase_url = "http://127.0.0.1:${await freePort()}/v1"\nmodels = ["m"]\n`,
      );
      const client = workplace.attach(['new-session', '--chat', '-s', 'main']);
      await client.shows('No endpoint');
      await workplace.ask('new-session', '-d', '-s', 'shell', 'echo program; exec cat');
      client.type(`${PREFIX}n`);
      await client.shows((screen) => screen.includes('program') && !screen.includes('No endpoint'));
      client.type(`${PREFIX}p`);
      await client.shows('No endpoint');
      client.type(`${PREFIX}\x1bb`);
      await client.shows((screen) => screen.includes('main*') && !screen.includes('No endpoint'));
    } finally {
      await workplace.dispose();
    }
  });
});
