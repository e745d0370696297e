/**
 * Plays a recording into the terminal that it runs in: the bytes of each step once the terminal has that step's size.
 * Run as a program of a session: `node replay.js PROGRAM MARKER`. After each step it touches `MARKER.N`, and it stays
 * until its input ends, as the recorded program did.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync, writeSync } from 'node:fs';
import { loadRecording } from './recording.ts';

const [program = '', marker = ''] = process.argv.slice(2);
const { steps } = loadRecording(program);

// Raw in both directions: the recorded bytes have passed a line discipline already.
spawnSync('stty', ['raw', '-echo'], { stdio: 'inherit' });

// Stays alive while it waits, and after the end as the recorded program did.
process.stdin.resume();

const sizeIs = (columns: number, rows: number) => process.stdout.columns === columns && process.stdout.rows === rows;

for (const [number, { columns, rows, output }] of steps.entries()) {
  while (!sizeIs(columns, rows)) await new Promise((resolve) => process.stdout.once('resize', resolve));
  for (let done = 0; done < output.length; ) done += writeSync(1, output.subarray(done, done + 4096));
  writeFileSync(`${marker}.${number}`, '');
}
