import { expect } from 'chai';
import { systemClock } from '../../lib/base/clock.ts';
import type { Provider } from '../../lib/base/provider.ts';
import { UserError } from '../../lib/base/user-error.ts';
import { ConfiguredModels, type ConfiguredModelsOptions } from '../../lib/conversation/configured-models.ts';
import type { Model } from '../../lib/conversation/model.ts';
import { plainProvider } from '../../lib/conversation/plain-provider.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { closedPort, ModelServer } from '../support/model-server.ts';
import { eventsOf, textOf } from '../support/turn.ts';

const GUIDE: Model = {
  name: 'guide',
  window: 1000,
  prices: undefined,
  async *stream() {
    yield { type: 'done', finish: 'stop' };
  },
};

const make = (more: Partial<ConfiguredModelsOptions> = {}): ConfiguredModels =>
  new ConfiguredModels({
    providers: () => [],
    defaultModel: () => '',
    ports: () => [],
    environment: () => ({}),
    stallTimeout: () => 5000,
    guide: GUIDE,
    clock: systemClock,
    ...more,
  });

const never = (): AbortSignal => new AbortController().signal;

const refusal = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof UserError ? error.message : expect.fail(`no UserError: ${error}`);
};

describe('ConfiguredModels', () => {
  let server: ModelServer;
  let other: ModelServer;
  let closed: number;
  beforeEach(async () => {
    server = await ModelServer.open();
    other = await ModelServer.open();
    closed = await closedPort();
  });
  afterEach(async () => {
    await server.close();
    await other.close();
  });
  const work = (more: Partial<Provider> = {}): Provider => ({ ...plainProvider('work', server.url), ...more });

  describe('finds the model to take', () => {
    it('in the guide when there is nothing else', async () => {
      expect((await make().find(undefined)).name).to.equal('guide');
    });

    it('in the first provider of the configuration before all else', async () => {
      const models = make({
        providers: () => [work({ models: ['small', 'big'] }), plainProvider('home', other.url)],
        environment: () => ({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: other.url }),
        ports: () => [other.port],
      });
      expect((await models.find(undefined)).name).to.equal('work/small');
    });

    it('by asking an endpoint whose models are not named', async () => {
      const providers = [work()];
      const models = make({ providers: () => providers });
      const model = await models.find(undefined);
      expect(model.name).to.equal('work/big');
      expect(await models.find(undefined)).to.equal(model);
      expect(server.modelRequests).to.equal(1);
    });

    it('in the environment, also when it is set later', async () => {
      const environment: Record<string, string> = {};
      const models = make({ environment: () => environment });
      expect((await models.find(undefined)).name).to.equal('guide');
      environment['OPENAI_BASE_URL'] = `${server.url}/`;
      expect((await models.find(undefined)).name).to.equal('openai/big');
      environment['OPENAI_MODEL'] = 'own';
      expect((await models.find(undefined)).name).to.equal('openai/own');
      environment['OPENAI_API_KEY'] = 'from-the-environment';
      await eventsOf(await models.find(undefined));
      expect((await server.request()).headers['authorization']).to.equal('Bearer from-the-environment');
    });

    it("at OpenAI's own address when only a key is set", async () => {
      const models = make({ environment: () => ({ OPENAI_API_KEY: 'k' }) });
      expect((await models.find(undefined)).name).to.match(/^openai\/gpt-/);
    });

    it('on this machine, and tells what it found', async () => {
      server.models = [{ id: 'nomic-embed-text' }, { id: 'llama', owned_by: 'library' }];
      const models = make({ ports: () => [closed, server.port] });
      const model = await models.find(undefined);
      expect(model.name).to.equal(`ollama-${server.port}/llama`);
      expect(textOf(await eventsOf(model, 'mark-5'))).to.equal('mark-5');
      expect((await server.request()).headers['authorization']).to.equal(undefined);
    });

    it('on this machine when a server is started later', async () => {
      const clock = new ManualClock();
      const port = await closedPort();
      const models = make({ ports: () => [port], clock });
      expect((await models.find(undefined)).name).to.equal('guide');
      const late = await ModelServer.open({ port });
      clock.advance(10_000);
      expect((await models.find(undefined)).name).to.equal(`local-${port}/big`);
      await late.close();
    });

    it('by the option, and takes nothing else when that is wrong', async () => {
      let wanted = 'work/small';
      const models = make({ providers: () => [work()], defaultModel: () => wanted });
      expect((await models.find(undefined)).name).to.equal('work/small');
      wanted = 'nonsense';
      const last = (await eventsOf(await models.find(undefined))).at(-1);
      expect(last?.type === 'failed' && last.failure.text).to.match(
        /no provider has a model "nonsense".*\[api\].*\/model/,
      );
    });

    it('later, where the endpoint does not answer yet', async () => {
      const clock = new ManualClock();
      const port = await closedPort();
      const model = await make({ providers: () => [plainProvider('work', `http://127.0.0.1:${port}/v1`)], clock }).find(
        undefined,
      );
      const last = (await eventsOf(model)).at(-1);
      expect(last?.type === 'failed' && last.failure.kind).to.equal('refused');
      const late = await ModelServer.open({ port });
      clock.advance(10_000);
      expect(textOf(await eventsOf(model, 'mark-9'))).to.equal('mark-9');
      await late.close();
    });
  });

  describe('finds a model by name', () => {
    it('of a provider, also one with slashes, by itself, or by its provider alone', async () => {
      server.models = ['meta/llama', 'big'];
      const models = make({ providers: () => [work()] });
      for (const [name, found] of [
        ['work/meta/llama', 'work/meta/llama'],
        ['meta/llama', 'work/meta/llama'],
        ['big', 'work/big'],
        ['work', 'work/meta/llama'],
        ['guide', 'guide'],
      ])
        expect((await models.find(name)).name).to.equal(found);
    });

    it('and refuses, with the nearest, what nobody has', async () => {
      const models = make({ providers: () => [work(), plainProvider('home', other.url)] });
      expect(await refusal(models.find('work/bigg'))).to.equal('work has no model bigg; the nearest is work/big');
      expect(await refusal(models.find('smal'))).to.match(/^no provider has a model "smal"; the nearest is /);
      expect(await refusal(models.find('big'))).to.equal('several providers have "big": say work/big or home/big');
      expect(await refusal(models.find('zzzz'))).to.equal('no provider has a model "zzzz"');
    });

    it('and believes it where the endpoint lists none', async () => {
      server.models = undefined;
      expect((await make({ providers: () => [work()] }).find('work/any')).name).to.equal('work/any');
    });

    it('with what is known of its window and prices', async () => {
      server.models = [{ id: 'big', max_model_len: 5000 }, { id: 'meta', meta: { n_ctx: 6000 } }, 'gpt-4o', 'x'];
      const price = { input: 1, cached: undefined, output: 2 };
      let provider = work({ prices: price });
      const models = make({ providers: () => [provider] });
      const windows = async () =>
        Promise.all(['big', 'meta', 'gpt-4o', 'x'].map(async (name) => (await models.find(`work/${name}`)).window));
      expect(await windows()).to.deep.equal([5000, 6000, 128_000, 128_000]);
      expect((await models.find('work/big')).prices).to.equal(price);
      provider = work({ window: 7000, modelFacts: new Map([['big', { window: 9000, prices: undefined }]]) });
      expect(await windows()).to.deep.equal([9000, 7000, 7000, 7000]);
    });
  });

  describe('lists models', () => {
    it('of all that answer, and the guide', async () => {
      other.models = ['gpt-4o', 'text-embedding-3-small', 'whisper-1'];
      const models = make({
        providers: () => [work({ models: ['small'] }), plainProvider('gone', `http://127.0.0.1:${closed}/v1`)],
        environment: () => ({ OPENAI_BASE_URL: other.url, OPENAI_API_KEY: 'k' }),
      });
      expect(await models.list(never())).to.deep.equal([
        { name: 'work/small', origin: 'set in config.toml' },
        { name: 'openai/gpt-4o', origin: 'OPENAI_API_KEY is set' },
        { name: 'guide', origin: 'built into qmux' },
      ]);
    });

    it('and does not mind what else listens at a port', async () => {
      server.models = undefined;
      expect(await make({ ports: () => [server.port, other.port] }).list(never())).to.have.length(3);
    });
  });

  describe('explains itself', () => {
    it('with all that was looked at, and without any key', async () => {
      server.key = 'the-key-of-work';
      const lines = await make({
        providers: () => [work({ apiKeyEnv: 'WORK_LLM_KEY', models: ['big'] }), plainProvider('bare', other.url)],
        environment: () => ({
          WORK_LLM_KEY: 'the-key-of-work',
          OPENAI_API_KEY: 'wrong-key-of-env',
          OPENAI_BASE_URL: server.url,
        }),
        ports: () => [other.port],
      }).explain(never());
      const text = lines.join('\n');
      expect(text).not.to.match(/the-key|wrong-key/);
      expect(text).to.match(
        /^work \(set in config\.toml\): http:.*; WORK_LLM_KEY is set; 1 of its models are named; it answers, with 2 models$/m,
      );
      expect(text).to.match(/^bare .*no key; it answers/m);
      expect(text).to.match(/^openai \(OPENAI_API_KEY is set\).*does not take the key.*set OPENAI_API_KEY/m);
      expect(text).to.match(
        new RegExp(`^model servers on this machine: a model server at port ${other.port} with 2 models$`, 'm'),
      );
      expect(lines.at(-1)).to.equal('new chats take work/big: the first provider of config.toml comes before all else');
    });

    it('when there is nothing', async () => {
      expect(await make({ ports: () => [closed] }).explain(never())).to.deep.equal([
        'providers of config.toml: none',
        'OPENAI_API_KEY and OPENAI_BASE_URL: not set',
        `model servers on this machine: none at ports ${closed}`,
        'the built-in guide: always there',
        'new chats take guide, as there is nothing else',
      ]);
    });

    it('and warns of a key that goes in the clear to another machine', async () => {
      const open = { ...plainProvider('far', 'http://192.0.2.1/v1'), apiKeyEnv: 'K', models: ['m'] };
      const lines = await make({ providers: () => [open], environment: () => ({ K: 'x' }) }).explain(
        AbortSignal.abort(),
      );
      expect(lines[1]).to.match(/^far: warning: http:\/\/ carries the key.*https:/);
      const near = await make({ providers: () => [work({ apiKeyEnv: 'K' })], environment: () => ({ K: 'x' }) }).explain(
        never(),
      );
      expect(near.join()).not.to.contain('warning');
    });
  });
});
