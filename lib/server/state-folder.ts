import { homedir } from 'node:os';
import path from 'node:path';

/** Where conversations have their folders: below $XDG_STATE_HOME, else `~/.local/state`. */
export function conversationsFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const state = environment['XDG_STATE_HOME'];
  const base = state?.startsWith('/') ? state : path.join(environment['HOME'] || homedir(), '.local/state');
  return path.join(base, 'qmux', 'conversations');
}
