/** Runs a bundled server, and keeps what V8 compiled until its end: `warm-code.js FILE SOCKET`. Part of the build. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { codeCache, loadCode } from '../../lib/base/cached-code.ts';

const [file = ''] = process.argv.splice(2, 1);
const code = loadCode(file);
process.on('exit', () => {
  const temporary = `${codeCache(file)}.new`;
  const descriptor = openSync(temporary, 'w');
  writeSync(descriptor, code.cache());
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temporary, codeCache(file));
});
code.run(createRequire(file));
