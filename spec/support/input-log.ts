/**
 * Keeps what reaches it in a file, byte for byte: `node input-log.js FILE [SEQUENCE]` writes the sequence first (to
 * switch modes on), then `ready`.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const [file = '', sequence = ''] = process.argv.slice(2);
spawnSync('stty', ['raw', '-echo'], { stdio: 'inherit' });
process.stdout.write(`${sequence}ready`);
process.stdin.on('data', (bytes: Buffer) => appendFileSync(file, bytes));
