import { systemClock } from '../base/clock.ts';
import type { Provider } from '../base/provider.ts';
import type { OptionStore } from '../config/option-store.ts';
import { ConfiguredModels } from '../conversation/configured-models.ts';
import type { EndpointPlace } from '../conversation/endpoint.ts';
import { GuideModel } from '../conversation/guide-model.ts';
import type { Models } from '../conversation/model.ts';
import type { KeyTables } from '../input/key-table.ts';
import { createGuideHelp } from './guide-help.ts';

export interface ChatModelsOptions {
  readonly options: OptionStore;
  readonly keyTables: KeyTables;
  /** The providers of the configuration as it is now. */
  readonly providers: () => readonly Provider[];
  /** The person's variables as they are now. */
  readonly environment: () => Readonly<Record<string, string | undefined>>;
}

export interface ChatModels {
  readonly models: Models;
  /** What doctor tells of them; the last line says what to do. */
  explain(signal: AbortSignal): Promise<readonly string[]>;
  /** The endpoints that a new chat may use. */
  endpoints(): readonly EndpointPlace[];
}

/** The models of all chats, as options, configuration and environment say; the guide where there is nothing else. */
export function createModels({ options, keyTables, providers, environment }: ChatModelsOptions): ChatModels {
  const guide = new GuideModel({ help: createGuideHelp({ keyTables, options }), clock: systemClock });
  const models = new ConfiguredModels({
    providers,
    defaultModel: () => options.string('default-model'),
    ports: () => ports(options),
    environment,
    stallTimeout: () => options.number('stall-timeout') * 1000,
    guide,
    clock: systemClock,
  });
  const explain = async (signal: AbortSignal): Promise<readonly string[]> => {
    const lines = await models.explain(signal);
    const { name } = await models.find(undefined);
    return [...lines, advice(name, name === guide.name, options.string('default-model').trim() !== '')];
  };
  return { models, explain, endpoints: () => models.endpoints };
}

function ports(options: OptionStore): readonly number[] {
  const given = options.get('discover-ports');
  return Array.isArray(given) ? given.map(Number) : [];
}

function advice(name: string, isGuide: boolean, isChosen: boolean): string {
  if (!isGuide) return `Chats use ${name}; /model in a chat takes another one.`;
  if (isChosen) return 'Chats use the built-in guide, as model in [api] says; /model in a chat takes another one.';
  return 'Chats have only the built-in guide. For a model, set OPENAI_API_KEY, or add a [providers.NAME] table to config.toml, or start a local server such as Ollama; then type qmux.';
}
