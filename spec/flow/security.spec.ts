import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { RawClient } from '../support/raw-client.ts';
import { waitUntil } from '../support/wait.ts';
import { QMUX, Workplace } from '../support/workplace.ts';

describe('security', () => {
  let workplace: Workplace;
  let mark: string;

  beforeEach(() => {
    workplace = new Workplace();
    mark = path.join(workplace.folder, 'mark');
  });

  afterEach(() => workplace.dispose());

  const everything = async () =>
    Promise.all([
      workplace.ask('list-sessions', '-F', '#{session_name} #{session_width}x#{session_height}'),
      workplace.ask('list-clients', '-F', '#{client_name} #{client_session} #{client_readonly}'),
      workplace.ask('show-options', '-g'),
      workplace.run(['list-buffers']),
      workplace.ask('capture-pane', '-p', '-t', 'mine'),
    ]);

  it('lets a read-only client change nothing', async () => {
    const person = workplace.attach([
      'new-session',
      '-s',
      'mine',
      'printf "\\033[?1003h\\033[?1006h"; stty -echo; echo ready; cat',
    ]);
    await person.shows('ready');
    await workplace.ask('new-session', '-d', '-s', 'other', 'cat');
    const name = await workplace.ask('list-clients', '-F', '#{client_name}');
    const watcher = workplace.attach(['attach-session', '-r', '-t', 'mine'], { columns: 40, rows: 10 });
    await watcher.shows('ready');
    const before = await everything();
    watcher.type('intruder\r\x1b[200~pasted\r\x1b[201~\x1b[<0;3;3M\x1b[<0;3;3m\x1b[<64;3;3M');
    for (const command of [
      'new-session -d intruder',
      'kill-server',
      'kill-session -t other',
      'send-keys intruder Enter',
      'set-option -g status-left intruder',
      'rename-session intruder',
      `run-shell "touch ${mark}"`,
      `display-message "#(touch ${mark})"`,
      `if-shell "touch ${mark}" list-keys`,
      `pipe-pane "cat > ${mark}"`,
      'set-buffer intruder',
      'paste-buffer',
      'set-hook -g session-created list-keys',
      'bind-key x kill-server',
      'source-file /dev/null',
      `suspend-client -t ${name}`,
      `switch-client -c ${name} -t other`,
      'switch-client -r',
    ]) {
      watcher.type(`\x02:${command}\r`);
      await watcher.shows((screen) => !screen.includes(command.slice(0, 12)));
      watcher.type('q');
    }
    watcher.type('\x02c\x02&y\x02,\x15intruder\r');
    watcher.type('\x02[');
    watcher.type(`\x02:send-keys -X select-line\r\x02:send-keys -X copy-pipe "touch ${mark}"\rq`);
    watcher.resize(41, 11);
    await waitUntil(
      async () => (await workplace.ask('list-clients', '-F', '#{client_width}')).split('\n').includes('41'),
      () => `the new size of\n${watcher.text()}`,
    );
    expect(await everything()).to.deep.equal(before);
    expect(existsSync(mark)).to.equal(false);
    watcher.type('q\x02d');
    expect(await watcher.exited).to.equal(0);
  });

  it('takes what programs say for text: no styles, no formats, no commands, no escapes', async () => {
    const title = `#[fg=red]#{pid}#(touch ${mark})`;
    workplace.writeConfig(
      '[options]\nset-titles = true\nset-titles-string = "T:#{pane_title}"\nstatus-right = "R:#{pane_title}"\nstatus-right-length = 120\nvisual-bell = true\nmonitor-activity = true\n',
    );
    const client = workplace.attach(
      ['new-session', '-s', 'mine', `printf '\\033]2;${title}\\007\\033]9;${title}\\007\\007ready'; cat`],
      { columns: 160 },
    );
    await client.shows('ready');
    await client.shows(`R:${title}`);
    await waitUntil(() => client.transcript.includes(`T:${title}`), 'the title of the outer terminal');
    client.type('\x02:display-message "#{pane_title}"\r');
    await client.shows(title);
    client.type(`\x02:display-message "#{E:pane_title}#{T:pane_title}"\r`);
    await client.shows(title.slice(0, 9));
    client.type('\x02w');
    await client.shows('mine');
    client.type('q');
    expect(await workplace.ask('show-messages')).to.include(title);
    expect(existsSync(mark)).to.equal(false);
  });

  it('prints no controls in lists, whatever programs and folders are called', async () => {
    const folder = path.join(workplace.home, 'evil\x1b]0;x\x07folder');
    mkdirSync(folder);
    await workplace.ask('new-session', '-d', '-c', folder, `printf '\\033]2;a\\033b\\302\\233c\\007text'; cat`);
    const format =
      '#{pane_title}|#{pane_current_path}|#{pane_start_path}|#{pane_current_command}|#{session_preview}|#{session_path}';
    await waitUntil(async () => (await workplace.ask('ls', '-F', format)).includes('text'), 'the output');
    for (const line of [await workplace.ask('ls', '-F', format), await workplace.ask('list-sessions', '--json')])
      expect(line).not.to.match(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
  });

  it('answers no question for the clipboard', async () => {
    const client = workplace.attach([
      'new-session',
      `stty raw -echo; printf '\\033]52;c;?\\007\\033[5n'; od -An -tx1 -N4; cat`,
    ]);
    await client.shows('1b 5b 30 6e');
  });

  it('keeps the environment of clients to itself', async () => {
    await workplace.ask('new-session', '-d', '-s', 'mine', 'env; cat');
    const client = workplace.attach(['attach-session'], {
      environment: { ...workplace.environment, TOKEN: 'hunter2', DISPLAY: ':77', QMUX_LOG: 'debug' },
    });
    await client.shows(/mine\*/);
    await workplace.run(['no-such-command'], { environment: { TOKEN: 'hunter2' } });
    await workplace.ask('new-session', '-d', '-s', 'second', 'env; cat');
    expect(await workplace.ask('show-environment')).to.include('DISPLAY=:77');
    for (const text of [
      await workplace.ask('show-environment', '-g'),
      await workplace.ask('capture-pane', '-p', '-S', '-', '-t', 'second'),
      await workplace.ask('server-info'),
      await workplace.ask('show-messages'),
      workplace.log(),
    ])
      expect(text).not.to.include('hunter2');
  });

  it('lets nobody else at the socket and the log', async () => {
    const own = { TMPDIR: workplace.folder, QMUX_TMPDIR: '' };
    const folder = path.join(workplace.folder, `qmux-${process.getuid?.()}`);
    const started = workplace.attach(['-L', 'own', 'new-session'], {
      environment: { ...workplace.environment, ...own },
    });
    await started.shows('$');
    await workplace.ask('new-session', '-d', 'cat');
    expect(statSync(workplace.socketPath).mode & 0o777).to.equal(0o600);
    expect(statSync(path.join(workplace.state, 'qmux')).mode & 0o777).to.equal(0o700);
    expect(statSync(path.join(workplace.state, 'qmux', 'server.log')).mode & 0o777).to.equal(0o600);
    expect(existsSync(folder)).to.equal(false);
    const other = workplace.terminal([process.execPath, QMUX, '-L', 'own', 'new-session', 'echo here; cat'], {
      environment: { ...workplace.environment, ...own },
    });
    await other.shows('here');
    expect(statSync(folder).mode & 0o777).to.equal(0o700);
    expect(lstatSync(path.join(folder, 'own')).mode & 0o777).to.equal(0o600);
    other.type('\x02:kill-server\r');
    await other.exited;
  });

  it('writes no log through a link', async () => {
    const file = path.join(workplace.folder, 'precious');
    writeFileSync(file, 'precious');
    mkdirSync(path.join(workplace.state, 'qmux'), { recursive: true });
    symlinkSync(file, path.join(workplace.state, 'qmux', 'server.log'));
    const client = workplace.attach();
    await client.shows('the log file cannot be written');
    expect(readFileSync(file, 'utf8')).to.equal('precious');
  });

  it('keeps a link to the SSH agent of the client that came last', async () => {
    const link = `${workplace.socketPath}.agent`;
    const from = (agent: string) => ({ environment: { ...workplace.environment, SSH_AUTH_SOCK: agent } });
    const first = workplace.attach(['new-session', '-s', 'mine'], from('/tmp/first-agent'));
    await first.shows('$');
    first.type('clear; echo "<$SSH_AUTH_SOCK>"\r');
    await first.shows(`<${link}>`);
    expect(readlinkSync(link)).to.equal('/tmp/first-agent');
    const second = workplace.attach(['attach-session'], from('/tmp/second-agent'));
    await second.shows('$');
    expect(readlinkSync(link)).to.equal('/tmp/second-agent');
    const third = workplace.attach(['attach-session']);
    await third.shows('$');
    expect(readlinkSync(link)).to.equal('/tmp/second-agent');
    await workplace.ask('kill-server');
    await waitUntil(() => lstatSync(link, { throwIfNoEntry: false }) === undefined, 'the link to be taken away');
  });

  if (process.platform === 'linux')
    it('gives programs none of its descriptors', async () => {
      for (let count = 0; count < 5; count += 1) await workplace.ask('new-session', '-d', 'exec sleep 100');
      const watcher = new RawClient(workplace.socketPath).hello(['attach-session']);
      await watcher.heard('attach');
      // ls itself holds the folder open
      const list = 'ls /proc/self/fd | tr "\\n" " "';
      expect(await workplace.ask('run-shell', list)).to.match(/^0 1 2 3 ?$/);
      await workplace.ask('new-session', '-d', '-s', 'mine', `${list}; cat`);
      await waitUntil(
        async () => /^0 1 2 3 *$/m.test(await workplace.ask('capture-pane', '-p', '-t', 'mine')),
        'the list',
      );
      await workplace.ask('pipe-pane', '-t', 'mine', `${list} > ${mark}; cat >/dev/null`);
      await waitUntil(() => existsSync(mark) && readFileSync(mark, 'utf8') !== '', 'the list of the pipe');
      expect(readFileSync(mark, 'utf8')).to.match(/^0 1 2 3 ?$/);
      await waitUntil(
        async () => /^0 1 2 3 ?$/.test(await workplace.ask('display-message', '-p', `#(${list})`)),
        'the list of a format',
      );
      watcher.socket.destroy();
    });
});
