import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { shellTokens } from '../../lib/tools/shell-words.ts';

/** Words as they are, operators in angle brackets. */
const read = (command: string): readonly string[] | undefined =>
  shellTokens(command)?.map((token) => (token.kind === 'word' ? token.text : `<${token.text}>`));

describe('the words of a shell command', () => {
  for (const [command, expected] of [
    ['ls -la src', ['ls', '-la', 'src']],
    ['  a \t b  ', ['a', 'b']],
    [`echo 'a b' "c d" e\\ f`, ['echo', 'a b', 'c d', 'e f']],
    [`a"b"'c'd`, ['abcd']],
    [`echo '' ""`, ['echo', '', '']],
    [`echo 'a;b' "c|d" e\\;f`, ['echo', 'a;b', 'c|d', 'e;f']],
    ['a;b', ['a', '<;>', 'b']],
    ['a&&b||c', ['a', '<&&>', 'b', '<||>', 'c']],
    ['a|b|&c', ['a', '<|>', 'b', '<|&>', 'c']],
    ['a & b', ['a', '<&>', 'b']],
    ['a\nb', ['a', '<\n>', 'b']],
    ['a\\\nb', ['ab']],
    ['(a)', ['<(>', 'a', '<)>']],
    ['a 2>&1 >x', ['a', '<>&>', '1', '<>>', 'x']],
    ['a 2 > x', ['a', '2', '<>>', 'x']],
    ['a2>x', ['a2', '<>>', 'x']],
    ['a <<EOF', ['a', '<<<>', 'EOF']],
    ['a <<< b', ['a', '<<<<>', 'b']],
    ['a &>> b', ['a', '<&>>>', 'b']],
    ['a # ; b', ['a']],
    ['a #x\nb', ['a', '<\n>', 'b']],
    ['a#b', ['a#b']],
    [`a "b\\"c" "d\\e" "\\$f"`, ['a', 'b"c', 'd\\e', '$f']],
    [`$'a\\tb\\x41\\101\\u00e9\\''`, ["a\tbAA\u00e9'"]],
    [`$"a b"`, ['a b']],
    ["echo 'open", undefined],
    ['echo "open', undefined],
    ["echo $'open", undefined],
    ['echo \\', undefined],
  ] as const) {
    it(`of ${JSON.stringify(command)}`, () => {
      expect(read(command)).to.deep.equal(expected);
    });
  }

  for (const [command, facts] of [
    ['a$b', ['expands']],
    ['"a$b"', ['expands']],
    ["'a$b'", []],
    ['a\\$b', []],
    ['$(a', ['expands']],
    ['`a', ['expands']],
    ['"`a`"', ['expands']],
    ['a$', []],
    ['"a$"', []],
    ['a*', ['glob']],
    ['"a*"', []],
    ['a[b]?', ['glob']],
    ['~/x', ['tilde']],
    ['a=~/x', ['tilde']],
    ['a~', []],
    ["'~'", []],
    ['{a,b}', ['brace']],
    ['"{a,b}"', []],
  ] as const) {
    it(`tell what the shell would replace in ${command}`, () => {
      const [token] = shellTokens(command) ?? [];
      const found =
        token?.kind === 'word' ? (['expands', 'glob', 'tilde', 'brace'] as const).filter((fact) => token[fact]) : [];
      expect(found).to.deep.equal(facts);
    });
  }

  it('are the words that the shell itself sees, with any quoting', () => {
    const piece = fc.oneof(
      fc.constantFrom('a', 'bc', '\\ ', '\\;', '\\"', "\\'", '\\\\', '-x', '=', 'é', '#', ' ', '  ', '\t'),
      fc
        .string({ unit: fc.constantFrom('a', ' ', ';', '|', '"', '$', '\\', '*', '#'), maxLength: 5 })
        .map((text) => `'${text}'`),
      fc
        .string({ unit: fc.constantFrom('a', ' ', ';', '&', "'", '*', '#', '\\"', '\\$', '\\a'), maxLength: 5 })
        .map((text) => `"${text}"`),
    );
    const commands = fc.sample(
      fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join('')),
      {
        numRuns: 300,
        seed: 7,
      },
    );
    const script = commands.map((command) => `printf '<%s>' ${command}\nprintf '\\n--\\n'`).join('\n');
    const printed = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\n--\n').slice(0, -1);
    expect(printed).to.have.length(commands.length);
    for (const [index, command] of commands.entries()) {
      const words = read(command) ?? [];
      expect(printed[index], command).to.equal(words.length === 0 ? '<>' : words.map((word) => `<${word}>`).join(''));
    }
  });
});
