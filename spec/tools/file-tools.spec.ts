import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { ContentVersions } from '../../lib/tools/file-versions.ts';
import { prepare, refusal, runTool, toolPlace } from '../support/tool-place.ts';

const quiet = { signal: new AbortController().signal, onOutput: () => {} };

/** A place with one file in it, and that file's path. */
function placeWith(content: string | Uint8Array, name = 'a.txt') {
  const place = toolPlace();
  const file = path.join(place.workingDirectory, name);
  writeFileSync(file, content);
  return { place, file, content: () => readFileSync(file, 'utf8') };
}

describe('read', () => {
  it('gives lines with their numbers', async () => {
    const { place } = placeWith('one\r\ntwo\n\nfour');
    expect((await runTool('read', { path: 'a.txt' }, place)).text).to.equal(
      '     1\tone\n     2\ttwo\n     3\t\n     4\tfour',
    );
  });

  it('gives a part, and says how to go on', async () => {
    const { place } = placeWith('a\nb\nc\nd\n');
    const { text } = await runTool('read', { path: 'a.txt', offset: 2, limit: 2 }, place);
    expect(text).to.equal('     2\tb\n     3\tc\n[lines 2 to 3 of 4; go on with offset 4]');
  });

  it('gives 2,000 lines and 256 KB at most, and long lines cut', async () => {
    const { place } = placeWith('x\n'.repeat(5000));
    expect((await runTool('read', { path: 'a.txt' }, place)).text).to.match(/ 2000\tx\n\[lines 1 to 2000 of 5000; /);
    writeFileSync(path.join(place.workingDirectory, 'wide'), `${'y'.repeat(20_000)}\n`.repeat(300));
    const { text } = await runTool('read', { path: 'wide' }, place);
    expect(text.length).to.be.below(300_000);
    expect(text).to.contain('[… 18000 more]');
    expect(text).to.match(/\[lines 1 to 1\d\d of 300; go on with offset/);
  });

  it('says that a file is empty, and that an offset is behind its end', async () => {
    expect((await runTool('read', { path: 'a.txt' }, placeWith('').place)).text).to.equal('[a.txt is empty]');
    const { place } = placeWith('a\n');
    expect(await refusal(runTool('read', { path: 'a.txt', offset: 9 }, place))).to.contain('has 1 lines: offset 9');
  });

  it('shows what is not valid UTF-8 and says so', async () => {
    const { place } = placeWith(Uint8Array.of(97, 0xff, 98, 10));
    expect((await runTool('read', { path: 'a.txt' }, place)).text).to.match(/1\ta\ufffdb\n\[not valid UTF-8/);
  });

  for (const [what, content, why] of [
    ['binary files', Buffer.from('ab\0cd'), 'is a binary file'],
    ['pictures', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), 'is an image (PNG)'],
    ['UTF-16', Buffer.from('\ufeffab', 'utf16le'), 'is UTF-16'],
  ] as const)
    it(`refuses ${what}`, async () => {
      expect(await refusal(runTool('read', { path: 'a.txt' }, placeWith(content).place))).to.contain(why);
    });

  it('refuses huge files without reading them', async () => {
    const { place, file } = placeWith('x');
    truncateSync(file, 50_000_000_000);
    expect(await refusal(runTool('read', { path: 'a.txt' }, place))).to.match(/too large.*grep/);
  });

  it('refuses what is no file, and never waits for it', async () => {
    const place = toolPlace();
    execFileSync('/bin/sh', ['-c', 'mkfifo fifo'], { cwd: place.workingDirectory });
    for (const [file, why] of [
      ['fifo', 'not a regular file'],
      ['/dev/zero', 'not a regular file'],
      ['.', 'is a directory'],
      ['missing', 'does not exist'],
      ['missing/x', 'does not exist'],
    ] as const)
      expect(await refusal(runTool('read', { path: file }, place)), file).to.contain(why);
  });

  it('reads files that say no size', async () => {
    if (!existsSync('/proc/version')) return;
    expect((await runTool('read', { path: '/proc/version' }, toolPlace())).text).to.contain('Linux');
  });

  it('refuses a path that leads elsewhere than when it was allowed', async () => {
    const { place, file } = placeWith('mine');
    const call = await prepare('read', { path: 'a.txt' }, place);
    rmSync(file);
    symlinkSync('/etc/passwd', file);
    expect(await refusal(call.run(quiet))).to.contain('leads elsewhere');
  });

  it('does nothing once it is cancelled', async () => {
    const { place } = placeWith('a');
    const call = await prepare('read', { path: 'a.txt' }, place);
    expect(await refusal(call.run({ signal: AbortSignal.abort(), onOutput: () => {} }))).to.contain('cancelled');
  });
});

describe('write', () => {
  it('makes a file and its folders, and shows it as a diff', async () => {
    const place = toolPlace();
    const call = await prepare('write', { path: 'new/deep/a.txt', content: 'one\ntwo\n' }, place);
    expect(existsSync(path.join(place.workingDirectory, 'new'))).to.equal(false);
    expect(call.diff).to.equal('--- /dev/null\n+++ b/new/deep/a.txt\n@@ -0,0 +1,2 @@\n+one\n+two\n');
    expect(call.title).to.equal('new/deep/a.txt');
    expect(await call.run(quiet)).to.deep.equal({ ok: true, text: 'Made new/deep/a.txt (2 lines).' });
    expect(readFileSync(path.join(place.workingDirectory, 'new/deep/a.txt'), 'utf8')).to.equal('one\ntwo\n');
    expect(readdirSync(path.join(place.workingDirectory, 'new/deep'))).to.deep.equal(['a.txt']);
  });

  it('makes the session folder for the person alone', async () => {
    const place = toolPlace();
    await runTool('write', { path: '@session/notes/a.md', content: '' }, place);
    expect(statSync(place.sessionFolder).mode & 0o777).to.equal(0o700);
  });

  it('replaces what was read, keeps the mode, and may do it again', async () => {
    const { place, file, content } = placeWith('old\nsame\n');
    chmodSync(file, 0o751);
    await runTool('read', { path: 'a.txt' }, place);
    const call = await prepare('write', { path: 'a.txt', content: 'new\nsame\n' }, place);
    expect(call.diff).to.equal('--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n-old\n+new\n same\n');
    expect((await call.run(quiet)).text).to.equal('Replaced a.txt (2 lines).');
    expect([content(), statSync(file).mode & 0o7777]).to.deep.equal(['new\nsame\n', 0o751]);
    await runTool('write', { path: 'a.txt', content: '3' }, place);
    expect(content()).to.equal('3');
  });

  it('refuses a file that was not read', async () => {
    const { place, content } = placeWith('old');
    expect(await refusal(prepare('write', { path: 'a.txt', content: 'x' }, place))).to.contain('you have not read it');
    expect(content()).to.equal('old');
  });

  it('refuses a file that changed since it was read', async () => {
    const { place, file } = placeWith('old');
    await runTool('read', { path: 'a.txt' }, place);
    writeFileSync(file, 'other');
    expect(await refusal(prepare('write', { path: 'a.txt', content: 'x' }, place))).to.contain('has changed since');
  });

  it('refuses a file that changed while a person was asked', async () => {
    const { place, file, content } = placeWith('old');
    await runTool('read', { path: 'a.txt' }, place);
    const call = await prepare('write', { path: 'a.txt', content: 'x' }, place);
    writeFileSync(file, 'other');
    expect(await refusal(call.run(quiet))).to.contain('changed by someone else meanwhile');
    expect(content()).to.equal('other');
  });

  it('refuses a file that appeared or went while a person was asked', async () => {
    const { place, file } = placeWith('old');
    const fresh = await prepare('write', { path: 'b.txt', content: 'x' }, place);
    writeFileSync(path.join(place.workingDirectory, 'b.txt'), 'theirs');
    expect(await refusal(fresh.run(quiet))).to.contain('was not written');
    await runTool('read', { path: 'a.txt' }, place);
    const call = await prepare('write', { path: 'a.txt', content: 'x' }, place);
    rmSync(file);
    expect(await refusal(call.run(quiet))).to.contain('was not written');
    expect(readdirSync(place.workingDirectory)).to.deep.equal(['b.txt']);
  });

  it('refuses a file or folder that became a link meanwhile', async () => {
    const place = toolPlace();
    const other = path.join(place.folder, 'other');
    mkdirSync(other);
    const file = await prepare('write', { path: 'a.txt', content: 'x' }, place);
    symlinkSync(path.join(other, 'a.txt'), path.join(place.workingDirectory, 'a.txt'));
    const below = await prepare('write', { path: 'sub/b.txt', content: 'x' }, place);
    symlinkSync(other, path.join(place.workingDirectory, 'sub'));
    expect(await refusal(file.run(quiet))).to.contain('leads elsewhere');
    expect(await refusal(below.run(quiet))).to.contain('leads elsewhere');
    expect(readdirSync(other)).to.deep.equal([]);
  });

  it('writes through a link that was there, to where it leads, and keeps the link', async () => {
    const { place, content } = placeWith('old');
    symlinkSync('a.txt', path.join(place.workingDirectory, 'link'));
    await runTool('read', { path: 'link' }, place);
    await runTool('write', { path: 'link', content: 'new' }, place);
    expect(content()).to.equal('new');
    expect(
      readdirSync(place.workingDirectory, { withFileTypes: true }).filter((entry) => entry.isSymbolicLink()),
    ).to.have.length(1);
  });

  it('refuses directories and devices', async () => {
    const place = toolPlace();
    for (const file of ['.', '/dev/null', 'new/'])
      expect(await refusal(prepare('write', { path: file, content: 'x' }, place)), file).to.match(
        /directory|regular file/,
      );
  });

  it('leaves nothing behind when it is cancelled before it began', async () => {
    const place = toolPlace();
    const call = await prepare('write', { path: 'a/b', content: 'x' }, place);
    await refusal(call.run({ signal: AbortSignal.abort(), onOutput: () => {} }));
    expect(readdirSync(place.workingDirectory)).to.deep.equal([]);
  });

  it('shows a diff soon, however different the texts are', async () => {
    const lines = (seed: number) => Array.from({ length: 20_000 }, (_, line) => `${(line * seed) % 7919}\n`).join('');
    const { place } = placeWith(lines(31));
    await runTool('read', { path: 'a.txt' }, place);
    const begun = performance.now();
    const { diff } = await prepare('write', { path: 'a.txt', content: lines(37) }, place);
    expect(performance.now() - begun).to.be.below(3000);
    expect(diff).to.match(/^--- a\/a.txt\n\+\+\+ b\/a.txt\n@@ /);
    expect(diff.length).to.be.below(300_000);
  });

  it('forges no lines of a diff by its name', async () => {
    const { diff } = await prepare('write', { path: 'a\n+++ b\x1b[2J', content: 'x' }, toolPlace());
    expect(diff.split('\n')[1]).to.equal('+++ b/a␊+++ b␛[2J');
  });
});

describe('edit', () => {
  /** The file's text after an edit by a model that has read it. */
  async function edited(content: string, args: Record<string, unknown>): Promise<string> {
    const file = placeWith(content);
    await runTool('read', { path: 'a.txt' }, file.place);
    await runTool('edit', { path: 'a.txt', ...args }, file.place);
    return file.content();
  }

  for (const [what, content, args, expected] of [
    ['replaces one place', 'a b c', { old_string: 'b', new_string: 'x' }, 'a x c'],
    ['replaces every place', 'a b a', { old_string: 'a', new_string: 'x', replace_all: true }, 'x b x'],
    ['takes out', 'a b c', { old_string: ' b', new_string: '' }, 'a c'],
    ['takes patterns of replacing literally', 'a', { old_string: 'a', new_string: "$&$1$'" }, "$&$1$'"],
    ['keeps CRLF', 'a\r\nb\r\nc\r\n', { old_string: 'a\nb', new_string: 'x\ny\nz' }, 'x\r\ny\r\nz\r\nc\r\n'],
    ['keeps a byte order mark', '\ufeffa\n', { old_string: 'a', new_string: 'b' }, '\ufeffb\n'],
    ['keeps a missing last line end', 'a\nb', { old_string: 'b', new_string: 'c' }, 'a\nc'],
    [
      'makes several edits in order',
      'a b',
      {
        edits: [
          { old_string: 'a', new_string: 'c' },
          { old_string: 'c b', new_string: 'd' },
        ],
      },
      'd',
    ],
  ] as const)
    it(what, async () => {
      expect(await edited(content, args)).to.equal(expected);
    });

  for (const [what, content, args, why] of [
    ['a text that is not there', 'a\nb\n', { old_string: 'zzz', new_string: 'x' }, 'is not in a.txt. No line is like'],
    [
      'other blanks',
      '  if (a) {\n',
      { old_string: '\tif (a) {', new_string: 'x' },
      'Line 1 differs in blanks only: "  if (a) {"',
    ],
    [
      'a slip',
      'x\nconst value = 1;\n',
      { old_string: 'const valeu = 1;', new_string: 'x' },
      'nearest to its first line is line 2',
    ],
    [
      'other lines behind the first',
      'a\nb\n',
      { old_string: 'a\nc', new_string: 'x' },
      'Its first line is line 1, but',
    ],
    [
      'a text that is not unique',
      'a\nb\na\na\n',
      { old_string: 'a', new_string: 'x' },
      'is 3 times in a.txt (lines 1, 3, 4)',
    ],
    ['an empty text', 'a', { old_string: '', new_string: 'x' }, 'is empty: to write a whole file'],
    ['no change', 'a', { old_string: 'a', new_string: 'a' }, 'nothing would change'],
    ['nothing to do', 'a', {}, 'Give old_string and new_string, or edits'],
    ['half an edit', 'a', { old_string: 'a' }, 'Give old_string and new_string'],
    [
      'both forms',
      'a',
      { old_string: 'a', new_string: 'b', edits: [{ old_string: 'a', new_string: 'b' }] },
      'not both',
    ],
    [
      'a second edit that fails',
      'a',
      {
        edits: [
          { old_string: 'a', new_string: 'b' },
          { old_string: 'a', new_string: 'c' },
        ],
      },
      'old_string of edit 2 is not in',
    ],
    [
      'what would be too large',
      'a'.repeat(9000),
      { old_string: 'a', new_string: 'b'.repeat(1000), replace_all: true },
      'too large',
    ],
  ] as const)
    it(`refuses ${what}`, async () => {
      const file = placeWith(content);
      await runTool('read', { path: 'a.txt' }, file.place);
      expect(await refusal(prepare('edit', { path: 'a.txt', ...args }, file.place))).to.contain(why);
      expect(file.content()).to.equal(content);
    });

  it('refuses files that were not read, are not there, or are no text', async () => {
    const { place } = placeWith('a');
    const args = { old_string: 'a', new_string: 'b' };
    expect(await refusal(prepare('edit', { path: 'a.txt', ...args }, place))).to.contain('have not read');
    expect(await refusal(prepare('edit', { path: 'b.txt', ...args }, place))).to.contain('does not exist');
    const latin = placeWith(Uint8Array.of(97, 0xe9));
    await runTool('read', { path: 'a.txt' }, latin.place);
    expect(await refusal(prepare('edit', { path: 'a.txt', ...args }, latin.place))).to.contain('not valid UTF-8');
  });

  it('has no text that could be changed before it is allowed', async () => {
    const { place } = placeWith('a');
    await runTool('read', { path: 'a.txt' }, place);
    const call = await prepare('edit', { path: 'a.txt', old_string: 'a', new_string: 'b' }, place);
    expect(call.editable).to.equal(undefined);
    expect(await refusal(call.edited('x'))).to.contain('no text that could be changed');
  });
});

describe('versions of files', () => {
  it('know what was seen, what changed and what was never seen', () => {
    const versions = new ContentVersions();
    versions.noteRead('/a', Buffer.from('x'));
    expect([
      versions.compare('/a', Buffer.from('x')),
      versions.compare('/a', Buffer.from('y')),
      versions.compare('/b', Buffer.from('x')),
    ]).to.deep.equal(['same', 'changed', 'unread']);
  });

  it('forget what was seen longest ago', () => {
    const versions = new ContentVersions();
    for (let file = 0; file < 2005; file += 1) {
      versions.noteRead(`/${file}`, Buffer.from('x'));
      versions.noteRead('/kept', Buffer.from('x'));
    }
    expect(['/0', '/2004', '/kept'].map((file) => versions.compare(file, Buffer.from('x')))).to.deep.equal([
      'unread',
      'same',
      'same',
    ]);
  });
});
