import type { Attention, Explanation, RecordedScreen } from '../../lib/command/attention.ts';
import type { ProgramClaim } from '../../lib/session/program-claim.ts';
import type { Session } from '../../lib/session/session.ts';

/** Keeps what commands say of programs, and tells of them what the spec says. */
export class ListedAttention implements Attention {
  readonly reports: (readonly [string, ProgramClaim | undefined, string])[] = [];
  explanation: Explanation | undefined;
  recorded: RecordedScreen | undefined;

  explain(): Explanation | undefined {
    return this.explanation;
  }

  record(): RecordedScreen | undefined {
    return this.recorded;
  }

  report(session: Session, claim: ProgramClaim | undefined, message: string): void {
    this.reports.push([session.name, claim, message]);
  }
}
