import { checkArguments } from './arguments.ts';
import { globMatcher } from './glob-pattern.ts';
import { searchCall } from './search-call.ts';
import { type Tool, ToolError } from './tool.ts';

const MAXIMUM_GLOB = 500;

const parameters = {
  type: 'object',
  properties: {
    pattern: {
      type: 'string',
      description:
        'Glob: * and ? within a name, ** for any directories, {a,b} for either. Without / it fits in any directory.',
    },
    path: { type: 'string', description: 'Directory to search. Default: the working directory.' },
    all: { type: 'boolean', description: 'Also what .gitignore leaves out, .git and node_modules. Default false.' },
  },
  required: ['pattern'],
  additionalProperties: false,
} as const;

/** Finds files by name. */
export const globTool: Tool = {
  name: 'glob',
  description:
    'Finds files by their names, such as **/*.spec.ts or lib/**/{read,write}-*.ts. Gives paths relative to path.',
  parameters,
  risk: 'read',
  async prepare(args, place) {
    const { pattern, path = '.', all = false } = checkArguments(parameters, args);
    const glob = checkGlob(pattern);
    const title = (name: string) => (name === '.' ? pattern : `${pattern} in ${name}`);
    return await searchCall(path, place, title, (root) => ({ kind: 'glob', root, all, limit: 1000, glob }));
  },
};

/** The glob, when it can be used. Throws ToolError. */
export function checkGlob(glob: string): string {
  if (glob === '' || glob.includes('\0')) throw new ToolError('The glob is empty or has a NUL in it.');
  if (glob.length > MAXIMUM_GLOB) throw new ToolError('The glob is too long.');
  if (/^[/~]|(?:^|\/)\.\.(?:\/|$)/.test(glob))
    throw new ToolError('The glob leads out of the directory: give the directory as path, and a glob relative to it.');
  if (globMatcher(glob) === undefined) throw new ToolError('The braces of the glob make too many alternatives.');
  return glob;
}
