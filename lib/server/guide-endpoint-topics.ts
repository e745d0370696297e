import type { GuideTopic } from '../conversation/guide-help.ts';

/** On endpoints and models. */
export const ENDPOINT_TOPICS: readonly GuideTopic[] = [
  {
    title: 'Setting an endpoint',
    words:
      'set endpoint api key openai model real llm connect configure provider ai url base openrouter anthropic azure set-up chatgpt gpt gemini deepseek mistral groq grok',
    text: `Any endpoint that speaks OpenAI's API will do. In this order qmux takes what it finds:

1. A provider of the configuration, \`~/.config/qmux/config.toml\`:

   \`\`\`toml
   [providers.work]
   base_url = "https://llm.example.com/v1"
   api_key_env = "WORK_LLM_KEY"
   models = ["big", "small"]
   \`\`\`

2. The environment: \`export OPENAI_API_KEY=...\`, and \`OPENAI_BASE_URL\` for another address.
3. A server on this machine: Ollama, LM Studio, llama.cpp or vLLM, at its usual port.

Detach ([[detach-client]]), set it, and type \`qmux\`: it holds from the next message on. \`qmux doctor\` tells which was chosen
and why.`,
  },
  {
    title: 'Providers',
    words:
      'provider configure table several base_url api_key_env api_key_command header window price responses key secret command password manager custom openrouter azure company',
    text: `\`\`\`toml
[providers.work]
base_url = "https://llm.example.com/v1"
api_key_command = "pass show work-llm"    # or api_key_env = "WORK_LLM_KEY"
models = ["big", "small"]
api = "chat"                              # or "responses"

[providers.work.model.big]
window = 200000
prices = { input = 2.5, cached = 0.25, output = 10 }

[api]
model = "work/big"                        # the one used by default
\`\`\`

Keys stand in no file of qmux: name a variable, or a command that prints the key.`,
  },
  {
    title: 'Choosing a model',
    words: 'model chat choose change switch select default other list use available which',
    text: `\`/model\` lists the models that there are, \`/model NAME\` takes one from the next turn on, within the same conversation.
\`model = "work/big"\` under \`[api]\` makes one the default of new chats.`,
  },
  {
    title: 'Local models',
    words: 'local ollama lmstudio studio llama.cpp vllm own machine offline free gpu server port discover private',
    text: `Start the server, and qmux finds it at its usual port on this machine: Ollama (11434), LM Studio (1234), llama.cpp (8080),
vLLM (8000).

\`\`\`sh
ollama pull qwen3
ollama serve
\`\`\`

\`discover = []\` under \`[api]\` switches the search off; a server elsewhere is a provider.`,
  },
  {
    title: 'When a turn fails',
    words:
      'fail failure error retry reconnect reconnecting 401 403 404 429 500 503 rate limit wrong key quota timeout stalled network unreachable refused connection cut trouble broken endpoint banner',
    text: `Cut connections, 429 and 5xx are tried again by themselves, a little later each time; the chat says \`reconnecting\`. After
\`max_retries\` attempts, or for what no retry mends (a wrong key, an unknown model, no quota), the turn fails with a line that says
what to do. What came stays. \`/retry\` goes on, \`/model\` takes another model, \`qmux doctor\` tells what is set. While no endpoint can
be reached, a line over the chat counts down to the next try; [[dismiss-banner]] hides it.`,
  },
  {
    title: 'The guide',
    words: 'guide built-in who are you bot why not answer language model stupid understand fake show demo',
    text: `I am qmux's built-in guide. I answer when no endpoint is set, and when you choose me with \`/model guide\`. I am no language
model: I look your words up in qmux's help. \`help\` lists what I can show.`,
  },
];
