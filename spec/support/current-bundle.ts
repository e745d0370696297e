import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';

const dist = path.resolve(import.meta.dirname, '../..');
const time = (folder: string) =>
  statSync(path.join(dist, folder, 'client/main.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The folder of the bundle, which is made where it is missing or older than what was compiled. */
export function currentBundle(): string {
  if (time('bundle') < time('lib')) execFileSync(process.execPath, [path.join(import.meta.dirname, 'bundle.js')]);
  return path.join(dist, 'bundle');
}
