import { UserError } from '../base/user-error.ts';
import { writeWhole } from '../base/whole-file.ts';
import { fileError } from './file-error.ts';

/**
 * Writes a file of the person's alone (0600) that is whole or not there at all. What is there already is replaced only with
 * `replaces`. False when it is there. Rejects with UserError for what failed.
 */
export async function writeFileWhole(file: string, text: string, replaces: boolean): Promise<boolean> {
  try {
    return await writeWhole({ file, content: text, mode: 0o600, replaces });
  } catch (error) {
    throw fileError(file, error);
  }
}

/** Throws UserError for what is no file to be read: a folder, a device, a pipe, one of more than `maximum` bytes. */
export function checkReadable(
  file: string,
  found: { isFile(): boolean; readonly size: number },
  maximum: number,
): void {
  if (!found.isFile()) throw new UserError(`${file} is not a plain file`);
  if (found.size > maximum) throw new UserError(`${file} is larger than ${maximum >> 20} MB`);
}
