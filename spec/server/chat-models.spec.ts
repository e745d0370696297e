import { expect } from 'chai';
import type { Provider } from '../../lib/base/provider.ts';
import { createModels } from '../../lib/server/chat-models.ts';
import { shippedKeys } from '../support/shipped-keys.ts';

/** The models of a place without a local server. */
function modelsOf({
  environment = {},
  model = '',
  providers = [],
}: {
  readonly environment?: Readonly<Record<string, string>>;
  readonly model?: string;
  readonly providers?: readonly Provider[];
}) {
  const { options, keyTables } = shippedKeys();
  options.set('discover-ports', '');
  options.set('default-model', model);
  return createModels({ options, keyTables, providers: () => providers, environment: () => environment });
}

/** The last line of doctor. */
const advice = async (place: Parameters<typeof modelsOf>[0]): Promise<string | undefined> =>
  (await modelsOf(place).explain(new AbortController().signal)).at(-1);

describe('the models of chats', () => {
  it('are the guide alone where there is nothing else, with what to do', async () => {
    expect((await modelsOf({}).models.find(undefined)).name).to.equal('guide');
    expect(await advice({})).to.match(
      /^Chats have only the built-in guide\. .*OPENAI_API_KEY.*\[providers\.NAME\].*Ollama/,
    );
  });

  it('are the guide by choice', async () => {
    expect(await advice({ model: 'guide', environment: { OPENAI_API_KEY: 'sk-secret' } })).to.match(
      /^Chats use the built-in guide, as model in \[api\] says/,
    );
  });

  it('are those of the environment, without a word of its key', async () => {
    const models = modelsOf({
      environment: { OPENAI_API_KEY: 'sk-secret', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_MODEL: 'big' },
    });
    const lines = await models.explain(new AbortController().signal);
    expect(lines.at(-1)).to.match(/^Chats use .*big; \/model in a chat takes another one\.$/);
    expect(lines.join('\n')).to.not.contain('secret');
  });
});
