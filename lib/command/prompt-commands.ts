import { errorText } from '../base/user-error.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import type { CommandClient } from './command-client.ts';
import { expand, targetClient } from './place.ts';
import { fillTemplate } from './template.ts';

/** Prompts of one command; tmux has no bound, nobody needs more. */
const MAXIMUM_PROMPTS = 32;

const fields = (text: string): readonly string[] => text.split(',').slice(0, MAXIMUM_PROMPTS);

async function commandPrompt(context: CommandContext, args: Arguments): Promise<void> {
  const client = targetClient(context, args);
  const asked = ask(context, args, client);
  if (!args.has('b')) return asked;
  asked.catch((error: unknown) => client.message(errorText(error)));
}

async function ask(context: CommandContext, args: Arguments, client: CommandClient): Promise<void> {
  const template = args.positional[0] ?? '%1';
  const given = args.value('p');
  const prompts = given === undefined ? [defaultLabel(args)] : fields(given).map((text) => `${text} `);
  const inputs = fields(args.value('I') ?? '');
  const isCommand = given === undefined && args.positional.length === 0;
  const answers: string[] = [];
  for (const [index, label] of prompts.entries()) {
    const answer = await client.dialogs.prompt({
      kind: args.has('k') ? 'key' : isCommand ? 'command' : 'text',
      label: expand(context, label, { client }),
      initial: expand(context, inputs[index] ?? '', { client }),
      ...(args.has('1') ? { single: true } : {}),
      ...(args.has('i') ? { onChange: (text) => runIncremental(context, client, template, text) } : {}),
    });
    if (answer === undefined) return;
    answers.push(args.has('N') ? answer.replace(/\D/g, '') : answer);
  }
  if (!args.has('i')) await runAnswer(context, args, fillTemplate(template, answers));
}

/** `:` for a command, else the command that the answer is for, as in tmux. */
function defaultLabel(args: Arguments): string {
  const word = /^\s*([a-z-]+)/.exec(args.positional[0] ?? '')?.[1];
  return word === undefined ? ':' : `(${word}) `;
}

const runAnswer = (context: CommandContext, args: Arguments, line: string): Promise<void> =>
  context.runLine(args.has('F') ? expand(context, line) : line);

/** Runs the template for every edit: `=` before the text says that the search starts anew, as in tmux. */
function runIncremental(context: CommandContext, client: CommandClient, template: string, text: string): void {
  context.runLine(fillTemplate(template, [`=${text}`])).catch((error: unknown) => client.message(errorText(error)));
}

async function confirm(context: CommandContext, args: Arguments): Promise<void> {
  const client = targetClient(context, args);
  const command = args.positional[0] ?? '';
  const word = command.trim().split(/\s/, 1)[0] ?? '';
  const question = args.value('p') ?? `Confirm '${word}'? (y/n)`;
  const run = async () => {
    if (await client.dialogs.confirm(expand(context, question, { client }))) await context.runLine(command);
  };
  if (!args.has('b')) return run();
  run().catch((error: unknown) => client.message(errorText(error)));
}

/** Commands that ask the person first. */
export const promptCommands: readonly Command[] = [
  {
    name: 'command-prompt',
    aliases: [],
    summary: 'Ask for a command, or for what a template needs',
    switches: '1bFikN',
    values: { I: 'inputs', p: 'prompts', t: 'target-client', T: 'prompt-type' },
    positional: { usage: '[template]', minimum: 0, maximum: 1 },
    target: 'client',
    readOnly: true,
    run: commandPrompt,
  },
  {
    name: 'confirm-before',
    aliases: ['confirm'],
    summary: 'Run a command when the person says yes',
    switches: 'b',
    values: { p: 'prompt', t: 'target-client' },
    positional: { usage: 'command', minimum: 1, maximum: 1 },
    target: 'client',
    readOnly: true,
    run: confirm,
  },
];
