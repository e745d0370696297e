import { sanitize } from '../text/sanitize.ts';
import { commandRisk } from './command-risk.ts';
import { isGuardedPath, isSecretPath } from './secret-path.ts';
import type { Access } from './tool.ts';
import { below } from './tool-path.ts';

/** Tools that a person trusts in one conversation. */
export interface Trust {
  readonly tools: ReadonlySet<string>;
}

/** Both absolute, links resolved. */
export interface PermissionPlace {
  readonly workingDirectory: string;
  readonly sessionFolder: string;
}

export interface PermissionCall {
  readonly tool: string;
  readonly risk: 'read' | 'write' | 'run';
  readonly access: Access;
}

export type Permission =
  | { readonly kind: 'run' }
  /** `why` ends the sentence `it asks because it ...`. */
  | { readonly kind: 'ask'; readonly why: string }
  /** Never: `reason` goes to the model. */
  | { readonly kind: 'refuse'; readonly reason: string };

/**
 * Whether a call may happen: what reads in the working directory runs; what writes, runs or leaves it asks. Trust in a
 * tool lets it do its usual work there, and read anywhere, but never touch secrets, repositories' own files or qmux's
 * configuration, and run simple commands only. More trust never makes a call ask that ran without it.
 */
export function permit(call: PermissionCall, trust: Trust, place: PermissionPlace): Permission {
  const { paths, command, sessions = [] } = call.access;
  const impossible = refusal(call);
  if (impossible !== undefined) return { kind: 'refuse', reason: impossible };
  const trusted = trust.tools.has(call.tool);
  const ask = (why: string): Permission => ({ kind: 'ask', why });
  if (call.risk === 'run' || command !== undefined) {
    const why = command === undefined ? undefined : commandRisk(command, place);
    if (why !== undefined) return ask(why);
    if (!trusted) return ask('runs a command');
  }
  for (const { path, write } of paths) {
    const why = pathReason(path, write, trusted, call.risk === 'run', place);
    if (why !== undefined) return ask(why);
  }
  if (call.risk === 'write' && paths.length === 0 && !trusted) return ask('changes something');
  if (sessions.length > 0 && !trusted)
    return ask(`reads or speaks to another session (${sanitize(sessions.join(', '), 200)})`);
  return { kind: 'run' };
}

/** Why a path asks; undefined when it may be touched. `runs`: by a program, of which nobody knows what it does with it. */
function pathReason(
  path: string,
  write: boolean,
  trusted: boolean,
  runs: boolean,
  { workingDirectory, sessionFolder }: PermissionPlace,
): string | undefined {
  if (below(path, sessionFolder) !== undefined) return undefined;
  if (path === '/dev/null') return undefined;
  const inside = below(path, workingDirectory);
  const shown = sanitize(path, 200);
  if (isSecretPath(path, inside)) return `${write ? 'writes' : 'reads'} what may be secret (${shown})`;
  if ((write || runs) && isGuardedPath(path)) return `changes what runs by itself (${shown})`;
  if (inside !== undefined) return write && !trusted ? 'writes to the working directory' : undefined;
  if (write) return `writes outside of the working directory (${shown})`;
  return trusted && !runs ? undefined : `reads outside of the working directory (${shown})`;
}

/** What is never right: calls that no tool of ours prepares. */
function refusal({ access }: PermissionCall): string | undefined {
  if (access.paths.some(({ path }) => !path.startsWith('/') || path.includes('\0') || hasDots(path)))
    return 'A path of the call is not absolute and resolved.';
  if (access.command?.trim() === '') return 'The command is empty.';
  if (access.command?.includes('\0')) return 'A command cannot have a NUL in it.';
  return undefined;
}

const hasDots = (path: string): boolean => path.split('/').some((name) => name === '..' || name === '.');
