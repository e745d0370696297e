import { chmodSync, existsSync, mkdirSync, realpathSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { isAlive } from '../support/processes.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const PREFIX = '\x02';

describe('programs after the end of their server', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  /** The words are on the screen of a session, shown or not. */
  const printed = (session: string, words: string) =>
    waitUntil(
      async () => (await workplace.ask('capture-pane', '-p', '-t', session)).includes(words),
      `${words} in ${session}`,
    );

  const names = () => workplace.ask('list-sessions', '-F', '#{session_name}');

  async function gone(pid: number): Promise<void> {
    await waitUntil(() => !isAlive(pid), 'the server to leave');
  }

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
    await workplace.kept();
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
    await printed('hidden', 'nobody');
    await workplace.ask('split-window', '-h', "echo sec''ond; echo end; exec cat");
    await client.shows(/first +│second/);
    await workplace.ask('rename-session', '-t', 'hidden', 'behind');
    await workplace.ask('move-window', '-s', 'behind', '-t', '7');
    await workplace.ask('resize-pane', '-t', 'one', '-x', '30');
    const listed = await workplace.ask('list-sessions', '-F', '#{window_index} #{session_name}');
    await workplace.kept();
    await crash();
    const again = workplace.attach();
    await again.shows(/first +│second/);
    expect(await workplace.ask('list-sessions', '-F', '#{window_index} #{session_name}')).to.equal(listed);
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
    await workplace.kept();
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
    const pid = await workplace.serverPid();
    await workplace.ask('kill-server');
    await gone(pid);
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
    await printed('lost', 'here');
    await workplace.kept();
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
    await printed('second', 'an agent with ()');
    await workplace.kept();
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
    await printed('forgotten', 'words');
    const pid = await workplace.serverPid();
    // What was to be kept would be written before it leaves.
    await workplace.ask('kill-server');
    await gone(pid);
    expect(existsSync(path.join(workplace.state, 'qmux', 'qmux.db'))).to.equal(false);
    expect(await workplace.ask('new-session', '-d', '-P', '-F', '#{session_name}', '-s', 'new', 'cat')).to.equal('new');
    expect(await names()).to.equal('new');
  });

  it('are kept from when that is switched on, and what is closed while it is off stays closed', async () => {
    workplace.writeConfig('[sessions]\ndefault_kind = "program"\npersist_sessions = false\n');
    await workplace.ask('new-session', '-d', '-s', 'early', 'echo early-words; exec cat');
    await printed('early', 'early-words');
    await workplace.ask('set-option', '-g', 'persist-sessions', 'on');
    await workplace.ask('new-session', '-d', '-s', 'closed', 'echo closed-words; exec cat');
    await printed('closed', 'closed-words');
    await workplace.kept();
    expect(await names()).to.equal('early\nclosed');
    await workplace.ask('set-option', '-g', 'persist-sessions', 'off');
    await workplace.ask('kill-session', '-t', 'closed');
    await workplace.ask('new-session', '-d', '-s', 'late', 'exec cat');
    const pid = await workplace.serverPid();
    await workplace.ask('kill-server');
    await gone(pid);
    workplace.writeConfig('');
    await workplace.ask('new-session', '-d', '-s', 'new', 'cat');
    expect(await names()).to.equal('early\nnew');
    await printed('early', 'early-words');
  });

  it('stay away where the last one was closed, with which its server ends', async () => {
    await workplace.ask('new-session', '-d', '-s', 'only', "echo wo''rds; exec cat");
    await printed('only', 'words');
    await workplace.kept();
    const pid = await workplace.serverPid();
    await workplace.ask('kill-session', '-t', 'only');
    await gone(pid);
    await workplace.ask('new-session', '-d', '-s', 'new', 'cat');
    expect(await names()).to.equal('new');
  });

  it('stay away after kill-server -f', async () => {
    await workplace.ask('new-session', '-d', '-s', 'one', "echo one''-words; exec cat");
    await workplace.ask('new-session', '-d', '-s', 'two', 'cat');
    await workplace.ask('new-session', '-d', '--chat', '-s', 'talk');
    await printed('one', 'one-words');
    await workplace.kept();
    const pid = await workplace.serverPid();
    await workplace.ask('kill-server', '-f');
    await gone(pid);
    await workplace.ask('new-session', '-d', '-s', 'new', 'cat');
    expect(await names()).to.equal('new');
    expect((await workplace.run(['search', 'one-words'])).stdout).to.contain('one-words');
  });

  it('come back after a shutdown, which ends programs before the server or after it', async () => {
    const folder = path.join(workplace.home, 'deep');
    mkdirSync(folder);
    const client = workplace.attach(['new-session', '-s', 'shell']);
    await client.shows('$');
    client.type("cd deep; echo sh''ell-words\r");
    await client.shows('shell-words');
    await workplace.ask('split-window', '-h', "trap 'exit 0' TERM; echo tidy''-words; while :; do sleep 0.05; done");
    await client.shows(/shell-words.*│/);
    await client.shows('│tidy-words');
    await workplace.kept();
    await workplace.ask('new-session', '-d', '-s', 'ended', 'echo ended-words');
    const pids = (await workplace.ask('list-panes', '-F', '#{pane_pid}')).split('\n').map(Number);
    const pid = await workplace.serverPid();
    for (const program of pids) {
      process.kill(program, 'SIGTERM');
      process.kill(program, 'SIGHUP');
    }
    await waitUntil(() => pids.every((program) => !isAlive(program)), 'the programs to end');
    if (isAlive(pid)) process.kill(pid, 'SIGTERM');
    await gone(pid);
    const again = workplace.attach();
    await again.shows(/│tidy-words[\s\S]*Enter/);
    await again.shows(/shell-words.*│/);
    expect(await workplace.ask('list-panes', '-t', 'shell', '-F', '#{pane_current_path}')).to.contain(
      realpathSync(folder),
    );
  });

  it('are found by the words of their scrollback after a crash', async () => {
    await workplace.ask('new-session', '-d', '-s', 'long', "echo need''le; seq 300; exec cat");
    await printed('long', '300');
    await workplace.kept();
    await crash();
    await workplace.ask('new-session', '-d', '-s', 'new', 'cat');
    const { stdout } = await workplace.run(['search', 'needle']);
    expect(stdout).to.contain('long').and.contain('needle');
  });

  for (const [columns, rows] of [
    [40, 10],
    [20, 5],
  ] as const)
    it(`say at ${columns}x${rows} which keys there are`, async () => {
      await workplace.ask('new-session', '-d', '-s', 'small', "echo wo''rds; echo; exec cat");
      await printed('small', 'words');
      await workplace.kept();
      await crash();
      const client = workplace.attach([], { columns, rows });
      await client.shows(/Enter.* x/);
    });
});
