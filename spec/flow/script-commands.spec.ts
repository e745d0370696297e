import { expect } from 'chai';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

describe('commands of scripts written for tmux', () => {
  let workplace: Workplace;

  before(async () => {
    workplace = new Workplace();
    await workplace.ask('new-session', '-d', '-s', 'one', '-x', '80', '-y', '24', 'stty -echo; exec cat');
  });

  after(() => workplace.dispose());

  const refusal = async (...args: string[]) => {
    const { code, stdout, stderr } = await workplace.run(args);
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    return stderr;
  };

  it('refuse an unknown target with the word that tmux has for it', async () => {
    expect(await refusal('kill-session', '-t', 'zz')).to.equal("can't find session: zz\n");
    expect(await refusal('select-window', '-t', 'zz')).to.equal("can't find window: zz\n");
    expect(await refusal('send-keys', '-t', 'zz', 'x')).to.equal("can't find pane: zz\n");
    expect(await refusal('capture-pane', '-p', '-t', 'zz')).to.equal("can't find pane: zz\n");
    expect(await refusal('switch-client', '-t', 'one')).to.equal('no current client\n');
  });

  it('take the session made last when no client is there to say which', async () => {
    await workplace.ask('new-session', '-d', '-s', 'two', 'exec cat');
    expect(await workplace.ask('display-message', '-p', '#{session_name}')).to.equal('two');
    await workplace.ask('kill-session');
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.equal('one');
  });

  it('list keys so that the list can be sourced', async () => {
    await workplace.ask('bind-key', '-T', 'mine', "C-'", 'display-message', 'it\'s "quoted" $x');
    await workplace.ask(
      'bind-key',
      '-T',
      'mine',
      'M-}',
      'set-option',
      '-g',
      '@a',
      'b=c',
      '\\;',
      'display-message',
      'x',
    );
    const mine = await workplace.ask('list-keys', '-T', 'mine');
    expect(mine.split('\n')).to.deep.equal([
      'bind-key -T mine "C-\'" display-message "it\'s \\"quoted\\" \\$x"',
      'bind-key -T mine "M-}" set-option -g @a b=c \\; display-message x',
    ]);
    const file = workplace.write('keys.conf', `${await workplace.ask('list-keys')}\n`);
    await workplace.ask('unbind-key', '-a', '-T', 'mine');
    await workplace.ask('source-file', file);
    expect(await workplace.ask('list-keys', '-T', 'mine')).to.equal(mine);
  });

  it('show options as set-option reads them again', async () => {
    const shown = async (value: string) => {
      await workplace.ask('set-option', '-g', '@q', value);
      return workplace.ask('show-options', '-g', '@q');
    };
    expect(await shown('a=b')).to.equal('@q a=b');
    expect(await shown('has space')).to.equal('@q "has space"');
    expect(await shown('')).to.equal("@q ''");
    expect(await shown('#{session_name}')).to.equal('@q "#{session_name}"');
  });

  it('write valid JSON for every list, also when a filter lets nothing through', async () => {
    for (const list of ['sessions', 'windows', 'panes', 'clients', 'buffers', 'keys', 'commands'])
      expect(JSON.parse(await workplace.ask(`list-${list}`, '--json')), list).to.be.an('array');
    const filtered = await workplace.ask('list-sessions', '--json', '-f', '#{==:#{session_name},one}');
    expect(JSON.parse(filtered)).to.have.length(1);
    expect(JSON.parse(filtered)[0]).to.include({ name: 'one', columns: 80, rows: 24 });
    expect(JSON.parse(await workplace.ask('list-sessions', '--json', '-f', '0'))).to.deep.equal([]);
  });

  it('describe the one pane of a window as tmux does', async () => {
    const text = await workplace.ask(
      'display-message',
      '-p',
      '-t',
      'one',
      '#{window_layout} #{pane_pipe} #{pane_in_mode} #{session_windows} #{window_panes} #{pane_right},#{pane_bottom}',
    );
    expect(text).to.equal('b25d,80x24,0,0,0 0 0 1 1 79,23');
  });

  it('exit with the code of run-shell, and print what it printed', async () => {
    const { code, stdout } = await workplace.run(['run-shell', 'echo out; exit 3']);
    expect({ code, stdout }).to.deep.equal({ code: 3, stdout: "out\n'echo out; exit 3' returned 3\n" });
  });

  it('paste with separators', async () => {
    await workplace.ask('set-buffer', '-b', 'lines', 'p\nq');
    await workplace.ask('paste-buffer', '-s', '|', '-b', 'lines', '-t', 'one');
    await workplace.ask('send-keys', '-t', 'one', 'Enter');
    await waitUntil(
      async () => (await workplace.ask('capture-pane', '-p', '-t', 'one')).startsWith('p|q\n'),
      'what was pasted',
    );
  });

  it('ask before they run, and put answers into templates', async () => {
    const client = workplace.attach(['attach-session', '-t', 'one']);
    await client.shows(/0:one\*/);
    await workplace.ask('bind-key', 'F8', 'command-prompt', '-p', 'first,second', "set-option -g @answers '%1-%2-%%'");
    client.type('\x02\x1b[19~');
    await client.shows('first');
    client.type('alpha\r');
    await client.shows('second');
    client.type('beta\r');
    await waitUntil(
      async () => (await workplace.run(['show-options', '-gqv', '@answers'])).stdout === 'alpha-beta-alpha\n',
      'the answers',
    );
    await workplace.ask('bind-key', 'F9', 'confirm-before', '-p', 'sure? (y/n)', 'set-option -g @sure yes');
    client.type('\x02\x1b[20~');
    await client.shows('sure? (y/n)');
    client.type('n');
    await client.shows((screen) => !screen.includes('sure?'));
    expect((await workplace.run(['show-options', '-gqv', '@sure'])).stdout).to.equal('');
    client.type('\x02\x1b[20~');
    await client.shows('sure? (y/n)');
    client.type('y');
    await waitUntil(
      async () => (await workplace.run(['show-options', '-gqv', '@sure'])).stdout === 'yes\n',
      'the confirmed command',
    );
  });
});
