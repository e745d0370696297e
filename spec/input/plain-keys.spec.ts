import { expect } from 'chai';
import fc from 'fast-check';
import { INITIAL_ROUTER_STATE, type RouterOptions, route } from '../../lib/input/input-router.ts';
import { KeyDecoder } from '../../lib/input/key-decoder.ts';
import { parseKey } from '../../lib/input/key-name.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';
import { PlainKeys } from '../../lib/input/plain-keys.ts';

const NAMES = [
  'a',
  'Z',
  '%',
  'Enter',
  'Tab',
  'C-a',
  'C-i',
  'C-[',
  'C-Space',
  'BSpace',
  'M-x',
  'Up',
  'é',
  '漢',
  'Any',
  'MouseDown1Pane',
];
const PIECES = [
  'a',
  'hello world',
  'Z%',
  '\r',
  '\t',
  '\x01',
  '\x02',
  '\x00',
  '\x7f',
  '\x1b',
  '\x1b[A',
  '\x1b[200~',
  'é',
  '漢字',
  '👨\u200d👩',
  '\ufffd',
];

const options = (prefix: string | undefined, prefix2: string | undefined): RouterOptions => ({
  prefix: prefix === undefined ? undefined : parseKey(prefix),
  prefix2: prefix2 === undefined ? undefined : parseKey(prefix2),
  repeatTime: 500,
  mode: undefined,
});

const binding = (name: string) => ({ key: parseKey(name), command: 'next', note: undefined, repeat: false });

describe('keys that mean nothing to qmux', () => {
  it('are those that the router forwards, byte for byte', () => {
    const names = fc.array(fc.constantFrom(...NAMES), { maxLength: 4 });
    const prefix = fc.option(fc.constantFrom('C-b', 'C-a', 'a', 'é', 'M-x'), { nil: undefined });
    const piece = fc.oneof(
      fc.constantFrom(...PIECES).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 4 }),
    );
    const typed = fc.array(piece, { maxLength: 8 }).map((pieces) => Buffer.concat(pieces));
    fc.assert(
      fc.property(names, prefix, prefix, typed, (bound, first, second, bytes) => {
        const tables = createKeyTables();
        for (const name of bound) tables.bind('root', binding(name));
        const wanted = options(first, second);
        const length = new PlainKeys(tables).leading(bytes, wanted);
        const decoder = new KeyDecoder();
        const events = [...decoder.decode(bytes.subarray(0, length)), ...decoder.flush()];
        for (const event of events)
          expect(route(INITIAL_ROUTER_STATE, event, tables, wanted, 0)).to.deep.equal({
            state: INITIAL_ROUTER_STATE,
            action: { type: 'forward', event },
          });
        const forwarded = Buffer.concat(events.map((event) => ('bytes' in event ? event.bytes : new Uint8Array())));
        const rest = new KeyDecoder().decode(bytes.subarray(length));
        expect(forwarded.length + (decoder.isIdle ? 0 : bytes.subarray(forwarded.length, length).length)).to.equal(
          length,
        );
        expect(bytes.subarray(0, forwarded.length)).to.deep.equal(forwarded);
        // It stops only where a key of ASCII is qmux's own, or may begin something, or where others may be bound.
        const [next] = rest;
        if (next?.type !== 'key' || next.bytes.length > 1 || next.key.name === 'Escape') return;
        const { action } = route(INITIAL_ROUTER_STATE, next, tables, wanted, 0);
        expect(action.type === 'forward' && next.bytes[0] !== 0x1b).to.equal(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('are found anew when a table or the options change', () => {
    const tables = createKeyTables();
    const keys = new PlainKeys(tables);
    const text = Buffer.from('abc é');
    const one = options('C-b', undefined);
    expect(keys.leading(text, one)).to.equal(text.length);
    tables.bind('root', binding('c'));
    expect(keys.leading(text, one)).to.equal(2);
    tables.bind('root', binding('é'));
    tables.unbind('root', parseKey('c'));
    expect(keys.leading(text, one)).to.equal(4);
    expect(keys.leading(text, options('b', undefined))).to.equal(1);
    tables.bind('root', binding('Any'));
    expect(keys.leading(text, one)).to.equal(0);
  });
});
