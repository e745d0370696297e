import { readFileSync } from 'node:fs';

/** qmux's own version, as its package.json says. */
export function release(): string {
  const data: unknown = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  const version = typeof data === 'object' && data !== null && 'version' in data ? data.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
