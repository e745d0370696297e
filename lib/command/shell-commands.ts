import { homedir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { errorText, UserError } from '../base/user-error.ts';
import { isTrue } from '../config/format.ts';
import type { Session } from '../session/session.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { splitWords, writeSequence } from './command-line.ts';
import { directory, expand, isDirectory, isReadOnly, targetSession } from './place.ts';
import { runShell, type ShellOptions, shellEnvironment } from './shell.ts';
import { waitStatus } from './wait-status.ts';

/** Longest delay of run-shell -d, in seconds: a day. */
const MAXIMUM_DELAY = 86_400;

/** The session that a shell command is about; none is needed. */
const subject = (context: CommandContext, args: Arguments): Session | undefined =>
  args.has('t') ? targetSession(context, args) : context.session;

function shellOptions(context: CommandContext, args: Arguments, session: Session | undefined): ShellOptions {
  const own = args.has('t') || context.caller.kind !== 'process' ? session?.fact('pane_current_path') : undefined;
  const usual =
    [own, context.caller.workingDirectory].find((path) => path !== undefined && isDirectory(path)) ?? homedir();
  return {
    workingDirectory: directory(context, args, usual),
    environment: shellEnvironment(context, session),
    // What runs in the background outlives the call that started it.
    ...(args.has('b') ? {} : { signal: context.signal }),
  };
}

/** Awaits work, or with -b lets it go on, its problems shown as messages. */
function perhapsBehind(context: CommandContext, args: Arguments, work: Promise<void>): Promise<void> | void {
  if (!args.has('b')) return work;
  work.catch((error: unknown) => {
    context.server.log(errorText(error));
    context.client?.message(errorText(error));
  });
}

async function runShellCommand(context: CommandContext, args: Arguments): Promise<void> {
  await pause(context, args);
  const [first, ...rest] = args.positional;
  if (first === undefined || context.signal.aborted) return;
  const session = subject(context, args);
  if (args.has('C')) {
    await context.runLine(
      rest.length === 0 ? expand(context, first, { session }) : writeSequence(splitWords(args.positional)),
    );
    return;
  }
  const command = expand(context, args.positional.join(' '), { session });
  const { output, code, signal } = await runShell(command, shellOptions(context, args, session));
  const lines = [output.replace(/\n$/, '')].filter((text) => text !== '');
  if (signal !== undefined) lines.push(`'${command}' terminated by signal ${signal}`);
  else if (code !== 0) lines.push(`'${command}' returned ${code}`);
  context.setExitCode(code);
  if (lines.length === 0) return;
  if (args.has('b') && context.client !== undefined) context.client.dialogs.showText(command, lines.join('\n'));
  else context.print(lines.join('\n'));
}

async function pause({ signal }: CommandContext, args: Arguments): Promise<void> {
  const given = args.value('d');
  if (given === undefined) return;
  const seconds = /^\d{0,6}(?:\.\d{1,6})?$/.test(given) ? Number(given) : Number.NaN;
  if (!(seconds >= 0 && seconds <= MAXIMUM_DELAY)) throw new UserError(`invalid delay time: ${given.slice(0, 40)}`);
  await delay(seconds * 1000, undefined, { signal }).catch(() => undefined);
}

async function ifShell(context: CommandContext, args: Arguments): Promise<void> {
  const [condition = '', then = '', otherwise = ''] = args.positional;
  const session = subject(context, args);
  const expanded = expand(context, condition, { session });
  if (!args.has('F') && isReadOnly(context)) throw new UserError('client is read-only');
  const holds = args.has('F')
    ? isTrue(expanded)
    : (await runShell(expanded, shellOptions(context, args, session))).code === 0;
  const line = holds ? then : otherwise;
  if (line !== '') await context.runLine(line);
}

async function waitFor(context: CommandContext, args: Arguments): Promise<void> {
  const { channels } = context.server;
  const channel = args.positional[0] ?? '';
  if (args.has('S')) channels.signal(channel);
  else if (args.has('U')) channels.unlock(channel);
  else if (args.has('L')) await channels.lock(channel, context.signal);
  else await channels.wait(channel, context.signal);
}

/** Commands that run or await other programs. */
export const shellCommands: readonly Command[] = [
  {
    name: 'run-shell',
    aliases: ['run'],
    summary: 'Run a shell command and show what it prints, or with -C run commands',
    switches: 'bC',
    values: { c: 'start-directory', d: 'delay', t: 'target-session' },
    positional: { usage: '[shell-command]', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    target: 'pane',
    run: (context, args) => perhapsBehind(context, args, runShellCommand(context, args)),
  },
  {
    name: 'if-shell',
    aliases: ['if'],
    summary: 'Run one of two command lines as a shell command, or with -F a format, says',
    switches: 'bF',
    values: { t: 'target-session' },
    positional: { usage: 'shell-command command [command]', minimum: 2, maximum: 3 },
    target: 'pane',
    readOnly: true,
    run: (context, args) => perhapsBehind(context, args, ifShell(context, args)),
  },
  {
    name: 'wait-for',
    aliases: [],
    summary: 'Wait until a channel is signalled (-S), or lock (-L) and unlock (-U) it',
    switches: 'LSU',
    values: {},
    positional: { usage: 'channel', minimum: 1, maximum: 1 },
    target: 'none',
    readOnly: true,
    run: waitFor,
  },
  {
    name: 'wait',
    aliases: [],
    summary: 'Wait until a session has the status of --status, or for a channel as wait-for does',
    switches: 'LSU',
    values: { t: 'target-session' },
    longValues: { status: 'status', timeout: 'seconds' },
    positional: { usage: '[channel]', minimum: 0, maximum: 1, flagsAfter: true },
    target: 'session',
    readOnly: true,
    run: (context, args) => {
      if (args.has('status')) return waitStatus(context, args);
      if (args.positional.length > 0) return waitFor(context, args);
      throw new UserError('say what to wait for: --status waiting, or the name of a channel');
    },
  },
];
