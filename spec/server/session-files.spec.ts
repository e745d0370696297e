import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { SessionFile } from '../../lib/attention/session-file.ts';
import { systemClock } from '../../lib/base/clock.ts';
import type { Disposable } from '../../lib/base/disposable.ts';
import { processStart } from '../../lib/pty/process-start.ts';
import { followSessionFiles } from '../../lib/server/session-files.ts';
import { temporaryFolder } from '../support/folder.ts';
import { waitUntil } from '../support/wait.ts';

describe("an agent's own file of its session", () => {
  let folder: string;
  let heard: (SessionFile | undefined)[];
  let following: Disposable;
  const began = processStart(process.pid)?.ticks ?? '';
  const file = () => path.join(folder, `${process.pid}.json`);
  const text = (status: string, procStart = began) => JSON.stringify({ status, procStart, sessionId: '0195-abc' });
  const says = (status: string) => waitUntil(() => heard.at(-1)?.detail === status, `it to say ${status}`);

  function follow(): void {
    following = followSessionFiles(folder, [process.pid], systemClock, (said) => heard.push(said));
  }

  beforeEach(() => {
    folder = temporaryFolder();
    heard = [];
  });

  afterEach(() => following.dispose());

  it('is heard where it stands already, and at each change', async () => {
    writeFileSync(file(), text('busy'));
    follow();
    await says('busy');
    expect(heard.at(-1)).to.deep.include({ claim: { kind: 'busy' }, conversation: '0195-abc' });
    writeFileSync(`${file()}.new`, text('waiting'));
    renameSync(`${file()}.new`, file());
    await says('waiting');
    expect(heard.at(-1)?.claim).to.deep.equal({ kind: 'waiting', reason: 'approval' });
  });

  it('is heard while it is written without pause', async () => {
    follow();
    let written = 0;
    while (heard.length < 3) {
      writeFileSync(file(), `${text('busy')}${' '.repeat(written % 50)}`);
      written += 1;
      expect(written).to.be.below(2000);
      await delay(5);
    }
    expect(heard.every((said) => said?.detail === 'busy')).to.equal(true);
  });

  it('says nothing where another process wrote it, where it is cut, huge or a link', async () => {
    follow();
    const wrong = [
      () => writeFileSync(file(), text('busy', '1')),
      () => writeFileSync(file(), text('busy').slice(0, -2)),
      () => writeFileSync(file(), text('busy') + ' '.repeat(70_000)),
      () => {
        writeFileSync(path.join(folder, 'other.json'), text('busy'));
        symlinkSync('other.json', `${file()}.new`);
        renameSync(`${file()}.new`, file());
      },
    ];
    for (const write of wrong) {
      write();
      // What is heard after it shows that it was passed over.
      writeFileSync(`${file()}.whole`, text('idle'));
      await delay(60);
      renameSync(`${file()}.whole`, file());
      await says('idle');
      expect(heard.some((said) => said?.detail === 'busy')).to.equal(false);
      heard = [];
      writeFileSync(file(), text('waiting'));
      await says('waiting');
      heard = [];
    }
  });
});
