import { randomUUID } from 'node:crypto';

/** Where an agent runs. */
interface AgentPlace {
  readonly home: string;
  /** The folder it works in. */
  readonly project: string;
  /** The model server, with `/v1`. */
  readonly url: string;
}

/** How an agent is made to talk to a model on the loopback and to nobody else. */
export interface AgentRecipe {
  /** On npm. */
  readonly package: string;
  /** Files below the home, before it starts. */
  readonly files: (place: AgentPlace) => Readonly<Record<string, string | object>>;
  readonly environment: (place: AgentPlace) => Readonly<Record<string, string>>;
  readonly args?: (place: { readonly package: string }) => readonly string[];
  /** What stands on its screen when a prompt can be typed: no part of our rules. */
  readonly ready: RegExp;
  /** The same when it goes on in a conversation, where that is another. */
  readonly back?: RegExp;
  /** The same for its question before it runs a command. */
  readonly asking: RegExp;
  /** What stands at the end of its screen as long as it shows itself at work, which may be longer than its model is. */
  readonly working?: RegExp;
  /** After a refusal it tells its model so, and works on. */
  readonly worksOnRefused?: boolean;
  /** What it asks at its start when it has new hooks, and the names of the keys that trust them. */
  readonly doubtsHooks?: { readonly asking: RegExp; readonly keys: readonly string[] };
  /** What its screen shows as rest at times, and only its title tells. */
  readonly needsTitle?: 'busy';
  /** Names of keys that end it at rest. */
  readonly leave: readonly string[];
  /** What it is made to run; a command that every other agent asks about is given where this is undefined. */
  readonly command?: string;
  /** How long it may take until it is said to rest, in milliseconds, where its rules wait. */
  readonly restsWithin?: number;
}

/** For those that send what is for the loopback to a proxy as well. */
const NO_PROXY = { HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '' } as const;

const origin = (url: string): string => url.replace(/\/v1$/, '');

/** Real agents that can be had from npm, by the names of their rules. */
export const RECIPES: Readonly<Record<string, AgentRecipe>> = {
  opencode: {
    package: 'opencode-ai',
    files: ({ url }) => ({
      '.config/opencode/opencode.json': {
        provider: {
          local: {
            npm: '@ai-sdk/openai-compatible',
            name: 'Local',
            options: { baseURL: url, apiKey: 'none' },
            models: { m: { name: 'M', tool_call: true, limit: { context: 100_000, output: 4000 } } },
          },
        },
        model: 'local/m',
        small_model: 'local/m',
        permission: { bash: 'ask', edit: 'ask' },
        autoupdate: false,
        share: 'disabled',
      },
    }),
    environment: () => ({
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
      OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    }),
    ready: /Ask anything/,
    back: /ctrl\+p/,
    working: /[⬝■]{4}/,
    asking: /Allow once/,
    leave: ['C-c'],
  },
  codex: {
    package: '@openai/codex',
    files: ({ url, project }) => ({
      '.codex/config.toml': `model = "m"
model_provider = "local"
approval_policy = "on-request"
sandbox_mode = "read-only"
check_for_update_on_startup = false
[model_providers.local]
name = "Local"
base_url = "${url}"
wire_api = "responses"
[projects."${project}"]
trust_level = "trusted"
[analytics]
enabled = false
`,
    }),
    environment: () => ({}),
    ready: /^› /m,
    asking: /1\. Yes, proceed/,
    doubtsHooks: { asking: /2\. Trust all and continue/, keys: ['2', 'Enter'] },
    needsTitle: 'busy',
    leave: ['C-c', 'C-c'],
  },
  qwen: {
    package: '@qwen-code/qwen-code',
    files: () => ({
      '.qwen/settings.json': {
        security: { auth: { selectedType: 'openai' } },
        general: { disableAutoUpdate: true, enableAutoUpdate: false },
        privacy: { usageStatisticsEnabled: false },
        model: { name: 'm' },
      },
    }),
    environment: ({ url }) => ({ ...NO_PROXY, OPENAI_API_KEY: 'none', OPENAI_BASE_URL: url, OPENAI_MODEL: 'm' }),
    ready: /Type your message/,
    asking: /[●›] 1\. (Yes, a|A)llow once/,
    leave: ['C-c', 'C-c'],
  },
  pi: {
    package: '@mariozechner/pi-coding-agent',
    files: ({ url }) => ({
      '.pi/agent/models.json': {
        providers: {
          local: {
            baseUrl: url,
            api: 'openai-completions',
            apiKey: 'none',
            models: [{ id: 'm', name: 'M', contextWindow: 100_000, maxTokens: 4000 }],
          },
        },
      },
      '.pi/agent/settings.json': { defaultProvider: 'local', defaultModel: 'm', quietStartup: true },
    }),
    environment: () => ({ PI_OFFLINE: '1', PI_SKIP_VERSION_CHECK: '1', PI_TELEMETRY: '0' }),
    ready: /\bm$/m,
    asking: /→ Yes/,
    worksOnRefused: true,
    leave: ['C-d'],
    // It asks nothing of itself: this one of its own examples of extensions does.
    args: ({ package: own }) => ['--extension', `${own}/examples/extensions/permission-gate.ts`],
    command: 'rm -rf made-by-qmux',
  },
  claude: {
    package: '@anthropic-ai/claude-code',
    files: ({ project }) => ({
      '.claude.json': {
        hasCompletedOnboarding: true,
        theme: 'dark',
        userID: randomUUID(),
        projects: { [project]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true } },
      },
      '.claude/settings.json': { theme: 'dark' },
    }),
    environment: ({ url }) => ({
      ANTHROPIC_BASE_URL: origin(url),
      ANTHROPIC_AUTH_TOKEN: 'none',
      ANTHROPIC_MODEL: 'm',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
    }),
    ready: /^❯/m,
    asking: /❯ 1\. Yes/,
    leave: ['C-c', 'C-c'],
    restsWithin: 2500,
  },
  gemini: {
    package: '@google/gemini-cli',
    files: ({ project }) => ({
      '.gemini/settings.json': {
        security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
        general: { disableAutoUpdate: true, enableAutoUpdate: false },
        privacy: { usageStatisticsEnabled: false },
        // What is quoted repeats itself.
        model: { name: 'm', disableLoopDetection: true },
      },
      '.gemini/trustedFolders.json': { [project]: 'TRUST_FOLDER' },
    }),
    environment: ({ url }) => ({ GEMINI_API_KEY: 'none', GOOGLE_GEMINI_BASE_URL: origin(url), GEMINI_MODEL: 'm' }),
    ready: /Type your message/,
    asking: /[●›] 1\. (Yes, a|A)llow once/,
    leave: ['C-c', 'C-c'],
  },
};
