import { expect } from 'chai';
import type { TerminalClient } from '../support/terminal-client.ts';
import { Workplace } from '../support/workplace.ts';

describe('a person at the terminal', () => {
  let workplace: Workplace;
  let client: TerminalClient;

  beforeEach(async () => {
    workplace = new Workplace();
    client = workplace.attach(['new-session', '-s', 'main', 'exec cat']);
    await client.shows('0:main*');
  });

  afterEach(() => workplace.dispose());

  it('ends, renames and shows sessions from the picker', async () => {
    await workplace.ask('new-session', '-d', '-s', 'other', 'exec cat');
    await workplace.ask('new-session', '-d', '-s', 'third', 'printf live; exec cat');
    client.type('\x02wj');
    await client.shows(/x closes/);
    client.type('r');
    await client.shows(/\(rename\) other/);
    client.type('\x15renamed\r');
    await client.shows(/1: renamed/);
    client.type('x');
    await client.shows('end session renamed? (y/n)');
    client.type('y');
    await client.shows((screen) => screen.includes('third') && !screen.includes('renamed'));
    client.type('fthi');
    await client.shows((screen) => /❯ thi/.test(screen) && screen.includes('live'));
    client.type('\r');
    await client.shows('2:third*');
  });

  it('takes an entry of the picker with the second click', async () => {
    await workplace.ask('new-session', '-d', '-s', 'other', 'exec cat');
    client.type('\x02w');
    const rows = (await client.shows(/1: other/)).split('\n');
    const y = rows.findIndex((row) => row.includes('1: other')) + 1;
    client.type(`\x1b[<0;8;${y}M\x1b[<0;8;${y}m`);
    await client.shows(/┌─ 1: other/);
    client.type(`\x1b[<0;8;${y}M\x1b[<0;8;${y}m`);
    await client.shows('1:other*');
  });

  it('switches by a click on a name in the status line', async () => {
    await workplace.ask('new-session', '-d', '-s', 'other', 'exec cat');
    const row = (await client.shows(/1:other/)).split('\n').at(-1) ?? '';
    client.type(`\x1b[<0;${row.indexOf('other') + 1};24M`);
    await client.shows('1:other*');
  });

  it('sees which hidden session is at work, and that it is done', async () => {
    await workplace.ask('new-session', '-d', '-s', 'busy', 'while read line; do echo "$line"; done');
    await client.shows(/1:busy(•\d+)? /);
    client.type('\x021');
    await client.shows('1:busy*');
    client.type('\x020');
    await client.shows(/1:busy- /);
    await workplace.ask('respawn-window', '-k', '-t', 'busy', 'while :; do echo out; sleep 0.1; done');
    await client.shows('1:busy-⟳');
    await workplace.ask('respawn-window', '-k', '-t', 'busy', 'exec cat');
    await client.shows(/1:busy-(•\d+)? /);
  });

  it('reads how a program ended below its text, and starts it again or closes it', async () => {
    await workplace.ask('new-session', '-d', '-s', 'fails', 'printf "some text"; exit 3');
    await client.shows('1:fails');
    client.type('\x021');
    await client.shows(/^some text[\s\S]*\n exited with status 3 at [\d:]+ · r starts it again, x closes it *\n/);
    client.resize(30, 6);
    await client.shows(/^ exit 3 · r restarts, x closes *$/m);
    client.type('x');
    await client.shows((screen) => screen.includes('0:main*') && !screen.includes('fails'));
  });

  it('completes commands at the prompt, and is told the nearest of an unknown one', async () => {
    client.type('\x02:list-b\t');
    await client.shows(/^:list-buffers/m);
    client.type('\x15kill-sesion\r');
    await client.shows(/unknown command: kill-sesion .*kill-session/);
    client.type('\x02:\x1b[A');
    await client.shows(/^:kill-sesion/m);
  });

  it('sees styles of messages, and those of no program', async () => {
    await workplace.ask('new-session', '-d', '-s', 'evil', String.raw`printf '\033]2;#[fg=green]evil\007'; exec cat`);
    await client.shows('1:evil');
    client.type('\x021');
    await client.shows('1:evil*');
    await workplace.ask('display-message', '-d', '0', 'a #[fg=red]styled#[default] #{pane_title}');
    const screen = await client.shows('a styled #[fg=green]evil');
    const row = screen.split('\n').findIndex((line) => line.startsWith('a styled'));
    const cell = client.terminal.buffer.active.getLine(row)?.getCell(2);
    expect(cell?.getFgColor()).to.equal(1);
  });

  it('shows a larger client nothing but its session beside a smaller one', async () => {
    await workplace.ask('set-option', '-g', 'window-size', 'smallest');
    const small = workplace.attach(['attach-session'], { columns: 40, rows: 10 });
    await small.shows('0:main*');
    small.type('typed-here\r');
    await client.shows(/^typed-here\ntyped-here$/m);
    await small.shows(/^typed-here\ntyped-here$/m);
    expect(client.rows().slice(2, 23).join('').trim()).to.equal('');
  });
});
