import { checkArguments } from './arguments.ts';
import { checkSignal, fixedCall } from './prepared.ts';
import { type Tool, ToolError, type ToolPlace, type ToolResult } from './tool.ts';
import { fileText, readWhole } from './tool-file.ts';
import { displayPath, resolveToolPath } from './tool-path.ts';

const MAXIMUM_LINES = 2000;
/** UTF-16 units of one call's text, and of one line. */
const MAXIMUM_TEXT = 256 * 1024;
const MAXIMUM_LINE = 2000;

const parameters = {
  type: 'object',
  properties: {
    path: {
      type: 'string',
      description: 'File to read: relative to the working directory, absolute, ~/… or @session/…',
    },
    offset: {
      type: 'integer',
      minimum: 1,
      maximum: 100_000_000,
      description: 'First line, counted from 1. Default 1.',
    },
    limit: { type: 'integer', minimum: 1, maximum: MAXIMUM_LINES, description: 'Lines at most. Default 2000.' },
  },
  required: ['path'],
  additionalProperties: false,
} as const;

/** Reads a text file, with line numbers. */
export const readTool: Tool = {
  name: 'read',
  description:
    'Reads a text file and gives its lines with their numbers (number, tab, line). Read a file before you edit or overwrite it. For long files use offset and limit. It cannot show images or binary files; use list for directories.',
  parameters,
  risk: 'read',
  async prepare(args, place) {
    const { path: given, offset = 1, limit = MAXIMUM_LINES } = checkArguments(parameters, args);
    const path = await resolveToolPath(given, place);
    const name = displayPath(path, place);
    return fixedCall({
      title: offset === 1 && limit === MAXIMUM_LINES ? name : `${name}:${offset}-${offset + limit - 1}`,
      access: { paths: [{ path, write: false }], command: undefined },
      run: async ({ signal }) => {
        checkSignal(signal);
        return await read(path, name, { given, offset, limit }, place, signal);
      },
    });
  },
};

interface Part {
  readonly given: string;
  readonly offset: number;
  readonly limit: number;
}

async function read(
  path: string,
  name: string,
  { given, offset, limit }: Part,
  place: ToolPlace,
  signal: AbortSignal,
): Promise<ToolResult> {
  if ((await resolveToolPath(given, place)) !== path)
    throw new ToolError(`${name} leads elsewhere than when it was allowed: call read again.`);
  const content = await readWhole(path, name, signal);
  if (content === undefined) throw new ToolError(`${name} does not exist: look with list or glob.`);
  const { text, valid } = fileText(content.bytes, name);
  place.versions.noteRead(path, content.bytes);
  const lines = text.replace(/^\ufeff/, '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) return { ok: true, text: `[${name} is empty]` };
  if (offset > lines.length)
    throw new ToolError(`${name} has ${lines.length} lines: offset ${offset} is behind its end.`);
  const part: string[] = [];
  let length = 0;
  for (const line of lines.slice(offset - 1, offset - 1 + limit)) {
    const numbered = `${String(offset + part.length).padStart(6)}\t${shortened(line.replace(/\r$/, ''))}`;
    length += numbered.length + 1;
    if (length > MAXIMUM_TEXT) break;
    part.push(numbered);
  }
  const last = offset - 1 + part.length;
  if (last < lines.length) part.push(`[lines ${offset} to ${last} of ${lines.length}; go on with offset ${last + 1}]`);
  if (!valid) part.push('[not valid UTF-8: what could not be read is shown as \ufffd]');
  return { ok: true, text: part.join('\n') };
}

const shortened = (line: string): string =>
  line.length > MAXIMUM_LINE ? `${line.slice(0, MAXIMUM_LINE)}[… ${line.length - MAXIMUM_LINE} more]` : line;
