import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { globMatcher, nameMatcher } from '../../lib/tools/glob-pattern.ts';
import { search } from '../../lib/tools/search.ts';
import { prepare, refusal, runTool, toolPlace } from '../support/tool-place.ts';

/** A place with these files; the keys are paths, folders on the way are made. */
function placeOf(files: Readonly<Record<string, string>>) {
  const place = toolPlace();
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(place.workingDirectory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return place;
}

const REPOSITORY = {
  '.git/config': 'needle',
  '.gitignore': '*.log\n/build/\n!keep.log\n',
  'a.ts': 'one needle\ntwo\nNEEDLE three\n',
  'b.log': 'needle',
  'keep.log': 'needle',
  'build/out.js': 'needle',
  'lib/build/c.ts': 'needle in c\n',
  'lib/.gitignore': 'd.ts\n',
  'lib/d.ts': 'needle',
  'node_modules/x/index.js': 'needle',
  '.env': 'needle=secret',
  'data.bin': 'needle\0',
};

const lines = async (...call: Parameters<typeof runTool>): Promise<readonly string[]> =>
  (await runTool(...call)).text.split('\n');

describe('list', () => {
  it('gives names in order, without what is ignored, and says so', async () => {
    const place = placeOf(REPOSITORY);
    symlinkSync('a.ts', path.join(place.workingDirectory, 'z'));
    expect(await lines('list', {}, place)).to.deep.equal([
      '.env',
      '.gitignore',
      'a.ts',
      'data.bin',
      'keep.log',
      'lib/',
      'z -> a.ts',
      '[4 left out (.gitignore, .git, node_modules): all shows them]',
    ]);
  });

  it('gives all of a tree when asked', async () => {
    const found = await lines('list', { path: 'lib', depth: 3, all: true }, placeOf(REPOSITORY));
    expect(found).to.deep.equal(['.gitignore', 'build/', 'build/c.ts', 'd.ts']);
  });

  it('heeds the rules above the directory it lists', async () => {
    const place = placeOf({
      '.git/HEAD': '',
      '.gitignore': 'lib/x.ts\n*.log',
      'lib/x.ts': '',
      'lib/y.ts': '',
      'lib/z.log': '',
    });
    expect((await lines('list', { path: 'lib' }, place))[0]).to.equal('y.ts');
  });

  it('follows no links', async () => {
    const place = placeOf({ 'a/b.ts': '' });
    symlinkSync('..', path.join(place.workingDirectory, 'a/up'));
    expect(await lines('list', { depth: 10 }, place)).to.deep.equal(['a/', 'a/b.ts', 'a/up -> ..']);
  });

  it('says what is missing or no directory', async () => {
    const place = placeOf({ a: '' });
    expect(await refusal(runTool('list', { path: 'b' }, place))).to.equal('b does not exist.');
    expect(await refusal(runTool('list', { path: 'a' }, place))).to.contain('no directory');
  });

  it('shows 1,000 lines at most', async () => {
    const place = toolPlace();
    execFileSync('/bin/sh', ['-c', 'seq 1 1010 | xargs touch'], { cwd: place.workingDirectory });
    const found = await lines('list', {}, place);
    expect([found.length, found.at(-1)]).to.deep.equal([1001, '[there is more: narrow the search]']);
  });
});

describe('glob', () => {
  for (const [pattern, expected] of [
    ['*.ts', ['a.ts', 'lib/build/c.ts']],
    ['lib/**/*.ts', ['lib/build/c.ts']],
    ['**/build/*', ['lib/build/c.ts']],
    ['{a,b}.{ts,log}', ['a.ts']],
    ['?.ts', ['a.ts', 'lib/build/c.ts']],
    ['[!b].ts', ['a.ts', 'lib/build/c.ts']],
    ['*.rs', ['[nothing found]']],
  ] as const)
    it(`finds ${pattern}`, async () => {
      expect(await lines('glob', { pattern }, placeOf(REPOSITORY))).to.deep.equal(expected);
    });

  it('finds what is ignored when asked', async () => {
    expect(await lines('glob', { pattern: '*.js', all: true }, placeOf(REPOSITORY))).to.deep.equal([
      'build/out.js',
      'node_modules/x/index.js',
    ]);
  });

  it('refuses globs that lead out, or become too many', async () => {
    for (const [pattern, why] of [
      ['../*', 'leads out'],
      ['/etc/*', 'leads out'],
      ['a/../../b', 'leads out'],
      ['', 'is empty'],
      ['{a,b}'.repeat(20), 'too many alternatives'],
      ['x'.repeat(600), 'too long'],
    ] as const)
      expect(await refusal(prepare('glob', { pattern }, toolPlace()))).to.contain(why);
  });

  it('fits names as regular expressions do', () => {
    const unit = fc.constantFrom('a', 'b', '*', '?', '[ab]', '[!a]');
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 }),
        (units, name) => {
          const source = units.join('').replaceAll('*', '.*').replaceAll('?', '.').replaceAll('[!', '[^');
          expect(nameMatcher(units.join(''))(name)).to.equal(new RegExp(`^${source}$`).test(name));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('fits folders for **', () => {
    for (const [glob, file, fits] of [
      ['**', 'a/b', true],
      ['a/**', 'a/b/c', true],
      ['a/**/c', 'a/c', true],
      ['a/**/c', 'a/b/d/c', true],
      ['a/**/c', 'b/c', false],
      ['a/*', 'a/b/c', false],
      ['a/', 'a/b/c', true],
      ['./a', 'a', true],
      ['**/a/**/b', 'x/a/a/y/b', true],
      ['[a', '[a', true],
    ] as const)
      expect(globMatcher(glob)?.(file), `${glob} ${file}`).to.equal(fits);
  });

  it('is quick with hostile patterns', () => {
    const begun = performance.now();
    nameMatcher('*a'.repeat(100))(`${'a'.repeat(250)}b`);
    globMatcher('**/a/'.repeat(80))?.('a/'.repeat(1000));
    expect(performance.now() - begun).to.be.below(500);
  });
});

describe('grep', () => {
  it('gives lines with their places, and leaves out what is ignored, binary or secret', async () => {
    expect(await lines('grep', { pattern: 'needle' }, placeOf(REPOSITORY))).to.deep.equal([
      'a.ts:1:one needle',
      'keep.log:1:needle',
      'lib/build/c.ts:1:needle in c',
      '[not searched, for they are binary, over 8 MB, secret or not readable: 2]',
    ]);
  });

  for (const [args, expected] of [
    [{ pattern: 'needle', ignore_case: true, path: 'a.ts' }, ['a.ts:1:one needle', 'a.ts:3:NEEDLE three']],
    [{ pattern: '(?i)needle$', path: 'a.ts' }, ['a.ts:1:one needle']],
    [{ pattern: '^two', path: 'a.ts', context: 1 }, ['a.ts-1-one needle', 'a.ts:2:two', 'a.ts-3-NEEDLE three']],
    [{ pattern: 'needle', glob: '*.ts' }, ['a.ts:1:one needle', 'lib/build/c.ts:1:needle in c']],
    [{ pattern: 'e.d', literal: true, path: 'a.ts' }, ['[nothing found]']],
    [{ pattern: '\\p{Lu}{6}', path: 'a.ts' }, ['a.ts:3:NEEDLE three']],
    [{ pattern: '.', path: 'a.ts', limit: 1 }, ['a.ts:1:one needle', '[there is more: narrow the search]']],
    [{ pattern: 'secret', path: '.env' }, ['.env:1:needle=secret']],
  ] as const)
    it(`takes ${JSON.stringify(args)}`, async () => {
      expect(await lines('grep', args, placeOf(REPOSITORY))).to.deep.equal(expected);
    });

  it('separates matches that lie apart, and shows no line twice', async () => {
    const place = placeOf({ a: 'x\n1\nx\n2\n3\n4\nx\n' });
    expect(await lines('grep', { pattern: 'x', context: 1 }, place)).to.deep.equal([
      'a:1:x',
      'a-2-1',
      'a:3:x',
      'a-4-2',
      '--',
      'a-6-4',
      'a:7:x',
    ]);
  });

  it('shows of a long line what lies around the match', async () => {
    const [line] = await lines(
      'grep',
      { pattern: 'needle' },
      placeOf({ a: `${'x'.repeat(1_000_000)}needle${'y'.repeat(1_000_000)}` }),
    );
    expect(line)
      .to.match(/^a:1:…x{100}needley+…$/)
      .and.have.length.below(420);
  });

  it('refuses patterns that cannot be read', async () => {
    for (const [pattern, why] of [
      ['(', 'cannot be read'],
      ['', 'is empty'],
      ['a\nb', 'one by one'],
      ['x'.repeat(2000), 'too long'],
    ] as const)
      expect(await refusal(prepare('grep', { pattern }, toolPlace()))).to.contain(why);
  });

  it('passes over FIFOs and huge files', async () => {
    const place = placeOf({ 'b.txt': 'needle\n', huge: '' });
    execFileSync('/bin/sh', ['-c', 'mkfifo a'], { cwd: place.workingDirectory });
    truncateSync(path.join(place.workingDirectory, 'huge'), 10_000_000_000);
    expect(await lines('grep', { pattern: 'needle' }, place)).to.deep.equal([
      'b.txt:1:needle',
      '[not searched, for they are binary, over 8 MB, secret or not readable: 1]',
    ]);
  });

  it('ends with what it found when an expression has no end, and holds nothing meanwhile', async () => {
    const place = placeOf({ 'a.txt': `found\n${'a'.repeat(50)}!\n` });
    const request = {
      kind: 'grep',
      root: place.workingDirectory,
      all: false,
      limit: 10,
      pattern: 'found|^(a+)+$',
      flags: '',
      glob: undefined,
      context: 0,
    } as const;
    let stall = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      stall = Math.max(stall, performance.now() - last);
      last = performance.now();
    }, 5);
    const { text } = await search(request, '.', new AbortController().signal, 800);
    clearInterval(watch);
    expect(text).to.match(/^a\.txt:1:found\n\[the search took too long and was ended: make the expression simpler/);
    expect(stall).to.be.below(400);
  });

  it('ends soon when it is cancelled', async () => {
    const place = placeOf({ 'a.txt': `${'a'.repeat(50)}!\n` });
    const cancel = new AbortController();
    const call = await prepare('grep', { pattern: '^(a+)+$' }, place);
    setTimeout(() => cancel.abort(), 200);
    const begun = performance.now();
    expect(await refusal(call.run({ signal: cancel.signal, onOutput: () => {} }))).to.contain('cancelled');
    expect(performance.now() - begun).to.be.below(1500);
  });

  it('runs many at once, each with its own result', async () => {
    const place = placeOf(Object.fromEntries(Array.from({ length: 8 }, (_, file) => [`f${file}`, `mark${file}\n`])));
    const found = await Promise.all(
      Array.from({ length: 8 }, (_, file) => runTool('grep', { pattern: `mark${file}` }, place)),
    );
    expect(found.map(({ text }) => text)).to.deep.equal(
      Array.from({ length: 8 }, (_, file) => `f${file}:1:mark${file}`),
    );
  });
});
