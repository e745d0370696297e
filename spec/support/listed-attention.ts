import type { Attention, Explanation, RecordedScreen, ScreenQuestion } from '../../lib/command/attention.ts';
import type { ReviewAnswer } from '../../lib/command/dialogs.ts';
import type { ProgramClaim } from '../../lib/session/program-claim.ts';
import type { Session } from '../../lib/session/session.ts';

/** Keeps what commands say of programs, and tells of them what the spec says. */
export class ListedAttention implements Attention {
  readonly reports: (readonly [string, ProgramClaim | undefined, string])[] = [];
  readonly answers: (readonly [string, string, ReviewAnswer])[] = [];
  asked: ScreenQuestion | undefined;
  explanation: Explanation | undefined;
  recorded: RecordedScreen | undefined;

  explain(): Explanation | undefined {
    return this.explanation;
  }

  record(): RecordedScreen | undefined {
    return this.recorded;
  }

  question(): ScreenQuestion | undefined {
    return this.asked;
  }

  answer(session: Session, question: ScreenQuestion, answer: ReviewAnswer): Promise<void> {
    this.answers.push([session.name, question.id, answer]);
    this.asked = undefined;
    return Promise.resolve();
  }

  report(session: Session, claim: ProgramClaim | undefined, message: string): void {
    this.reports.push([session.name, claim, message]);
  }
}
