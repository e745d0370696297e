import { expect } from 'chai';
import fc from 'fast-check';
import { RowReader } from '../../lib/mode/row-reader.ts';
import { RowText } from '../../lib/mode/row-text.ts';
import { searchPattern } from '../../lib/mode/search-pattern.ts';
import { TextSearch } from '../../lib/mode/text-search.ts';
import { openTerminal } from '../support/open-terminal.ts';

const EXPRESSIONS = ['alpha', 'al.*ta', 'b+eta', 'colou?r', 'x{0}beta', 'be[tx]a', '^alpha', 'beta$', 'alpha|beta', '(al)?beta', 'al\\.ta', '\\bbeta', '\\w+ta', '[[:alpha:]]+ta', '[]x]beta', '[^]]beta', 'beta*', 'é+ta', 'a\\<b', '\\[x\\]', '\\x62eta', '\\u0062eta', '\\p{L}eta']; // biome-ignore format: a list
const TEXTS = [
  'alpha',
  'beta',
  'al.ta',
  'color',
  'colour',
  'bexa',
  'BETA',
  'Éta',
  'é',
  ' ',
  '\n',
  'ab',
  '[x]',
  'bet',
  ']beta',
  'xbeta',
];

describe('the probe of a search pattern', () => {
  it('fits all that the pattern matches', () => {
    const text = fc.array(fc.constantFrom(...TEXTS), { maxLength: 12 }).map((words) => words.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...EXPRESSIONS), text, (expression, line) => {
        const { expression: compiled, probe } = searchPattern(expression, true);
        compiled.lastIndex = 0;
        if (probe !== undefined && compiled.test(line))
          expect(probe.text.test(line), `${expression} ${line}`).to.equal(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('is there for plain text and what has some, not for choices', () => {
    for (const [expression, fits] of [
      ['al.*ta', 'XAL'],
      ['colou?r', 'colo'],
      ['\\[x\\] [ab]', '[x] '],
      ['x+beta', 'beta'],
    ] as const) {
      const { probe } = searchPattern(expression, true);
      expect(probe?.text.test(fits), expression).to.equal(true);
      expect(probe?.text.test('quite another'), expression).to.equal(false);
    }
    for (const expression of ['alpha|beta', '(alpha)', 'a.*b', '\\w+'])
      expect(searchPattern(expression, true).probe, expression).to.equal(undefined);
  });

  it('changes nothing but the time that a search in a terminal takes', () => {
    const { terminal, write } = openTerminal(40, 10);
    for (let line = 0; line < 5000; line++)
      write(
        `${line} ${line % 700 === 0 ? 'rare words that go on over the end of a row of the terminal' : 'plain'}\r\n`,
      );
    const reader = new RowReader(terminal);
    for (const text of ['rare', 'row of the', 'plain', 'Rare', 'r.re w', 'nowhere', '4200 rare']) {
      const pattern = searchPattern(text, true);
      const search = (probe: typeof pattern.probe): TextSearch =>
        new TextSearch({ ...pattern, probe }, reader, new RowText(terminal), () => 0);
      const [quick, plain] = [search(pattern.probe), search(undefined)];
      expect(quick.count(undefined, 1)).to.deep.equal(plain.count(undefined, 1));
      const scan = {
        from: { row: terminal.endRow - 1, column: 0 },
        direction: 'backward',
        inclusive: false,
        wrap: true,
      } as const;
      expect(quick.find({ ...scan, visited: 0 }, 1)).to.deep.equal(plain.find({ ...scan, visited: 0 }, 1));
    }
  });
});
