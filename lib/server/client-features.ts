import { matchesPattern } from '../command/target.ts';
import type { OptionStore } from '../config/option-store.ts';

/** What people say that a terminal can do: by option terminal-features for its TERM, and by -T of the client. */
export function featuresOf(term: string, options: OptionStore, own: readonly string[] = []): readonly string[] {
  const entries = options.get('terminal-features');
  const given = (Array.isArray(entries) ? entries : []).flatMap((entry) => {
    const [pattern = '', ...features] = entry.split(':');
    return matchesPattern(term, pattern) ? features : [];
  });
  return [...given, ...own];
}
