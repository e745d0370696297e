import { expect } from 'chai';
import fc from 'fast-check';
import { CONTRADICTED, judge, SILENT } from '../../lib/attention/arbiter.ts';
import { type Claim, type Evidence, type EvidenceSource, RANKS } from '../../lib/attention/evidence.ts';

const NOW = 1_000_000;
const BUSY: Claim = { kind: 'busy' };
const IDLE: Claim = { kind: 'idle' };
const APPROVAL: Claim = { kind: 'waiting', reason: 'approval' };
const QUESTION: Claim = { kind: 'waiting', reason: 'question' };

/** Said `ago` milliseconds ago, and last `heard` milliseconds ago. */
const said = (source: EvidenceSource, claim: Claim, ago: number, heard = ago): Evidence => ({
  source,
  claim,
  since: NOW - ago,
  heard: NOW - heard,
  detail: '',
});

const CASES: readonly (readonly [string, readonly Evidence[], Claim])[] = [
  ['one source alone', [said('output', BUSY, 0)], BUSY],
  ['a report before a title', [said('title', IDLE, 5000), said('report', BUSY, 100)], BUSY],
  ['a title before the screen', [said('title', APPROVAL, 50), said('screen', BUSY, 50)], APPROVAL],
  ['the screen before silence', [said('screen', QUESTION, 900), said('output', IDLE, 900)], QUESTION],
  ['the newer of one rank', [said('hook', BUSY, 900), said('session-file', APPROVAL, 300)], APPROVAL],
  ['a hook that just came, against an old screen', [said('hook', BUSY, 10), said('screen', IDLE, 9000)], BUSY],
  ['a screen that just changed, not yet', [said('hook', BUSY, 9000), said('screen', IDLE, CONTRADICTED - 1)], BUSY],
  [
    'Esc fires no hook: the screen shows the prompt',
    [said('hook', BUSY, 9000), said('screen', IDLE, CONTRADICTED)],
    IDLE,
  ],
  [
    'an answer at the terminal fires none: the title works',
    [said('hook', APPROVAL, 9000), said('title', BUSY, 700)],
    BUSY,
  ],
  ['a dialog that no hook told of', [said('hook', BUSY, 9000), said('screen', APPROVAL, 700)], APPROVAL],
  ['a report that is told again still holds', [said('session-file', BUSY, 9000, 100), said('screen', IDLE, 700)], BUSY],
  [
    'two that say the same, one of them again and again, against the screen',
    [said('hook', BUSY, 9000), said('title', BUSY, 9500, 100), said('screen', IDLE, 8000)],
    BUSY,
  ],
  [
    'the screen when both have fallen silent',
    [said('hook', BUSY, 9000), said('title', BUSY, 9500, 1000), said('screen', IDLE, 8000)],
    IDLE,
  ],
  ['a short silence says nothing', [said('hook', BUSY, 9000), said('output', IDLE, 5000)], BUSY],
  ['a program that died silent while it said busy', [said('hook', BUSY, 90_000), said('kernel', IDLE, SILENT)], IDLE],
  ['a dialog under a title that only tells rest', [said('title', IDLE, 50), said('screen', APPROVAL, 50)], APPROVAL],
  ['silence does not answer a question', [said('screen', QUESTION, 60_000), said('kernel', IDLE, SILENT)], QUESTION],
  [
    'a notification before a screen that is not drawn yet',
    [said('screen', BUSY, 5000, 200), said('notification', APPROVAL, 100)],
    APPROVAL,
  ],
  ['a notification where nothing else knows the dialog', [said('notification', APPROVAL, 60_000)], APPROVAL],
  [
    'what is seen a second after a notification: that was a moment',
    [said('notification', APPROVAL, 5000), said('screen', BUSY, 9000, 4000)],
    BUSY,
  ],
  [
    'a title that goes on after a notification',
    [said('notification', IDLE, 1500), said('title', BUSY, 9000, 100)],
    BUSY,
  ],
  [
    'a notification against a hook that no hook took back',
    [said('hook', BUSY, 9000), said('notification', APPROVAL, CONTRADICTED)],
    APPROVAL,
  ],
  ['a hook that came after a notification', [said('notification', IDLE, 900), said('hook', BUSY, 100)], BUSY],
  ['a bell where nothing else is known', [said('bell', QUESTION, 0)], QUESTION],
  ['the screen before a bell', [said('screen', BUSY, 50), said('bell', QUESTION, 900)], BUSY],
  [
    'a bell that work which nobody sees any more does not explain',
    [said('screen', BUSY, 30_000, 20_000), said('bell', QUESTION, SILENT)],
    QUESTION,
  ],
  [
    'rest before a bell, however long ago it rang',
    [said('screen', IDLE, 90_000), said('bell', QUESTION, 80_000)],
    IDLE,
  ],
  ['a mark before the screen', [said('screen', BUSY, 50), said('mark', IDLE, 50)], IDLE],
  [
    'the screen against a progress bar that nobody took away',
    [said('progress', BUSY, 9000), said('screen', IDLE, 300)],
    IDLE,
  ],
  [
    'the silence of a program that left its progress bar behind',
    [said('progress', BUSY, 90_000), said('kernel', IDLE, SILENT)],
    IDLE,
  ],
  [
    'the screen, which silence does not overrule',
    [said('hook', BUSY, 60_000), said('screen', APPROVAL, 30_000), said('output', IDLE, 20_000)],
    APPROVAL,
  ],
];

describe('the arbiter', () => {
  for (const [name, evidence, claim] of CASES) {
    it(`believes ${name}`, () => {
      expect(judge(evidence, NOW)?.claim).to.deep.equal(claim);
      expect(judge(evidence.toReversed(), NOW)?.claim).to.deep.equal(claim);
    });
  }

  it('says nothing of a program of which nothing is known', () => {
    expect(judge([], NOW)).to.equal(undefined);
  });

  it('says when a contradiction will be believed, and then believes it', () => {
    const evidence = [said('hook', BUSY, 9000), said('screen', IDLE, 100)];
    const { until } = judge(evidence, NOW) ?? {};
    expect(until).to.equal(NOW - 100 + CONTRADICTED);
    expect(judge(evidence, until ?? 0)).to.deep.include({ claim: IDLE, overruled: evidence[0] });
  });

  it('is not held up by a clock that was set back', () => {
    const later = { ...said('screen', IDLE, 0), since: NOW + 3_600_000, heard: NOW + 3_600_000 };
    expect(judge([said('hook', BUSY, 100), later], NOW)?.claim).to.deep.equal(IDLE);
  });

  it('decides by some evidence of its own, and in the end by what is seen now', () => {
    const sources = Object.keys(RANKS).filter((name): name is EvidenceSource => Object.hasOwn(RANKS, name));
    const one = fc.record({
      source: fc.constantFrom(...sources),
      claim: fc.constantFrom<Claim>(BUSY, IDLE, APPROVAL, QUESTION),
      since: fc.integer({ min: 0, max: NOW }),
      heard: fc.integer({ min: 0, max: NOW }),
      detail: fc.constant(''),
    });
    fc.assert(
      fc.property(fc.uniqueArray(one, { minLength: 1, selector: ({ source }) => source }), (evidence) => {
        const verdict = judge(evidence, NOW);
        expect(evidence).to.include(verdict?.because);
        const last = judge(evidence, NOW + 10 * SILENT);
        expect(last?.until).to.equal(undefined);
      }),
    );
  });
});
