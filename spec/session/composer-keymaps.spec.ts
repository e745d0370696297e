import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { COMPOSER_ACTIONS } from '../../lib/session/composer-actions.ts';
import { VI_MOTIONS } from '../../lib/session/vi-motion.ts';
import { keymapBindings } from '../support/composer-typist.ts';

/** What the chat around the composer does. */
const CHAT_ACTIONS: readonly string[] = [
  'send',
  'queue',
  'escape',
  'stop',
  'toggle-cards',
  'recall-queued',
  'approve',
  'approve-all',
  'trust',
  'refuse',
  'refuse-all',
  'edit',
  'approval-next',
  'approval-previous',
];
const ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['vi-motion', VI_MOTIONS],
  ['vi-operator', ['delete', 'change', 'yank']],
  ['vi-line', ['delete', 'change', 'yank']],
  ['vi-find', ['forward', 'backward', 'till-forward', 'till-backward', 'again', 'reverse']],
  ['vi-insert', ['before', 'after', 'line-start', 'line-end', 'below', 'above']],
  ['vi-delete', ['before', 'after', 'change']],
  ['vi-put', ['before', 'after']],
  ['vi-count', [...'0123456789']],
]);
const OWN_TABLE = /^(?:compose-|approval$)/;

const names = readdirSync(path.resolve(import.meta.dirname, '../../../keymaps')).map((file) => path.parse(file).name);
const bindings = names.flatMap(keymapBindings).filter(({ table }) => OWN_TABLE.test(table));

describe('the keymaps of the composer', () => {
  it('ask only for actions that there are, with words that those know', () => {
    expect(bindings).to.have.length.above(150);
    for (const { binding } of bindings) {
      const [command, flag, name = '', ...args] = binding.command.split(' ');
      if (command !== 'send-keys') continue;
      expect(flag, binding.command).to.equal('-X');
      expect([...COMPOSER_ACTIONS, ...CHAT_ACTIONS], binding.command).to.include(name);
      const known = ARGUMENTS.get(name);
      expect(args.length, binding.command).to.equal(known === undefined ? 0 : 1);
      if (known !== undefined) expect(known, binding.command).to.include(args[0]);
    }
  });

  it('have a key for every action, and every table that keys lead to', () => {
    const asked = new Set(bindings.map(({ binding }) => binding.command.split(' ')[2]));
    expect([...COMPOSER_ACTIONS, ...CHAT_ACTIONS].filter((name) => !asked.has(name))).to.deep.equal([]);
    const tables = new Set(bindings.map(({ table }) => table));
    for (const { binding } of bindings) {
      const target = /^switch-client -T (compose-\S+)$/.exec(binding.command)?.[1];
      if (target !== undefined) expect(tables).to.include(target);
    }
  });

  for (const table of ['compose-emacs', 'compose-vi', 'compose-vi-normal'])
    it(`send, stop and answer from ${table} as from the others`, () => {
      const commands = bindings.filter((entry) => entry.table === table).map(({ binding }) => binding.command);
      for (const name of ['send', 'queue', 'escape', 'stop', 'newline', 'approve', 'refuse', 'recall-queued'])
        expect(commands).to.include(`send-keys -X ${name}`);
    });
});
