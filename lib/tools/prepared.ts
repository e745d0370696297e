import { sanitize } from '../text/sanitize.ts';
import { type PreparedCall, ToolError } from './tool.ts';

/** A call that a person can only allow or refuse, not change. */
export function fixedCall(facts: {
  readonly title: string;
  readonly access: PreparedCall['access'];
  readonly diff?: string;
  readonly run: PreparedCall['run'];
}): PreparedCall {
  return {
    title: oneLine(facts.title),
    access: facts.access,
    diff: facts.diff ?? '',
    editable: undefined,
    edited: () => Promise.reject(new ToolError('This call has no text that could be changed.')),
    run: facts.run,
  };
}

/** As long as a path may be: nothing of one that a person allows is left out. */
const MAXIMUM_TITLE = 4500;

/** A title for a card: one line, with nothing in it that a terminal obeys. */
export const oneLine = (title: string): string => sanitize(title, MAXIMUM_TITLE);

/** For calls that are about to change something: throws ToolError when the call was cancelled meanwhile. */
export function checkSignal(signal: AbortSignal): void {
  if (signal.aborted) throw new ToolError('The call was cancelled.');
}
