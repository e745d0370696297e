import type { SourceFacts } from './model-source.ts';
import { plainProvider } from './plain-provider.ts';

const OPENAI = 'https://api.openai.com/v1';
/** A model of OpenAI's that streams, calls tools, and is open to every account. */
const OPENAI_MODEL = 'gpt-4.1';

/** The provider that OPENAI_API_KEY or OPENAI_BASE_URL describe; undefined when neither is set. */
export function environmentProvider(
  environment: Readonly<Record<string, string | undefined>>,
): SourceFacts | undefined {
  const value = (name: string): string => environment[name]?.trim() ?? '';
  const [key, address, model] = [value('OPENAI_API_KEY'), value('OPENAI_BASE_URL'), value('OPENAI_MODEL')];
  if (key === '' && address === '') return undefined;
  const baseUrl = (address || OPENAI).replace(/\/+$/, '');
  const headers = new Map<string, string>();
  for (const [header, name] of [
    ['OpenAI-Organization', 'OPENAI_ORG_ID'],
    ['OpenAI-Project', 'OPENAI_PROJECT_ID'],
  ] as const)
    if (/^[\x21-\x7e]+$/.test(value(name))) headers.set(header, value(name));
  return {
    provider: { ...plainProvider('openai', baseUrl), apiKeyEnv: 'OPENAI_API_KEY', headers },
    origin: key === '' ? 'OPENAI_BASE_URL is set' : 'OPENAI_API_KEY is set',
    addressAdvice: 'check OPENAI_BASE_URL',
    keyAdvice: 'set OPENAI_API_KEY',
    preferred: model || (baseUrl === OPENAI ? OPENAI_MODEL : undefined),
  };
}
