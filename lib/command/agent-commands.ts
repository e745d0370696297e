import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import { sanitize } from '../text/sanitize.ts';
import type { FoundAgent, HookChange } from './agents.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { directory } from './place.ts';

/** Shows what would be changed, and changes it when the person says so. */
async function installHooks(context: CommandContext, args: Arguments): Promise<void> {
  const { server, caller } = context;
  const [name = ''] = args.positional;
  const undo = args.has('undo');
  const change = await server.agents.hookChange(name, undo, caller.environment);
  if (change.diff === '') {
    context.print(`${change.file}: ${undo ? 'has no hooks of qmux' : 'has the hooks of qmux already'}`);
    return;
  }
  if (args.has('print')) context.print(change.diff);
  else if (args.has('y') || (await isWanted(context, change))) {
    const backup = await change.apply();
    const kept = backup === undefined ? '' : `; as it was: ${backup}`;
    const note = change.note === undefined ? '' : `\n${sanitize(change.note)}`;
    context.print(`${change.file}: ${undo ? 'the hooks of qmux are gone' : 'written'}${kept}${note}`);
  } else context.print('nothing was changed');
}

async function isWanted(context: CommandContext, { file, diff }: HookChange): Promise<boolean> {
  const { caller, client } = context;
  if (caller.kind === 'client' && client !== undefined)
    return (await client.dialogs.review(`Change ${file}?`, diff)) === 'once';
  context.print(diff);
  if (caller.kind !== 'process' || caller.terminal === undefined || caller.readLine === undefined)
    throw new UserError('nothing was changed: say -y to write it');
  context.print(`Change ${file}? (y/n) `, { raw: true });
  return /^y(es)?$/i.test((await caller.readLine()).trim());
}

/** What is here instead of an agent that is not. */
function notFound(wanted: string, found: readonly FoundAgent[]): string {
  const names = found.map(({ name }) => name);
  const near = nearest(wanted, names);
  const advice = near === undefined ? `what is there: ${names.join(', ')}` : `the nearest is ${near}`;
  return `${wanted.slice(0, 60)} is not on the PATH; ${advice}`;
}

/** Starts an agent in a session: the one that is named, else one of a list. */
async function newAgent(context: CommandContext, args: Arguments): Promise<void> {
  const { server, client, caller } = context;
  const found = server.agents.found();
  const [wanted, ...words] = args.positional;
  if (found.length === 0) throw new UserError('no coding agent was found on the PATH');
  let agent = found.find(({ name, program }) => name === wanted || program === wanted);
  if (wanted !== undefined && agent === undefined) throw new UserError(notFound(wanted, found));
  if (agent === undefined) {
    if (caller.kind !== 'client' || client === undefined) {
      context.print(found.map(({ name, title }) => `${name}: ${sanitize(title)}`).join('\n'));
      return;
    }
    const items = found.map(({ title, program }) => `${sanitize(title)} (${program})`);
    const index = await client.dialogs.choose({ title: 'new agent', items });
    agent = index === undefined ? undefined : found[index];
    if (agent === undefined) return;
  }
  const session = server.createSession({
    kind: 'program',
    name: args.value('s'),
    // One word is a line for the shell, which has the person's PATH.
    command: [agent.program, ...words],
    workingDirectory: directory(context, args, caller.workingDirectory),
    environment: {},
    size: undefined,
  });
  context.use(session);
  if (!args.has('d')) client?.show(session);
}

/** Commands for coding agents. */
export const agentCommands: readonly Command[] = [
  {
    name: 'install-hooks',
    aliases: [],
    summary: 'Let an agent tell what it does by hooks in its settings, shown first; -y writes, --undo removes them',
    switches: 'y',
    values: {},
    longs: ['undo', 'print'],
    positional: { usage: 'agent', minimum: 1, maximum: 1, flagsAfter: true },
    target: 'none',
    run: installHooks,
  },
  {
    name: 'new-agent',
    aliases: [],
    summary: 'Start a coding agent in a session: the one named, else one of a list of those that are here',
    switches: 'd',
    values: { c: 'start-directory', s: 'session-name' },
    positional: { usage: '[agent [argument ...]]', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    target: 'none',
    run: newAgent,
  },
];
