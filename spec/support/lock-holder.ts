import { takeSocketLock } from '../../lib/protocol/socket-lock.ts';

/* Takes a lock, says so, and holds it until its standard input ends; counted in no way by who watches. */
const lock = await takeSocketLock(process.argv[2] ?? '');
process.stdout.write(lock === undefined ? 'busy\n' : 'held\n');
if (lock !== undefined) await new Promise((resolve) => process.stdin.resume().once('end', resolve));
process.exit();
