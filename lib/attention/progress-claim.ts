import type { ProgramSignal } from '../session/program-session.ts';
import type { Claim } from './evidence.ts';

type State = Extract<ProgramSignal, { readonly type: 'progress' }>['state'];

/**
 * What a progress bar says of its program: `none` takes back what the last one said, undefined says nothing. ConEmu's states
 * (OSC 9;4): 0 none, 1 so many percent, 2 an error, 3 busy, 4 paused. The end of one is the end of a turn for an agent alone.
 */
export function progressClaim(state: State, isAgent: boolean): Claim | 'none' | undefined {
  switch (state) {
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
