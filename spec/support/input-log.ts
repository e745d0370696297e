/**
 * Keeps what reaches it in a file, byte for byte: `node input-log.js FILE [SEQUENCE]` writes the sequence first (to
 * switch modes on), then `ready`. `FILE.tty` names its terminal, for those who want to print there.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';

const [file = '', sequence = ''] = process.argv.slice(2);
spawnSync('stty', ['raw', '-echo'], { stdio: 'inherit' });
const { stdout } = spawnSync('tty', { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' });
writeFileSync(file, '');
writeFileSync(`${file}.tty`, stdout.trim());
process.stdout.write(`${sequence}ready`);
process.stdin.on('data', (bytes: Buffer) => appendFileSync(file, bytes));
