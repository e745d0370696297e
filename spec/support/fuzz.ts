/**
 * Feeds our terminal engine and the oracle with the same until they differ or somebody ends it:
 * `npm run fuzz [-- SEED [SECONDS]]`. Prints what it finds, and the next seed at the end.
 */
import { tryTerminal } from './terminal-fuzz.ts';

const [first = String(Date.now() % 1_000_000_000), seconds = 'Infinity'] = process.argv.slice(2);
const end = Date.now() + Number(seconds) * 1000;
let seed = Number(first);
let found = 0;
console.log(`first seed ${seed}`);
for (; Date.now() < end && found < 10; seed++) {
  const finding = tryTerminal(seed);
  if (finding === undefined) continue;
  found += 1;
  console.log(`seed ${finding.seed}: ${finding.steps}\n${finding.difference}\n`);
}
console.log(`${found} differences, next seed ${seed}`);
process.exitCode = found === 0 ? 0 : 1;
