import { expect } from 'chai';
import { guardedFetch } from '../../lib/conversation/guarded-fetch.ts';
import { ModelServer } from '../support/model-server.ts';

/** Milliseconds that somebody works at each portion. */
const WORK = 1;

function work(): void {
  const end = performance.now() + WORK;
  while (performance.now() < end);
}

describe('guardedFetch', () => {
  it('lets everything else have its turn while much comes at once', async () => {
    const server = await ModelServer.open();
    const event = `data: ${'x'.repeat(4000)}\n\n`;
    server.reply({ raw: [event.repeat(1000)] });
    let portions = 0;
    let longest = 0;
    let bytes = 0;
    const turn = (): void => {
      longest = Math.max(longest, portions);
      portions = 0;
      waiting = setImmediate(turn);
    };
    let waiting = setImmediate(turn);
    try {
      const ask = guardedFetch({ headers: new Set(['content-type']), onBytes: () => undefined });
      const { body } = await ask(`${server.url}/chat/completions`, { method: 'POST', body: '{}' });
      for await (const portion of body ?? []) {
        bytes += (portion as Uint8Array).length;
        portions += 1;
        work();
      }
    } finally {
      clearImmediate(waiting);
      await server.close();
    }
    expect(bytes).to.equal(event.length * 1000);
    expect(Math.max(longest, portions)).to.be.at.most(64);
  });
});
