import { expect } from 'chai';
import fc from 'fast-check';
import { EventChunks } from '../../lib/conversation/event-chunks.ts';

const regroup = (pieces: readonly string[]): string[] => {
  const chunks = new EventChunks();
  const out = pieces.flatMap((piece) => [...chunks.push(Buffer.from(piece))]);
  return [...out, ...chunks.flush()].map((bytes) => Buffer.from(bytes).toString());
};

describe('EventChunks', () => {
  it('keeps an event until it has its end', () => {
    expect(regroup(['data: a', 'b\n', '\ndata: c\n\nda', 'ta: d'])).to.deep.equal([
      'data: ab\n\n',
      'data: c\n\n',
      'data: d',
    ]);
  });

  for (const end of ['\n\n', '\r\n\r\n', '\r\r'])
    it(`knows the end ${JSON.stringify(end)}, also cut in two`, () => {
      for (let cut = 0; cut <= end.length; cut++)
        expect(regroup([`a${end.slice(0, cut)}`, `${end.slice(cut)}b`])).to.deep.equal([`a${end}`, 'b']);
    });

  it('loses and adds nothing, and cuts no event of a plain stream', () => {
    const event = fc.string({ maxLength: 20 }).map((text) => `data: ${text.replace(/[\r\n]/g, '')}\n\n`);
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), fc.array(fc.integer({ min: 1, max: 40 })), (events, cuts) => {
        const bytes = Buffer.from(events.join(''));
        const chunks = new EventChunks();
        const out: Buffer[] = [];
        let start = 0;
        for (const size of [...cuts, bytes.length]) {
          out.push(...chunks.push(bytes.subarray(start, start + size)).map((chunk) => Buffer.from(chunk)));
          start += size;
        }
        for (const chunk of out) expect(chunk.subarray(-2).toString()).to.equal('\n\n');
        expect(chunks.flush()).to.deep.equal([]);
        expect(Buffer.concat(out).equals(bytes)).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it('gives many small events in small portions', () => {
    const chunks = new EventChunks().push(Buffer.from('data: x\n\n'.repeat(10_000)));
    expect(Math.max(...chunks.map(({ length }) => length))).to.be.at.most(4096);
  });

  it('ends an event that has no end', () => {
    const chunks = new EventChunks();
    const megabyte = Buffer.alloc(1 << 20, 'x');
    expect(() => {
      for (let count = 0; count < 70; count++) chunks.push(megabyte);
    }).to.throw(/more than 64 MB/);
  });
});
