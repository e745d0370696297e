import { amount } from '../text/amount.ts';
import { checkArguments } from './arguments.ts';
import { changeCall, fileToChange } from './file-change.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';
import { type Tool, ToolError } from './tool.ts';
import { fileText } from './tool-file.ts';

const oldString = {
  type: 'string',
  description:
    'Text to replace, exactly as in the file, without line numbers; with enough lines around it to be unique.',
} as const;
const newString = { type: 'string', description: 'What takes its place.' } as const;
const replaceAll = { type: 'boolean', description: 'Replace every occurrence. Default false.' } as const;

const parameters = {
  type: 'object',
  properties: {
    path: {
      type: 'string',
      description: 'File to edit: relative to the working directory, absolute, ~/… or @session/…',
    },
    old_string: oldString,
    new_string: newString,
    replace_all: replaceAll,
    edits: {
      type: 'array',
      description: 'Several edits, made one after the other, instead of old_string and new_string.',
      items: {
        type: 'object',
        properties: { old_string: oldString, new_string: newString, replace_all: replaceAll },
        required: ['old_string', 'new_string'],
        additionalProperties: false,
      },
      minItems: 1,
      maxItems: 200,
    },
  },
  required: ['path'],
  additionalProperties: false,
} as const;

/** Replaces texts in a file that the model has read. */
export const editTool: Tool = {
  name: 'edit',
  description:
    'Replaces text in a file: old_string, which must be found exactly once unless replace_all is true, by new_string; or several such edits at once, all or none. Read the file first.',
  parameters,
  risk: 'write',
  async prepare(args, place) {
    const { path, ...rest } = checkArguments(parameters, args);
    const edits = editsOf(rest);
    const file = await fileToChange(path, place);
    if (file.content === undefined)
      throw new ToolError(`${file.name} does not exist: look with list or glob, or make it with write.`);
    const { text, valid } = fileText(file.content.bytes, file.name);
    if (!valid) throw new ToolError(`${file.name} is not valid UTF-8: edit it with shell.`);
    const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
    const changed = applyEdits(text.slice(mark.length), edits, file.name);
    const done = `Edited ${file.name} (${amount(changed.replacements, 'place')}).`;
    return changeCall(file, mark + changed.text, place, done);
  },
};

function editsOf(args: {
  readonly old_string?: string;
  readonly new_string?: string;
  readonly replace_all?: boolean;
  readonly edits?: readonly {
    readonly old_string: string;
    readonly new_string: string;
    readonly replace_all?: boolean;
  }[];
}): readonly TextEdit[] {
  const { old_string, new_string, replace_all, edits } = args;
  if (edits !== undefined && (old_string !== undefined || new_string !== undefined))
    throw new ToolError('Give either edits, or old_string and new_string, not both.');
  const given =
    edits ?? (old_string === undefined || new_string === undefined ? [] : [{ ...args, old_string, new_string }]);
  if (given.length === 0) throw new ToolError('Give old_string and new_string, or edits.');
  return given.map((edit) => ({
    from: edit.old_string,
    to: edit.new_string,
    all: edit.replace_all ?? replace_all ?? false,
  }));
}
