import { randomUUID } from 'node:crypto';
import type { Reply, ScriptedCall } from '../support/model-answer.ts';
import { ModelServer, type SeenRequest } from '../support/model-server.ts';

/** What a prompt makes the model do: each is a word that no agent says of itself. */
export const PROMPTS = {
  /** Speaks for some seconds. */
  work: 'qmux-work',
  /** Wants to run a command that changes something. */
  ask: 'qmux-ask',
  /** Quotes a question of an agent, and ends with it. */
  quote: 'qmux-quote',
} as const;

export type PromptName = keyof typeof PROMPTS;

/** What looks like the dialogs of agents, in a reply. */
const QUOTED = `It stopped there, with this on its screen:

Do you want to proceed?
❯ 1. Yes
  2. Yes, and do not ask again
  3. No, and tell me what to do differently (esc)

Waiting for user confirmation... Permission required. Allow this command? (y/n)
Enter to select, esc to cancel. Action Required. Working (5s • esc to interrupt), (esc to cancel, 5s)

Do you want to proceed?
1. Yes
2. No`;

/** Tools by which agents run commands, by the names they give them. */
const SHELL_TOOLS = ['bash', 'Bash', 'exec_command', 'shell', 'shell_command', 'local_shell', 'run_shell_command'];
/** Pieces of a slow reply, and milliseconds between them. */
const PIECES = 60;
const PAUSE = 100;

/** What an agent asked its model to do, and how that went. */
export interface Turn {
  readonly prompt: PromptName | 'answered';
  readonly request: SeenRequest;
}

/** Plays the model of an agent by what stands in its last prompt. */
export class AgentModel {
  static async open(): Promise<AgentModel> {
    return new AgentModel(await ModelServer.open());
  }

  readonly server: ModelServer;
  /** What came of the agent's own work, oldest first; what it asks besides, such as a title, is not counted. */
  readonly turns: Turn[] = [];
  /** What is to be run where a prompt asks for that. */
  command = 'touch made-by-qmux';
  /** What is quoted besides, from the agent's own screen. */
  quoted = '';

  private constructor(server: ModelServer) {
    this.server = server;
    server.models = ['m'];
    server.fallback = (request) => this.#answer(request);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  #answer(request: SeenRequest): Reply {
    const { said, isResult } = lastTurn(request);
    const calls = shellCall(request, this.command);
    const name = (Object.keys(PROMPTS) as PromptName[]).find((one) => said.includes(PROMPTS[one]));
    // A request without tools is for a title or a summary.
    if (calls === undefined || (name === undefined && !isResult)) return { text: 'A title' };
    this.turns.push({ prompt: isResult ? 'answered' : (name ?? 'work'), request });
    if (isResult) return { text: Array.from({ length: 25 }, (_, i) => `done ${i} `), delay: PAUSE };
    if (name === 'ask') return { text: ['I run ', 'that. '], delay: 600, calls: [calls] };
    if (name === 'quote') return { text: `${QUOTED}\n\n${this.quoted}`.split(/(?<=\n)/), delay: 60 };
    return {
      text: Array.from({ length: PIECES }, (_, i) => (i % 8 === 7 ? `word ${i}\n\n` : `word ${i} `)),
      delay: PAUSE,
    };
  }
}

interface Item {
  readonly role?: unknown;
  readonly type?: unknown;
  readonly content?: unknown;
  readonly parts?: unknown;
}

/** What the person, or a tool, said after the last words of the model. */
function lastTurn({ body }: SeenRequest): { readonly said: string; readonly isResult: boolean } {
  const items = (body.messages ?? body.input ?? body.contents ?? []) as readonly Item[];
  const isModel = ({ role, type }: Item): boolean =>
    role === 'assistant' || role === 'model' || type === 'function_call' || type === 'reasoning';
  const last = items.slice(items.findLastIndex(isModel) + 1);
  const isResult = last.some(
    (item) =>
      item.role === 'tool' ||
      item.type === 'function_call_output' ||
      /"(type":"tool_result|functionResponse)"/.test(JSON.stringify(item)),
  );
  const marks = last.map((item) => JSON.stringify(item)).filter((text) => text.includes('qmux-'));
  return { said: marks.at(-1) ?? '', isResult: isResult && marks.length === 0 };
}

interface Tool {
  readonly name?: unknown;
  readonly function?: { readonly name?: unknown; readonly parameters?: unknown };
  readonly functionDeclarations?: readonly Tool[];
  readonly parameters?: unknown;
  readonly parametersJsonSchema?: unknown;
  readonly input_schema?: unknown;
}

/** A call of the agent's own tool for commands, in the form that it wants; undefined where it offers none. */
function shellCall({ body }: SeenRequest, command: string): ScriptedCall | undefined {
  const tools = ((body.tools ?? []) as readonly Tool[]).flatMap((tool) => tool.functionDeclarations ?? [tool]);
  for (const tool of tools) {
    const name = tool.function?.name ?? tool.name;
    if (typeof name !== 'string' || !SHELL_TOOLS.includes(name)) continue;
    const schema = tool.function?.parameters ?? tool.parameters ?? tool.parametersJsonSchema ?? tool.input_schema;
    return { id: `call_${randomUUID()}`, name, arguments: shellArguments(schema, command) };
  }
  return undefined;
}

function shellArguments(schema: unknown, command: string): object {
  const { properties = {} } = (schema ?? {}) as { readonly properties?: Readonly<Record<string, { type?: unknown }>> };
  const given: Record<string, unknown> = {};
  if ('cmd' in properties) given['cmd'] = command;
  if ('command' in properties)
    given['command'] = properties['command']?.type === 'array' ? ['sh', '-c', command] : command;
  if ('description' in properties) given['description'] = 'Makes a file';
  // Codex asks only for what is to run outside its sandbox.
  if ('sandbox_permissions' in properties) given['sandbox_permissions'] = 'require_escalated';
  if ('with_escalated_permissions' in properties) given['with_escalated_permissions'] = true;
  if ('justification' in properties) given['justification'] = 'May I make a file?';
  if ('is_background' in properties) given['is_background'] = false;
  return given;
}
