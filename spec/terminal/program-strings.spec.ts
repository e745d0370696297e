import { expect } from 'chai';
import type { TerminalEvent } from '../../lib/terminal/virtual-terminal.ts';
import { openTerminal } from '../support/open-terminal.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const pairs: readonly (readonly [text: string, events: readonly TerminalEvent[]])[] = [
  ['\x07', [{ type: 'bell' }]],
  ['\x07\x07\x07', [{ type: 'bell' }]],
  ['\x1b]2;a title\x07', [{ type: 'title', title: 'a title' }]],
  ['\x1b]0;日本\x1b\\', [{ type: 'title', title: '日本' }]],
  ['\x1b]2;same\x07\x1b]2;same\x07', [{ type: 'title', title: 'same' }]],
  ['\x1b]2;a\u202eb\x7f\x07', [{ type: 'title', title: 'ab' }]],
  ['\x1b]1;icon\x07', []],
  [
    '\x1b]2;one\x07\x1b[22;0t\x1b]2;two\x07\x1b[23;0t',
    ['one', 'two', 'one'].map((title) => ({ type: 'title', title })),
  ],
  ['\x1b[23t\x1b[23t', []],
  ['\x1b]7;file:///a%20b\x07', [{ type: 'directory', path: '/a b' }]],
  ['\x1b]7;file://elsewhere.invalid/a\x07', []],
  [`\x1b]52;c;${base64('copied')}\x07`, [{ type: 'clipboard', text: 'copied' }]],
  ['\x1b]9;hello\x07', [{ type: 'notification', title: '', body: 'hello' }]],
  ['\x1b]9;4;1;50\x07', [{ type: 'progress', state: 1, percent: 50 }]],
  ['\x1b]777;notify;t;b\x07', [{ type: 'notification', title: 't', body: 'b' }]],
  ['\x1b]99;;done\x1b\\', [{ type: 'notification', title: 'done', body: '' }]],
  [
    '\x1b]99;i=1:d=0;Hel\x1b\\\x1b]99;i=1:d=0;lo\x1b\\\x1b]99;i=1:p=body;there\x1b\\',
    [{ type: 'notification', title: 'Hello', body: 'there' }],
  ],
  [`\x1b]99;e=1;${base64('ünï')}\x1b\\`, [{ type: 'notification', title: 'ünï', body: '' }]],
  ['\x1b]99;i=1:p=?;\x1b\\\x1b]99;broken\x1b\\', []],
  [
    '\x1b]133;A\x07$ \x1b]133;B\x07ls\x1b]133;C\x07\x1b]133;D;2\x07',
    [
      { type: 'mark', mark: 'prompt' },
      { type: 'mark', mark: 'input' },
      { type: 'mark', mark: 'output' },
      { type: 'mark', mark: 'done', exitCode: 2 },
    ],
  ],
  ['\x1b]2;cut off\x18', []],
];

describe('events of a terminal', () => {
  for (const [text, expected] of pairs) {
    it(`come from ${JSON.stringify(text)}`, () => {
      const { events, write } = openTerminal();
      write(text);
      expect(events).to.deep.equal(expected);
    });
  }

  it('keep title and directory to be read', () => {
    const { terminal, write } = openTerminal();
    expect([terminal.title, terminal.workingDirectory]).to.deep.equal(['', undefined]);
    write('\x1b]2;title\x07\x1b]7;file:///tmp\x07');
    expect([terminal.title, terminal.workingDirectory]).to.deep.equal(['title', '/tmp']);
  });

  it('are bounded', () => {
    const { events, terminal, write } = openTerminal();
    write(`\x1b]2;${'t'.repeat(50_000)}\x07\x1b]9;${'n'.repeat(50_000)}\x07`);
    expect(terminal.title.length).to.equal(4096);
    expect(events[1]).to.deep.equal({ type: 'notification', title: '', body: 'n'.repeat(4096) });
    write(`\x1b]52;c;${base64('c'.repeat(1 << 20))}\x07\x1b]52;c;${base64('c'.repeat((1 << 20) + 1))}\x07`);
    expect(events.slice(2).map((event) => event.type === 'clipboard' && event.text.length)).to.deep.equal([1 << 20]);
  });

  it('keep at most ten titles and sixteen unfinished notifications', () => {
    const { events, terminal, write } = openTerminal();
    for (let index = 0; index < 100; index++) write(`\x1b]2;${index}\x07\x1b[22t\x1b]99;i=${index}:d=0;n${index}\x07`);
    for (let index = 0; index < 100; index++) write('\x1b[23t');
    expect(terminal.title).to.equal('90');
    events.length = 0;
    write('\x1b]99;i=1;\x07\x1b]99;i=99;\x07');
    expect(events).to.deep.equal([{ type: 'notification', title: 'n99', body: '' }]);
  });

  it('let a listener write, resize and dispose', () => {
    const { events, terminal, write, screen } = openTerminal();
    terminal.events((event) => {
      if (event.type === 'title') terminal.write(Buffer.from(`<${event.title}>\x07`));
      if (event.type === 'bell') terminal.resize({ columns: 4, rows: 2 });
    });
    write('\x1b]2;hi\x07text');
    expect(events.map(({ type }) => type)).to.deep.equal(['title', 'bell']);
    expect(screen()).to.deep.equal(['text', '<hi>']);
    terminal.dispose();
    write('more');
    terminal.resize({ columns: 9, rows: 9 });
    terminal.dispose();
  });

  it('report a listener that throws and go on', () => {
    const { errors, events, terminal, write } = openTerminal();
    terminal.events(() => {
      throw new Error('listener');
    });
    write('\x1b]2;a\x07\x07');
    expect(events.length).to.equal(2);
    expect(errors.length).to.equal(2);
  });
});
