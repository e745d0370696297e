import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A new folder of mode 0700 that is removed after the spec; short, so that sockets fit in it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'q-'));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];

after(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
