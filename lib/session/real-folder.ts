import { realpathSync } from 'node:fs';
import path from 'node:path';

/** A folder's path with links resolved as far as it exists; absolute. */
export function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(realFolder(parent), path.basename(folder));
  }
}
