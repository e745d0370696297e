import type { ProgramSignal } from '../session/program-session.ts';
import type { Claim } from './evidence.ts';

type Mark = Extract<ProgramSignal, { readonly type: 'mark' }>['mark'];

/** What a mark of OSC 133 says of an agent. A shell's marks are heard by its session itself. */
export const markClaim = (mark: Mark): Claim => ({ kind: mark === 'output' ? 'busy' : 'idle' });
