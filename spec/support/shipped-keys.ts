import { Options } from '../../lib/config/options.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';
import { Configuration } from '../../lib/server/configuration.ts';

/** The key tables and options of a server that uses a keymap which ships. */
export function shippedKeys(keymap = 'tmux') {
  const options = new Options();
  const keyTables = createKeyTables();
  options.set('keymap', keymap);
  const configuration = new Configuration({
    options,
    keyTables,
    file: undefined,
    environment: { XDG_CONFIG_HOME: '/nonexistent' },
    checkCommand: () => undefined,
    runCommand: () => undefined,
    tell: () => undefined,
  });
  configuration.load();
  return { options, keyTables };
}
