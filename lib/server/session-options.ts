import { UserError } from '../base/user-error.ts';
import type { OptionStore } from '../config/option-store.ts';
import type { SessionOptions } from '../store/chat-rows.ts';

/** What was set for a session alone. */
export function ownOptions(options: OptionStore, session: number): SessionOptions {
  const found: Record<string, string | readonly string[]> = {};
  for (const name of options.names) {
    if (options.scope(name) !== 'session' || !options.isSet(name, session)) continue;
    const value = options.get(name, session);
    found[name] = Array.isArray(value) ? value : options.string(name, session);
  }
  return found;
}

/** Sets for a session alone what was kept of it; what this qmux does not know, or takes no more, is left out. */
export function setOptions(options: OptionStore, session: number, values: SessionOptions): void {
  for (const [name, value] of Object.entries(values)) {
    try {
      if (typeof value === 'string') options.set(name, value, { session });
      else for (const [index, item] of value.entries()) options.set(`${name}[${index}]`, item, { session });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
}
