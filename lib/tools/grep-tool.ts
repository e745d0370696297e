import { errorText } from '../base/user-error.ts';
import { checkArguments } from './arguments.ts';
import { checkGlob } from './glob-tool.ts';
import { searchCall } from './search-call.ts';
import { type Tool, ToolError } from './tool.ts';

const MAXIMUM_PATTERN = 1000;

const parameters = {
  type: 'object',
  properties: {
    pattern: { type: 'string', description: 'JavaScript regular expression, matched against each line.' },
    path: { type: 'string', description: 'Directory or file to search. Default: the working directory.' },
    glob: { type: 'string', description: 'Only files that fit this glob, such as *.ts or lib/**/*.ts.' },
    literal: { type: 'boolean', description: 'The pattern is plain text. Default false.' },
    ignore_case: { type: 'boolean', description: 'Default false.' },
    context: { type: 'integer', minimum: 0, maximum: 10, description: 'Lines before and after each match. Default 0.' },
    limit: { type: 'integer', minimum: 1, maximum: 1000, description: 'Lines of result at most. Default 200.' },
    all: { type: 'boolean', description: 'Also what .gitignore leaves out, .git and node_modules. Default false.' },
  },
  required: ['pattern'],
  additionalProperties: false,
} as const;

/** Finds lines in files. */
export const grepTool: Tool = {
  name: 'grep',
  description:
    'Searches the lines of files for a regular expression and gives path:line:text. Leaves out what .gitignore names, .git, node_modules and binary files.',
  parameters,
  risk: 'read',
  async prepare(args, place) {
    const {
      pattern: given,
      path = '.',
      glob,
      literal = false,
      ignore_case = false,
      context = 0,
      limit = 200,
      all = false,
    } = checkArguments(parameters, args);
    const { pattern, flags } = checkPattern(given, literal, ignore_case);
    const files = glob === undefined ? undefined : checkGlob(glob);
    const title = (name: string) =>
      `${given.split('\n', 1)[0]?.slice(0, 100) ?? ''}${name === '.' ? '' : ` in ${name}`}${glob === undefined ? '' : ` (${glob})`}`;
    return await searchCall(path, place, title, (root) => ({
      kind: 'grep',
      root,
      all,
      limit,
      pattern,
      flags,
      glob: files,
      context,
    }));
  },
};

/** A pattern that JavaScript can read; `(?i)` at its beginning is known as well. Throws ToolError. */
function checkPattern(
  given: string,
  literal: boolean,
  ignoreCase: boolean,
): { readonly pattern: string; readonly flags: string } {
  if (given === '') throw new ToolError('The pattern is empty.');
  if (given.length > MAXIMUM_PATTERN) throw new ToolError('The pattern is too long.');
  if (given.includes('\n'))
    throw new ToolError('Lines are searched one by one: a pattern cannot reach over a line end.');
  const inline = !literal && given.startsWith('(?i)');
  const pattern = literal ? given.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : given.slice(inline ? 4 : 0);
  const flags = (ignoreCase || inline ? 'i' : '') + (/\\[pP]\{|\\u\{/.test(pattern) && !literal ? 'u' : '');
  try {
    new RegExp(pattern, flags);
  } catch (error) {
    throw new ToolError(`The pattern cannot be read (${errorText(error).slice(0, 200)}): for plain text set literal.`);
  }
  return { pattern, flags };
}
