import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { isAlive } from '../support/processes.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const PREFIX = '\x02';
/** A screen is on disk so many milliseconds after its output came to rest. */
const REST = 4000;

describe('programs after the end of their server', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  /** The words of a screen are on disk; commands must not say them as they are, nor print them last. */
  const kept = (words: string) =>
    waitUntil(
      () =>
        ['qmux.db', 'qmux.db-wal']
          .map((name) => path.join(workplace.state, 'qmux', name))
          .some((file) => existsSync(file) && readFileSync(file).includes(words)),
      `${words} to be kept`,
      15_000,
    );

  async function crash(): Promise<void> {
    const pid = await workplace.serverPid();
    process.kill(pid, 'SIGKILL');
    await waitUntil(async () => (await workplace.run(['list-sessions'])).code !== 0, 'the server to be gone');
  }

  it('show what they showed, and Enter starts them again where they were', async () => {
    const folder = path.join(workplace.home, 'deep', 'er');
    mkdirSync(folder, { recursive: true });
    const client = workplace.attach(['new-session', '-s', 'shell', '-e', 'GREETING=hello']);
    await client.shows('$');
    client.type("cd deep/er; seq 100 140; printf '\\033[1;31mcol''oured\\033[m done-4711\\n'\r");
    await client.shows('coloured done-4711');
    await workplace.ask('set-option', '-t', 'shell', 'status-position', 'top');
    await workplace.ask('set-option', '-t', 'shell', '@mine', 'a value');
    await kept('done-4711');
    await delay(200);
    await crash();
    const again = workplace.attach();
    await again.shows(/coloured done-4711\n\$ *\n server ended · Enter starts sh again in ~\/deep\/er · x closes/);
    expect(await workplace.ask('list-sessions', '-F', '#{session_name} #{session_status} #{pane_dead}')).to.equal(
      'shell paused 1',
    );
    expect(await workplace.ask('capture-pane', '-pe', '-t', 'shell')).to.match(/\x1b\[[\d;]*31mcoloured\x1b/);
    expect(await workplace.ask('capture-pane', '-p', '-S', '-', '-t', 'shell')).to.contain('\n101\n');
    expect(await workplace.ask('show-options', '-v', '-t', 'shell', '@mine')).to.equal('a value');
    expect(await workplace.ask('show-options', '-v', '-t', 'shell', 'status-position')).to.equal('top');
    again.type('\r');
    await again.shows(/done-4711\n\$ *\n\$ *$/);
    again.type('echo $GREETING from $PWD\r');
    await again.shows(`hello from ${realpathSync(folder)}`);
  });

  it('are there again with names, numbers and splits', async () => {
    const client = workplace.attach(['new-session', '-s', 'one', "echo fir''st; echo end; exec cat"]);
    await client.shows('first');
    await workplace.ask('new-session', '-d', '-s', 'hidden', "echo nob''ody; echo end; exec cat");
    await workplace.ask('split-window', '-h', "echo sec''ond; echo end; exec cat");
    await client.shows(/first +│second/);
    await workplace.ask('rename-session', '-t', 'hidden', 'behind');
    await workplace.ask('move-window', '-s', 'behind', '-t', '7');
    await workplace.ask('resize-pane', '-t', 'one', '-x', '30');
    await kept('nobody');
    await kept('second');
    const names = await workplace.ask('list-sessions', '-F', '#{window_index} #{session_name}');
    await delay(1000);
    await crash();
    const again = workplace.attach();
    await again.shows(/first +│second/);
    expect(await workplace.ask('list-sessions', '-F', '#{window_index} #{session_name}')).to.equal(names);
    expect(await workplace.ask('list-panes', '-F', '#{session_name} #{pane_width}')).to.contain('one 30');
    again.type('\r');
    await waitUntil(
      async () => (await workplace.ask('list-panes', '-F', '#{pane_active} #{pane_dead}')).includes('1 0'),
      'the active pane to run',
    );
  });

  it('keep the screen of a program that filled it', async () => {
    const client = workplace.attach([
      'new-session',
      '-s',
      'full',
      "echo before; sleep 3; printf '\\033[?1049h\\033[2;3Hin the edi''tor\\033[22;1H-- INSERT --'; exec cat",
    ]);
    await client.shows('before');
    await client.shows('-- INSERT --');
    await kept('editor');
    await crash();
    const again = workplace.attach();
    await again.shows(/in the editor[\s\S]*-- INSERT --\n ended · Enter starts/);
    expect(await workplace.ask('capture-pane', '-p', '-S', '-', '-t', 'full')).to.match(/^before/);
  });

  it('come back after kill-server, too, as they were at its end; closed ones do not', async () => {
    await workplace.ask('new-session', '-d', '-s', 'gone', "echo gone''-words; echo end; exec cat");
    await workplace.ask('new-session', '-d', '-s', 'done', 'echo done-words; sleep 0.2');
    await workplace.ask('new-session', '-d', '-s', 'stays', 'echo stays-words; exec cat');
    await waitUntil(
      async () => (await workplace.ask('capture-pane', '-p', '-t', 'gone')).includes('gone-words'),
      'its output',
    );
    await workplace.ask('kill-session', '-t', 'gone');
    await waitUntil(async () => !(await workplace.ask('list-sessions')).includes('done'), 'the end of the other');
    await kept('gone-words');
    const pid = await workplace.serverPid();
    await workplace.ask('kill-server');
    await waitUntil(() => !isAlive(pid), 'the server to leave');
    expect(await workplace.ask('new-session', '-d', '-P', '-F', '#{session_name}', '-s', 'new', 'cat')).to.equal('new');
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.equal('new\nstays');
    expect(await workplace.ask('sessions')).to.match(/stays +\[PAUSED\] +ended with the server$/m);
    await waitUntil(
      async () => (await workplace.ask('capture-pane', '-p', '-t', 'stays')).includes('stays-words'),
      'its screen',
    );
    const { stdout } = await workplace.run(['search', 'words']);
    expect(stdout).to.contain('done-words').and.contain('gone-words').and.contain('stays-words');
  });

  it('say that their folder is gone, and start at home', async () => {
    const folder = path.join(workplace.home, 'short');
    mkdirSync(folder);
    await workplace.ask('new-session', '-d', '-s', 'lost', '-c', folder, "echo he''re; pwd; exec cat");
    await kept('here');
    await crash();
    rmdirSync(folder);
    const client = workplace.attach();
    await client.shows(/Enter starts .* again in ~\/short|ended · Enter/);
    client.type('\r');
    await client.shows('short is gone: press h to start it in your home folder');
    client.type('h');
    await client.shows(new RegExp(`here\\n${realpathSync(workplace.home)}\\n`));
  });

  it('offer an agent its own way to go on, and start it anew with p', async () => {
    const agent = workplace.write('bin/claude', '#!/bin/sh\necho "an agent with ($*)"\necho end\nexec cat\n');
    chmodSync(agent, 0o755);
    await workplace.ask('new-session', '-d', '-s', 'first', agent, '--verbose');
    await workplace.ask('new-session', '-d', '-s', 'second', agent);
    await kept('an agent with ()');
    await crash();
    const client = workplace.attach(['attach-session', '-t', 'first']);
    await client.shows(/agent with \(--verbose\)[\s\S]*Enter starts/);
    client.type('\r');
    await client.shows('agent with (--verbose --continue)');
    client.type(`${PREFIX}:switch-client -t second\r`);
    await client.shows(/agent with \(\)[\s\S]*Enter starts/);
    client.type('p');
    await client.shows(/agent with \(\)\nend\nan agent with \(\)/);
  });

  it('neither are kept nor come back where that is switched off', async () => {
    workplace.writeConfig('[sessions]\ndefault_kind = "program"\npersist_sessions = false\n');
    await workplace.ask('new-session', '-d', '-s', 'forgotten', 'echo words; exec cat');
    await delay(REST);
    await crash();
    expect(await workplace.ask('new-session', '-d', '-P', '-F', '#{session_name}', 'cat')).not.to.equal('');
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).not.to.contain('forgotten');
  });
});
