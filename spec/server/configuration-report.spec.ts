import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Options } from '../../lib/config/options.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';
import { Configuration } from '../../lib/server/configuration.ts';
import { temporaryFolder } from '../support/folder.ts';

/** What is told of the files in a person's folder, the folder's name left out. */
function report(files: Readonly<Record<string, string>>): readonly string[] {
  const home = temporaryFolder();
  mkdirSync(path.join(home, 'qmux', 'keymaps'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(home, 'qmux', name), text);
  const configuration = new Configuration({
    options: new Options(),
    keyTables: createKeyTables(),
    file: undefined,
    environment: { XDG_CONFIG_HOME: home },
    checkCommand: () => undefined,
    runCommand: () => undefined,
    tell: () => undefined,
  });
  configuration.load();
  return configuration.explain().map((line) => line.replaceAll(`${home}/`, ''));
}

describe('the report on the configuration', () => {
  it('says that there is none', () => {
    const [config, keymap, ...more] = report({});
    expect(config).to.equal('configuration: qmux/config.toml (not there)');
    expect(keymap).to.match(/^keymap: \/.*\/keymaps\/tmux\.toml, prefix C-b$/);
    expect(more).to.deep.equal([]);
  });

  it('names problems with their lines', () => {
    const lines = report({
      'config.toml': 'keymap = "own"\n[options]\nmosue = "on"\n',
      'keymaps/own.toml': 'prefix = "C-q"\n[tables.prefix]\n"C-" = "x"\n',
    });
    expect(lines[0]).to.equal('configuration: qmux/config.toml (1 problem)');
    expect(lines[1]).to.match(/^ {2}qmux\/config\.toml:3: .*mosue/);
    expect(lines[2]).to.equal('keymap: qmux/keymaps/own.toml, prefix C-q (1 problem)');
    expect(lines[3]).to.match(/^ {2}qmux\/keymaps\/own\.toml:3: /);
  });

  it('says so when the keymap is not to be found', () => {
    expect(report({ 'config.toml': 'keymap = "tmxu"\n' })[1]).to.match(/unknown keymap: tmxu; the nearest is tmux/);
  });
});
