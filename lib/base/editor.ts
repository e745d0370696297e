import path from 'node:path';
import { isExecutable } from './executable.ts';

/** The first of these that is there is the editor of a person who names none. */
const EDITORS = ['vi', 'nano'];

/** A person's editor as words for a shell: $VISUAL, else $EDITOR, else vi or nano, whichever is there. */
export function editorCommand(variable: (name: string) => string | undefined): string {
  for (const name of ['VISUAL', 'EDITOR']) {
    const value = variable(name);
    if (value !== undefined && value.trim() !== '') return value;
  }
  const folders = (variable('PATH') ?? '').split(':').filter((folder) => folder.startsWith('/'));
  return EDITORS.find((editor) => folders.some((folder) => isExecutable(path.join(folder, editor)))) ?? 'vi';
}
