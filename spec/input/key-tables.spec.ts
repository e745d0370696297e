import { expect } from 'chai';
import { parseKey } from '../../lib/input/key-name.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';

describe('key tables', () => {
  const binding = (key: string, command: string) => ({ key: parseKey(key), command, note: undefined, repeat: false });

  it('find a binding by its key, however it is spelled', () => {
    const tables = createKeyTables();
    tables.bind('prefix', binding('C-i', 'next'));
    expect(tables.find('prefix', parseKey('Tab'))?.command).to.equal('next');
    expect(tables.find('root', parseKey('Tab'))).to.equal(undefined);
    expect(tables.names).to.deep.equal(['prefix']);
  });

  it('replace, remove and forget bindings', () => {
    const tables = createKeyTables();
    tables.bind('root', binding('^A', 'first'));
    tables.bind('root', binding('C-a', 'second'));
    tables.bind('root', binding('b', 'third'));
    expect(tables.bindings('root').map(({ command }) => command)).to.deep.equal(['second', 'third']);
    expect(tables.unbind('root', parseKey('C-A'))).to.equal(true);
    expect(tables.unbind('root', parseKey('C-A'))).to.equal(false);
    expect(tables.unbind('other', parseKey('x'))).to.equal(false);
    tables.unbindAll('root');
    expect(tables.bindings('root')).to.deep.equal([]);
  });

  it('count another generation with each change', () => {
    const tables = createKeyTables();
    const seen = new Set([tables.generation]);
    const changes = [
      () => tables.bind('root', binding('b', 'first')),
      () => tables.bind('root', binding('b', 'second')),
      () => tables.unbind('root', parseKey('b')),
      () => tables.unbindAll('root'),
    ];
    for (const change of changes) {
      change();
      seen.add(tables.generation);
    }
    expect(seen.size).to.equal(1 + changes.length);
  });
});
