import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import { configFile, configFolder, keymapFile, keymapFolders } from '../../lib/config/paths.ts';

describe('paths', () => {
  it('follow XDG where it names an absolute folder', () => {
    expect(configFile({ XDG_CONFIG_HOME: '/x', HOME: '/home/me' })).to.equal('/x/qmux/config.toml');
    expect(configFolder({ XDG_CONFIG_HOME: 'x', HOME: '/home/me' })).to.equal('/home/me/.config/qmux');
    expect(configFolder({ XDG_CONFIG_HOME: '', HOME: '/home/me' })).to.equal('/home/me/.config/qmux');
  });

  it('take the home of the account where $HOME names none', () => {
    for (const environment of [{}, { HOME: '' }, { HOME: 'relative' }]) {
      const folder = configFolder(environment);
      if (folder !== undefined) expect(folder).to.match(/^\/.*\.config\/qmux$/);
    }
    expect(homedir()).to.be.a('string');
  });

  describe('of keymaps', () => {
    let folder = '';
    before(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'qmux-paths-'));
      for (const [place, name] of [
        ['mine', 'tmux'],
        ['mine', 'own'],
        ['shipped', 'tmux'],
        ['shipped', 'screen'],
      ] as const) {
        mkdirSync(path.join(folder, place), { recursive: true });
        writeFileSync(path.join(folder, place, `${name}.toml`), '');
      }
    });
    after(() => rmSync(folder, { recursive: true }));

    const find = (name: string): string =>
      path.relative(
        folder,
        keymapFile(name, [path.join(folder, 'mine'), path.join(folder, 'none'), path.join(folder, 'shipped')]),
      );

    it("come from the person's folder first", () => {
      expect(find('tmux')).to.equal('mine/tmux.toml');
      expect(find('own')).to.equal('mine/own.toml');
      expect(find('screen')).to.equal('shipped/screen.toml');
    });

    it('are named with the nearest one when there is none', () => {
      expect(() => find('scren')).to.throw(UserError, 'unknown keymap: scren; the nearest is screen');
    });

    it('lead out of no folder', () => {
      for (const name of ['../mine/tmux', '/etc/passwd', '', '.', 'a\0b'])
        expect(() => find(name)).to.throw(UserError, 'unknown keymap');
    });

    it('look in the folder that ships last', () => {
      const folders = keymapFolders({ XDG_CONFIG_HOME: '/x' });
      expect(folders).to.have.lengthOf(2);
      expect(folders[0]).to.equal('/x/qmux/keymaps');
      expect(folders[1]).to.equal(path.resolve(import.meta.dirname, '../../..', 'keymaps'));
    });
  });
});
