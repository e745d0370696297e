import { existsSync } from 'node:fs';

/** The folder, if it is named and still there. */
export const existingFolder = (folder: string | undefined): string | undefined =>
  folder !== undefined && folder !== '' && existsSync(folder) ? folder : undefined;
