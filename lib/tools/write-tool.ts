import { amount } from '../text/amount.ts';
import { checkArguments } from './arguments.ts';
import { changeCall, fileToChange } from './file-change.ts';
import type { Tool } from './tool.ts';

const parameters = {
  type: 'object',
  properties: {
    path: {
      type: 'string',
      description: 'File to write: relative to the working directory, absolute, ~/… or @session/…',
    },
    content: { type: 'string', description: 'The whole new content of the file.' },
  },
  required: ['path', 'content'],
  additionalProperties: false,
} as const;

/** Makes a file, or replaces one that the model has read. */
export const writeTool: Tool = {
  name: 'write',
  description:
    'Writes a file: the content given becomes all of it, missing directories are made. A file that exists must have been read before. To change parts of a file use edit. Notes and drafts of your own go to @session/.',
  parameters,
  risk: 'write',
  async prepare(args, place) {
    const { path, content } = checkArguments(parameters, args);
    const file = await fileToChange(path, place);
    const lines = content === '' ? 0 : content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
    const done = `${file.content === undefined ? 'Made' : 'Replaced'} ${file.name} (${amount(lines, 'line')}).`;
    return changeCall(file, content, place, done);
  },
};
