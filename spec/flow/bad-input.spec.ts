import { chmodSync, mkdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { runNode } from '../support/processes.ts';
import { RawClient } from '../support/raw-client.ts';
import { QMUX, Workplace } from '../support/workplace.ts';

describe('bad input', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  const without = (name: string) =>
    Object.fromEntries(Object.entries(workplace.environment).filter(([key]) => key !== name));
  const withVariables = (over: Record<string, string>) => ({ environment: { ...workplace.environment, ...over } });
  /** qmux with its own flags, and no socket of the workplace's. */
  const bare = async (words: readonly string[], environment = workplace.environment) =>
    runNode([QMUX, ...words], environment).ended;

  it('in the configuration is named by file and line to who attaches first; the rest of it works', async () => {
    const file = workplace.writeConfig(
      '[options]\nstatus-left = "<LEFT> "\nmouse = "perhaps"\nno-such-option = 1\nhistory-limit = -1\n',
    );
    const client = workplace.attach();
    await client.shows(`config.toml:3:`);
    await client.shows('no-such-option');
    client.type('q');
    await client.shows('<LEFT>');
    const messages = await workplace.ask('show-messages');
    for (const line of [3, 4, 5]) expect(messages).to.include(`${file}:${line}: `);
    const second = workplace.attach(['attach-session']);
    await second.shows('<LEFT>');
    expect(second.text()).not.to.include('config.toml');
  });

  it('that breaks the configuration off is named by its line', async () => {
    const file = workplace.writeConfig('[options]\nstatus-left = "<LEFT> "\nmouse = = =\n');
    const client = workplace.attach();
    await client.shows('config.toml:3:');
    expect(await workplace.ask('show-messages')).to.include(`${file}:3: `);
  });

  it('in a command of the configuration is named by its line', async () => {
    const file = workplace.writeConfig(
      'commands = [\n  "new-session -d -s good cat",\n  "kill-session -t none",\n  "nonsense",\n]\n',
    );
    const client = workplace.attach(['new-session', '-s', 'mine']);
    await client.shows(/config.toml/);
    const messages = await workplace.ask('show-messages');
    expect(messages).to.include(`${file}:1: can't find session`).and.to.include(`${file}:1: unknown command`);
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.include('good');
  });

  it('in a keymap is named by file and line; its other bindings work', async () => {
    const file = workplace.write(
      '.config/qmux/keymaps/mine.toml',
      'prefix = "C-a"\n\n[tables.prefix]\nd = "detach-client"\nNoSuchKey = "list-keys"\nx = "no-such-command"\n',
    );
    workplace.writeConfig('[options]\nkeymap = "mine"\n');
    const client = workplace.attach();
    await client.shows(/mine.toml:\d+:/);
    const messages = await workplace.ask('show-messages');
    expect(messages).to.include(`${file}:5: `).and.to.include(`${file}:6: `);
    client.type('q');
    client.type('\x01d');
    expect(await client.exited).to.equal(0);
  });

  it('as a file given with -f that is not there is said', async () => {
    const client = workplace.attach(['-f', '/no/such/file', 'new-session']);
    await client.shows('/no/such/file: no such file');
  });

  for (const [what, over] of [
    ['an unknown TERM', { TERM: 'no-such-terminal' }],
    ['an empty TERM', { TERM: '' }],
    ['a dumb terminal', { TERM: 'dumb' }],
    ['a TERM that is an attack', { TERM: '../../etc/passwd\x1b]0;x\x07#(touch /tmp/x)' }],
    ['a locale that is not there', { LANG: 'xx_YY.nothing', LC_ALL: 'zz' }],
  ] as const)
    it(`${what} does not keep a person out`, async () => {
      const client = workplace.attach([], withVariables(over));
      await client.shows(/0:sh-home\*/);
      client.type('echo works-$((40+2))\r');
      await client.shows('works-42');
      expect(await workplace.ask('list-clients')).not.to.include('\x1b');
      client.type('\x02d');
      expect(await client.exited).to.equal(0);
    });

  it('no TERM, no HOME, no SHELL and no state folder do not keep a person out', async () => {
    for (const name of ['TERM', 'HOME', 'SHELL', 'XDG_STATE_HOME', 'PATH']) {
      const own = new Workplace();
      const client = own.attach([], { environment: without(name) });
      await client.shows(/0:[a-z]+-home\*/);
      client.type('echo works-$((40+2))\r');
      await client.shows('works-42');
      await own.dispose();
    }
  });

  it('LANG=C gets nothing but ASCII', async () => {
    const { LANG: _, ...environment } = workplace.environment;
    const client = workplace.attach(['new-session', 'printf "umlaut-\\303\\244-\\346\\274\\242-end"; cat'], {
      environment: { ...environment, LANG: 'C' },
    });
    await client.shows(/umlaut-.*-end/);
    client.type('\x02w');
    await client.shows(/sh|cat|printf/);
    expect([...client.transcript].filter((character) => character > '\x7f')).to.deep.equal([]);
  });

  it('a state folder that cannot be written is said, and does not stop the server', async () => {
    writeFileSync(workplace.state, 'a file where a folder should be');
    const client = workplace.attach();
    await client.shows('the log file cannot be written');
    client.type('echo works-$((40+2))\r');
    await client.shows('works-42');
  });

  it('a socket path that is too long is refused in one sentence', async () => {
    const { code, stderr } = await bare(['-S', `/tmp/${'x'.repeat(200)}`, 'new-session', '-d']);
    expect(code).to.equal(1);
    expect(stderr).to.match(/^qmux: socket path too long: .*\n$/);
  });

  it('a socket folder that is a link, or open to all, is refused', async () => {
    const open = path.join(workplace.folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    const link = path.join(workplace.folder, 'link');
    symlinkSync(path.dirname(workplace.socketPath), link);
    for (const [folder, wanted] of [
      [open, 'anyone can change'],
      [link, 'is a link'],
    ] as const) {
      const { code, stderr } = await bare(['-S', path.join(folder, 's'), 'new-session', '-d']);
      expect(code).to.equal(1);
      expect(stderr)
        .to.include(wanted)
        .and.to.match(/^qmux: .*\n$/);
    }
  });

  it('a socket that is a file, or a folder that is missing, is refused', async () => {
    const file = path.join(workplace.folder, 'file');
    writeFileSync(file, '');
    expect((await bare(['-S', file, 'new-session', '-d'])).stderr).to.include('is not a socket');
    expect((await bare(['-S', '/no/such/folder/s', 'new-session', '-d'])).stderr).to.include('there is no folder');
  });

  it('commands and folders that are not there are named', async () => {
    await workplace.ask('new-session', '-d', '-s', 'one', 'exec sleep 100');
    const missing = await workplace.run(['new-session', '-d', 'no-such-program', 'argument']);
    expect([missing.code, missing.stderr]).to.deep.equal([1, 'command not found: no-such-program\n']);
    const folder = await workplace.run(['new-session', '-d', '-c', '/no/such/folder', 'cat']);
    expect(folder.code).to.equal(1);
    expect(folder.stderr).to.include('/no/such/folder');
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.equal('one');
  });

  it('a working folder that is gone does not keep qmux from working', async () => {
    const gone = path.join(workplace.home, 'gone');
    mkdirSync(gone);
    const script = `cd '${gone}'; rmdir '${gone}'; '${process.execPath}' '${QMUX}' -S '${workplace.socketPath}' new-session -d -P -F ok cat`;
    const client = workplace.attach(['new-session', '-c', gone]);
    await client.shows('$');
    rmdirSync(gone);
    client.type('\x02c');
    await client.shows(/1:.*\*/);
    mkdirSync(gone);
    client.type(`unset QMUX; ${script}\r`);
    await client.shows(/^(\$ )?ok$/m);
  });

  it('input that is no terminal is refused', async () => {
    await workplace.ask('new-session', '-d', 'exec sleep 100');
    const { code, stderr } = await workplace.run(['attach-session']);
    expect([code, stderr]).to.deep.equal([1, 'open terminal failed: not a terminal\n']);
  });

  it('a terminal of 1×1 is served', async () => {
    const client = workplace.attach([], { columns: 1, rows: 1 });
    await client.shows(/./);
    client.resize(80, 24);
    await client.shows(/0:sh-home\*/);
  });

  it('descriptors that run out refuse a program, and nothing else', async () => {
    const script = `ulimit -n 160; exec '${process.execPath}' '${QMUX}' -S '${workplace.socketPath}' new-session -d -s first cat`;
    const starter = workplace.terminal(['/bin/sh', '-c', script]);
    expect(await starter.exited).to.equal(0);
    let refused = '';
    for (let count = 0; count < 100 && refused === ''; count += 1) {
      const client = new RawClient(workplace.socketPath).hello(['new-session', '-d', 'cat']);
      await client.ended();
      refused = client.errors;
    }
    expect(refused).to.include('no terminal for another program');
    await workplace.ask('send-keys', '-t', 'first', 'still here', 'Enter');
    await workplace.ask('kill-session', '-a', '-t', 'first');
    await workplace.ask('new-session', '-d', 'cat');
    expect(await workplace.ask('capture-pane', '-p', '-t', 'first')).to.include('still here');
  });
});
