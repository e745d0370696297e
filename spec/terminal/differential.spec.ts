import { expect } from 'chai';
import { seeded } from '../support/random-screen.ts';
import { loadRecording, recordedPrograms } from '../support/recording.ts';
import { tryTerminal } from '../support/terminal-fuzz.ts';
import { TerminalPair } from '../support/terminal-pair.ts';

/** Milliseconds that the fuzzer gets here; `npm run fuzz` goes on for as long as one likes. */
const FUZZING = 20_000;
const MAXIMUM_PIECE = 4096;

describe('our terminal engine beside xterm.js', () => {
  it('shows and says the same of random text, sequences and sizes', function () {
    this.timeout(3 * FUZZING);
    const first = Number(process.env['QMUX_FUZZ_SEED'] ?? Date.now() % 1_000_000_000);
    const end = Date.now() + FUZZING;
    let seed = first;
    while (Date.now() < end) {
      const found = tryTerminal(seed);
      if (found !== undefined) expect.fail(`seed ${seed}: ${found.steps}\n${found.difference}`);
      seed += 1;
    }
    console.log(`      seeds ${first} to ${seed - 1}`);
  });

  for (const program of recordedPrograms())
    it(`shows the same of ${program}, at each of its sizes and the next, wherever the bytes are cut`, () => {
      const { steps } = loadRecording(program);
      const [first = { columns: 80, rows: 24 }] = steps;
      const random = seeded(program.length);
      const pair = new TerminalPair(first);
      for (const { columns, rows, output } of steps) {
        pair.resize({ columns, rows });
        for (let from = 0; from < output.length; ) {
          const piece = output.subarray(from, from + 1 + random(MAXIMUM_PIECE));
          pair.write(piece, random(piece.length));
          from += piece.length;
        }
        expect(pair.difference()).to.equal(undefined);
      }
      pair.dispose();
    });

  for (const program of recordedPrograms())
    it(`shows the same of ${program} with bytes changed and left out`, () => {
      const { steps } = loadRecording(program);
      const random = seeded(program.length + 1);
      for (let round = 0; round < 3; round++)
        for (const { columns, rows, output } of steps) {
          const bytes = output.filter(() => random(200) > 0).map((byte) => (random(200) === 0 ? random(128) : byte));
          const pair = new TerminalPair({ columns, rows });
          pair.write(bytes, random(bytes.length));
          expect(pair.difference()).to.equal(undefined);
          pair.dispose();
        }
    });
});
