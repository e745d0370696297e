import { expect } from 'chai';
import fc from 'fast-check';
import { UserError } from '../../lib/base/user-error.ts';
import { parseArguments } from '../../lib/command/arguments.ts';
import { findCommand } from '../../lib/command/command-table.ts';
import { checkLine } from '../../lib/command/resolve.ts';
import { executeSlash, slashWords } from '../../lib/command/slash.ts';
import { findSlash, SLASH_COMMANDS } from '../../lib/command/slash-commands.ts';
import { completeSlash, describeSlash } from '../../lib/command/slash-completion.ts';
import type { Session } from '../../lib/session/session.ts';
import { CommandPlace } from '../support/command-place.ts';

describe('slash commands', () => {
  let place: CommandPlace;
  let chat: Session;

  beforeEach(async () => {
    place = new CommandPlace();
    await place.run('new -d -s api ; new -d -s build');
    const [first] = place.sessions;
    if (first === undefined) throw new Error('no session');
    chat = first;
    place.current = chat;
  });

  it('are described for the menu, as are the commands of the table', () => {
    expect(describeSlash('switch')).to.deep.equal({ usage: '/switch name', summary: 'Show another session' });
    expect(describeSlash('has-session')?.usage).to.match(/^\/has-session/);
    expect(describeSlash('nosuch')).to.equal(undefined);
  });

  const words = (line: string) => {
    const [name = '', ...args] = slashWords(line);
    return findSlash(name)?.words(args, chat);
  };
  const said = async (line: string) => {
    place.printed.length = 0;
    await executeSlash(line, chat, place.context);
    return place.printed.join('');
  };
  const refusal = (line: string) =>
    said(line).then(
      () => 'none',
      (error: unknown) => (error instanceof UserError ? error.message : String(error)),
    );

  it('have a name each, and stand for commands of the table with flags that they know', () => {
    const names = SLASH_COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(names).to.deep.equal([...new Set(names)]);
    for (const slash of SLASH_COMMANDS) {
      const [command = '', ...args] = slash.words(slash.usage === '' || slash.usage.startsWith('[') ? [] : ['x'], chat);
      expect(findCommand(command).name, slash.name).to.equal(command);
      parseArguments(findCommand(command), args);
      expect(slash.summary).to.match(/^[A-Z][^\n]{5,60}[^.]$/);
    }
  });

  it('make chats by type and name', () => {
    expect(words('new')).to.deep.equal(['new-session', '--chat']);
    expect(words('new debug')).to.deep.equal(['new-session', '--chat', '--type', 'debug']);
    expect(words('new s3')).to.deep.equal(['new-session', '--chat', '-s', 's3']);
    expect(words('new debug s3')).to.deep.equal(['new-session', '--chat', '--type', 'debug', '-s', 's3']);
  });

  it('refuse a type that there is not, and words that mean nothing', async () => {
    expect(await refusal('new debgu s3')).to.equal('unknown type: debgu (the nearest is debug): /new [type] [name]');
    expect(await refusal('new debug s3 please')).to.equal('new takes a type and a name: /new [type] [name]');
    expect(place.sessions).to.have.length(2);
  });

  it('close the session that was named, whatever its name holds', () => {
    const line = (text: string) => words(text)?.at(-1) ?? '';
    expect(line('close')).to.equal("kill-session -t '$0'");
    expect(line('close build')).to.equal("kill-session -t '=build'");
    for (const name of ["x'; kill-server; '", '#(touch x)', '"; kill-server', '$HOME', '{'])
      expect(() => checkLine(words(`close "${name.replaceAll('"', '')}"`)?.at(-1) ?? '', findCommand)).to.not.throw();
  });

  it('ask nothing about a session that there is not', async () => {
    expect(await refusal('close nosuch')).to.equal("can't find session: nosuch");
    expect(await refusal('close buidl')).to.equal("can't find session: buidl (the nearest is build)");
  });

  it('act on the chat in which they are typed', async () => {
    await said('rename other');
    expect(chat.name).to.equal('other');
    expect(await said('session-name')).to.equal('other\n');
    await said('session-name api');
    expect(chat.name).to.equal('api');
  });

  it('are listed by /help, which says how each command is called', async () => {
    const help = await said('help');
    for (const { name } of SLASH_COMMANDS) expect(help).to.contain(`/${name}`);
    expect(await said('help new-session')).to.contain('usage: new-session');
  });

  it('list sessions with their status', async () => {
    expect(await said('sessions')).to.equal('Active Sessions:\n* api      [ACTIVE]\n  build    [PROCESSING]\n');
    expect(await said('sessions --waiting')).to.equal('No session waits.\n');
    expect(await refusal('sessions --waiting --all')).to.equal('--all and --waiting exclude each other');
    expect(await refusal('sessions --walting')).to.contain('--waiting');
  });

  it('are the same in a chat, at the prompt and from a shell', async () => {
    for (const args of [[], ['--waiting'], ['-w'], ['--all'], ['-a'], ['--json']]) {
      const typed = await said(['sessions', ...args].join(' '));
      expect(await place.run(['sessions', ...args].join(' '))).to.equal(typed);
      expect(await place.call('sessions', ...args)).to.equal(typed);
    }
  });

  it('list what was closed, without what could do harm on a screen', async () => {
    expect(await said('sessions --all')).to.match(/^Active Sessions:\n[\s\S]*\nNo closed sessions\.\n$/);
    place.archive.sessions = [
      {
        id: 7,
        kind: 'chat',
        name: 's3-debug',
        type: 'debug',
        lastActive: Date.now() - 3 * 3_600_000,
        messages: 12,
        preview: '\u001b[31mthe end\u202e',
      },
    ];
    expect(await said('sessions --all')).to.match(
      /\nClosed Sessions \(reopen NAME brings one back\):\n {2}s3-debug +7 +\[COMPLETED\] {2}debug, 12 messages, 3h {2}\[31mthe end\n$/,
    );
    const [first, , closed] = JSON.parse(await said('sessions --all --json')) as Record<string, unknown>[];
    expect(first).to.include({ name: 'api', status: 'processing', seen: true });
    expect(closed).to.include({ closed: true, kept: 7, name: 's3-debug', status: 'completed', messages: 12 });
    expect(closed?.['preview']).to.equal('[31mthe end');
  });

  it('include every command by its full name, and no other', async () => {
    expect(await said("list-sessions -F '#{session_name}'")).to.equal('api\nbuild\n');
    expect(await said('ls -F "#{session_name}"')).to.equal('api\nbuild\n');
    expect(await refusal('list-sess')).to.equal(
      'unknown command: /list-sess (the nearest is /list-sessions; /help lists them)',
    );
    expect(await refusal('modle')).to.equal('unknown command: /modle (the nearest is /model; /help lists them)');
    expect(await refusal('xyzzy-42')).to.equal('unknown command: /xyzzy-42 (/help lists them)');
    expect(await refusal('')).to.match(/^unknown command: \/ /);
  });

  it('say how they are called themselves, not the command behind them', async () => {
    expect(await refusal('import')).to.equal('too few arguments: /import file');
    expect(await refusal('resume now')).to.equal('too many arguments: /resume');
    expect(await refusal('sessions --nope')).to.equal('unknown flag --nope: /sessions [--all|--waiting]');
  });

  it('refuse programs where only chats have what is asked', async () => {
    expect(await refusal('retry')).to.equal(
      'api is a program; this is for chats (-t names one, new-session --chat makes one)',
    );
  });

  it('complete names, then what they take', () => {
    const at = (line: string) => completeSlash(line, line.length, { server: place.server, client: undefined });
    expect(at('')).to.deep.equal(SLASH_COMMANDS.map(({ name }) => name));
    expect(at('se').slice(0, 2)).to.deep.equal(['sessions', 'session-name']);
    expect(at('kill-s')).to.deep.equal(['kill-server', 'kill-session']);
    expect(at('new de')).to.deep.equal(['debug', 'development']);
    expect(at('s ')).to.deep.equal(['api', 'build']);
    expect(at('model work/s')).to.deep.equal(['work/small']);
    expect(at('sessions --')).to.deep.equal(['--all', '--waiting']);
    expect(at('close b')).to.deep.equal(['build']);
    expect(at('switch a')).to.deep.equal(['api']);
    expect(at('type p')).to.deep.equal(['planning']);
    expect(at('tools t')).to.deep.equal(['trust']);
    expect(at('pause ')).to.deep.equal([]);
    expect(at('kill-session -t bu')).to.deep.equal(['build']);
  });

  it('part words at blanks outside of quotes, for any text', () => {
    expect(slashWords(`a "b c" 'd e' f"g h" "i`)).to.deep.equal(['a', 'b c', 'd e', 'fg h', '"i']);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(slashWords(text).join('').length).to.be.at.most(text.length);
      }),
    );
  });
});
