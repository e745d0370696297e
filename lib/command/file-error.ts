import { getSystemErrorMap } from 'node:util';
import { errorText, UserError } from '../base/user-error.ts';

/** The UserError for a file that could not be read or written: `path: no such file or directory`. */
export function fileError(file: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const number = error instanceof Error && 'errno' in error && typeof error.errno === 'number' ? error.errno : 0;
  const [, meaning] = getSystemErrorMap().get(number) ?? [];
  return new UserError(`${file}: ${meaning ?? errorText(error)}`);
}
