import type { Provider } from '../base/provider.ts';

/** A provider of which nothing but its address is known. */
export const plainProvider = (name: string, baseUrl: string): Provider => ({
  name,
  baseUrl,
  apiKeyEnv: undefined,
  apiKeyCommand: undefined,
  models: [],
  api: 'chat',
  headers: new Map(),
  modelFacts: new Map(),
  window: undefined,
  prices: undefined,
});
