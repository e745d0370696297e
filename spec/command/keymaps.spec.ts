import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { parse } from 'smol-toml';
import { parseCommandText } from '../../lib/command/command-line.ts';
import { findCommand } from '../../lib/command/command-table.ts';
import { checkLine, resolve } from '../../lib/command/resolve.ts';
import { keyName } from '../../lib/input/key-name.ts';
import { readKeymap } from '../../lib/input/keymap.ts';

const folder = path.resolve(import.meta.dirname, '../../../keymaps');
/** Commands of which an argument is a command line, and from which argument on. */
const HOLDERS = new Map([
  ['if-shell', 1],
  ['command-prompt', 0],
  ['confirm-before', 0],
]);
const NOWHERE = { variable: () => undefined, assign: () => undefined, expand: (format: string) => format };

/** Checks a command line and those within it. */
function checkDeeply(line: string): void {
  checkLine(line, findCommand);
  for (const invocation of parseCommandText(line, NOWHERE).flat()) {
    const { command, args } = resolve(invocation, findCommand);
    const first = HOLDERS.get(command.name);
    if (first !== undefined) for (const inner of args.positional.slice(first)) checkDeeply(inner);
  }
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.toml'))) {
  describe(`the keymap ${file}`, () => {
    const { keymap, problems } = readKeymap(parse(readFileSync(path.join(folder, file), 'utf8')));

    it('binds only commands that exist, with flags that they know', () => {
      expect(problems).to.deep.equal([]);
      const refused: string[] = [];
      for (const { table, binding } of keymap.bindings) {
        try {
          checkDeeply(binding.command);
        } catch (error) {
          refused.push(`${table} ${keyName(binding.key)}: ${String(error)}`);
        }
      }
      expect(refused).to.deep.equal([]);
    });
  });
}
