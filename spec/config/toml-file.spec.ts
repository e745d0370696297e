import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseTomlFile, problemText, readTomlFile } from '../../lib/config/toml-file.ts';
import { cpuTime } from '../support/cpu-time.ts';

const DOCUMENT = `# a comment with [brackets]
keymap = "tmux"

[sessions] # another
max_programs = 5
"quoted \\u0041.key" = 1
dotted . 'part' = 2
text = """
[no.table]
key = 1 \\"""
"""
list = [
  "a]", # ]
  'b',
]
after = { inner = "x" }

[[many]]
x = 1
[tables."prefix"]
"C-b" = { run = "send-prefix" }
'"' = 'split-window'
[[many]]
x = 2
[many.inside]
y = 3
`;

describe('parseTomlFile', () => {
  const { data, lineOf, problems } = parseTomlFile(DOCUMENT, 'file.toml');

  it('reads the data', () => {
    expect(problems).to.deep.equal([]);
    expect(data['keymap']).to.equal('tmux');
  });

  for (const [place, line] of [
    [['keymap'], 2],
    [['sessions'], 4],
    [['sessions', 'max_programs'], 5],
    [['sessions', 'quoted A.key'], 6],
    [['sessions', 'dotted', 'part'], 7],
    [['sessions', 'text'], 8],
    [['sessions', 'list'], 12],
    [['sessions', 'after', 'inner'], 16],
    [['many', '0', 'x'], 19],
    [['many', '1', 'x'], 24],
    [['many', '1', 'inside', 'y'], 26],
    [['many', '2', 'x'], 18],
    [['tables', 'prefix', 'C-b', 'run'], 21],
    [['tables', 'prefix', '"'], 22],
    [['nothing'], undefined],
  ] as const)
    it(`finds ${place.join('.')} on line ${line}`, () => {
      expect(lineOf(place)).to.equal(line);
    });

  it('finds the line of every key of what it wrote', () => {
    const key = fc.oneof(
      fc.stringMatching(/^[a-z]{1,5}$/),
      fc.string({ maxLength: 5 }).map((text) => JSON.stringify(text)),
    );
    const value = fc.constantFrom('1', '"a # b"', "'c ] d'", '[1, 2]', '{ a = 1 }', '"""x"""', 'true', '[\n1,\n[2]\n]');
    fc.assert(
      fc.property(fc.uniqueArray(key, { selector: (text) => text.replaceAll('"', '') }), value, (keys, text) => {
        const file = parseTomlFile(keys.map((each) => `${each} = ${text}`).join('\n'), 'f');
        if (file.problems.length > 0) return;
        const height = text.split('\n').length;
        keys.forEach((each, index) => {
          const name: unknown = each.startsWith('"') ? JSON.parse(each) : each;
          expect(file.lineOf([String(name)])).to.equal(index * height + 1);
        });
      }),
    );
  });

  it('names wrong lines, leaves them out, and reads the rest', () => {
    const file = parseTomlFile('a = 1\nb = = 2\nc = 3\nd = oops\na = 4\n[e\nf = 5\n[g]\nh = 6\n', 'file.toml');
    expect(file.data).to.deep.equal({ a: 1, c: 3, g: { h: 6 } });
    expect(file.problems.map(({ line }) => line).sort()).to.deep.equal([2, 4, 5, 6]);
    expect(file.lineOf(['g', 'h'])).to.equal(9);
    for (const problem of file.problems) expect(problemText(problem)).to.match(/^file\.toml:\d: [^\n]+$/);
  });

  it('names an open string or list', () => {
    for (const text of ['a = 1\nb = "open\n', 'a = 1\nb = """open\n', 'a = 1\nb = [1, 2\n'])
      expect(parseTomlFile(text, 'f').problems).to.have.lengthOf.at.least(1);
  });

  it('throws at nothing, and stays quick', () => {
    const piece = fc.constantFrom(
      'a',
      '=',
      '"',
      "'",
      '"""',
      '[',
      ']',
      '{',
      '}',
      '\n',
      '#',
      '\\',
      '1',
      '.',
      ',',
      ' ',
      '\r',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        parseTomlFile(pieces.join(''), 'f').lineOf(['a']);
      }),
      { numRuns: 500 },
    );
    const started = cpuTime();
    for (const text of [
      '['.repeat(100_000),
      'a = """'.repeat(50_000),
      '{'.repeat(100_000),
      `a="${'x'.repeat(900_000)}"`,
    ])
      parseTomlFile(text, 'f');
    expect(cpuTime() - started).to.be.below(3000);
    expect(parseTomlFile('#'.repeat(2_000_000), 'f').problems[0]?.text).to.contain('larger than 1 MB');
  });
});

describe('readTomlFile', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'qmux-toml-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('reads a file', () => {
    const file = path.join(folder, 'a.toml');
    writeFileSync(file, '\ufeffa = 1\r\nb = "é"\r\n');
    expect(readTomlFile(file)?.data).to.deep.equal({ a: 1, b: 'é' });
  });

  it('has nothing of a file that is not there', () => {
    expect(readTomlFile(path.join(folder, 'none.toml'))).to.equal(undefined);
    expect(readTomlFile(path.join(folder, 'a.toml', 'b.toml'))).to.equal(undefined);
  });

  it('says so of what is no file, and waits for none', () => {
    mkdirSync(path.join(folder, 'folder'));
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', path.join(folder, 'fifo')]);
    for (const name of ['folder', 'fifo']) expect(readTomlFile(path.join(folder, name))?.problems).to.have.lengthOf(1);
  });

  it('takes in no more than 1 MB', () => {
    const file = path.join(folder, 'large.toml');
    writeFileSync(file, Buffer.alloc(3 << 20, 'a'));
    expect(readTomlFile(file)?.problems[0]?.text).to.contain('larger than 1 MB');
  });
});
