import { expect } from 'chai';
import type { InputEvent } from '../../lib/input/key.ts';
import { TypeAhead } from '../../lib/server/type-ahead.ts';
import { waitUntil } from '../support/wait.ts';

const NEW = 0x6e;

describe('TypeAhead', () => {
  const key = (character: string): InputEvent => ({
    type: 'key',
    action: 'press',
    key: { name: character, modifiers: 0 },
    bytes: Buffer.from(character),
  });
  const keys = (text: string) => [...text].map(key);

  let handled: string;
  let preparing: Promise<void> | undefined;
  let prepared: (worked: boolean) => void;
  let typed: TypeAhead;

  beforeEach(() => {
    handled = '';
    preparing = undefined;
    typed = new TypeAhead(
      (event) => {
        if (event.type !== 'key') return false;
        const [byte] = event.bytes;
        handled += String.fromCharCode(byte ?? 0);
        if (byte !== NEW) return false;
        preparing = new Promise((resolve, reject) => {
          prepared = (worked) => {
            preparing = undefined;
            if (worked) resolve();
            else reject(new Error('no descriptors'));
          };
        });
        return true;
      },
      () => preparing,
    );
  });

  afterEach(() => typed.dispose());

  it('handles keys at once and in order', () => {
    typed.take(keys('abc'));
    typed.take(keys('d'));
    expect(handled).to.equal('abcd');
  });

  for (const worked of [true, false])
    it(`keeps what follows a key until what its command waits for ${worked ? 'is there' : 'has failed'}`, async () => {
      typed.take(keys('an'));
      typed.take(keys('bc'));
      await new Promise((resolve) => setImmediate(resolve));
      typed.take(keys('d'));
      expect(handled).to.equal('an');
      prepared(worked);
      await waitUntil(() => handled === 'anbcd', 'the rest');
      typed.take(keys('e'));
      expect(handled).to.equal('anbcde');
    });

  it('gives up what is kept when it is disposed', async () => {
    typed.take(keys('nb'));
    await new Promise((resolve) => setImmediate(resolve));
    typed.dispose();
    prepared(true);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(handled).to.equal('n');
  });
});
