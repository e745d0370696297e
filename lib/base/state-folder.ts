import path from 'node:path';

/** Where qmux keeps what is to last: below $XDG_STATE_HOME, else `~/.local/state`; undefined where neither names a place. */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const state = environment['XDG_STATE_HOME'];
  if (state?.startsWith('/')) return path.join(state, 'qmux');
  const home = environment['HOME'];
  return home?.startsWith('/') ? path.join(home, '.local/state/qmux') : undefined;
}
