import { expect } from 'chai';
import fc from 'fast-check';
import { applyConfig } from '../../lib/config/config-file.ts';
import { Options } from '../../lib/config/options.ts';
import { PROMPT_NAMES } from '../../lib/config/prompt-table.ts';
import { parseTomlFile, problemText } from '../../lib/config/toml-file.ts';
import { SESSION_TYPES } from '../../lib/conversation/session-type.ts';

const apply = (text: string) => {
  const toml = parseTomlFile(text, 'c.toml');
  const options = new Options();
  const { providers, prompts, problems } = applyConfig(toml, options);
  return { options, providers, prompts, problems: [...toml.problems, ...problems].map(problemText) };
};

describe('providers of the configuration file', () => {
  it('are read with all that can be said of them', () => {
    const { providers, problems } = apply(`
[providers.work]
base_url = "https://llm.example.com/v1/"
api_key_env = "WORK_LLM_KEY"
models = ["big", "small", "big"]
api = "responses"
window = 200000
prices = { input = 1, output = 4.5 }
headers = { X-Team = "blue" }
[providers.work.model."big-1.5"]
window = 1000000
prices = { input = 2, cached = 0.5, output = 9 }
[providers.home]
base_url = "http://127.0.0.1:8080"
api_key_command = "pass llm"
`);
    expect(problems).to.deep.equal([]);
    expect(providers).to.deep.equal([
      {
        name: 'work',
        baseUrl: 'https://llm.example.com/v1',
        apiKeyEnv: 'WORK_LLM_KEY',
        apiKeyCommand: undefined,
        models: ['big', 'small'],
        api: 'responses',
        window: 200_000,
        prices: { input: 1, cached: undefined, output: 4.5 },
        headers: new Map([['X-Team', 'blue']]),
        modelFacts: new Map([['big-1.5', { window: 1_000_000, prices: { input: 2, cached: 0.5, output: 9 } }]]),
      },
      {
        name: 'home',
        baseUrl: 'http://127.0.0.1:8080',
        apiKeyEnv: undefined,
        apiKeyCommand: 'pass llm',
        models: [],
        api: 'chat',
        window: undefined,
        prices: undefined,
        headers: new Map(),
        modelFacts: new Map(),
      },
    ]);
  });

  it('are named with file, line and the nearest name where they are wrong, and the rest applies', () => {
    const { providers, problems } = apply(`[providers.work]
base_ur = "x"
base_url = "https://a.example/v1"
api_key_env = "sk-secret-0123456789"
models = ["ok", 3]
api = "grpc"
window = 12
prices = { input = -1, output = 2 }
[providers.work.headers]
"X Team" = "blue"
X-Good = "yes"
X-Bad = "a\\nb"
[providers.work.model.big]
windw = 5
[providers.none]
models = ["x"]
[providers.guide]
base_url = "https://a.example"
[providers.odd]
base_url = "https://me:secret@a.example/v1"
[providers.file]
base_url = "file:///etc/passwd"
`);
    expect(problems).to.have.members([
      'c.toml:2: unknown name: providers.work.base_ur; the nearest is base_url',
      'c.toml:4: providers.work.api_key_env takes the name of a variable such as "WORK_LLM_KEY", and not the key itself',
      'c.toml:5: providers.work.models takes a list of names of models in quotes',
      'c.toml:10: providers.work.headers.X Team is no header of HTTP: a name in letters and -, and a text in quotes',
      'c.toml:12: providers.work.headers.X-Bad is no header of HTTP: a name in letters and -, and a text in quotes',
      'c.toml:14: unknown name: providers.work.model.big.windw; the nearest is window',
      'c.toml:6: providers.work.api takes "chat" or "responses"',
      'c.toml:7: providers.work.window takes a whole number of tokens, at least 1000',
      'c.toml:8: providers.work.prices takes input, output and perhaps cached, each the price of a million tokens',
      'c.toml:15: providers.none needs base_url, the address of its API, such as "https://host/v1"',
      'c.toml:17: providers.guide is no name for a provider; take letters, digits, - and _, and not guide',
      'c.toml:20: providers.odd.base_url must hold no user and no password; name the variable that holds the key in api_key_env, or a command that prints it in api_key_command',
      'c.toml:22: providers.file.base_url takes an address such as "https://host/v1"',
    ]);
    expect(problems.join(' ')).not.to.match(/secret/);
    expect(providers.map(({ name, models, api, headers }) => [name, models, api, [...headers.keys()]])).to.deep.equal([
      ['work', ['ok'], 'chat', ['X-Good']],
    ]);
  });

  it('never hold a key, and say where it belongs', () => {
    const { providers, problems } = apply('[providers.w]\nbase_url = "https://a.example"\napi_key = "sk-secret"');
    expect(problems).to.deep.equal([
      'c.toml:3: unknown name: providers.w.api_key: a key does not belong in the file; name the variable that holds the key in api_key_env, or a command that prints it in api_key_command',
    ]);
    expect(JSON.stringify(providers)).not.to.contain('sk-secret');
  });

  it('are tables', () => {
    expect(apply('providers = 1').problems).to.deep.equal(['c.toml:1: providers must be tables: [providers.NAME]']);
    expect(apply('[providers]\nwork = 1').problems).to.deep.equal([
      'c.toml:2: providers.work must be a table: [providers.work]',
    ]);
  });

  it('throw at nothing', () => {
    const names = [
      'base_url',
      'models',
      'headers',
      'model',
      'prices',
      'window',
      'api',
      '__proto__',
      'constructor',
      'x',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 })), (table) => {
        const data = { providers: { a: table }, prompts: table };
        applyConfig({ file: 'f', data, lineOf: () => undefined, problems: [] }, new Options());
      }),
      { numRuns: 300 },
    );
  });
});

describe('options of chats', () => {
  it('have their places in [api]', () => {
    const { options, problems } = apply(`[api]
max_concurrent = 3
max_retries = 2
stall_timeout = 90
model = "work/big"
discover = [9999]
tool_rounds = 5
command_timeout = 30
compact_at = 70
`);
    expect(problems).to.deep.equal([]);
    const numbers = ['max-concurrent', 'max-retries', 'stall-timeout', 'tool-rounds', 'command-timeout', 'compact-at'];
    expect(numbers.map((name) => options.number(name))).to.deep.equal([3, 2, 90, 5, 30, 70]);
    expect(options.string('default-model')).to.equal('work/big');
    expect(options.get('discover-ports')).to.deep.equal(['9999']);
    expect(apply('[api]\ndiscover = []').options.get('discover-ports')).to.deep.equal([]);
  });

  it('are named with the nearest where they are wrong', () => {
    expect(apply('[api]\nstall_timout = 5\nmax_retries = -1').problems).to.deep.equal([
      'c.toml:2: unknown name: api.stall_timout; the nearest is api.stall_timeout',
      'c.toml:3: invalid value for max-retries: "-1"; it takes a whole number from 0 to 100',
    ]);
  });

  it('take ports only, and keep those that are right', () => {
    const { options, problems } = apply('[api]\ndiscover = [11434, 99999, "ollama", 8080]');
    expect(problems).to.deep.equal([
      'c.toml:2: invalid value for discover-ports: "99999"; it takes ports from 1 to 65535',
      'c.toml:2: invalid value for discover-ports: "ollama"; it takes ports from 1 to 65535',
    ]);
    expect(options.get('discover-ports')).to.deep.equal(['11434', '8080']);
    for (const text of ['0', '80 x', '-1', '1e3']) expect(() => options.set('discover-ports', text)).to.throw('ports');
  });
});

describe('system prompts of the configuration file', () => {
  it('are there for all types, and one for all', () => {
    expect(PROMPT_NAMES).to.have.members(['default', ...SESSION_TYPES]);
    const { prompts, problems } = apply('[prompts]\ndefault = "Be brief."\ncode-review = "Be strict."');
    expect(problems).to.deep.equal([]);
    expect([...prompts]).to.deep.equal([
      ['default', 'Be brief.'],
      ['code-review', 'Be strict.'],
    ]);
  });

  it('are named where they are wrong', () => {
    expect(apply('[prompts]\nplaning = "x"\ndebug = 1').problems).to.deep.equal([
      'c.toml:2: unknown name: prompts.planing; the nearest is prompts.planning',
      'c.toml:3: prompts.debug takes a text in quotes',
    ]);
    expect(apply('prompts = "x"').problems).to.deep.equal(['c.toml:1: prompts must be a table: [prompts]']);
  });
});
