import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import { parseArguments, usage } from '../../lib/command/arguments.ts';
import { COMMANDS, findCommand } from '../../lib/command/command-table.ts';
import { checkLine } from '../../lib/command/resolve.ts';
import { startsServer } from '../../lib/protocol/starting-commands.ts';

const message = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'none';
};

describe('the command table', () => {
  it('gives each name and alias to one command', () => {
    const words = COMMANDS.flatMap((command) => [command.name, ...command.aliases]);
    expect(words).to.deep.equal([...new Set(words)]);
  });

  for (const command of COMMANDS) {
    it(`knows how ${command.name} is called`, () => {
      expect(usage(command)).to.match(new RegExp(`^${command.name}( |$)`));
      expect(command.summary).to.match(/^[A-Z][^\n]{5,110}[^.]$/);
      const letters = [...command.switches, ...Object.keys(command.values)];
      expect(letters).to.deep.equal([...new Set(letters)]);
      for (const letter of letters) expect(letter).to.match(/^[A-Za-z0-9]$/);
      expect(command.positional.minimum).to.be.at.most(command.positional.maximum);
      if (command.positional.maximum > 0) expect(command.positional.usage).to.not.equal('');
      if (command.target === 'session') expect(command.values['t'] ?? '').to.match(/^target-/);
    });
  }

  it('finds commands by name, alias and the beginning of a name', () => {
    expect(findCommand('new-session').name).to.equal('new-session');
    expect(findCommand('ls').name).to.equal('list-sessions');
    expect(findCommand('new').name).to.equal('new-session');
    expect(findCommand('kill-ser').name).to.equal('kill-server');
  });

  it('names what an ambiguous or unknown word may be', () => {
    expect(message(() => findCommand('list-c'))).to.equal(
      'ambiguous command: list-c, could be: list-clients, list-commands',
    );
    expect(message(() => findCommand('lss'))).to.equal('unknown command: lss (the nearest is ls)');
    expect(message(() => findCommand('kill-sesion'))).to.equal(
      'unknown command: kill-sesion (the nearest is kill-session)',
    );
    expect(message(() => findCommand(''))).to.equal('unknown command: ');
  });

  it('starts a server for exactly the beginnings that mean a starting command', () => {
    const starting = ['new-session', 'attach-session', 'start-server', 'list-commands', 'list-keys', 'help', 'doctor'];
    for (const command of COMMANDS) {
      for (let length = 1; length <= command.name.length; length++) {
        const word = command.name.slice(0, length);
        let name = '';
        try {
          ({ name } = findCommand(word));
        } catch {
          name = 'none';
        }
        if (starting.includes(name)) expect(startsServer([word]), word).to.equal(true);
        else if (name !== 'none') expect(startsServer([word]), word).to.equal(false);
      }
    }
  });
});

describe('parseArguments', () => {
  const parse = (name: string, ...words: string[]) => parseArguments(findCommand(name), words);

  it('takes switches together, and values attached or apart', () => {
    const args = parse('new-session', '-ds', 'name', '-x80', '-eA=1', '-e', 'B=2', 'vim', '-R');
    expect(args.has('d')).to.equal(true);
    expect(args.value('s')).to.equal('name');
    expect(args.value('x')).to.equal('80');
    expect(args.all('e')).to.deep.equal(['A=1', 'B=2']);
    expect(args.positional).to.deep.equal(['vim', '-R']);
    expect(args.has('A')).to.equal(false);
    expect(args.value('n')).to.equal(undefined);
  });

  it('ends flags at -- and takes - for an argument', () => {
    expect(parse('send-keys', '-l', '--', '-x').positional).to.deep.equal(['-x']);
    expect(parse('load-buffer', '-').positional).to.deep.equal(['-']);
  });

  it('takes negative numbers and words with a dash as values', () => {
    expect(parse('capture-pane', '-S', '-100', '-E', '-').value('S')).to.equal('-100');
  });

  it('takes long flags', () => {
    expect(parse('list-sessions', '--json').has('json')).to.equal(true);
  });

  it('takes long flags with a value, attached or apart', () => {
    expect(parse('new-session', '--type', 'debug', 'x').value('type')).to.equal('debug');
    expect(parse('new-session', '--type=de=bug').value('type')).to.equal('de=bug');
    expect(parse('new-session', '--type=').value('type')).to.equal('');
    expect(message(() => parse('new-session', '--type'))).to.match(/^command new-session: --type expects an argument/);
    expect(message(() => parse('new-session', '--typ=x'))).to.contain('unknown flag --typ=x, the nearest is --type');
    expect(message(() => parse('new-session', '--chat=yes'))).to.contain('unknown flag --chat=yes');
    expect(usage(findCommand('new-session'))).to.contain('[--chat] [--program] [--type type] [--model model]');
  });

  it('takes flags behind words that cannot begin with a dash', () => {
    const args = parse('report-status', 'waiting', '--message', 'two words', '-t', 'api');
    expect([args.positional, args.value('message'), args.value('t')]).to.deep.equal([['waiting'], 'two words', 'api']);
    expect(parse('install-hooks', 'claude', '--print').has('print')).to.equal(true);
    expect(parse('export', '-', '--json').positional).to.deep.equal(['-']);
    expect(parse('export', '--', '--odd').positional).to.deep.equal(['--odd']);
    expect(message(() => parse('mute', 'on', '-x'))).to.contain('unknown flag -x');
    expect(message(() => parse('mute', 'on', '-t'))).to.contain('-t expects an argument');
    expect(message(() => parse('mute', 'on', 'off'))).to.match(/too many arguments \(need/);
  });

  it('leaves words alone that are for somebody else, and says where a flag stands too late', () => {
    expect(parse('send', 'git', '-C', 'x').positional).to.deep.equal(['git', '-C', 'x']);
    expect(parse('new-session', 'ls', '-l').positional).to.deep.equal(['ls', '-l']);
    expect(message(() => parse('rename-session', 'new', '-t', 'old'))).to.contain(
      'too many arguments, or -t stands too late: flags come first (need at most 1; usage',
    );
  });

  it('says what is wrong and how the command is called', () => {
    expect(message(() => parse('kill-session', '-A'))).to.equal(
      'command kill-session: unknown flag -A, the nearest is -a (usage: kill-session [-a] [-t target-session])',
    );
    expect(message(() => parse('ls', '--jsn'))).to.contain('unknown flag --jsn, the nearest is --json');
    expect(message(() => parse('ls', 'x'))).to.match(
      /^command list-sessions: too many arguments \(need at most 0; usage/,
    );
    expect(message(() => parse('wait-for'))).to.match(/^command wait-for: too few arguments \(need at least 1; usage/);
    expect(message(() => parse('ls', '-F'))).to.match(/^command list-sessions: -F expects an argument/);
  });
});

describe('checkLine', () => {
  it('accepts what can run and refuses what cannot', () => {
    checkLine('new-session -d ; send-keys "a b" \\; x', findCommand, []);
    expect(message(() => checkLine('nosuch', findCommand))).to.match(/^unknown command: nosuch/);
    expect(message(() => checkLine('ls -z', findCommand))).to.match(/unknown flag -z/);
  });

  it('knows aliases of people', () => {
    checkLine('zoo -d', findCommand, ['zoo=new-session -s zoo']);
    expect(message(() => checkLine('zoo -q', findCommand, ['zoo=new-session -s zoo']))).to.match(/unknown flag -q/);
  });
});
