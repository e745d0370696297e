import { fileURLToPath } from 'node:url';
import { run } from '../../lib/client/run.ts';

/* The client as it is, with the spec server in place of the real one; SIGUSR2 makes it crash. */
process.on('SIGUSR2', () => {
  throw new Error('told to crash');
});
process.exit(await run(process.argv.slice(2), fileURLToPath(new URL('./spec-server.js', import.meta.url))));
