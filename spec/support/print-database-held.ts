import Sqlite from 'better-sqlite3';

/* Holds the database argv[2] as another program would, says so, and lets go when its standard input ends. */
const sqlite = new Sqlite(process.argv[2] ?? '');
sqlite.exec('begin exclusive');
process.stdout.write('held\n');
await new Promise((resolve) => process.stdin.resume().once('end', resolve));
sqlite.close();
