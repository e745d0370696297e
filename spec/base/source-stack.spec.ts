import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { sourceStack } from '../../lib/base/source-stack.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('sourceStack', () => {
  const folder = path.join(temporaryFolder(), 'dist/bundle/server');
  const file = path.join(folder, 'code.js');

  before(() => {
    mkdirSync(folder, { recursive: true });
    // Line 1, column 1 comes of line 1, column 1; line 1, column 11 of line 6, column 3.
    const map = { version: 3, sources: ['../../../lib/server/x.ts'], names: [], mappings: 'AAAA,UAKE' };
    writeFileSync(`${file}.map`, JSON.stringify(map));
  });

  it('names the places of the sources', () => {
    const source = path.resolve(folder, '../../../lib/server/x.ts');
    expect(sourceStack(`Error: no\n    at f (${file}:1:11)\n    at ${file}:1:1\n    at node:net:1:11`)).to.equal(
      `Error: no\n    at f (${source}:6:3)\n    at ${source}:1:1\n    at node:net:1:11`,
    );
  });

  it('leaves what has no map, or a broken one', () => {
    writeFileSync(path.join(folder, 'broken.js.map'), '{"version":3,"mapp');
    for (const name of ['none.js', 'broken.js']) {
      const stack = `Error: no\n    at f (${path.join(folder, name)}:1:11)`;
      expect(sourceStack(stack)).to.equal(stack);
    }
    expect(sourceStack('Error: no')).to.equal('Error: no');
  });
});
