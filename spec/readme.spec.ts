import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { findCommand } from '../lib/command/command-table.ts';
import { SLASH_COMMANDS } from '../lib/command/slash-commands.ts';
import { applyConfig } from '../lib/config/config-file.ts';
import { OPTIONS } from '../lib/config/option-table.ts';
import { Options } from '../lib/config/options.ts';
import { keymapFile, keymapFolders } from '../lib/config/paths.ts';
import { readTomlFile } from '../lib/config/toml-file.ts';
import { GUIDE_SHOWS } from '../lib/conversation/guide-shows.ts';
import { temporaryFolder } from './support/folder.ts';

const readme = readFileSync(path.resolve(import.meta.dirname, '../../README.md'), 'utf8').replaceAll(/ {2,}/g, ' ');

/** The first columns of the table that follows a heading row. */
function table(heading: string): readonly (readonly [string, string, string])[] {
  const rows = readme.slice(readme.indexOf(heading)).split('\n\n')[0]?.split('\n').slice(2) ?? [];
  return rows.map((row) => {
    const [, first = '', second = '', third = ''] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return [first.replaceAll('`', ''), second, third];
  });
}

describe('the README', () => {
  it('names keys with the notes of the keymap', () => {
    const toml = readTomlFile(keymapFile('tmux', keymapFolders({})));
    const { prefix } = (toml?.data['tables'] ?? {}) as { prefix: Record<string, { note: string }> };
    const rows = table('| key | what it does |');
    expect(rows.length).to.be.above(30);
    for (const [key, note] of rows) expect(note.split(';')[0], key).to.equal(prefix[key.replace('C-b ', '')]?.note);
  });

  it('names commands and aliases that there are', () => {
    const rows = table('| command | alias | what it does |');
    expect(rows.length).to.be.above(60);
    for (const [name, aliases, summary] of rows) {
      const command = findCommand(name);
      expect(command.name).to.equal(name);
      expect(aliases.replaceAll('`', '')).to.equal(command.aliases.join(' '));
      expect(summary.replaceAll('\\|', '|')).to.equal(command.summary);
    }
  });

  it('names what the guide can show', () => {
    const rows = table('| type this | and you see |').map(([ask]) => ask);
    expect(rows).to.have.members(GUIDE_SHOWS.map(({ ask }) => ask));
  });

  it('names slash commands that there are, and all of them', () => {
    const words = table('| in a chat | what it does |').flatMap(([usage]) =>
      usage.split(', ').map((item) => /^\/([a-z-]+)/.exec(item)?.[1] ?? item),
    );
    const known = SLASH_COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(words).to.have.members(known);
  });

  it('names options that there are', () => {
    const names = OPTIONS.map(({ name }) => name);
    const rows = table('| option | default | what it does |').map(([name]) => name);
    expect(rows.length).to.be.above(60);
    expect(names).to.include.members(rows);
  });

  it('shows configurations without a fault', () => {
    const all = [...readme.matchAll(/```toml\n(.*?)```/gs)].map(([, text = '']) => {
      const file = path.join(temporaryFolder(), 'config.toml');
      writeFileSync(file, text);
      const toml = readTomlFile(file);
      if (toml === undefined) throw new Error('no file');
      const { names, commands, providers, prompts, problems } = applyConfig(toml, new Options());
      expect([toml.problems, problems], text).to.deep.equal([[], []]);
      return { names: names.size, commands: commands.length, providers: providers.length, prompts: prompts.size };
    });
    expect(all[0]).to.deep.include({ providers: 1 });
    expect(all[1]).to.deep.include({ providers: 1, prompts: 1 });
    expect(all[2]?.names).to.equal(4);
    expect(all[3]?.names).to.be.above(5);
    expect(all[3]?.commands).to.equal(1);
  });
});
