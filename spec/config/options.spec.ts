import { expect } from 'chai';
import fc from 'fast-check';
import { UserError } from '../../lib/base/user-error.ts';
import { OPTIONS } from '../../lib/config/option-table.ts';
import { Options } from '../../lib/config/options.ts';

describe('the option table', () => {
  it('names each option once, in words of lower case', () => {
    const names = OPTIONS.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    for (const name of names) expect(name).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    const paths = OPTIONS.flatMap(({ path }) => path ?? []);
    expect(new Set(paths).size).to.equal(paths.length);
  });

  for (const definition of OPTIONS)
    it(`takes the default of ${definition.name} as its value, and says what it does`, () => {
      const options = new Options();
      const text = options.string(definition.name);
      options.set(definition.name, text);
      expect(options.get(definition.name)).to.deep.equal(definition.default);
      expect(definition.description).to.match(/^[A-Z].*[^.]$/);
    });
});

describe('Options', () => {
  it('counts another generation with each change of what may be read, and none without', () => {
    const options = new Options();
    const seen = [options.generation];
    const changes: (() => void)[] = [
      () => options.set('display-time', '5'),
      () => options.set('display-time', '6', { session: 1 }),
      () => options.forgetSession(1),
      () => options.unset('display-time'),
      () => options.toggle('mouse'),
    ];
    for (const change of changes) {
      change();
      expect(seen).not.to.include(options.generation);
      seen.push(options.generation);
    }
    options.set('display-time', options.string('display-time'));
    options.forgetSession(1);
    expect(options.generation).to.equal(seen.at(-1));
  });

  it('gives defaults, then global values, then those of a session', () => {
    const options = new Options();
    expect(options.number('display-time', 1)).to.equal(2000);
    options.set('display-time', '5');
    expect(options.number('display-time', 1)).to.equal(5);
    options.set('display-time', '6', { session: 1 });
    expect([options.number('display-time', 1), options.number('display-time', 2)]).to.deep.equal([6, 5]);
    options.unset('display-time', 1);
    expect(options.number('display-time', 1)).to.equal(5);
    options.unset('display-time');
    expect(options.number('display-time')).to.equal(2000);
  });

  it('keeps options of the server once, whatever session is named', () => {
    const options = new Options();
    options.set('escape-time', '7', { session: 1 });
    expect(options.number('escape-time')).to.equal(7);
    expect(options.isSet('escape-time')).to.equal(true);
    options.unset('escape-time', 3);
    expect(options.number('escape-time')).to.equal(50);
  });

  it('knows an option by its path in the file and by a start that only it has', () => {
    const options = new Options();
    options.set('sessions.buffer_size', '5MB');
    expect(options.number('history-limit')).to.equal(5 * 1024 * 1024);
    expect(options.string('history-l')).to.equal('5MB');
    expect(options.definition('mous')?.name).to.equal('mouse');
  });

  for (const [name, text, error] of [
    ['stauts', 'on', 'invalid option: stauts; the nearest is status'],
    ['banana', 'on', 'invalid option: banana'],
    ['', 'on', 'invalid option: '],
    ['mode', 'vi', 'ambiguous option: mode; it may be mode-keys, mode-style'],
    ['mouse', 'maybe', 'invalid value for mouse: "maybe"; it takes on or off'],
    ['display-time', '1.5', 'invalid value for display-time: "1.5"; it takes a whole number from 0 to 86400000'],
    ['display-time', '-1', 'invalid value for display-time: "-1"; it takes a whole number from 0 to 86400000'],
    ['mode-keys', 'vim', 'invalid value for mode-keys: "vim"; it takes emacs, vi'],
    [
      'status-style',
      'fg=red,blod',
      'invalid value for status-style: "fg=red,blod"; it takes a style such as fg=red,bold; "blod" is none',
    ],
    [
      'clock-mode-colour',
      'rde',
      'invalid value for clock-mode-colour: "rde"; it takes a colour such as red, colour208 or #ff8700',
    ],
    [
      'history-limit',
      'lots',
      'invalid value for history-limit: "lots"; it takes an amount such as 10MB, at most 1073741824 bytes',
    ],
    ['default-size', '80', 'invalid value for default-size: "80"; it takes columns and rows, such as 80x24'],
    ['mouse[1]', 'on', 'not an array: mouse'],
    ['@', 'x', 'invalid option: @'],
  ] as const)
    it(`refuses ${name} ${text}`, () => {
      expect(() => new Options().set(name, text)).to.throw(UserError, error);
    });

  it('refuses a key that is none', () => {
    expect(() => new Options().set('prefix', 'C-nothing')).to.throw(UserError);
  });

  for (const [name, text, value] of [
    ['mouse', 'off', false],
    ['mouse', 'YES', true],
    ['prefix', 'c-a', 'C-a'],
    ['prefix2', 'none', 'None'],
    ['history-limit', '50000', 50_000 * 200],
    ['history-limit', '1.5 MiB', 1.5 * 1024 * 1024],
    ['history-limit', '100B', 64 * 1024],
    ['status-style', 'fg=#{@color},bold', 'fg=#{@color},bold'],
    ['status-left', ' #S ', ' #S '],
    ['update-environment', 'A B,C', ['A', 'B', 'C']],
    ['terminal-features', 'xterm*:RGB,tmux:title', ['xterm*:RGB', 'tmux:title']],
    ['@anything', 'x y', 'x y'],
  ] as const)
    it(`takes ${name} ${JSON.stringify(text)}`, () => {
      const options = new Options();
      options.set(name, text);
      expect(options.get(name)).to.deep.equal(value);
      expect(options.isSet(name)).to.equal(true);
    });

  it('appends to texts, styles and arrays', () => {
    const options = new Options();
    options.set('status-left', 'a');
    options.set('status-left', 'b', { append: true });
    options.set('status-style', 'bold', { append: true });
    options.set('terminal-features', 'a:RGB', { append: true });
    options.set('terminal-features', 'b:RGB', { append: true });
    expect(options.string('status-left')).to.equal('ab');
    expect(options.string('status-style')).to.equal('bg=colour236,fg=colour250,bold');
    expect(options.string('terminal-features')).to.equal('a:RGB,b:RGB');
  });

  it('sets, reads and removes single entries of an array', () => {
    const options = new Options();
    options.set('command-alias[20]', 'zoom=resize-pane -Z');
    expect(options.get('command-alias')).to.have.lengthOf(5);
    expect(options.string('command-alias[20]')).to.equal('zoom=resize-pane -Z');
    options.unset('command-alias[0]');
    expect(options.get('command-alias')).to.have.lengthOf(4);
    expect(options.string('command-alias[0]')).to.equal('');
    options.unset('command-alias');
    expect(options.get('command-alias')).to.have.lengthOf(4);
  });

  it('lists the options of people, and knows none that nobody set', () => {
    const options = new Options();
    expect(() => options.get('@mine')).to.throw(UserError, 'invalid option: @mine');
    expect(options.isSet('@mine')).to.equal(false);
    options.set('@mine', 'a', { session: 4 });
    expect(options.names).to.include('@mine');
    expect(() => options.get('@mine')).to.throw(UserError);
    expect(options.string('@mine', 4)).to.equal('a');
    options.forgetSession(4);
    expect(options.names).to.not.include('@mine');
  });

  it('toggles flags and choices of two', () => {
    const options = new Options();
    options.toggle('mouse');
    options.toggle('mode-keys', 1);
    expect([options.boolean('mouse'), options.string('mode-keys', 1), options.string('mode-keys')]).to.deep.equal([
      false,
      'vi',
      'emacs',
    ]);
    expect(() => options.toggle('display-time')).to.throw(UserError, 'a value is needed for display-time');
  });

  it('tells what changed, and only that', () => {
    const options = new Options();
    const told: string[] = [];
    const subscription = options.changed((names) => told.push(...names));
    options.set('mouse', 'off');
    options.set('mouse', 'off');
    options.unset('mouse');
    options.unset('mouse');
    options.set('@a', 'b');
    subscription.dispose();
    options.set('@a', 'c');
    expect(told).to.deep.equal(['mouse', 'mouse', '@a']);
  });

  it('is bounded', () => {
    const options = new Options();
    expect(() => options.set('status-left', 'x'.repeat(100_000))).to.throw(UserError, 'too long');
    expect(() => options.set('terminal-features', 'x,'.repeat(5000))).to.throw(UserError, 'too many');
    expect(() => {
      for (let index = 0; index < 20_000; index++) options.set(`@${index}`, '');
    }).to.throw(UserError, 'too many options');
  });

  it('throws nothing but UserErrors, and keeps what it had then', () => {
    const options = new Options();
    const name = fc.oneof(fc.constantFrom(...OPTIONS.map((each) => each.name), '@a', 'command-alias[3]'), fc.string());
    fc.assert(
      fc.property(name, fc.string(), fc.boolean(), (option, text, append) => {
        try {
          options.set(option, text, { append });
        } catch (error) {
          expect(error).to.be.instanceOf(UserError);
        }
      }),
    );
    for (const each of options.names) options.string(each);
  });
});
