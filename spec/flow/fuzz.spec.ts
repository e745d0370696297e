import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { encodeClientMessage } from '../../lib/protocol/client-codec.ts';
import { encodeFrame, PREAMBLE } from '../../lib/protocol/frame.ts';
import { isAlive } from '../support/processes.ts';
import { randomBytes, randomKeys, randomOutput } from '../support/random-bytes.ts';
import { type Random, seeded } from '../support/random-screen.ts';
import { RawClient } from '../support/raw-client.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { Workplace } from '../support/workplace.ts';

/** QMUX_SEED repeats a run; QMUX_FUZZ makes it longer by that factor. */
const SEED = Number(process.env['QMUX_SEED'] ?? randomInt(1_000_000));
const ROUNDS = 6 * Number(process.env['QMUX_FUZZ'] ?? 1);
/** How long an echo in another session may take while all goes wild, in milliseconds. */
const BOUND = 5000;

describe(`a server that is fed with anything (QMUX_SEED=${SEED})`, () => {
  let workplace: Workplace;
  let calm: TerminalClient;
  let pid: number;
  let random: Random;
  let echoes = 0;

  beforeEach(async () => {
    random = seeded(SEED);
    workplace = new Workplace();
    workplace.writeConfig('[options]\nexit-empty = false\n');
    calm = workplace.attach(['new-session', '-s', 'calm', 'stty -echo; echo ready; cat']);
    await calm.shows('ready');
    pid = await workplace.serverPid();
  });

  afterEach(() => workplace.dispose());

  /** A person in another session notices nothing. */
  async function echoed(): Promise<void> {
    echoes += 1;
    calm.type(`echo-${echoes}.\r`);
    await calm.shows(`echo-${echoes}.`, BOUND);
  }

  function expectSane(): void {
    expect(isAlive(pid), 'the server lives').to.equal(true);
    expect(
      workplace
        .log()
        .split('\n')
        .filter((line) => / error /.test(line)),
    ).to.deep.equal([]);
  }

  it('shows what programs print, whatever it is, at any size', async () => {
    for (let round = 0; round < ROUNDS / 2; round += 1) {
      const file = path.join(workplace.home, `junk-${round}`);
      writeFileSync(file, randomOutput(random, 200_000));
      const name = `wild-${round}`;
      await workplace.ask('new-session', '-d', '-s', name, `stty raw -echo; cat ${file}; cat >/dev/null`);
      const wild = workplace.attach(['attach-session', '-t', name]);
      for (let size = 0; size < 5; size += 1) {
        wild.resize(1 + random(200), 1 + random(60));
        await echoed();
      }
      await workplace.ask('send-keys', '-R', '-t', name);
      await workplace.ask('capture-pane', '-p', '-t', name);
      await workplace.ask('kill-session', '-t', name);
      wild.dispose();
      expectSane();
    }
  });

  it('takes any bytes and any frames on its socket', async () => {
    for (let round = 0; round < ROUNDS * 5; round += 1) {
      const raw = new RawClient(workplace.socketPath);
      const kind = random(4);
      if (kind === 0) raw.socket.write(randomBytes(random, 1 + random(5000)));
      if (kind === 1) raw.socket.write(Buffer.concat([PREAMBLE, ...randomFrames(random)]));
      if (kind > 1) {
        const size = { columns: random(70_000), rows: random(70_000) };
        raw.hello(['new-session', '-s', `raw-${round}`, 'cat'], { terminal: { name: 'raw', size } });
        if (kind === 2) raw.socket.write(Buffer.concat(randomFrames(random)));
        // half a frame, then nothing
        else raw.socket.write(encodeFrame(2, randomBytes(random, 100)).subarray(0, 1 + random(100)));
      }
      if (random(2) === 0) raw.socket.end();
      if (random(4) === 0) raw.socket.destroy();
      if (round % 10 === 9) await echoed();
    }
    expectSane();
    // The bytes typed by these clients may have ended their own programs, but nobody else's.
    expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.match(/^calm$/m);
  });

  it('takes any keys, mouse reports and halves of sequences from a client, at any size', async () => {
    for (let round = 0; round < ROUNDS / 3; round += 1) {
      const own = new Workplace();
      try {
        own.writeConfig('[options]\nexit-empty = false\n');
        await own.ask('new-session', '-d', '-s', 'keys', 'stty raw -echo; exec cat');
        const server = await own.serverPid();
        for (let part = 0; part < 3; part += 1) {
          const wild = own.attach(['new-session', 'printf "\\033[?1003h\\033[?1006h"; stty raw; exec cat']);
          for (let piece = 0; piece < 20; piece += 1) {
            wild.type(randomKeys(random));
            if (random(5) === 0) wild.resize(1 + random(120), 1 + random(50));
          }
          expect(await own.ask('display-message', '-p', '#{pid}')).to.equal(String(server));
          wild.dispose();
        }
        expect(
          own
            .log()
            .split('\n')
            .filter((line) => / error /.test(line)),
        ).to.deep.equal([]);
        expect(isAlive(server)).to.equal(true);
      } finally {
        await own.dispose();
      }
    }
  });
});

function randomFrames(random: Random): Uint8Array[] {
  return Array.from({ length: 1 + random(20) }, () => {
    switch (random(5)) {
      case 0:
        return encodeFrame(random(256), randomBytes(random, random(300)));
      case 1:
        return encodeClientMessage({ type: 'input', bytes: Buffer.from(randomKeys(random)) });
      case 2:
        return encodeClientMessage({ type: 'resize', size: { columns: random(100_000), rows: random(100_000) } });
      case 3:
        return encodeClientMessage({ type: 'stdin', bytes: randomBytes(random, random(100)) });
      default:
        return encodeClientMessage({ type: 'continued' });
    }
  });
}
