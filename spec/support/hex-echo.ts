/**
 * Says in hexadecimal digits which bytes reach it: `node hex-echo.js [SEQUENCE]` writes the sequence first (to switch a
 * mode on), then `ready`, then `<digits>` for each read.
 */
import { spawnSync } from 'node:child_process';

spawnSync('stty', ['raw', '-echo'], { stdio: 'inherit' });
process.stdout.write(`${process.argv[2] ?? ''}\x1b[H\x1b[2Jready`);
process.stdin.on('data', (bytes: Buffer) => process.stdout.write(`\x1b[H\x1b[2J<${bytes.toString('hex')}>`));
