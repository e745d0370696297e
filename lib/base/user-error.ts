/** An error whose text is meant for the person: one sentence, what is wrong and what to do. Never logged as a bug. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The text of anything that was thrown. */
export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
