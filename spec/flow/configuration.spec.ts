import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

describe('the configuration', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  const attach = () => workplace.attach(['new-session', '-s', 'main', 'exec cat']);

  it('tells the first client what is wrong in it, by file and line, and applies the rest', async () => {
    workplace.writeConfig('keymap = "tmux"\n[options]\nstatus-position = "left"\nnonsense = 1\nbase-index = 3\n');
    const client = attach();
    await client.shows(/Problems[\s\S]*config\.toml:3: [\s\S]*config\.toml:4: /);
    client.type('q');
    await client.shows((screen) => /3:main\*/.test(screen) && !screen.includes('config.toml'));
  });

  it('is read when its folder comes, and when it changes', async () => {
    rmSync(path.join(workplace.home, '.config'), { recursive: true });
    const client = attach();
    await client.shows('0:main*');
    workplace.writeConfig('[options]\nstatus-left = "HERE "\n');
    await client.shows(/^HERE 0:main\*/m);
    workplace.writeConfig('[options]\nstatus-left = "THERE "\n');
    await client.shows(/^THERE 0:main\*/m);
    workplace.writeConfig('[options]\nstatus-left = 5 5\n');
    await client.shows(/config\.toml:2: /);
  });

  it('keeps what was bound at run time, and changes keymaps, the own ones too', async () => {
    const client = attach();
    await client.shows('0:main*');
    await workplace.ask('bind-key', 'n', 'display-message', 'from run time');
    workplace.writeConfig('[options]\nstatus-left = "HERE "\n');
    await client.shows(/^HERE /m);
    client.type('\x02n');
    await client.shows('from run time');
    await workplace.ask('set-option', '-g', 'keymap', 'screen');
    client.type('\x01c');
    await client.shows('1:');
    workplace.write(
      '.config/qmux/keymaps/mine.toml',
      'prefix = "C-t"\n[tables.prefix]\nm = \'display-message "with my keys"\'\n',
    );
    await workplace.ask('set-option', '-g', 'keymap', 'mine');
    client.type('\x14m');
    await client.shows('with my keys');
    expect(await workplace.ask('list-keys', '-T', 'prefix')).to.not.include('new-session');
  });

  it('leaves the keys alone when a keymap is not there', async () => {
    const client = attach();
    await client.shows('0:main*');
    await workplace.ask('set-option', '-g', 'keymap', 'screne');
    await client.shows(/unknown keymap: screne; the nearest is screen/);
    client.type('\x02c');
    await client.shows('1:');
    await waitUntil(async () => (await workplace.ask('list-keys')).includes('new-session'), 'the keys');
  });
});
