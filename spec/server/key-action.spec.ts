import { expect } from 'chai';
import { parseKey } from '../../lib/input/key-name.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';
import { keyAction, keyOfAction } from '../../lib/server/key-action.ts';

describe('keyAction', () => {
  const tables = createKeyTables();
  const bind = (key: string, command: string) =>
    tables.bind('compose', { key: parseKey(key), command, note: undefined, repeat: false });
  const at = (key: string) => keyAction(tables, 'compose', parseKey(key));

  it('reads the action of a binding with its words and count', () => {
    bind('Enter', 'send-keys -X send');
    bind('Up', "send -X -N 3 move 'two words' x");
    expect(at('Enter')).to.deep.equal({ name: 'send', args: [], count: 1 });
    expect(at('Up')).to.deep.equal({ name: 'move', args: ['two words', 'x'], count: 3 });
    expect(at('Up')).to.equal(at('Up'));
  });

  it('knows none for other commands, several of them, what cannot be read, and keys without a binding', () => {
    bind('a', 'new-session');
    bind('b', 'send-keys -X one ; send-keys -X two');
    bind('c', 'nosuch {');
    bind('d', 'send-keys -X');
    for (const key of ['a', 'b', 'c', 'd', 'e']) expect(at(key), key).to.equal(undefined);
  });

  it('follows a key that is bound anew', () => {
    bind('f', 'send-keys -X first');
    expect(at('f')?.name).to.equal('first');
    bind('f', 'send-keys -X second');
    expect(at('f')?.name).to.equal('second');
  });

  it('names the key of an action', () => {
    const keyOf = (action: string) => keyOfAction(tables, 'answers', action);
    expect(keyOf('approve')).to.equal(undefined);
    const add = (key: string, command: string) =>
      tables.bind('answers', { key: parseKey(key), command, note: undefined, repeat: false });
    add('x', 'send-keys -X approve now');
    add('M-y', 'send -X approve');
    add('C-y', 'send-keys -X approve');
    expect(keyOf('approve')).to.equal('M-y');
    tables.unbind('answers', parseKey('M-y'));
    expect(keyOf('approve')).to.equal('C-y');
  });
});
