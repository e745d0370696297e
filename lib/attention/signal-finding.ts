import type { ProgramSignal } from '../session/program-session.ts';
import type { AgentRules } from './agent-rules.ts';
import { BELL_CLAIM } from './bell-claim.ts';
import type { Claim } from './evidence.ts';
import { markClaim } from './mark-claim.ts';
import { notificationClaim } from './notification-claim.ts';
import { progressClaim } from './progress-claim.ts';

/** What a signal says, and in what words. */
interface SignalFinding {
  /** `none` takes back what the last one of its kind said. */
  readonly claim: Claim | 'none';
  readonly detail: string;
}

/** What a program writes for those who watch it says of it, each kind by its own file; undefined for nothing. */
export function signalFinding(signal: ProgramSignal, agent: AgentRules | undefined): SignalFinding | undefined {
  switch (signal.type) {
    case 'mark':
      return agent && { claim: markClaim(signal.mark), detail: `OSC 133 ${signal.mark}` };
    case 'progress': {
      const claim = progressClaim(signal.state, agent !== undefined);
      return claim && { claim, detail: `OSC 9;4;${signal.state}` };
    }
    case 'notification': {
      const claim = agent && notificationClaim(agent, signal.title, signal.body);
      return claim && { claim, detail: [signal.title, signal.body].filter((text) => text !== '').join(': ') };
    }
    case 'bell':
      return agent && { claim: BELL_CLAIM, detail: 'BEL' };
  }
}
