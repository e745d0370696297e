import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import { isSessionType, SESSION_TYPES, type SessionType } from '../conversation/session-type.ts';
import { type Chat, isChat } from '../session/chat.ts';
import { askChat } from './ask-chat.ts';
import { askProgram } from './ask-program.ts';
import { chatsOf, targetChat, textOf } from './chat-place.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { targetSession } from './place.ts';
import { columns, count, money, share } from './report.ts';
import { timeoutOf } from './until-status.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;
const TARGET = { switches: '', values: { t: 'target-session' }, target: 'session' } as const;
/** How long a model list may take before it is shown without the endpoints that are silent, in milliseconds. */
const LIST_TIMEOUT = 5000;

/** The type of a word. Throws UserError with the nearest, and behind it how the command is called. */
export function sessionType(word: string, usage = ''): SessionType {
  if (isSessionType(word)) return word;
  const near = nearest(word, SESSION_TYPES);
  const hint = near === undefined ? `there are ${SESSION_TYPES.join(', ')}` : `the nearest is ${near}`;
  throw new UserError(`unknown type: ${word.slice(0, 40)} (${hint})${usage === '' ? '' : `: ${usage}`}`);
}

async function ask(context: CommandContext, args: Arguments): Promise<void> {
  const session = targetSession(context, args);
  const timeout = timeoutOf(args);
  const text = await textOf(context, args.positional);
  if (text.trim() === '') throw new UserError('there is nothing to ask: give a text, or - to read standard input');
  if (isChat(session)) await askChat(context, session, text, timeout);
  else await askProgram(context, session, text, timeout);
}

async function setModel(context: CommandContext, args: Arguments): Promise<void> {
  const chat = targetChat(context, args);
  const { caller, client, server } = context;
  const [name] = args.positional;
  if (name !== undefined) {
    await chat.setModel(name);
    context.print(`${chat.name} uses ${chat.modelName ?? name} from its next turn on`);
    return;
  }
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(LIST_TIMEOUT)]);
  const entries = await server.models.list(signal);
  const current = chat.modelName;
  if (caller.kind !== 'client' || client === undefined) {
    const rows = entries.map(({ name: model, origin }) => [`${model === current ? '*' : ' '} ${model}`, origin]);
    context.print(columns(rows));
    return;
  }
  const selected = entries.findIndex((entry) => entry.name === current);
  const chosen = await client.dialogs.choose({
    title: `model of ${chat.name}`,
    items: entries.map((entry) => `${entry.name}  (${entry.origin})`.replaceAll('#', '##')),
    ...(selected < 0 ? {} : { selected }),
  });
  const entry = chosen === undefined ? undefined : entries[chosen];
  if (entry === undefined) return;
  await chat.setModel(entry.name);
  context.print(`${chat.name} uses ${entry.name} from its next turn on`);
}

function setType(context: CommandContext, args: Arguments): void {
  const chat = targetChat(context, args);
  const [word] = args.positional;
  if (word === undefined) {
    context.print(SESSION_TYPES.map((type) => `${type === chat.type ? '*' : ' '} ${type}`).join('\n'));
    return;
  }
  chat.setType(sessionType(word));
  context.print(`${chat.name} is for ${chat.type} now`);
}

function tools(context: CommandContext, args: Arguments): void {
  const chat = targetChat(context, args);
  const [verb = 'list', name] = args.positional;
  if (verb === 'list') {
    context.print(
      columns(
        context.server.tools.map((tool) => [
          tool.name,
          chat.trustedTools.includes(tool.name) ? 'trusted' : (tool.asks ?? RISKS[tool.risk] ?? tool.risk),
          firstClause(tool.description),
        ]),
      ),
    );
    return;
  }
  if (verb !== 'trust' && verb !== 'untrust')
    throw new UserError(`tools takes list, trust or untrust, not ${verb.slice(0, 40)}`);
  if (name === undefined) throw new UserError(`which tool? tools ${verb} NAME; tools list names them`);
  const known = context.server.tools.map((tool) => tool.name);
  if (!known.includes(name)) {
    const near = nearest(name, known);
    throw new UserError(
      `unknown tool: ${name.slice(0, 40)} (${near === undefined ? 'tools list names them' : `the nearest is ${near}`})`,
    );
  }
  chat.setTrust(name, verb === 'trust');
  context.print(verb === 'trust' ? `${name} is trusted in ${chat.name}` : `${name} asks again in ${chat.name}`);
}

/** What a tool does unless it is trusted. */
const RISKS: Readonly<Record<string, string>> = {
  read: 'asks outside of the directory',
  write: 'asks',
  run: 'asks',
};

/** The beginning of a description, up to the end of its first clause. */
const firstClause = (text: string): string => (/^[^\n]*?(?=[.:;](?:\s|$))/.exec(text)?.[0] ?? text).slice(0, 100);

function showContext(context: CommandContext, args: Arguments): void {
  const chat = targetChat(context, args);
  const { model, used, window, counted, input, cached, output, cost } = chat.context;
  const size = `${counted ? '' : 'about '}${count(used)}`;
  context.print(
    columns([
      ['model', model === '' ? 'chosen at the first turn' : model],
      ['type', chat.type],
      ['window', window > 0 ? `${size} of ${count(window)} tokens (${share(used, window)})` : `${size} tokens`],
      ['sent', `${count(input)} tokens, ${count(cached)} of them from the endpoint's cache`],
      ['received', `${count(output)} tokens`],
      ['cost', cost === undefined ? 'no prices are configured' : money(cost)],
      ['directory', chat.workingDirectory],
      ['trusted tools', chat.trustedTools.length === 0 ? 'none' : chat.trustedTools.join(', ')],
    ]),
  );
}

function showUsage(context: CommandContext): void {
  const chats = chatsOf(context);
  if (chats.length === 0) {
    context.print('no chats');
    return;
  }
  const reports = chats.map((chat) => ({ name: chat.name, ...chat.context }));
  const sum = (pick: (report: (typeof reports)[number]) => number): number =>
    reports.reduce((total, report) => total + pick(report), 0);
  const priced = reports.some(({ cost }) => cost !== undefined);
  const rows = reports.map(({ name, model, input, cached, output, cost }) => [
    name,
    model,
    count(input),
    count(cached),
    count(output),
    cost === undefined ? '' : money(cost),
  ]);
  const total = [
    'all',
    '',
    count(sum((report) => report.input)),
    count(sum((report) => report.cached)),
    count(sum((report) => report.output)),
    priced ? money(sum((report) => report.cost ?? 0)) : '',
  ];
  context.print(columns([['chat', 'model', 'sent', 'cached', 'received', 'cost'], ...rows, total]));
}

/** What was said goes back to the composer, to be said otherwise; where a draft stands there, or a script asks, it is printed. */
async function rewind(context: CommandContext, args: Arguments): Promise<void> {
  const chat = targetChat(context, args);
  const [word] = args.positional;
  if (word !== undefined && !/^\d{1,9}$/.test(word))
    throw new UserError(`${word.slice(0, 40)} is no number of a message; search tells them`);
  await chat.wake();
  const text = chat.rewind(word === undefined ? undefined : Number(word));
  const isFree = chat.draft.trim() === '';
  if (isFree) chat.setDraft(text);
  if (!isFree || context.caller.kind === 'process') context.print(text);
}

/** A command that does one thing to a chat and says so. */
const simple = (
  name: string,
  summary: string,
  act: (chat: Chat) => void | Promise<void>,
  done: (chat: Chat) => string,
): Command => ({
  name,
  aliases: [],
  summary,
  ...TARGET,
  positional: NOTHING,
  run: async (context, args) => {
    const chat = targetChat(context, args);
    await act(chat);
    const text = done(chat);
    if (text !== '') context.print(text);
  },
});

/** Commands on conversations: what is said, by which model, with what. */
export const chatCommands: readonly Command[] = [
  {
    name: 'ask',
    aliases: [],
    summary: 'Say a text in a chat or to an agent, wait for the reply and print it',
    ...TARGET,
    longValues: { timeout: 'seconds' },
    positional: { usage: '[text ...]', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    run: ask,
  },
  {
    name: 'set-model',
    aliases: [],
    summary: 'Choose the model of a chat, or list the models',
    ...TARGET,
    positional: { usage: '[model]', minimum: 0, maximum: 1, flagsAfter: true },
    run: setModel,
  },
  {
    name: 'set-type',
    aliases: [],
    summary: 'Say what a chat is for, or list the types',
    ...TARGET,
    positional: { usage: '[type]', minimum: 0, maximum: 1, flagsAfter: true },
    run: setType,
  },
  {
    name: 'tools',
    aliases: [],
    summary: 'List the tools of a chat, trust one or no longer',
    ...TARGET,
    positional: { usage: '[list|trust|untrust] [tool]', minimum: 0, maximum: 2, flagsAfter: true },
    run: tools,
  },
  {
    name: 'context',
    aliases: [],
    summary: "Show a chat's model, its share of the window, tokens and cost",
    ...TARGET,
    positional: NOTHING,
    readOnly: true,
    run: showContext,
  },
  {
    name: 'usage',
    aliases: [],
    summary: 'Show tokens and cost of all chats',
    switches: '',
    values: {},
    target: 'none',
    positional: NOTHING,
    readOnly: true,
    run: showUsage,
  },
  simple(
    'compact',
    'Summarise the older turns of a chat now',
    (chat) => chat.compact(),
    () => '',
  ),
  simple(
    'retry',
    'Make the last request of a chat again',
    async (chat) => {
      await chat.wake();
      chat.retry();
    },
    () => '',
  ),
  simple(
    'clear-conversation',
    'Begin a chat anew: nothing before is sent any more',
    async (chat) => {
      await chat.wake();
      chat.clear();
    },
    () => '',
  ),
  {
    name: 'rewind',
    aliases: [],
    summary: 'Go back to before what was said last, or a message by its number; its text is the draft',
    switches: '',
    values: { t: 'target-session' },
    target: 'session',
    positional: { usage: '[message]', minimum: 0, maximum: 1 },
    run: rewind,
  },
  simple(
    'stop-turn',
    'Stop the turn of a chat and keep what came',
    (chat) => chat.stopTurn(),
    () => '',
  ),
  simple(
    'pause-session',
    'Hold a chat: it takes no turn until it is resumed',
    (chat) => chat.pause(),
    (chat) => `${chat.name} is paused; resume-session lets it go on`,
  ),
  simple(
    'resume-session',
    'Let a paused chat go on',
    async (chat) => {
      await chat.wake();
      chat.resume();
    },
    (chat) => `${chat.name} goes on`,
  ),
];
