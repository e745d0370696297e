import { UserError } from '../base/user-error.ts';
import { nameProblem } from '../session/session-name.ts';
import { closedSession } from './closed-session.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { canShow, showSession } from './show-session.ts';
import { openOrClosed } from './transfer-commands.ts';

async function reopen(context: CommandContext, args: Arguments): Promise<void> {
  const { caller, client } = context;
  const [name] = args.positional;
  if (name === undefined) {
    if (caller.kind !== 'client' || client === undefined)
      throw new UserError('reopen needs the name of a closed session; sessions --all lists them');
    client.dialogs.openClosed();
    return;
  }
  const { id } = await closedSession(context, name);
  const shows = !args.has('d') && canShow(context);
  const session = await context.server.archive.reopen(id);
  context.use(session);
  if (shows) showSession(context, session);
  else context.print(session.name);
}

async function forget(context: CommandContext, args: Arguments): Promise<void> {
  const { caller, client, server } = context;
  const { id, name } = await closedSession(context, args.positional[0] ?? '');
  if (!args.has('y')) {
    if (caller.kind !== 'client' || client === undefined)
      throw new UserError(`${name} (${id}) would be gone for good; -y says that this is meant`);
    if (!(await client.dialogs.confirm(`forget ${name} for good? (y/n)`))) return;
  }
  await server.archive.forget(id);
  context.print(`${name} is forgotten`);
}

async function fork(context: CommandContext, args: Arguments): Promise<void> {
  const { server } = context;
  const [name] = args.positional;
  if (name !== undefined) {
    const isTaken = (other: string) => server.sessions.some((session) => session.name === other);
    const problem = nameProblem(name, isTaken, server.options.number('name-max-length'));
    if (problem !== undefined) throw new UserError(problem);
  }
  const source = await openOrClosed(context, args);
  const shows = !args.has('d') && canShow(context);
  const session = await server.archive.fork(source, { message: messageNumber(args.value('at')), name });
  context.use(session);
  if (shows) showSession(context, session);
  else context.print(session.name);
}

function messageNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UserError(`--at needs the number of a message, as search tells it, not ${text.slice(0, 40)}`);
}

/** Commands on conversations that were closed, and on branches of conversations. */
export const archiveCommands: readonly Command[] = [
  {
    name: 'reopen',
    aliases: [],
    summary: 'Open a closed chat again, by its name or number; without one choose from a list',
    switches: 'd',
    values: {},
    positional: { usage: '[closed-session]', minimum: 0, maximum: 1, flagsAfter: true },
    target: 'none',
    run: reopen,
  },
  {
    name: 'forget',
    aliases: [],
    summary: 'Delete a closed session for good; asks first, -y does not',
    switches: 'y',
    values: {},
    positional: { usage: 'closed-session', minimum: 1, maximum: 1, flagsAfter: true },
    target: 'none',
    run: forget,
  },
  {
    name: 'fork',
    aliases: [],
    summary: 'Make a chat that goes on from a conversation, or from a message of it; that one stays as it is',
    switches: 'd',
    values: { t: 'target-session' },
    longValues: { at: 'message' },
    positional: { usage: '[session-name]', minimum: 0, maximum: 1, flagsAfter: true },
    target: 'session',
    run: fork,
  },
];
