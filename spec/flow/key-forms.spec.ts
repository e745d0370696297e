import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { KEY_FORMS } from '../support/key-forms.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const LOG = path.resolve(import.meta.dirname, '../support/input-log.js');
const KEYS: Readonly<Record<string, readonly Uint8Array[]>> = {
  ...Object.fromEntries(
    Object.entries(KEY_FORMS).map(([family, keys]) => [family, keys.map((key) => Buffer.from(key))]),
  ),
  'bytes that are no UTF-8': ['80', 'ff', 'c328', 'e28261', 'f0808080'].map((digits) => Buffer.from(digits, 'hex')),
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('a key', () => {
  let workplace: Workplace;
  let client: TerminalClient;
  let file: string;

  before(async () => {
    workplace = new Workplace();
    file = path.join(workplace.folder, 'typed');
    writeFileSync(file, '');
    client = workplace.attach(['new-session', '-s', 'log', `exec '${process.execPath}' '${LOG}' '${file}'`]);
    await client.shows('ready');
  });

  after(() => workplace.dispose());

  for (const [family, keys] of Object.entries(KEYS))
    it(`of ${family} reaches the program byte for byte`, async () => {
      for (const bytes of keys) {
        const key = JSON.stringify(Buffer.from(bytes).toString());
        const before = readFileSync(file).length;
        client.typeBytes(bytes);
        await waitUntil(
          () => readFileSync(file).length >= before + bytes.length,
          () => `${key}; there came ${readFileSync(file).toString('hex', before)}`,
        );
        expect(readFileSync(file).toString('hex', before), JSON.stringify(key)).to.equal(hex(bytes));
      }
    });
});
