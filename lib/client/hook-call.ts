import { setTimeout as delay } from 'node:timers/promises';

/** How long a hook may keep an agent, in milliseconds; one that waits for a person's answer nearly as long as agents let it. */
const LIMIT = 1000;
const DECISION_LIMIT = 55_000;
const DECIDING = /(^|=)PermissionRequest$/;

/** Whether an agent calls us at an event: `report-status --hook EVENT`. */
export const isHookCall = ([name, ...rest]: readonly string[]): boolean =>
  name === 'report-status' && rest.some((word) => word === '--hook' || word.startsWith('--hook='));

/**
 * Runs the call of a hook, which must neither fail nor hold up an agent: outside qmux nothing is done, what goes wrong is
 * kept quiet, and its exit code is 0. Never rejects.
 */
export async function runHookCall(
  words: readonly string[],
  call: () => Promise<unknown>,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  if ((environment['QMUX'] ?? '') === '') return 0;
  const limit = words.some((word) => DECIDING.test(word)) ? DECISION_LIMIT : LIMIT;
  await Promise.race([call().catch(() => undefined), delay(limit)]);
  return 0;
}
