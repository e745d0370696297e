import { expect } from 'chai';
import fc from 'fast-check';
import { applyConfig } from '../../lib/config/config-file.ts';
import { Options } from '../../lib/config/options.ts';
import { parseTomlFile, problemText } from '../../lib/config/toml-file.ts';

const apply = (text: string, options = new Options(), before?: ReadonlySet<string>) => {
  const toml = parseTomlFile(text, 'c.toml');
  const { names, commands, problems } = applyConfig(toml, options, before);
  return { options, names, commands, problems: [...toml.problems, ...problems].map(problemText) };
};

describe('the configuration file', () => {
  it('sets options by their place and by their name', () => {
    const { options, problems } = apply(`
keymap = "screen"
commands = ["bind-key x kill-session"]
[sessions]
max_programs = 5
buffer_size = "2MB"
[options]
mouse = false
status-left = "[#S] "
terminal-features = ["xterm*:RGB,clipboard", "vt100:x"]
clock-mode-style = 12
"@mine" = "yes"
`);
    expect(problems).to.deep.equal([]);
    expect(options.string('keymap')).to.equal('screen');
    expect(options.number('max-programs')).to.equal(5);
    expect(options.number('history-limit')).to.equal(2 * 1024 * 1024);
    expect(options.boolean('mouse')).to.equal(false);
    expect(options.string('status-left')).to.equal('[#S] ');
    expect(options.get('terminal-features')).to.deep.equal(['xterm*:RGB,clipboard', 'vt100:x']);
    expect(options.string('clock-mode-style')).to.equal('12');
    expect(options.string('@mine')).to.equal('yes');
  });

  it('takes a plain number of bytes for bytes', () => {
    expect(apply('[sessions]\nbuffer_size = 1048576').options.number('history-limit')).to.equal(1024 * 1024);
  });

  it('gives the command lines with their line', () => {
    expect(apply('\ncommands = ["bind x ls", "set -g mouse on"]').commands).to.deep.equal([
      { command: 'bind x ls', line: 2 },
      { command: 'set -g mouse on', line: 2 },
    ]);
  });

  it('names every problem with its line and the nearest name, and applies the rest', () => {
    const { options, problems } = apply(`keymp = "tmux"
mouse = true
[sessions]
max_programms = 5
max_programs = 0
buffer_size = true
name_max_length = 10
[sesions]
x = 1
[ui]
status = "off"
[options]
stauts = "off"
mouse = "maybe"
display-time = 1.5
base-index = [1]
status-interval = 2024-01-01
repeat-time = { a = 1 }
status = = "off"
set-titles = "off"
`);
    expect(options.number('name-max-length')).to.equal(10);
    expect(options.boolean('set-titles')).to.equal(false);
    expect(options.number('max-programs')).to.equal(100);
    expect(problems).to.have.members([
      'c.toml:1: unknown name: keymp; the nearest is keymap',
      'c.toml:2: unknown name: mouse; mouse belongs in [options]',
      'c.toml:4: unknown name: sessions.max_programms; the nearest is sessions.max_programs',
      'c.toml:5: invalid value for max-programs: "0"; it takes a whole number from 1 to 10000',
      'c.toml:6: invalid value for history-limit: "on"; it takes an amount such as 10MB, at most 1073741824 bytes',
      'c.toml:8: unknown name: sesions; the nearest is sessions',
      'c.toml:11: unknown name: ui.status; status belongs in [options]',
      'c.toml:13: invalid option: stauts; the nearest is status',
      'c.toml:14: invalid value for mouse: "maybe"; it takes on or off',
      'c.toml:15: invalid value for display-time: "1.5"; it takes a whole number from 0 to 86400000',
      'c.toml:16: base-index takes one value, not a list',
      'c.toml:17: the value must be a text in quotes, a number, true or false',
      'c.toml:18: the value must be a text in quotes, a number, true or false',
      problems.find((text) => text.startsWith('c.toml:19: ')) ?? 'a problem of line 19',
    ]);
  });

  it('says what a section and the commands must be', () => {
    expect(apply('sessions = 1\noptions = 2\ncommands = 3').problems).to.deep.equal([
      'c.toml:1: sessions must be a table: [sessions]',
      'c.toml:2: options must be a table: [options]',
      'c.toml:3: commands must be a list of command lines in quotes',
    ]);
    expect(apply('commands = [1]').problems).to.deep.equal(['c.toml:1: a command must be a text in quotes']);
  });

  it('takes back, when it is read again, what was taken out of the file, and nothing else', () => {
    const first = apply('[options]\nmouse = false\nbase-index = 1');
    first.options.set('display-time', '7');
    const second = apply('[options]\nbase-index = 2', first.options, first.names);
    expect(second.options.boolean('mouse')).to.equal(true);
    expect(second.options.number('base-index')).to.equal(2);
    expect(second.options.number('display-time')).to.equal(7);
  });

  it('throws at no document', () => {
    const line = fc.constantFrom(
      '[options]',
      '[sessions]',
      'mouse = 1',
      'max_programs = "x"',
      'status = [[]]',
      '"" = 1',
      '__proto__ = 1',
      '[constructor]',
      'keymap = nan',
      'x = 1979-05-27',
      'commands = [[1]]',
      'a.b.c = 1',
      ']',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        apply(lines.join('\n'));
      }),
      { numRuns: 300 },
    );
  });
});
