import { accessSync, constants } from 'node:fs';

/** Whether this process may run the file, or enter the folder. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
