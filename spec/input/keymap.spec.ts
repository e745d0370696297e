import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { keyName, parseKey } from '../../lib/input/key-name.ts';
import { readKeymap } from '../../lib/input/keymap.ts';
import { LINE_ACTIONS } from '../../lib/input/line-editor.ts';

const folder = path.resolve(import.meta.dirname, '../../../keymaps');
const files = readdirSync(folder).filter((name) => name.endsWith('.toml'));
const load = (name: string) => readKeymap(parse(readFileSync(path.join(folder, name), 'utf8')));
/** The commands of a table by key. */
const commands = (name: string, table: string) =>
  new Map(
    load(name)
      .keymap.bindings.filter((item) => item.table === table)
      .map(({ binding }) => [keyName(binding.key), binding.command]),
  );

describe('a keymap', () => {
  it('is read from the data of a TOML file', () => {
    const data = parse(`
      prefix = "^A"
      prefix2 = "M-Space"
      repeat-time = 700
      [tables.prefix]
      c = { run = "new-session", note = "New session" }
      Up = { run = "resize-pane -U", repeat = true }
      [tables.root]
      F1 = "list-keys"`);
    expect(readKeymap(data)).to.deep.equal({
      keymap: {
        prefix: parseKey('C-a'),
        prefix2: parseKey('M-Space'),
        repeatTime: 700,
        bindings: [
          {
            table: 'prefix',
            binding: { key: parseKey('c'), command: 'new-session', note: 'New session', repeat: false },
          },
          {
            table: 'prefix',
            binding: { key: parseKey('Up'), command: 'resize-pane -U', note: undefined, repeat: true },
          },
          { table: 'root', binding: { key: parseKey('F1'), command: 'list-keys', note: undefined, repeat: false } },
        ],
      },
      problems: [],
    });
  });

  it('names what is wrong with its line, and keeps the rest', () => {
    const data = {
      prefix: 'C-Entr',
      prefix2: 3,
      'repeat-time': 1e9,
      colour: 'red',
      tables: {
        prefix: {
          'C-a': 'first',
          '^A': 'second',
          Tab: 'next',
          'C-i': 'previous',
          Lefft: 'x',
          x: 5,
          y: { run: 'yes', notes: 'n', note: 1, repeat: 'often' },
          z: 'no-such-command',
        },
        root: 'none',
      },
    };
    const lines = new Map([
      ['prefix', 1],
      ['tables.prefix.^A', 12],
    ]);
    const { keymap, problems } = readKeymap(data, {
      lineOf: (at) => lines.get(at.join('.')),
      checkCommand: (command) => (command === 'no-such-command' ? 'unknown command: no-such-command' : undefined),
    });
    expect(problems.map(({ text }) => text)).to.have.members([
      'unknown key: C-Entr; the nearest is Enter',
      'prefix2 must be a key in quotes',
      'repeat-time must be a whole number of milliseconds from 0 to 2000',
      'unknown name: colour; a keymap has prefix, prefix2, repeat-time, tables',
      '^A is bound twice in prefix: C-a is the same key',
      'C-i is bound twice in prefix: Tab is the same key',
      'unknown key: Lefft; the nearest is Left',
      'x: a binding is a command line in quotes, or { run = "command line", note = "what it does" }',
      'y: unknown name: notes; a binding has run, note, repeat',
      'y: note must be a text in quotes',
      'y: repeat must be true or false',
      'z: unknown command: no-such-command',
      'tables.root must be a table of bindings',
    ]);
    expect(problems.find(({ text }) => text.startsWith('^A'))?.line).to.equal(12);
    expect(problems.find(({ text }) => text.startsWith('unknown key: C-Entr'))?.line).to.equal(1);
    expect(keymap.bindings.map(({ binding }) => binding.command)).to.deep.equal(['first', 'next', 'yes']);
    expect(keymap).to.include({ prefix: undefined, prefix2: undefined, repeatTime: undefined });
  });

  it('takes any data', () => {
    for (const data of [undefined, null, 3, 'x', [], [[]], { tables: [] }, { tables: 3 }, new Date()]) readKeymap(data);
    fc.assert(
      fc.property(
        fc.record({
          tables: fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.anything())),
          prefix: fc.anything(),
        }),
        (data) => {
          const { keymap } = readKeymap(data);
          for (const { binding } of keymap.bindings) expect(parseKey(keyName(binding.key))).to.deep.equal(binding.key);
        },
      ),
    );
  });
});

describe('the keymaps that ship', () => {
  for (const file of files)
    it(`have nothing wrong in ${file}`, () => {
      const { keymap, problems } = load(file);
      expect(problems).to.deep.equal([]);
      expect(keymap.bindings).not.to.have.length(0);
    });

  for (const file of ['tmux.toml', 'screen.toml', 'zellij.toml'])
    it(`have in ${file} a prefix, a note for each key a person types, and the keys one starts with`, () => {
      const { keymap } = load(file);
      expect(keymap.prefix).not.to.equal(undefined);
      const silent = keymap.bindings.filter(
        ({ binding }) => binding.note === undefined && !/Mouse|Wheel|Click/.test(binding.key.name),
      );
      expect(silent).to.deep.equal([]);
      const prefixed = commands(file, 'prefix');
      expect([
        prefixed.get('c'),
        prefixed.get('n'),
        prefixed.get('p'),
        prefixed.get('d'),
        prefixed.get('?'),
      ]).to.deep.equal(['new-session', 'next-window', 'previous-window', 'detach-client', 'list-keys -N']);
      expect([...prefixed.values()]).to.include('send-prefix');
    });

  it('enlarge panes, and go from one to the next, with the fingers of each', () => {
    for (const [file, table, keys] of [
      ['tmux.toml', 'prefix', ['o', 'z', 'C-Up']],
      ['screen.toml', 'prefix', ['Tab', '_', '-']],
      ['zellij.toml', 'pane', ['Tab', 'f']],
      ['zellij.toml', 'resize', ['h', 'Right']],
    ] as const) {
      const found = keys.map((key) => commands(file, table).get(key)?.split(' ')[0]);
      for (const command of found) expect(command, file).to.match(/^(select|resize)-pane$/);
    }
    for (const key of ['h', 'Down', 'k', 'Right'])
      expect(commands('zellij.toml', 'pane').get(key)).to.match(
        /window_panes.*(previous|next)-window "select-pane -[LDUR]"$/,
      );
  });

  it('edit the prompt by actions that the line editor or the prompt knows', () => {
    const known = [
      ...LINE_ACTIONS,
      'accept',
      'cancel',
      'history-previous',
      'history-next',
      'complete',
      'complete-previous',
    ];
    const used = [...commands('overlay.toml', 'prompt').values()].map((command) =>
      command.replace('send-keys -X ', ''),
    );
    expect([...new Set(used)]).to.have.members(known);
  });

  it('answer a question by y and n, and leave every overlay by Escape', () => {
    expect(commands('overlay.toml', 'confirm').get('y')).to.equal('send-keys -X yes');
    expect(commands('overlay.toml', 'confirm').get('n')).to.equal('send-keys -X no');
    for (const table of ['prompt', 'list', 'text'])
      expect(commands('overlay.toml', table).get('Escape')).to.equal('send-keys -X cancel');
    expect(commands('overlay.toml', 'clock').get('Any')).to.equal('send-keys -X cancel');
  });

  it('have the actions of copy mode in both tables', () => {
    const actions = (file: string, table: string) =>
      new Set(
        [...commands(file, table).values()].flatMap(
          (command) => command.match(/(?<=-X (-N 5 )?)[a-z]+-[a-z-]+/g) ?? [],
        ),
      );
    const emacs = actions('copy-emacs.toml', 'copy-mode');
    const vi = actions('copy-vi.toml', 'copy-mode-vi');
    const both = ['begin-selection', 'rectangle-toggle', 'copy-pipe-and-cancel', 'search-forward-incremental'];
    expect([...emacs]).to.include.members([
      ...both,
      'search-backward-incremental',
      'page-up',
      'history-top',
      'goto-line',
    ]);
    expect([...vi]).to.include.members([...both, 'search-backward-incremental', 'page-up', 'history-top', 'goto-line']);
  });
});
