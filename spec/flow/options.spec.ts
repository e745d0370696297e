import { expect } from 'chai';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

describe('options', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  const format = (target: string, text: string) => workplace.ask('display-message', '-p', '-t', target, text);
  const captured = (target: string, wanted: string) =>
    waitUntil(async () => {
      const text = await workplace.ask('capture-pane', '-p', '-t', target);
      return text.includes(wanted) ? text : undefined;
    }, `${wanted} in ${target}`);

  it('default-shell and default-directory are where new sessions begin', async () => {
    workplace.write('place/file', '');
    const shell = workplace.write('shell', '#!/bin/sh\necho the-shell in $(pwd); exec sleep 100\n');
    const { chmodSync } = await import('node:fs');
    chmodSync(shell, 0o755);
    await workplace.ask('start-server', ';', 'set-option', '-g', 'exit-empty', 'off');
    await workplace.ask('set-option', '-g', 'default-shell', shell);
    await workplace.ask('set-option', '-g', 'default-directory', '~/place');
    await workplace.ask('new-session', '-d', '-s', 'one');
    expect(await captured('one', 'the-shell')).to.match(/the-shell in .*\/home\/place$/m);
  });

  it('mode-keys are those of vi where VISUAL says so', async () => {
    await workplace.run(['new-session', '-d', '-s', 'one', 'exec sleep 100'], {
      environment: { VISUAL: '/usr/bin/nvim', EDITOR: 'nano' },
    });
    expect(await workplace.ask('show-options', '-gv', 'mode-keys')).to.equal('vi');
  });

  it('a size given to new-session stays until somebody shows the session', async () => {
    const client = workplace.attach(['new-session', '-s', 'main', 'exec sleep 100']);
    await client.shows('main');
    await workplace.ask('new-session', '-d', '-s', 'wide', '-x', '200', '-y', '50', 'exec sleep 100');
    client.resize(90, 25);
    await waitUntil(async () => (await format('main', '#{pane_width}')) === '90', 'the new size');
    expect(await format('wide', '#{pane_width}x#{pane_height}')).to.equal('200x50');
    await workplace.ask('switch-client', '-t', 'wide');
    await waitUntil(async () => (await format('wide', '#{pane_width}')) === '90', 'the size of its client');
  });

  it('monitor-bell off keeps a bell from marking its session', async () => {
    await workplace.ask('new-session', '-d', '-s', 'main', 'exec sleep 100');
    await workplace.ask('set-option', '-g', 'monitor-bell', 'off');
    await workplace.ask('new-session', '-d', '-s', 'quiet', 'printf "\\a"; echo rang; exec sleep 100');
    await captured('quiet', 'rang');
    expect(await format('quiet', '#{window_bell_flag}')).to.equal('0');
  });

  it('update-environment and -e reach new sessions', async () => {
    await workplace.ask('new-session', '-d', '-s', 'main', 'exec sleep 100');
    const line = 'echo $DISPLAY,$MINE,$OTHER,$TMUX,$QMUX_SESSION,$QMUX_SESSION; exec sleep 100';
    await workplace.run(['new-session', '-d', '-s', 'one', '-e', 'MINE=1', line], {
      environment: { DISPLAY: ':7', OTHER: 'no' },
    });
    await captured('one', ':7,1,,,1,1');
  });

  it('are refused with the words of tmux, and the nearest name', async () => {
    await workplace.ask('new-session', '-d', '-s', 'main', 'exec sleep 100');
    const { code, stderr } = await workplace.run(['set-option', '-g', 'mod-keys', 'vi']);
    expect(code).to.equal(1);
    expect(stderr).to.equal('invalid option: mod-keys; the nearest is mode-keys\n');
    expect((await workplace.run(['set-option', '-gq', 'mod-keys', 'vi'])).code).to.equal(0);
  });
});
