import type { ProgramClaim } from '../session/program-claim.ts';
import type { Session } from '../session/session.ts';
import type { ReviewAnswer } from './dialogs.ts';

/** One thing that is known of a session, as people are told of it. */
export interface ToldEvidence {
  readonly source: string;
  /** From 4, what the agent says itself, to 1, what it is seen to do. */
  readonly rank: number;
  /** `busy`, `idle`, `failed`, `approval` or `question`. */
  readonly claim: string;
  /** Milliseconds since it began to say so, and since it said so last. */
  readonly age: number;
  readonly heard: number;
  readonly detail: string;
}

/** Why a program is thought to do what it does. */
export interface Explanation {
  /** The agent whose rules hold; undefined where none is known. */
  readonly agent: { readonly name: string; readonly title: string; readonly version: string } | undefined;
  /** What was started in the foreground, by its words. */
  readonly foreground: readonly string[];
  readonly evidence: readonly ToldEvidence[];
  /** What is true by the evidence, what decided, and what was overruled; undefined without evidence. */
  readonly verdict:
    | { readonly claim: string; readonly because: ToldEvidence; readonly overruled: ToldEvidence | undefined }
    | undefined;
  /** What is shown of it, once it has settled. */
  readonly shown: string | undefined;
  /** How often its screen was looked at. */
  readonly looks: number;
}

/** A screen with all that decided about it, for a spec. */
export interface RecordedScreen {
  readonly agent: string | undefined;
  readonly version: string | undefined;
  readonly columns: number;
  readonly rows: number;
  readonly title: string;
  readonly screen: readonly string[];
  readonly evidence: readonly ToldEvidence[];
  /** What it is thought to do; whoever keeps the record writes down what is true. */
  readonly expect: string | undefined;
}

/** What an agent asks on its screen. */
export interface ScreenQuestion {
  /** The same as long as the same stands there, in the same words. */
  readonly id: string;
  /** The agent, and the rule that knows the question, for people. */
  readonly agent: string;
  readonly rule: string;
  readonly lines: readonly string[];
  /** Whether these are rows of its screen, which ask at their end. */
  readonly isScreen?: boolean;
}

/** What the server knows of programs beyond their output. */
export interface Attention {
  /** Undefined for a session that is no program. */
  explain(session: Session): Explanation | undefined;
  record(session: Session): RecordedScreen | undefined;
  /** Something says what a program does; undefined takes it back. Throws UserError for a session that is no program. */
  report(session: Session, claim: ProgramClaim | undefined, message: string): void;
  /** What an agent asks to be allowed on its screen at this moment, as far as its rules know; undefined when nothing. */
  question(session: Session): ScreenQuestion | undefined;
  /**
   * Presses the keys that answer a question, while that same one stands there still. Rejects with UserError when it does
   * not, and for an answer for which there are no keys.
   */
  answer(session: Session, question: ScreenQuestion, answer: ReviewAnswer): Promise<void>;
}
