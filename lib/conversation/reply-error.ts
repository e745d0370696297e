import type { FailureKind } from './turn-event.ts';

/** A reply that is of no use, found by ourselves. The message ends the sentence `PROVIDER ...`. */
export class ReplyError extends Error {
  readonly kind: FailureKind;
  readonly retryable: boolean;

  constructor(kind: FailureKind, message: string, retryable = false) {
    super(message);
    this.kind = kind;
    this.retryable = retryable;
  }
}
