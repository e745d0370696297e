import type { Claim } from './evidence.ts';

/** What a bell says of an agent: that it wants somebody, for whatever; everything else knows it better. */
export const BELL_CLAIM: Claim = { kind: 'waiting', reason: 'question' };
