import { UserError } from '../base/user-error.ts';
import { importMarkdown } from './import-markdown.ts';
import { readConversation } from './read-conversation.ts';
import type { SavedConversation } from './saved-conversation.ts';

/** The conversation of a file that `export` wrote, whichever of its forms. Throws UserError for any other text. */
export function importConversation(text: string): SavedConversation {
  const start = /^[\ufeff\s]{0,4096}/.exec(text)?.[0].length ?? 0;
  if (text.startsWith('{', start)) return readConversation(parsed(text.slice(start)));
  const file = importMarkdown(text);
  if (file === undefined)
    throw new UserError(
      'this is no conversation of qmux: import reads what export has written, as JSON or as Markdown',
    );
  return readConversation(file);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError('this JSON cannot be read: a part of the file may be missing');
  }
}
