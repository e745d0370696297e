import { expect } from 'chai';
import fc from 'fast-check';
import { boundaryFrom, clusterStart } from '../../lib/text/cluster-boundary.ts';
import { clustersOf } from '../../lib/text/width.ts';
import { cpuTime } from '../support/cpu-time.ts';

const pieces = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    '\u0301',
    '\u200d',
    '👩',
    '🚀',
    '🇩🇪',
    '🇩',
    '각',
    '\u1100',
    '\u1161',
    '\u11a8',
    '\u0600',
    'क्',
    'ष',
    '\r\n',
    '\r',
    'a',
  ),
);

describe('boundaries between clusters', () => {
  it('are the same from behind as from the beginning', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        let start = 0;
        for (const { text: cluster } of clustersOf(text)) {
          const end = start + cluster.length;
          for (let at = start; at < end; at++) {
            expect(clusterStart(text, at), `start of ${at} in ${JSON.stringify(text)}`).to.equal(start);
            expect(boundaryFrom(text, at)).to.equal(at === start ? start : end);
          }
          start = end;
        }
        expect([clusterStart(text, text.length), boundaryFrom(text, text.length + 1)]).to.deep.equal([
          text.length,
          text.length,
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('are found quickly in texts that are one cluster, or might be', () => {
    const started = cpuTime();
    for (const text of [
      '🇩'.repeat(100_000),
      '\u0301'.repeat(200_000),
      '\u1100'.repeat(200_000),
      '👩\u200d'.repeat(60_000),
    ])
      for (let count = 0; count < 20; count++) clusterStart(text, text.length - 1 - count);
    expect(cpuTime() - started).to.be.below(1500);
  });
});
