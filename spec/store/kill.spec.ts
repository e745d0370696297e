import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { sql } from 'kysely';
import { temporaryFolder } from '../support/folder.ts';
import { openStore, storeFile } from '../support/store-place.ts';

const program = path.resolve(import.meta.dirname, '../support/print-saved-messages.js');

describe('a database whose server is killed', function () {
  this.timeout(60_000);

  it('is sound each time, has every message that was on disk, and runs no call twice', async () => {
    const file = storeFile(temporaryFolder());
    let saved = 0;
    for (let round = 1; round <= 8; round++) {
      const texts = await killedAfter(file, `round${round}`, Math.random() * 250);
      saved += texts.length;
      const { store, told } = await openStore(file);
      try {
        expect(told).to.deep.equal([]);
        const { rows } = store.database;
        const check = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(rows);
        expect(check.rows).to.deep.equal([{ integrity_check: 'ok' }]);
        const found = new Set<string>();
        for (const row of await store.sessions.open()) {
          const { messages } = (await store.chat(row)).memory.conversation;
          for (const [index, message] of messages.entries()) {
            if (message.kind === 'user') found.add(message.parts[0]?.text ?? '');
            else if (message.kind === 'assistant') {
              if (index < messages.length - 1) expect(message.state).to.equal('complete');
              for (const call of message.calls) expect(call.state.kind).to.be.oneOf(['done', 'cancelled']);
            }
          }
        }
        for (const text of texts) expect(found.has(text), text).to.equal(true);
      } finally {
        store.dispose();
      }
    }
    expect(saved).to.be.greaterThan(20);
  });
});

/** Lets the program write, kills it some milliseconds after its first message, and gives what it said is on disk. */
async function killedAfter(file: string, name: string, milliseconds: number): Promise<readonly string[]> {
  const child: ChildProcess = spawn(process.execPath, [program, file, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let output = '';
  child.stdout?.on('data', (bytes) => {
    output += bytes;
  });
  if (child.stdout !== null) await Promise.race([once(child.stdout, 'data'), closed]);
  await delay(milliseconds);
  child.kill('SIGKILL');
  await closed;
  return output.split('\n').slice(0, -1);
}
