import { sanitize } from '../text/sanitize.ts';
import { askForModels, LIST_TIMEOUT } from './model-list.ts';
import type { ModelSource } from './model-source.ts';

/** What a person may know of a provider: its address, whether its key is set, whether it answers. No key. */
export async function describeSource(
  source: ModelSource,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { name, origin, provider } = source;
  const { baseUrl, apiKeyEnv, apiKeyCommand, models, headers } = provider;
  const isSet = apiKeyEnv !== undefined && Boolean(environment[apiKeyEnv]?.trim());
  const keys = [
    ...(apiKeyEnv === undefined ? [] : [`${apiKeyEnv} is ${isSet ? 'set' : 'not set'}`]),
    ...(apiKeyCommand === undefined ? [] : ['api_key_command gives the key']),
  ];
  const list = await askForModels(source.endpoint, LIST_TIMEOUT, signal);
  const answer =
    list.kind === 'failed'
      ? list.failure.text
      : `it answers${list.kind === 'models' ? `, with ${list.models.length} models` : ', and lists no models'}`;
  const chosen = models.length === 0 ? '' : `; ${models.length} of its models are named`;
  const sendsSecret = isSet || apiKeyCommand !== undefined || headers.size > 0;
  const warning = `${name}: warning: http:// carries the key and all you say in the clear; take https://`;
  return [
    `${name} (${origin}): ${sanitize(shownUrl(baseUrl), 200)}; ${keys.join(', ') || 'no key'}${chosen}; ${answer}`,
    ...(sendsSecret && isOpenToOthers(baseUrl) ? [warning] : []),
  ];
}

/** Without user, password and query, which may be secrets. */
function shownUrl(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return 'no address';
  const { origin, pathname } = new URL(baseUrl);
  return `${origin}${pathname}`;
}

/** Whether others on the way can read what goes there: plain http to another machine. */
function isOpenToOthers(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return false;
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && !/^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
