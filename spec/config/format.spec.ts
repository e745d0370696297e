import { expect } from 'chai';
import fc from 'fast-check';
import { expandFormat, expandMarkup, type FormatContext, isTrue } from '../../lib/config/format.ts';
import { parseMarkup } from '../../lib/text/markup.ts';
import { cpuTime } from '../support/cpu-time.ts';

const NOW = new Date(2026, 10, 21, 14, 2, 9).getTime();

function context(values: Readonly<Record<string, string>>, others: readonly FormatContext[] = []): FormatContext {
  const self: FormatContext = {
    lookup: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
    loop: (kind) => (kind === 'sessions' ? [self, ...others] : []),
    shell: (command) => `<${command}>`,
    search: (pattern, flags) => (pattern === 'found' ? 3 : 0) + (flags.includes('i') ? 1 : 0),
    now: NOW,
  };
  return self;
}

const VALUES = {
  session_name: 'orc',
  session_id: '$0',
  window_index: '0',
  window_flags: '*',
  mouse: '0',
  zero: '0',
  empty: '',
  wide: '日本語',
  pane_current_path: '/home/ada/config',
  session_created: String(NOW / 1000 - 5),
  old: String(new Date(2024, 1, 3).getTime() / 1000),
  title: 'bad #[fg=red]#(rm) #{session_name} #S',
  hash: '#',
  'status-left': '[#{session_name}] %H',
  '@nested': '#{E:status-left}',
  '@shell': '#(date)',
  '@self': 'x#{E:@self}',
  '@color': '#ff0000',
  '@style': 'red]#[bold',
};
const here = context(VALUES, [context({ ...VALUES, session_name: 'second', session_id: '$1', window_index: '1' })]);

/** Templates with what tmux 3.3 makes of them, but for those that only later ones know (!, !!, R). */
const EXPECTED: readonly (readonly [string, string])[] = [
  ['plain', 'plain'],
  ['#{session_name}', 'orc'],
  ['#S #I#F', 'orc 0*'],
  ['#{nonexistent}|#z#Q', '|#z#Q'],
  ['a##b', 'a#b'],
  ['a#,b#}c', 'a,b}c'],
  ['tail #', 'tail #'],
  ['#{session_name', ''],
  ['a #{?session_name', 'a '],
  ['#{?session_name,a,b}', 'a'],
  ['#{?zero,a,b}', 'b'],
  ['#{?empty,a,b}', 'b'],
  ['#{?nonexistent,a,b}', 'b'],
  ['#{?1,a,b}', 'b'],
  ['#{?session_name,a}', 'a'],
  ['#{?zero,a}', ''],
  ['#{?#{==:a,a},x#,y,n}', 'x,y'],
  ['#{?zero,a,b,c}', 'b,c'],
  ['#{?#{?session_name,1,0},#{?zero,a,#{session_name}},c}', 'orc'],
  ['#{==:a,a}#{==:a,b}#{!=:a,b}#{<:a,b}#{>:a,b}#{<=:a,a}#{>=:a,b}', '1011010'],
  ['#{==:#{session_name},orc}', '1'],
  ['#{||:0,1}#{&&:1,0}#{&&:1,1}#{||:0,}#{&&:1,1,0}', '10100'],
  ['#{!:0}#{!:1}#{!!:x}', '101'],
  ['#{m:*rc,orc}#{m:o?c,orc}#{m:[a-n]rc,orc}#{m:[!a-n]rc,orc}#{m:o,orc}', '11010'],
  ['#{m/r:^o,orc}#{m/ri:^O,orc}#{m/i:ORC,orc}#{m/r:^r,orc}#{m|r:c$,orc}', '11101'],
  ['#{m/r:(,orc}', '0'],
  ['#{C:found}#{C/i:found}#{C:lost}', '340'],
  ['#{e|+|f|2:5,3}', '8.00'],
  ['#{e|/|:7,2} #{e|/|f:7,2} #{e|m|:7,3} #{e|*|:-3,4} #{e|-|f|4:1,0.5}', '3 3.50 1 -12 0.5000'],
  ['#{e|==|:3,3}#{e|<|:3,2}#{e|>=|:3,2}', '101'],
  ['#{e|*|:a,3}#{e|x|:1,3}', ''],
  ['#{e|/|:1,0}', '0'],
  ['#{a:65}#{a:300}', 'A'],
  ['#{=2:session_name} #{=-2:session_name} #{=9:session_name}', 'or rc orc'],
  ['#{=/2/…:session_name} #{=/-2/<:session_name} #{=/3/…:session_name}', 'or… <rc orc'],
  ['#{=3:wide}|#{=4:wide}|#{=-3:wide}', '日|日本|語'],
  ['#{=3:#[fg=red]abcdef}', '#[fg=red]abc'],
  ['#{p6:session_name}|#{p-6:session_name}|#{p2:session_name}|#{p8:wide}|', 'orc   |   orc|orc|日本語  |'],
  ['#{n:session_name} #{w:session_name} #{n:wide} #{w:wide} #{w:#[fg=red]ab##}', '3 3 9 6 3'],
  ['#{b:pane_current_path} #{d:pane_current_path} #{b:#{pane_current_path}/}', 'config /home/ada config'],
  ['#{q:status-left}', '\\[\\#{session_name}]\\ \\%H'],
  ['#{q/h:status-left}', '[##{session_name}] %H'],
  ['#{s/o/X/:session_name}', 'Xrc'],
  ['#{s/(o)(r)/\\2\\1/:session_name}', 'roc'],
  ['#{s/O/X/i:session_name}', 'Xrc'],
  ['#{s/^./X/:session_name}', 'Xrc'],
  ['#{s/x*/-/:session_name}', 'o-r-c-'],
  ['#{s/[/X/:session_name}', 'orc'],
  ['#{=5;s/o/z/:session_name}', 'zrc'],
  ['#{l:#{x}}#{l:a#,b}', '#{x}a#,b'],
  ['#{S:[#S]}', '[orc][second]'],
  ['#{W:#I ,<#I> }', '<0> 1 '],
  ['#{L:x}', ''],
  ['#{N/s:second}#{N/w:orc}#{N/s:third}', '100'],
  ['#{R:ab,3}#{R:a,-1}', 'ababab'],
  ['#{E:status-left}', '[orc] %H'],
  ['#{T:status-left}', '[orc] 14'],
  ['#{E:@nested}', '[orc] %H'],
  ['#{t:session_created}', 'Sat Nov 21 14:02:04 2026'],
  ['#{t/p:session_created} #{t/p:old} #{t:empty}', '14:02 Feb24 '],
  ['#{t/f/%H#:%M:session_created}', '14:02'],
  ['#(echo #S)', '<echo orc>'],
  ['#{E:@shell}', '<date>'],
  ['%H', '%H'],
  ['#[fg=#{@color}]x', '#[fg=#ff0000]x'],
  ['#[fg=red', '#[fg=red'],
];

describe('expandFormat', () => {
  for (const [template, expected] of EXPECTED) {
    it(`makes ${JSON.stringify(expected)} of ${template}`, () => {
      expect(expandFormat(template, here)).to.equal(expected);
    });
  }

  it('puts the time in when asked to, and never into values', () => {
    expect(expandFormat('%H:%M #{status-left} #{?zero,,%d}', here, { time: true })).to.equal(
      '14:02 [#{session_name}] %H 21',
    );
  });

  it('expands no value a second time', () => {
    expect(expandFormat('#{title}', here)).to.equal(VALUES.title);
    expect(expandFormat('#{=100:title}', here)).to.equal(VALUES.title);
  });

  it('runs no shell command that stands in a fact, not even expanded again', () => {
    expect(expandFormat('#{E:session_title}', context({ session_title: 'a#(b)' }))).to.equal('a');
    expect(expandFormat('#{E:#{session_title}}', context({ session_title: 'a#(b)' }))).to.equal('a');
  });

  it('ends where an option names itself', () => {
    expect(expandFormat('#{E:@self}', here).length).to.be.below(100);
  });

  it('ends soon, whatever loops in what', () => {
    const many: FormatContext = { ...here, loop: () => Array.from({ length: 300 }, () => many) };
    const started = cpuTime();
    for (const template of [
      '#{S:#{S:#{S:#{S:x}}}}',
      '#{R:#{R:#{R:abc,1000},1000},1000}',
      '#{?a,'.repeat(10_000),
      '#{E:'.repeat(5000),
      '#['.repeat(30_000),
      '#('.repeat(30_000),
      '#{?'.repeat(100) + '}'.repeat(100),
      '#{s/(a+)+$/x/:#{R:a,1000}b}',
      '#{m/r:(a|aa)+$,#{R:a,1000}b}',
      '#{s/((a{0,200}){0,200}){0,200}/x/:session_name}',
      '#{s/a|a.*b/x/:#{R:a,1000}}',
      `#{m:${'['.repeat(60_000)},a}`,
    ]) {
      const text = expandFormat(template, many);
      expect(text.length).to.be.at.most(1 << 16);
    }
    expect(cpuTime() - started).to.be.below(3000);
  });

  it('throws at no template', () => {
    const piece = fc.constantFrom(
      ...[
        '#{',
        '}',
        '#',
        '##',
        '#[',
        ']',
        '#(',
        ')',
        ',',
        ':',
        ';',
        '/',
        '|',
        '?',
        '==',
        '=',
        '-3',
        's',
        'm/r',
        'e|+|',
      ],
      ...[
        'E',
        'T',
        'S',
        'W',
        'L',
        'q',
        'n',
        'w',
        'p9',
        't',
        'N',
        'C',
        'R',
        '&&',
        'session_name',
        'title',
        '@self',
        '%H',
        'é',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const template = pieces.join('');
        expect(expandFormat(template, here, { time: true }).length).to.be.at.most(1 << 16);
        parseMarkup(expandMarkup(template, here, { time: true }));
      }),
      { numRuns: 500 },
    );
  });

  it('expands a status line of 30 sessions in less than a millisecond', () => {
    const template =
      '#{?window_bell_flag,#[fg=yellow],}#I:#{=20:window_name}#{?window_flags,#F,}#{?#{==:#{session_name},orc},#[bold],} %H:%M';
    const expand = () => {
      for (let index = 0; index < 30; index++) expandMarkup(template, here, { time: true });
    };
    for (let round = 0; round < 50; round++) expand();
    const times = Array.from({ length: 41 }, () => {
      const started = cpuTime();
      expand();
      return cpuTime() - started;
    }).sort((a, b) => a - b);
    expect(times[10]).to.be.below(1);
  });
});

describe('expandMarkup', () => {
  const shown = (template: string, values: Readonly<Record<string, string>> = VALUES): string =>
    parseMarkup(expandMarkup(template, context(values)))
      .map((span) => (span.style.foreground === 0 && span.style.attributes === 0 ? span.text : `<${span.text}>`))
      .join('');

  for (const [template, expected] of [
    ['#[fg=red]#S#[default] x', '<orc> x'],
    ['#{title}', VALUES.title],
    ['#{=13:title}', 'bad #[fg=red]'],
    ['#{=-3:title} #{p20:hash}|', ' #S #                   |'],
    ['#{s/^bad //:title}', '#[fg=red]#(rm) #{session_name} #S'],
    ['#{s/.#/#/:hash}#{hash}[fg=red]', '##[fg=red]'],
    ['#{hash}#{hash}[fg=red]x', '##[fg=red]x'],
    ['##[fg=red]x', '#[fg=red]x'],
    ['###[fg=red]x', '#<x>'],
    ['#[fg=#{@color}]x', '<x>'],
    ['#[fg=#{@style}]x', 'x'],
    ['#{q/h:title}', VALUES.title],
    ['#{?session_name,#[fg=red]#{title}#[default],}', `<${VALUES.title}>`],
    ['#(x)', '<x>'],
  ] as const) {
    it(`shows ${JSON.stringify(expected)} for ${template}`, () => {
      expect(shown(template)).to.equal(expected);
    });
  }

  it('lets no value make a style', () => {
    const piece = fc.constantFrom('#', '##', '[', ']', 'fg=red', '#[', '#[fg=red]', 'a', '#{', '}', ',', '日');
    const value = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const around = fc.constantFrom(
      '#{v}',
      '#{v}#{v}',
      '#{v}[fg=red]',
      '#{=5:v}',
      '#{=-5:v}',
      '#{=/3/#:v}[',
      '#{s/a/#/:v}',
      '#{s/^.//:v}',
      '#{s/##*//:v}',
      '#{b:v}',
      '#{p9:v}',
      '#{?v,#{v},}',
      '#{R:#{v},3}',
      '#{S:#{v}}',
      '#[bg=red]#{v}',
    );
    fc.assert(
      fc.property(value, around, (v, template) => {
        for (const span of parseMarkup(expandMarkup(template, context({ v }))))
          expect(span.style.foreground, JSON.stringify([v, template])).to.equal(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('isTrue', () => {
  it('takes all for true but nothing and 0', () => {
    expect(['', '0', '1', 'x', '00'].map(isTrue)).to.deep.equal([false, false, true, true, true]);
  });
});
