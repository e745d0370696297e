import { expect } from 'chai';
import { Workplace } from '../support/workplace.ts';

describe('targets of scripts written for tmux', () => {
  let workplace: Workplace;

  before(async () => {
    workplace = new Workplace();
    await workplace.ask('new-session', '-d', '-s', 'dev', '-n', 'editor', 'exec cat');
    await workplace.ask('new-window', '-d', '-t', 'dev', '-n', 'server', 'exec cat');
  });

  after(() => workplace.dispose());

  const nameOf = (target: string) => workplace.ask('display-message', '-p', '-t', target, '#{session_name}');

  it('find a window of a session by the name it was made with', async () => {
    expect(await nameOf('dev:editor')).to.equal('dev');
    expect(await nameOf('dev:server')).to.equal('server');
    expect(await nameOf('dev:editor.0')).to.equal('dev');
    expect(await nameOf('dev:0')).to.equal('dev');
    expect(await nameOf('dev:1')).to.equal('server');
  });

  it('find a renamed window by its new name, and what was its session by the old one', async () => {
    await workplace.ask('new-session', '-d', '-s', 'web', 'exec cat');
    await workplace.ask('rename-window', '-t', 'web:0', 'logs');
    expect(await nameOf('logs')).to.equal('logs');
    expect(await nameOf('web:logs')).to.equal('logs');
    expect(await nameOf('web')).to.equal('logs');
  });

  it('are refused with the text of tmux and exit code 1', async () => {
    const { code, stdout, stderr } = await workplace.run(['has-session', '-t', 'nowhere']);
    expect({ code, stdout, stderr }).to.deep.equal({ code: 1, stdout: '', stderr: "can't find session: nowhere\n" });
    expect((await workplace.run(['kill-window', '-t', 'dev:99'])).stderr).to.equal("can't find window: 99\n");
    expect((await workplace.run(['new-session', '-d', '-s', 'dev'])).stderr).to.match(/^duplicate session: dev/);
  });
});

describe('layouts that scripts make', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  it('have their sizes before anybody attaches, and are there when somebody does and goes through them', async () => {
    const { ask } = workplace;
    const run = (line: string) => ask.call(workplace, ...line.split(' '), 'exec cat');
    await run('new-session -d -s dev -n editor -x 120 -y 40');
    await run('split-window -h -t dev');
    await ask.call(workplace, 'send-keys', '-t', 'dev', '-l', 'right');
    await run('split-window -v -t dev -l 10');
    await run('new-window -d -t dev -n logs');
    await run('split-window -v -t dev:logs');
    await ask.call(workplace, 'send-keys', '-t', 'dev:logs', '-l', 'below');
    const sizes = (target: string) =>
      ask.call(workplace, 'list-panes', '-t', target, '-F', '#{pane_width}x#{pane_height}#{?pane_active,*,}');
    expect(await sizes('dev')).to.equal('60x40\n59x29\n59x10*');
    expect(await sizes('logs')).to.equal('120x20\n120x19*');
    const client = workplace.attach(['attach', '-t', 'dev']);
    await client.shows(/│right[\s\S]*├─/);
    await workplace.ask('select-window', '-t', 'dev:logs');
    await client.shows((screen) => /^below/m.test(screen) && screen.includes('logs*') && !screen.includes('│'));
    await workplace.ask('select-window', '-t', 'dev');
    await client.shows(/│right[\s\S]*├─/);
  });
});
