import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { UserError } from '../base/user-error.ts';
import { expandFormat, isTrue } from '../config/format.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { fileError } from './file-error.ts';
import { checkInput } from './insider.ts';
import type { PasteBuffer } from './paste-buffer.ts';
import { currentClient, expand, formatsFor, resolvePath, targetClient, targetSession } from './place.ts';
import { fillTemplate } from './template.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;
const PATH = { usage: 'path', minimum: 1, maximum: 1 } as const;
/** Bytes that a file may have to become a buffer. */
const MAXIMUM_FILE = 64 << 20;
/** Characters of a buffer shown in lists. */
const SAMPLE = 50;
const FORMAT = '#{buffer_name}: #{buffer_size} bytes: "#{buffer_sample}"';

function buffer({ server }: CommandContext, args: Arguments): PasteBuffer {
  const name = args.value('b');
  const found = server.buffers.get(name);
  if (found !== undefined) return found;
  throw new UserError(name === undefined ? 'no buffers' : `no buffer ${name}`);
}

/** The beginning of a buffer with its controls written out, as tmux shows it. */
function sample(text: string): string {
  const start = [...text.slice(0, 2 * SAMPLE)].slice(0, SAMPLE).join('');
  const shown = start.replace(/[\x00-\x1f\x7f\\]/g, (control) => WRITTEN[control] ?? `\\${octal(control)}`);
  return text.length > start.length ? `${shown}...` : shown;
}

const WRITTEN: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };
const octal = (control: string): string => control.charCodeAt(0).toString(8).padStart(3, '0');

/** A format about one buffer. */
function expandFor(context: CommandContext, template: string, { name, text, createdAt }: PasteBuffer): string {
  const outer = formatsFor(context);
  const own: Readonly<Record<string, () => string>> = {
    buffer_name: () => name,
    buffer_size: () => String(Buffer.byteLength(text)),
    buffer_sample: () => sample(text),
    buffer_full: () => text,
    buffer_created: () => String(Math.floor(createdAt / 1000)),
  };
  return expandFormat(template, {
    ...outer,
    lookup: (variable) => (Object.hasOwn(own, variable) ? own[variable]?.() : outer.lookup(variable)),
  });
}

function setBuffer(context: CommandContext, args: Arguments): void {
  const { buffers } = context.server;
  const name = args.value('b');
  const newName = args.value('n');
  const text = args.positional[0];
  if (newName !== undefined) {
    if (name !== undefined) buffer(context, args);
    buffers.rename(name, newName);
    return;
  }
  if (text === undefined) throw new UserError('no data specified');
  if (text === '') return;
  buffers.set(text, name, args.has('a'));
  copyOut(context, args, text);
}

function copyOut(context: CommandContext, args: Arguments, text: string): void {
  if (args.has('w')) targetClient(context, args).copyToClipboard(text);
}

async function loadBuffer(context: CommandContext, args: Arguments): Promise<void> {
  const file = args.positional[0] ?? '';
  const bytes =
    file === '-' ? await context.caller.readStdin() : await readBounded(resolvePath(context, expand(context, file)));
  const text = Buffer.from(bytes).toString();
  if (text === '') return;
  context.server.buffers.set(text, args.value('b'));
  copyOut(context, args, text);
}

async function readBounded(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > MAXIMUM_FILE) throw new UserError(`${file}: larger than 64 MB`);
    return await readFile(file);
  } catch (error) {
    throw fileError(file, error);
  }
}

async function saveBuffer(context: CommandContext, args: Arguments): Promise<void> {
  const { text } = buffer(context, args);
  const given = args.positional[0] ?? '';
  if (given === '-') {
    context.print(text, { raw: true });
    return;
  }
  const file = resolvePath(context, expand(context, given));
  try {
    await (args.has('a') ? appendFile : writeFile)(file, text);
  } catch (error) {
    throw fileError(file, error);
  }
}

function paste(context: CommandContext, args: Arguments): void {
  const session = targetSession(context, args);
  checkInput(context, session);
  const name = args.value('b');
  const found = context.server.buffers.get(name);
  if (found === undefined) {
    if (name !== undefined) throw new UserError(`no buffer ${name}`);
    return;
  }
  const separator = args.value('s') ?? (args.has('r') ? '\n' : '\r');
  const text = separator === '\n' ? found.text : found.text.replaceAll('\n', separator);
  if (args.has('p')) session.paste(text);
  else session.send(Buffer.from(text));
  if (args.has('d')) context.server.buffers.delete(found.name);
}

async function choose(context: CommandContext, args: Arguments): Promise<void> {
  const filter = args.value('f');
  const buffers = context.server.buffers.all.filter(
    (item) => filter === undefined || isTrue(expandFor(context, filter, item)),
  );
  if (buffers.length === 0) return;
  const chosen = await currentClient(context).dialogs.choose({
    title: 'Buffers',
    items: buffers.map((item) => expandFor(context, args.value('F') ?? FORMAT, item)),
  });
  const found = chosen === undefined ? undefined : buffers[chosen];
  if (found !== undefined)
    await context.runLine(fillTemplate(args.positional[0] ?? "paste-buffer -p -b '%%'", [found.name]));
}

function listBuffers(context: CommandContext, args: Arguments): void {
  const filter = args.value('f');
  const kept = context.server.buffers.all.filter(
    (item) => filter === undefined || isTrue(expandFor(context, filter, item)),
  );
  if (args.has('json')) {
    const facts = kept.map(({ name, text, createdAt }) => ({
      name,
      bytes: Buffer.byteLength(text),
      createdAt,
      sample: sample(text),
    }));
    context.print(JSON.stringify(facts, undefined, 2));
  } else if (kept.length > 0) {
    context.print(kept.map((item) => expandFor(context, args.value('F') ?? FORMAT, item)).join('\n'));
  }
}

/** Commands on paste buffers. */
export const bufferCommands: readonly Command[] = [
  {
    name: 'set-buffer',
    aliases: ['setb'],
    summary: 'Keep a text as a paste buffer, or rename one',
    switches: 'aw',
    values: { b: 'buffer-name', n: 'new-buffer-name', t: 'target-client' },
    positional: { usage: '[data]', minimum: 0, maximum: 1 },
    target: 'client',
    run: setBuffer,
  },
  {
    name: 'load-buffer',
    aliases: ['loadb'],
    summary: 'Read a file, or with - standard input, into a paste buffer',
    switches: 'w',
    values: { b: 'buffer-name', t: 'target-client' },
    positional: PATH,
    target: 'client',
    run: loadBuffer,
  },
  {
    name: 'save-buffer',
    aliases: ['saveb'],
    summary: 'Write a paste buffer to a file, or with - to standard output',
    switches: 'a',
    values: { b: 'buffer-name' },
    positional: PATH,
    target: 'none',
    run: saveBuffer,
  },
  {
    name: 'show-buffer',
    aliases: ['showb'],
    summary: 'Print a paste buffer',
    switches: '',
    values: { b: 'buffer-name' },
    positional: NOTHING,
    target: 'none',
    readOnly: true,
    run: (context, args) => context.print(buffer(context, args).text, { raw: true }),
  },
  {
    name: 'list-buffers',
    aliases: ['lsb'],
    summary: 'List all paste buffers',
    switches: '',
    values: { F: 'format', f: 'filter' },
    longs: ['json'],
    positional: NOTHING,
    target: 'none',
    readOnly: true,
    run: listBuffers,
  },
  {
    name: 'delete-buffer',
    aliases: ['deleteb'],
    summary: 'Forget a paste buffer, by default the newest',
    switches: '',
    values: { b: 'buffer-name' },
    positional: NOTHING,
    target: 'none',
    run: (context, args) => {
      const name = args.value('b');
      if (!context.server.buffers.delete(name))
        throw new UserError(name === undefined ? 'no buffer' : `unknown buffer: ${name}`);
    },
  },
  {
    name: 'paste-buffer',
    aliases: ['pasteb'],
    summary: 'Type a paste buffer into a session',
    switches: 'dpr',
    values: { b: 'buffer-name', s: 'separator', t: 'target-session' },
    positional: NOTHING,
    target: 'pane',
    run: paste,
  },
  {
    name: 'choose-buffer',
    aliases: [],
    summary: 'Choose a paste buffer from a list; Enter pastes it, or runs the template',
    switches: 'NrZ',
    values: { F: 'format', f: 'filter', t: 'target-session' },
    positional: { usage: '[template]', minimum: 0, maximum: 1 },
    target: 'pane',
    run: choose,
  },
];
