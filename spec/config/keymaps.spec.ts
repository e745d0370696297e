import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { errorText } from '../../lib/base/user-error.ts';
import { findCommand } from '../../lib/command/command-table.ts';
import { checkLine } from '../../lib/command/resolve.ts';
import { problemText, readTomlFile } from '../../lib/config/toml-file.ts';
import { readKeymap } from '../../lib/input/keymap.ts';

const folder = path.resolve(import.meta.dirname, '../../../keymaps');

function checkCommand(line: string): string | undefined {
  try {
    checkLine(line, findCommand);
    return undefined;
  } catch (error) {
    return errorText(error);
  }
}

describe('the keymaps', () => {
  for (const name of readdirSync(folder))
    it(`have only keys and commands that there are, each key once, with a note where people see them: ${name}`, () => {
      const toml = readTomlFile(path.join(folder, name));
      expect(toml?.problems.map(problemText)).to.deep.equal([]);
      const { keymap, problems } = readKeymap(toml?.data, { lineOf: toml?.lineOf ?? (() => undefined), checkCommand });
      expect(problems.map(({ line, text }) => `${name}:${line}: ${text}`)).to.deep.equal([]);
      expect(keymap.bindings).to.not.deep.equal([]);
      for (const { table, binding } of keymap.bindings)
        if (table === 'prefix') expect(binding.note, binding.command).to.be.a('string');
    });
});
