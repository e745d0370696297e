import type { AgentRules } from './agent-rules.ts';
import type { Claim } from './evidence.ts';
import { oneLine } from './pattern.ts';

/** What a notification (OSC 9, 99, 777) says by an agent's rules; the first that fits decides, undefined where none does. */
export function notificationClaim({ notifications }: AgentRules, title: string, body: string): Claim | undefined {
  const line = oneLine(`${title} ${body}`);
  return notifications.find(({ pattern }) => pattern([line], () => line))?.claim;
}
