import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

void run(process.argv.slice(2), fileURLToPath(new URL('../server/main.js', import.meta.url))).then((code) =>
  process.exit(code),
);
