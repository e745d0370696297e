import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { chatWord, pathText, shellWord, shownPath } from '../../lib/mode/file-word.ts';
import { sanitize } from '../../lib/text/sanitize.ts';

const bytes = (text: string): string => Buffer.from(text).toString('latin1');

describe('the path of a file', () => {
  it('is a word of a shell as it is, or in quotes', () => {
    expect(shellWord('src/main.ts')).to.equal('src/main.ts');
    expect(shellWord('../a b')).to.equal("'../a b'");
    expect(shellWord("it's")).to.equal("'it'\\''s'");
    expect(shellWord('$(reboot)')).to.equal("'$(reboot)'");
    expect(shellWord('-rf')).to.equal('./-rf');
    expect(shellWord('~root')).to.equal("'./~root'");
    expect(shellWord(bytes('größe'))).to.equal("'größe'");
  });

  it('is without controls in a shell, and the same bytes for it', () => {
    const names = ['a\nb', 'a\x1b[201~\rb', "q'\x07\\", '\xff\xfe', bytes('a\u202eb'), '-\t', '\x80 x'];
    const words = names.map(shellWord);
    for (const word of words) expect(word, word).to.match(/^[\x20-\x7e]+$/);
    const told = execFileSync('bash', ['-c', `printf '%s\\0' ${words.join(' ')}`], { encoding: 'latin1' });
    expect(told.split('\0').slice(0, -1)).to.deep.equal(
      names.map((name) => (name.startsWith('-') ? `./${name}` : name)),
    );
  });

  it('is named to a chat as its composer completes it', () => {
    expect(chatWord('src/main.ts')).to.equal('@src/main.ts');
    expect(chatWord(bytes('größe'))).to.equal('@größe');
    expect(chatWord('path with blanks')).to.equal('@"path with blanks"');
    expect(chatWord('say "hi" now')).to.equal('@"say \\"hi\\" now"');
    expect(chatWord('a\nb')).to.equal('@"a\\nb"');
    expect(chatWord(bytes('a\u202eb'))).to.equal('@"a\\u202eb"');
    expect(chatWord('\xff')).to.equal(undefined);
  });

  it('is the same for a chat again when it is read as JSON, and shows nothing hidden', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const word = chatWord(bytes(text)) ?? '';
        expect(sanitize(word)).to.equal(word);
        const quoted = /^@(".*")$/.exec(word)?.[1];
        const read = quoted?.includes('\\') ? JSON.parse(quoted) : (quoted?.slice(1, -1) ?? word.slice(1));
        if (!/^"|^[^\s]*\\|"$/.test(text)) expect(read).to.equal(pathText(bytes(text)));
      }),
    );
  });

  it('is shown on one line, whatever it is', () => {
    expect(shownPath('a\nb\x1b[31m')).to.equal('a␊b␛[31m');
    expect(shownPath('\xff')).to.equal('\ufffd');
  });
});
