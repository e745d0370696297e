import { readFile, stat } from 'node:fs/promises';
import { UserError } from '../base/user-error.ts';
import { exportJson } from '../conversation/export-json.ts';
import { exportMarkdown } from '../conversation/export-markdown.ts';
import { importConversation } from '../conversation/import-conversation.ts';
import type { Session } from '../session/session.ts';
import { amount } from '../text/amount.ts';
import { closedSession } from './closed-session.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { fileError } from './file-error.ts';
import { expand, resolvePath, targetSession } from './place.ts';
import { canShow, showSession } from './show-session.ts';
import { checkReadable, writeFileWhole } from './write-file.ts';

/** Bytes that an imported file may have: as many take about half a second to read. */
const MAXIMUM_FILE = 32 << 20;

/** The open session of `-t`, by its whole name before all, or the number of a closed one. Throws UserError. */
export async function openOrClosed(context: CommandContext, args: Arguments): Promise<Session | number> {
  const target = args.value('t');
  if (target === undefined) return targetSession(context, args);
  const name = target.replace(/^=/, '');
  const open = context.server.sessions.find((session) => session.name === name);
  if (open !== undefined) return open;
  const [closed] = await context.server.archive.closed(1, name).catch(() => []);
  if (closed !== undefined) return closed.id;
  try {
    return targetSession(context, args);
  } catch (error) {
    if (!/^\d+$/.test(name)) throw error;
    return (await closedSession(context, name)).id;
  }
}

async function exportChat(context: CommandContext, args: Arguments): Promise<void> {
  const { caller, client, server } = context;
  const saved = await server.archive.read(await openOrClosed(context, args));
  const given = args.positional[0] ?? (caller.kind === 'process' ? '-' : undefined);
  const asJson = args.has('json') || (!args.has('markdown') && given?.endsWith('.json') === true);
  const text = asJson ? exportJson(saved) : exportMarkdown(saved);
  if (given === '-') {
    context.print(text, { raw: true });
    return;
  }
  const wanted = given === undefined ? `${saved.name}.${asJson ? 'json' : 'md'}` : expand(context, given);
  const file = resolvePath(context, wanted);
  if (!(await writeFileWhole(file, text, args.has('f')))) {
    if (caller.kind !== 'client' || client === undefined)
      throw new UserError(`${file} is there already; -f writes over it`);
    if (!(await client.dialogs.confirm(`write over ${file}? (y/n)`))) return;
    await writeFileWhole(file, text, true);
  }
  context.print(`${saved.name} (${amount(saved.conversation.messages.length, 'message')}) is in ${file}`);
}

async function importChat(context: CommandContext, args: Arguments): Promise<void> {
  const saved = importConversation(await readText(context, args.positional[0] ?? ''));
  const shows = !args.has('d') && canShow(context);
  const session = await context.server.archive.add(saved, {
    name: args.value('s') ?? saved.name,
    workingDirectory: context.caller.workingDirectory,
  });
  context.use(session);
  if (shows) showSession(context, session);
  else context.print(session.name);
}

async function readText(context: CommandContext, word: string): Promise<string> {
  const decoder = new TextDecoder();
  if (word === '-') {
    const bytes = await context.caller.readStdin();
    if (bytes.length > MAXIMUM_FILE) throw new UserError(`standard input is longer than ${MAXIMUM_FILE >> 20} MB`);
    return decoder.decode(bytes);
  }
  const file = resolvePath(context, expand(context, word));
  try {
    checkReadable(file, await stat(file), MAXIMUM_FILE);
    return decoder.decode(await readFile(file));
  } catch (error) {
    throw fileError(file, error);
  }
}

/** Commands that take conversations out, and in. */
export const transferCommands: readonly Command[] = [
  {
    name: 'export',
    aliases: [],
    summary: 'Write a conversation to a file, or with - print it; as Markdown, or as JSON that import reads exactly',
    switches: 'f',
    values: { t: 'target-session' },
    longs: ['json', 'markdown'],
    positional: { usage: '[path]', minimum: 0, maximum: 1, flagsAfter: true },
    target: 'session',
    run: exportChat,
  },
  {
    name: 'import',
    aliases: [],
    summary: 'Make a chat of a file that export wrote, or with - of standard input',
    switches: 'd',
    values: { s: 'session-name' },
    positional: { usage: 'path', minimum: 1, maximum: 1, flagsAfter: true },
    target: 'none',
    run: importChat,
  },
];
