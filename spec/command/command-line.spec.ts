import { expect } from 'chai';
import fc from 'fast-check';
import { UserError } from '../../lib/base/user-error.ts';
import {
  type ParsePlace,
  parseCommandText,
  quoteWord,
  type Sequence,
  splitWords,
  writeSequence,
} from '../../lib/command/command-line.ts';
import { cpuTime } from '../support/cpu-time.ts';

interface Place extends ParsePlace {
  readonly variables: Map<string, string>;
  readonly hidden: string[];
}

function placeWith(variables: Readonly<Record<string, string>> = {}, file?: string): Place {
  const known = new Map(Object.entries(variables));
  const hidden: string[] = [];
  return {
    variables: known,
    hidden,
    file,
    variable: (name) => known.get(name),
    assign: (name, value, isHidden) => {
      known.set(name, value);
      if (isHidden) hidden.push(name);
    },
    expand: (format) => (format === '#{yes}' ? '1' : format),
  };
}

const words = (sequences: readonly Sequence[]) => sequences.map((sequence) => sequence.map((item) => item.words));
const parse = (text: string, place: Place = placeWith({ HOME: '/home/me', A: 'x y' })) =>
  words(parseCommandText(text, place));
const problem = (text: string, file?: string): string => {
  try {
    parseCommandText(text, placeWith({}, file));
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'none';
};

describe('parseCommandText', () => {
  const cases: Readonly<Record<string, readonly (readonly (readonly string[])[])[]>> = {
    '': [],
    'a b  c': [[['a', 'b', 'c']]],
    'a;b ; c': [[['a'], ['b'], ['c']]],
    'a ;': [[['a']]],
    'a\nb': [[['a']], [['b']]],
    'a \\; b': [[['a', ';', 'b']]],
    'a \'b $A \\n\' "c $A"': [[['a', 'b $A \\n', 'c x y']]],
    'a "b"\'c\'d': [[['a', 'bcd']]],
    'a ""': [[['a', '']]],
    'a "\\e[1m\\t\\101\\u00e9\\U0001f680\\"\\$"': [[['a', '\x1b[1m\tA\u00e9\u{1f680}"$']]],
    'a \\9\\x': [[['a', '9x']]],
    'a # not this\nb': [[['a']], [['b']]],
    'a b#c #{d e} f#{g h}i': [[['a', 'b#c', '#{d e}', 'f#{g h}i']]],
    'a b \\\n c': [[['a', 'b', 'c']]],
    'a "b\\\nc"': [[['a', 'bc']]],
    'a ~ ~/x ~you "~/x" \'~\' x~': [[['a', '/home/me', '/home/me/x', '~you', '/home/me/x', '~', 'x~']]],
    'a $A ${A}b $3 $ x$': [[['a', 'x y', 'x yb', '$3', '$', 'x$']]],
    'a $NOBODY': [[['a', '']]],
    'if { a ; b } {c}': [[['if', ' a ; b ', 'c']]],
    'if { a { b } "}" \'}\' \\} #{x} # }\n }': [[['if', ' a { b } "}" \'}\' \\} #{x} # }\n ']]],
    'B=1 show $B': [[['show', '1']]],
    'B=1\nshow $B': [[['show', '1']]],
    'show C=1': [[['show', 'C=1']]],
    '%if 0\na\n%elif 1\nb\n%else\nc\n%endif': [[['b']]],
    '%if 0 a %else b %endif': [[['b']]],
    '%if #{yes}\n%if 0\na\n%endif\nb\n%else\nc\n%endif': [[['b']]],
    '%if 0\n%if 1\na\n%else\nb\n%endif\n%endif': [],
    '%if 0\nB=1\n%endif\nshow "$B"': [[['show', '']]],
    'a -t %4 %x': [[['a', '-t', '%4', '%x']]],
  };
  for (const [text, expected] of Object.entries(cases)) {
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(parse(text)).to.deep.equal(expected);
    });
  }

  it('tells assignments, hidden ones apart', () => {
    const place = placeWith();
    parseCommandText('A=1\n%hidden B=$A$A\nC="$B"', place);
    expect([...place.variables]).to.deep.equal([
      ['A', '1'],
      ['B', '11'],
      ['C', '11'],
    ]);
    expect(place.hidden).to.deep.equal(['B']);
  });

  it('knows the line of each command', () => {
    const sequences = parseCommandText('a\n\n"b\n" c ; d\ne', placeWith());
    expect(sequences.flat().map((item) => item.line)).to.deep.equal([1, 3, 4, 5]);
  });

  const problems: Readonly<Record<string, string>> = {
    "a 'b": "unmatched '",
    'a "b': 'unmatched "',
    'a { b': 'unmatched {',
    'a }': '} without {',
    '; a': 'no command before ;',
    'a ;; b': 'no command before ;',
    'a \\12': 'invalid octal escape',
    'a \\u12': 'invalid \\u argument',
    'a \\ud800': 'invalid \\u argument',
    'a ${': 'invalid environment variable',
    'a ${A': 'invalid environment variable',
    '%if 1': '%if without %endif',
    '%endif': '%endif without %if',
    '%else': '%else without %if',
    '%hidden a': '%hidden needs NAME=value',
  };
  for (const [text, expected] of Object.entries(problems)) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(problem(text)).to.equal(expected);
    });
  }

  it('names file and line of a problem', () => {
    expect(problem('a\nb "c\n\nd', 'qmux.conf')).to.equal('qmux.conf:2: unmatched "');
    expect(problem('a\n}')).to.equal('line 2: } without {');
  });

  it('reads a long text in time that grows with its length', () => {
    const text = 'bind x { display "a b" ; new }\n'.repeat(20_000);
    const started = cpuTime();
    expect(parse(text)).to.have.length(20_000);
    expect(cpuTime() - started).to.be.below(2000);
    expect(problem('{'.repeat(500_000))).to.equal('unmatched {');
    expect(problem('a '.repeat(3_000_000))).to.match(/^too long/);
  });

  it('throws nothing but UserError, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '"',
        "'",
        '\\',
        ';',
        '#',
        '#{',
        '$',
        '${',
        '~',
        '%if',
        '%else',
        '%endif',
        '\n',
        ' ',
        'A=',
      ),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        try {
          parse(pieces.join(''));
        } catch (error) {
          expect(error).to.be.instanceOf(UserError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

const anyWord = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'a%;~$"\'\\#{}=\n\t\x1b \x7f') }),
    fc.constantFrom('%if', 'A=b', '~', '-t', '', ';', 'a;', '%4', '$4', '#{x}', '\\;'),
  )
  .map((text) => text.replaceAll('\0', ''));

describe('quoteWord', () => {
  it('writes any word so that it is read as the same word', () => {
    fc.assert(
      fc.property(fc.array(anyWord, { minLength: 1, maxLength: 5 }), (list) => {
        expect(parse(list.map(quoteWord).join(' '))).to.deep.equal([[list]]);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps ordinary words as they are', () => {
    for (const word of ['-t', 'name:0.0', '%4', '@4', '=name', '/tmp/x', 'C-b', 'été'])
      expect(quoteWord(word)).to.equal(word);
    expect(quoteWord('a b')).to.equal('"a b"');
    expect(quoteWord('$x')).to.equal('"\\$x"');
  });

  it('writes sequences', () => {
    const sequence = [
      { words: ['a', 'b c'], line: 1 },
      { words: ['d'], line: 1 },
    ];
    expect(writeSequence(sequence)).to.equal('a "b c" ; d');
    expect(writeSequence(sequence, '\\;')).to.equal('a "b c" \\; d');
  });
});

describe('splitWords', () => {
  const split = (...argv: string[]) => splitWords(argv).map((item) => item.words);

  it('separates at words that end in ;', () => {
    expect(split('a', 'b;', 'c', ';', 'd;')).to.deep.equal([['a', 'b'], ['c'], ['d']]);
  });

  it('takes \\; for a ; of the word', () => {
    expect(split('a', '\\;', 'b\\;', 'c;d')).to.deep.equal([['a', ';', 'b;', 'c;d']]);
  });

  it('expands nothing', () => {
    expect(split('a', '$HOME', '~', '{', '"')).to.deep.equal([['a', '$HOME', '~', '{', '"']]);
  });

  it('refuses a ; with nothing before it', () => {
    expect(() => split(';', 'a')).to.throw(UserError);
  });
});
