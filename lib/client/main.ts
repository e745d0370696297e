import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

process.exit(await run(process.argv.slice(2), fileURLToPath(new URL('../server/main.js', import.meta.url))));
