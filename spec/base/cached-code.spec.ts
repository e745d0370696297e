import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect } from 'chai';
import { CODE_END, CODE_START, codeCache, loadCode } from '../../lib/base/cached-code.ts';
import { temporaryFolder } from '../support/folder.ts';

/** A text whose functions V8 keeps; the number is in it once. */
const textOf = (number: number) =>
  `${CODE_START}globalThis.qmuxSpec=(${Array.from({ length: 50 }, (_, i) => `(x=>x+${i})(0)`).join('+')})+${number};${CODE_END}`;

const ran = (file: string): unknown => {
  const code = loadCode(file);
  code.run(createRequire(import.meta.url));
  return [Reflect.get(globalThis, 'qmuxSpec'), code.isCached];
};

describe('loadCode', () => {
  const sum = (49 * 50) / 2;
  let file: string;

  beforeEach(() => {
    file = path.join(temporaryFolder(), 'code.js');
    writeFileSync(file, textOf(1000));
    const code = loadCode(file);
    code.run(createRequire(import.meta.url));
    writeFileSync(codeCache(file), code.cache());
  });

  afterEach(() => Reflect.deleteProperty(globalThis, 'qmuxSpec'));

  it('takes what was kept', () => {
    expect(ran(file)).to.deep.equal([sum + 1000, true]);
  });

  it('gives the code what a module has', () => {
    writeFileSync(
      file,
      `${CODE_START}globalThis.qmuxSpec=[__filename,__dirname,typeof require('node:fs'),module.exports===exports];${CODE_END}`,
    );
    expect(ran(file)).to.deep.equal([[file, path.dirname(file), 'object', true], false]);
  });

  it('passes over the cache of another text of the same length', () => {
    writeFileSync(file, textOf(2000));
    const other = readFileSync(file);
    expect(other.length).to.equal(Buffer.byteLength(textOf(1000)));
    expect(ran(file)).to.deep.equal([sum + 2000, false]);
  });

  it('passes over a cache that is cut, empty or damaged', () => {
    const kept = readFileSync(codeCache(file));
    for (const length of [0, 3, 8, 40, kept.length - 1]) {
      writeFileSync(codeCache(file), kept.subarray(0, length));
      expect(ran(file), `${length} bytes`).to.deep.equal([sum + 1000, false]);
    }
    for (const place of [0, 4, 20, 24, 28, 64, kept.length >> 1, kept.length - 6]) {
      const damaged = Buffer.from(kept);
      damaged[place] = (damaged[place] ?? 0) ^ 0x10;
      writeFileSync(codeCache(file), damaged);
      expect(ran(file), `byte ${place}`).to.deep.equal([sum + 1000, false]);
    }
  });
});
