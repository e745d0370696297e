import { type PreparedCall, ToolError } from './tool.ts';

/** A call that a person can only allow or refuse, not change. */
export function fixedCall(facts: {
  readonly title: string;
  readonly access: PreparedCall['access'];
  readonly diff?: string;
  readonly run: PreparedCall['run'];
}): PreparedCall {
  return {
    title: facts.title,
    access: facts.access,
    diff: facts.diff ?? '',
    editable: undefined,
    edited: () => Promise.reject(new ToolError('This call has no text that could be changed.')),
    run: facts.run,
  };
}

/** For calls that are about to change something: throws ToolError when the call was cancelled meanwhile. */
export function checkSignal(signal: AbortSignal): void {
  if (signal.aborted) throw new ToolError('The call was cancelled.');
}
