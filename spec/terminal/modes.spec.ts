import { expect } from 'chai';
import type { TerminalModes } from '../../lib/terminal/virtual-terminal.ts';
import { openTerminal } from '../support/open-terminal.ts';

const modes: readonly (readonly [text: string, expected: Partial<TerminalModes>])[] = [
  ['', { autowrap: true, mouseTracking: 'none', mouseEncoding: 'default', kittyKeyboard: 0, alternateScreen: false }],
  ['\x1b[?1h', { applicationCursorKeys: true }],
  ['\x1b[?1h\x1b[?1l', { applicationCursorKeys: false }],
  ['\x1b=', { applicationKeypad: true }],
  ['\x1b[?66h', { applicationKeypad: true }],
  ['\x1b=\x1b>', { applicationKeypad: false }],
  ['\x1b[?2004h', { bracketedPaste: true }],
  ['\x1b[?1004h', { focusEvents: true }],
  ['\x1b[?2026h', { synchronizedOutput: true }],
  ['\x1b[?5h', { reverseScreen: true }],
  ['\x1b[?5h\x1b[?5l', { reverseScreen: false }],
  ['\x1b[4h', { insert: true }],
  ['\x1b[?6h', { origin: true }],
  ['\x1b7\x1b[?6h\x1b8', { origin: false }],
  ['\x1b[?6h\x1b7\x1b[?6l\x1b8', { origin: true }],
  ['\x1b[?6h\x1b8', { origin: false }],
  ['\x1b[?7l', { autowrap: false }],
  ['\x1b[?9h', { mouseTracking: 'x10' }],
  ['\x1b[?1000h', { mouseTracking: 'press' }],
  ['\x1b[?1000h\x1b[?1002h', { mouseTracking: 'drag' }],
  ['\x1b[?1003;1006h', { mouseTracking: 'any', mouseEncoding: 'sgr' }],
  ['\x1b[?1003h\x1b[?1003l', { mouseTracking: 'none' }],
  ['\x1b[?1005h', { mouseEncoding: 'utf8' }],
  ['\x1b[?1015h', { mouseEncoding: 'urxvt' }],
  ['\x1b[?1016h', { mouseEncoding: 'sgr-pixels' }],
  ['\x1b[?1006h\x1b[?1015l', { mouseEncoding: 'sgr' }],
  ['\x1b[?1006h\x1b[?1006l', { mouseEncoding: 'default' }],
  ['\x1b[?47h', { alternateScreen: true }],
  ['\x1b[?1047h', { alternateScreen: true }],
  ['\x1b[?1049h', { alternateScreen: true }],
  ['\x1b[?1049h\x1b[?1049l', { alternateScreen: false }],
  ['\x1b[>1u', { kittyKeyboard: 1 }],
  ['\x1b[>1u\x1b[=6;2u', { kittyKeyboard: 7 }],
  ['\x1b[>1u\x1b[?1049h', { kittyKeyboard: 0 }],
  ['\x1b[>1u\x1b[?1049h\x1b[>8u\x1b[?1049l', { kittyKeyboard: 1 }],
  ['\x1b[>4;1m', { modifyOtherKeys: 1 }],
  ['\x1b[>4;7m', { modifyOtherKeys: 0 }],
  ['\x1b[>4;2m\x1b[>4n', { modifyOtherKeys: 0 }],
  [
    '\x1b[?1;2004;1003;1006;5h\x1b[>5u\x1b[>4;2m\x1b[?1049h\x1bc',
    {
      applicationCursorKeys: false,
      bracketedPaste: false,
      mouseTracking: 'none',
      mouseEncoding: 'default',
      reverseScreen: false,
      kittyKeyboard: 0,
      modifyOtherKeys: 0,
      alternateScreen: false,
    },
  ],
  ['\x1b[?1;1003s\x1b[?1;1002h\x1b[?1;1003r', { applicationCursorKeys: false, mouseTracking: 'drag' }],
  ['\x1b[?1000;1002h\x1b[?1002;1000s\x1b[?1003;1002l\x1b[?1002;1000r', { mouseTracking: 'drag' }],
  ['\x1b[?2004h\x1b[?2004s\x1b[?2004l\x1b[?2004r', { bracketedPaste: true }],
  ['\x1b[?1049s\x1b[?1049h\x1b[?1049r', { alternateScreen: false }],
  ['\x1b[?7r\x1b[?9999s\x1b[?9999r', { autowrap: true }],
  ['\x1b[?1;6h\x1b[4h\x1b[!p', { applicationCursorKeys: false, origin: false, insert: false }],
];

describe('the modes of a terminal', () => {
  for (const [text, expected] of modes) {
    it(`follow ${JSON.stringify(text)}`, () => {
      const { terminal, write } = openTerminal();
      write(text);
      expect(terminal.modes).to.include(expected);
    });
  }

  it('are the same object until one changes', () => {
    const { terminal, write } = openTerminal();
    const { modes } = terminal;
    write('text\x1b[1m\x1b[?7h');
    expect(terminal.modes).to.equal(modes);
    write('\x1b[?7l');
    expect(terminal.modes).not.to.equal(modes);
  });

  it('keep shape and blinking of the cursor, which stay undefined until asked for', () => {
    const { terminal, write } = openTerminal();
    expect(terminal.cursor).to.deep.equal({ x: 0, y: 0, visible: true, shape: undefined, blinking: false });
    write('\x1b[5 q');
    expect(terminal.cursor).to.include({ shape: 'bar', blinking: true });
    write('\x1b[4 q');
    expect(terminal.cursor).to.include({ shape: 'underline', blinking: false });
    write('\x1b[2 q\x1b[?12h');
    expect(terminal.cursor).to.include({ shape: 'block', blinking: true });
    write('\x1b[99 q');
    expect(terminal.cursor).to.include({ shape: 'block', blinking: true });
    write('\x1b[ q\x1b[?25l');
    expect(terminal.cursor).to.include({ shape: undefined, blinking: false, visible: false });
  });

  it('show the cursor on the last column while it waits to wrap, as the same object', () => {
    const { terminal, write } = openTerminal(5, 2);
    write('abcde');
    const { cursor } = terminal;
    expect(cursor).to.include({ x: 4, y: 0 });
    expect(terminal.cursor).to.equal(cursor);
    write('f');
    expect(terminal.cursor).to.include({ x: 1, y: 1 });
  });
});
