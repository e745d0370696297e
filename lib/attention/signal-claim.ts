import type { ProgramSignal } from '../session/program-session.ts';
import type { Claim } from './evidence.ts';

/**
 * What a mark in the output says of its program: `none` takes back what the last one said, undefined says nothing. A shell's
 * marks are heard by its session itself, so they count here only for an agent. ConEmu's progress (OSC 9;4): 0 none, 1 so
 * many percent, 2 an error, 3 busy, 4 paused.
 */
export function signalClaim(signal: ProgramSignal, isAgent: boolean): Claim | 'none' | undefined {
  if (signal.type === 'mark') {
    if (!isAgent) return undefined;
    return { kind: signal.mark === 'output' ? 'busy' : 'idle' };
  }
  switch (signal.state) {
    case 1:
    case 3:
      return { kind: 'busy' };
    case 0:
      return isAgent ? { kind: 'idle' } : 'none';
    case 2:
      return isAgent ? { kind: 'failed' } : 'none';
    case 4:
      return undefined;
  }
}
