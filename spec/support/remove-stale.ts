/** Removes from `dist` what was compiled of sources that are gone: their specs would run on. Part of the build. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const dist = path.join(root, 'dist');

for (const entry of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (!/\.js(\.map)?$/.test(entry) || entry.startsWith('bundle')) continue;
  const source = path.join(root, entry.replace(/\.js(\.map)?$/, '.ts'));
  if (!existsSync(source)) rmSync(path.join(dist, entry), { force: true });
}
