import { statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../base/user-error.ts';
import { expandFormat, type FormatContext } from '../config/format.ts';
import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import type { Arguments, CommandContext } from './command.ts';
import type { CommandClient } from './command-client.ts';
import { paneBeside } from './pane-word.ts';
import { findClient, findSession, type TargetPlace } from './target.ts';

/** Where targets are read for a command. */
export function targetPlace(context: CommandContext): TargetPlace<Session> {
  const { server, client, session } = context;
  return {
    sessions: server.sessions,
    session,
    lastSession: client?.lastSession ?? server.lastSession,
    mouseSession: context.mouseSession,
    markedSession: server.marked,
    paneBeside: (item, word) =>
      paneBeside(server.panesWith(item, client), item, word, server.options.number('pane-base-index')),
    otherNames: (item) => server.otherNames.get(item) ?? [],
  };
}

/** What the name of a layout that a script makes means where something is typed, read or split: its active pane, as in tmux. */
export const activeOf =
  ({ server, client }: CommandContext) =>
  (session: Session): Session => {
    const { panes, owner } = server.panesWith(session, client);
    return owner === session ? panes.session : session;
  };

/** The session of `-t` (or another flag), else the present one; a client's tty stands for what it shows. */
export function targetSession(context: CommandContext, args: Arguments, flag = 't'): Session {
  const target = args.value(flag);
  const shown = target?.startsWith('/')
    ? context.server.clients.find((item) => item.name === target)?.session
    : undefined;
  const place = { ...targetPlace(context), kind: args.target };
  return shown ?? findSession(target, args.target === 'pane' ? { ...place, activeOf: activeOf(context) } : place);
}

/** The same with its whole history there: a chat that sleeps is woken. Rejects with UserError where that cannot be. */
export async function awakeSession(context: CommandContext, args: Arguments, flag = 't'): Promise<Session> {
  const session = targetSession(context, args, flag);
  if (isChat(session) && !session.isAwake) await session.wake();
  return session;
}

/** The client of `-t` (or another flag), else the one that the command acts on. A read-only one reaches itself alone. */
export function targetClient(context: CommandContext, args: Arguments, flag = 't'): CommandClient {
  const client = findClient(args.value(flag), context.server.clients, context.client);
  if (isReadOnly(context) && client !== context.client) throw new UserError('client is read-only');
  return client;
}

/** The client that the command acts on. Throws UserError when nobody is attached. */
export function currentClient({ client }: CommandContext): CommandClient {
  if (client === undefined) throw new UserError('no current client');
  return client;
}

/** The client that has copy mode on in a session: the present one before all others, and of these the one used last. */
export function readerOf({ client, server }: CommandContext, session: Session): CommandClient | undefined {
  if (client?.modes.reads(session) === true) return client;
  const readers = server.clients.filter((other) => other.modes.reads(session));
  return readers.toSorted((a, b) => b.lastActivity - a.lastActivity)[0];
}

export interface FormatPlace {
  readonly client?: CommandClient | undefined;
  readonly session?: Session | undefined;
}

/** A format expanded for the present client and session, or those given. */
export function expand(context: CommandContext, template: string, place: FormatPlace = {}): string {
  return expandFormat(template, formatsFor(context, place));
}

/** Where formats of a command are expanded. A read-only client runs no shell commands in them. */
export function formatsFor(
  context: CommandContext,
  { client = context.client, session = context.session }: FormatPlace = {},
): FormatContext {
  const formats = withFacts(context.server.formatContext({ client, session }), context.hookFacts);
  return isReadOnly(context) ? withoutShell(formats) : formats;
}

function withFacts(formats: FormatContext, facts: Readonly<Record<string, string>> | undefined): FormatContext {
  if (facts === undefined) return formats;
  return { ...formats, lookup: (name) => (Object.hasOwn(facts, name) ? facts[name] : formats.lookup(name)) };
}

const withoutShell = (formats: FormatContext): FormatContext => ({
  ...formats,
  loop: (kind) => formats.loop(kind).map(withoutShell),
  shell: () => '',
});

/** Whether a read-only client asks, or what a tool of a chat runs. */
export const isReadOnly = ({ caller, client }: CommandContext): boolean =>
  caller.readOnly === true || (caller.kind === 'client' && client?.readOnly === true);

/** A path of a person's, absolute. */
export const resolvePath = (context: CommandContext, file: string): string =>
  path.resolve(context.caller.workingDirectory, file);

export const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** The directory of `-c`, its format expanded; without one `otherwise`. Throws UserError when it is none. */
export function directory<T>(context: CommandContext, args: Arguments, otherwise: T): string | T {
  const given = args.value('c');
  if (given === undefined || given === '') return otherwise;
  const wanted = resolvePath(context, expand(context, given));
  if (isDirectory(wanted)) return wanted;
  throw new UserError(`${wanted}: no such directory`);
}

/** The variables of all `-e NAME=value`. Throws UserError for one without `=`. */
export function variables(args: Arguments): Record<string, string> {
  const given: Record<string, string> = {};
  for (const word of args.all('e')) {
    const equals = word.indexOf('=');
    if (equals < 1) throw new UserError(`-e needs NAME=value, not ${word}`);
    given[word.slice(0, equals)] = word.slice(equals + 1);
  }
  return given;
}

/** A whole number of a flag within bounds. Throws UserError. */
export function numberFlag(args: Arguments, flag: string, low: number, high: number): number | undefined {
  const text = args.value(flag);
  return text === undefined ? undefined : parseNumber(text, `-${flag}`, low, high);
}

/** A whole number within bounds, as a person wrote it. Throws UserError that names it. */
function parseNumber(text: string, what: string, low: number, high: number): number {
  const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new UserError(`${what} needs a number from ${low} to ${high}, not ${text.slice(0, 40)}`);
}
