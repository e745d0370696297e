import { createRequire } from 'node:module';
import path from 'node:path';
import { loadCode } from '../base/cached-code.ts';

// What the bundle starts as its server: `main.ts` with all that it imports is one file beside this one.
loadCode(path.join(import.meta.dirname, 'code.js')).run(createRequire(import.meta.url));
