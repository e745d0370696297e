import { checkArguments } from './arguments.ts';
import { searchCall } from './search-call.ts';
import type { Tool } from './tool.ts';

const parameters = {
  type: 'object',
  properties: {
    path: { type: 'string', description: 'Directory to list. Default: the working directory.' },
    depth: { type: 'integer', minimum: 1, maximum: 10, description: 'Levels of directories. Default 1.' },
    all: { type: 'boolean', description: 'Also what .gitignore leaves out, .git and node_modules. Default false.' },
  },
  required: [],
  additionalProperties: false,
} as const;

/** Lists a directory. */
export const listTool: Tool = {
  name: 'list',
  description:
    'Lists a directory, or with depth the tree below it: directories end in /, links show where they lead. Leaves out what .gitignore names, .git and node_modules.',
  parameters,
  risk: 'read',
  async prepare(args, place) {
    const { path = '.', depth = 1, all = false } = checkArguments(parameters, args);
    return await searchCall(
      path,
      place,
      (name) => name,
      (root) => ({
        kind: 'list',
        root,
        all,
        limit: 1000,
        depth: depth - 1,
      }),
    );
  },
};
