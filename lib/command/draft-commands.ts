import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { editorCommand } from '../base/editor.ts';
import type { Chat } from '../session/chat.ts';
import { targetChat } from './chat-place.ts';
import type { Arguments, Command, CommandContext } from './command.ts';

/** A draft read back from an editor at most, in bytes. */
const MAXIMUM_DRAFT = 1024 * 1024;

/** A new folder for the draft: in the conversation's own, else among the temporary files. The person's alone. */
function draftFolder({ server }: CommandContext, chat: Chat): string {
  const own = server.sessionFolder(chat);
  if (own === undefined) return mkdtempSync(path.join(tmpdir(), 'qmux-draft-'));
  mkdirSync(own, { recursive: true, mode: 0o700 });
  return mkdtempSync(path.join(own, 'draft-'));
}

/** Opens the draft in the person's editor, in a program session; when that ends well, its text is the draft. */
function editDraft(context: CommandContext, args: Arguments): void {
  const chat = targetChat(context, args);
  const { client, server } = context;
  const { environment } = context.caller;
  const editor = editorCommand((name) => environment[name] || server.environment.get(name) || process.env[name]);
  const folder = draftFolder(context, chat);
  const file = path.join(folder, 'draft.md');
  writeFileSync(file, chat.draft, { mode: 0o600 });
  const session = server.createSession({
    kind: 'program',
    name: undefined,
    command: [`${editor} '${file.replaceAll("'", `'\\''`)}'`],
    workingDirectory: chat.workingDirectory,
    environment: {},
    size: undefined,
  });
  session.events((event) => {
    if (event.type !== 'exited' || event.exit.exitCode !== 0 || event.exit.signal !== undefined) return;
    takeBack(context, chat, file);
    rmSync(folder, { recursive: true, force: true });
    if (client?.session !== undefined && server.clients.includes(client) && server.sessions.includes(chat))
      client.show(chat);
  });
  client?.show(session);
}

/** What an editor left; a file that is gone or too large leaves the draft as it was. */
function takeBack({ client, server }: CommandContext, chat: Chat, file: string): void {
  if (!server.sessions.includes(chat)) return;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return;
  const { size } = found;
  if (size > MAXIMUM_DRAFT) {
    client?.message(`the text is too long for a draft (at most 1 MB); it stays in ${file}`, 0);
    return;
  }
  chat.setDraft(readFileSync(file, 'utf8').replace(/\n+$/, ''));
}

/** Commands on what is being written to a chat. */
export const draftCommands: readonly Command[] = [
  {
    name: 'edit-draft',
    aliases: [],
    summary: 'Write the draft of a chat in $VISUAL or $EDITOR',
    switches: '',
    values: { t: 'target-session' },
    positional: { usage: '', minimum: 0, maximum: 0 },
    target: 'session',
    run: editDraft,
  },
];
