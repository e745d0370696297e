import { expect } from 'chai';
import { parseKey } from '../../lib/input/key-name.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';
import { readKeymap } from '../../lib/input/keymap.ts';
import { KeymapBindings } from '../../lib/server/keymap-bindings.ts';

const keymap = (root: Record<string, string>) => readKeymap({ tables: { root } }).keymap;

describe('the bindings of keymaps', () => {
  const tables = createKeyTables();
  const bindings = new KeymapBindings(tables);
  const commands = () => tables.bindings('root').map(({ key, command }) => `${key.name} ${command}`);
  const bind = (key: string, command: string) =>
    tables.bind('root', { key: parseKey(key), command, note: undefined, repeat: false });

  it('are those of all keymaps, the last first', () => {
    bindings.replace([keymap({ F1: 'one', F2: 'two', F3: 'three' }), keymap({ F2: 'own' })]);
    expect(commands()).to.have.members(['F1 one', 'F2 own', 'F3 three']);
  });

  it('give way to those of other keymaps', () => {
    bindings.replace([keymap({ F1: 'other', F2: 'two', F4: 'four' })]);
    expect(commands()).to.have.members(['F1 other', 'F2 two', 'F4 four']);
  });

  it('leave what a person bound or unbound', () => {
    bind('F1', 'mine');
    bind('F9', 'mine');
    tables.unbind('root', parseKey('F2'));
    for (let times = 0; times < 2; times++) {
      bindings.replace([keymap({ F1: 'other', F2: 'two', F4: 'again' })]);
      expect(commands()).to.have.members(['F1 mine', 'F9 mine', 'F4 again']);
    }
  });
});
