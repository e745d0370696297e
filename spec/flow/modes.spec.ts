import { expect } from 'chai';
import { LoggedProgram } from '../support/logged-program.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

describe('a program and the outer terminal', () => {
  let workplace: Workplace;
  let program: LoggedProgram;
  let other: LoggedProgram;
  let client: TerminalClient;

  before(async () => {
    workplace = new Workplace();
    program = new LoggedProgram(workplace.folder, 'program');
    other = new LoggedProgram(workplace.folder, 'other');
    client = workplace.attach(['new-session', '-s', 'one', program.command]);
    await client.shows('ready');
    await workplace.ask('new-session', '-d', '-s', 'two', `printf '\\033[2Jtwo is '; ${other.command}`);
    await waitUntil(async () => (await workplace.ask('capture-pane', '-p', '-t', 'two')).includes('ready'), 'two');
  });

  after(() => workplace.dispose());

  /** Waits until the outer terminal got `text` after what `act` does. */
  const gets = async (text: string, act: () => void) => {
    const from = client.transcript.length;
    act();
    await waitUntil(
      () => client.transcript.slice(from).includes(text),
      () => `${JSON.stringify(text)} in ${JSON.stringify(client.transcript.slice(from))}`,
      5000,
    );
  };
  const toTwo = async () => {
    client.type('\x02n');
    await client.shows('1:two*');
  };
  const toOne = async () => {
    client.type('\x02p');
    await client.shows('0:one*');
  };

  it('share the shape of the cursor, each session its own', async () => {
    await gets('\x1b[5 q', () => program.print('\x1b[5 q'));
    await gets('\x1b[0 q', () => client.type('\x02n'));
    await gets('\x1b[5 q', () => client.type('\x02p'));
    await gets('\x1b[4 q', () => program.print('\x1b[4 q'));
    await gets('\x1b[0 q', () => program.print('\x1b[0 q'));
    await gets('\x1b[?12h', () => program.print('\x1b[?12h'));
    await gets('\x1b[0 q', () => program.print('\x1b[?12l'));
    await gets('\x1b[?25l', () => program.print('\x1b[?25l'));
    await gets('\x1b[?25h', () => program.print('\x1b[?25h'));
  });

  it('paste in brackets only where the program asked for them', async () => {
    client.type('\x1b[200~one\ntwo\x1b[201~');
    await program.hears('one\rtwo');
    program.print('\x1b[?2004h');
    await workplace.ask('send-keys', '-t', 'one', 'x');
    client.type('\x1b[200~one\ntwo \x02n\x1b[201~');
    await program.hears('x\x1b[200~one\ntwo \x02n\x1b[201~');
    program.print('\x1b[?2004l');
    await workplace.ask('send-keys', '-t', 'one', 'x');
    client.type('\x1b[200~é\x1b[201~');
    await program.hears('xé');
  });

  it('tell of the focus: of the terminal, and of the session when another is shown', async () => {
    program.print('\x1b[?1004h');
    await program.hears('\x1b[I');
    client.type('\x1b[O');
    await program.hears('\x1b[O');
    client.type('\x1b[I');
    await program.hears('\x1b[I');
    await toTwo();
    await program.hears('\x1b[O');
    await toOne();
    await program.hears('\x1b[I');
    program.print('\x1b[?1004l');
  });

  it('tell of the mouse in the mode and the encoding that the program asked for', async () => {
    const press = '\x1b[<0;5;3M';
    const drag = '\x1b[<32;6;3M';
    const release = '\x1b[<0;6;3m';
    const move = '\x1b[<35;7;3M';
    const cases: [string, string][] = [
      ['\x1b[?9h', '\x1b[M %#'],
      ['\x1b[?9l\x1b[?1000h', '\x1b[M %#\x1b[M#&#'],
      ['\x1b[?1002h', '\x1b[M %#\x1b[M@&#\x1b[M#&#'],
      ['\x1b[?1003h', "\x1b[M %#\x1b[M@&#\x1b[M#&#\x1b[MC'#"],
      ['\x1b[?1015h', '\x1b[32;5;3M\x1b[64;6;3M\x1b[35;6;3M\x1b[67;7;3M'],
      ['\x1b[?1006h', press + drag + release + move],
    ];
    for (const [mode, wanted] of cases) {
      program.print(mode);
      await workplace.ask('display-message', '-p', '');
      client.type(press + drag + release + move);
      await program.hears(wanted);
      // What it did not ask for is still to be left out in this mode, not in the next.
      await workplace.ask('display-message', '-p', '');
    }
    for (const event of [
      '\x1b[<64;1;1M',
      '\x1b[<65;80;23M',
      '\x1b[<2;1;1M\x1b[<2;1;1m',
      '\x1b[<20;3;3M\x1b[<20;3;3m',
      '\x1b[<128;3;3M',
      '\x1b[<129;3;3M',
    ]) {
      client.type(event);
      await program.hears(event);
    }
    program.print('\x1b[?1003l\x1b[?1015l\x1b[?1006l');
  });

  it('scroll what uses the alternate screen without the mouse by arrow keys', async () => {
    program.print('\x1b[?1049h');
    await waitUntil(
      async () => (await workplace.ask('display-message', '-p', '-t', 'one', '#{alternate_on}')) === '1',
      'it',
    );
    client.type('\x1b[<64;4;4M');
    await program.hears('\x1b[A\x1b[A\x1b[A');
    program.print('\x1b[?1h');
    await waitUntil(() => client.terminal.modes.applicationCursorKeysMode, 'the mode of the outer terminal');
    client.type('\x1b[<65;4;4M');
    await program.hears('\x1bOB\x1bOB\x1bOB');
    program.print('\x1b[?1l\x1b[?1049l');
  });

  it('share titles, bells, clipboards and notifications', async () => {
    await gets('\x07', () => program.print('\x07'));
    await workplace.ask('set-option', '-g', 'set-titles-string', '#T');
    await gets('\x1b]2;a tïtle\x1b\\', () => program.print('\x1b]0;a tïtle\x07'));
    await gets('\x1b]2;another\x1b\\', () => program.print('\x1b]2;another\x1b\\'));
    await workplace.ask('set-option', '-g', 'set-clipboard', 'on');
    await gets('\x1b]52;c;aGk=\x07', () => program.print('\x1b]52;c;aGk=\x07'));
    await gets('\x1b]9;all done\x07', () => program.print('\x1b]9;all done\x1b\\'));
    await gets('\x1b]777;notify;build;is done\x07', () => program.print('\x1b]777;notify;build;is done\x07'));
  });

  it('share links, with their ids', async () => {
    await gets('\x1b]8;id=a;http://example.com/\x1b\\', () =>
      program.print('\r\n\x1b]8;id=a;http://example.com/\x07link\x1b]8;;\x07'),
    );
  });

  it('reverse the screen', async () => {
    await gets('7m', () => program.print('\x1b[?5h'));
    await gets('\x1b[', () => program.print('\x1b[?5l'));
  });

  it('hold a synchronized frame back until it is whole, or takes too long', async () => {
    const from = client.transcript.length;
    program.print('\x1b[?2026h\x1b[2J\x1b[Hhalf ');
    program.print('whole\x1b[?2026l');
    await client.shows('half whole');
    expect(client.transcript.slice(from)).to.contain('half whole');
    program.print('\x1b[?2026h\x1b[2J\x1b[Hunfinished');
    await client.shows('unfinished', 2000);
    program.print('\x1b[?2026l');
  });

  it('take a frame of many places in one synchronized update, where the terminal knows those', async () => {
    await gets('\x1b[?2026h', () =>
      program.print(`\x1b[2J${Array.from({ length: 9 }, (_, y) => `\x1b[${2 * y + 1};${3 * y + 1}Hrow`).join('')}`),
    );
    await gets('\x1b[?2026l', () => program.print('\x1b[2J\x1b[2;2Ha\x1b[5;5Hb\x1b[9;9Hc'));
  });
});

describe('the kitty keyboard', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  it('is the same inside as outside: flags, keys, prefix, switch and detach', async () => {
    const program = new LoggedProgram(workplace.folder, 'program', '\x1b[>5u');
    const client = workplace.attach(['new-session', '-s', 'one', program.command]);
    const has = (text: string, from = 0) =>
      waitUntil(
        () => client.transcript.includes(text, from),
        () => `${JSON.stringify(text)} in ${JSON.stringify(client.transcript.slice(from))}`,
      );
    await has('\x1b[?u');
    client.type('\x1b[?0u');
    await has('\x1b[>5u');
    await client.shows('ready');
    for (const key of [
      '\x1b[97;5u',
      '\x1b[97:65;6u',
      '\x1b[27u',
      '\x1b[13;2u',
      '\x1b[57441;2u',
      '\x1b[1;5A',
      '\x1b[A',
      'x',
      '\r',
    ]) {
      client.type(key);
      await program.hears(key);
    }
    // A terminal that sends the old form all the same.
    client.type('\x01\x1bx');
    await program.hears('\x1b[97;5u\x1b[120;3u');
    await workplace.ask('new-session', '-d', '-s', 'two', 'printf second; exec cat');
    let from = client.transcript.length;
    client.type('\x1b[98;5un');
    await client.shows('second');
    await has('\x1b[=0;1u', from);
    from = client.transcript.length;
    client.type('\x02p');
    await client.shows('ready');
    await has('\x1b[=5;1u', from);
    program.print('\x1b[=31;1u');
    await has('\x1b[=31;1u', from);
    client.type('\x1b[98;5u\x1b[98;5:3u');
    client.type('\x1b[100;1;100u');
    expect(await client.exited).to.equal(0);
    expect(client.transcript.slice(from)).to.contain('\x1b[<u');
  });

  it('is not asked of a terminal that does not know it, and keys are written anew', async () => {
    const program = new LoggedProgram(workplace.folder, 'program', '\x1b[>1u');
    const client = workplace.attach(['new-session', '-s', 'one', program.command]);
    await client.shows('ready');
    client.type('\x01');
    await program.hears('\x1b[97;5u');
    client.type('\x1b[A');
    await program.hears('\x1b[A');
    client.type('\x1b');
    await program.hears('\x1b[27u');
    expect(client.transcript).not.to.contain('\x1b[>1u');
  });

  it("has modifyOtherKeys beside it, at the program's level", async () => {
    const program = new LoggedProgram(workplace.folder, 'program', '\x1b[>4;2m');
    const client = workplace.attach(['new-session', '-s', 'one', program.command]);
    await client.shows('ready');
    await waitUntil(() => client.transcript.includes('\x1b[>4;2m'), 'the level outside');
    for (const key of ['\x1b[27;5;97~', '\x1b[27;6;13~', 'a', '\x1b[1;5A']) {
      client.type(key);
      await program.hears(key);
    }
    program.print('\x1b[>4;0m');
    await waitUntil(() => /\x1b\[>4;2m.*\x1b\[>4;0m/s.test(client.transcript), 'the level to end');
    client.type('\x1b[27;5;97~');
    await program.hears('\x01');
  });

  it('does not delay an Escape, whatever follows it', async () => {
    const program = new LoggedProgram(workplace.folder, 'program');
    await workplace.run(['start-server']);
    const client = workplace.attach(['new-session', '-s', 'one', program.command]);
    await client.shows('ready');
    await workplace.ask('set-option', '-g', 'escape-time', '5000');
    client.type('\x1b');
    await program.hears('\x1b');
    client.type(':w\r');
    await program.hears(':w\r');
    client.type('\x1b');
    await program.hears('\x1b');
    client.type('[A');
    await program.hears('[A');
    client.type('\x1b\x1b');
    await program.hears('\x1b\x1b');
  });
});
