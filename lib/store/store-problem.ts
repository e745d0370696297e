import { errorCode } from '../base/error-code.ts';
import { errorText, UserError } from '../base/user-error.ts';

/** Why something cannot be kept, or no more. */
export interface StoreProblem {
  readonly kind: 'locked' | 'damaged' | 'newer' | 'read-only' | 'full' | 'disk' | 'in the way' | 'other';
  /** One sentence or two for the person: what is wrong, and what follows. */
  readonly text: string;
}

const WITHOUT = 'Conversations are not kept until then.';

/** Whether an error says that the file is not sound. */
export function isDamage(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  if (code === 'SQLITE_ERROR') return errorText(error).includes('unsupported file format');
  return /^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code);
}

/** What an error of the database at `file` means. */
export function storeProblem(error: unknown, file: string): StoreProblem {
  const code = errorCode(error) ?? '';
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    return { kind: 'locked', text: `${file} is in use by another process; qmux tries again. ${WITHOUT}` };
  if (isDamage(error)) return { kind: 'damaged', text: `${file} is damaged.` };
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code))
    return { kind: 'full', text: `The disk that holds ${file} is full: make room. ${WITHOUT}` };
  if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_AUTH|EACCES|EPERM|EROFS|ENOENT|ENOTDIR)/.test(code))
    return { kind: 'read-only', text: `${file} cannot be written: make it and its folder writable. ${WITHOUT}` };
  if (/^(SQLITE_IOERR|EIO|EFBIG)/.test(code))
    return { kind: 'disk', text: `${file} cannot be read or written: look at its disk. ${WITHOUT}` };
  if (error instanceof UserError) return { kind: 'in the way', text: `${error.message}. ${WITHOUT}` };
  return { kind: 'other', text: `${file} cannot be used (${errorText(error)}). ${WITHOUT}` };
}

/** Another server keeps its conversations there; `owner` is that one. */
export const takenProblem = (file: string, owner: string | undefined): StoreProblem => ({
  kind: 'locked',
  text: `${file} is in use by another process${owner === undefined ? '' : ` (${owner})`}; qmux tries again. ${WITHOUT}`,
});

/** A file that this program is too old for. */
export const newerProblem = (file: string, version: number): StoreProblem => ({
  kind: 'newer',
  text: `${file} was written by a newer qmux (its version is ${version}) and is left as it is. Conversations are not kept until that one runs again.`,
});
