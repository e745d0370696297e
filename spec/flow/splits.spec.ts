import { expect } from 'chai';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const PREFIX = '\x02';
const UP = '\x1b[A';
const LEFT = '\x1b[D';

/** A press of the left button, as SGR: cells from 0. */
const press = (x: number, y: number): string => `\x1b[<0;${x + 1};${y + 1}M`;
const drag = (x: number, y: number): string => `\x1b[<32;${x + 1};${y + 1}M`;
const release = (x: number, y: number): string => `\x1b[<0;${x + 1};${y + 1}m`;

describe('splits', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  it('show sessions side by side, each with its own size, and type into the active one', async () => {
    const client = workplace.attach(['new-session', '-s', 'one']);
    await client.shows('$');
    client.type(`${PREFIX}%`);
    await client.shows(/0 one .*┬.*1 sh-home/);
    client.type('echo right; stty size\r');
    await client.shows(/│right\n +│22 39/);
    client.type(`${PREFIX}${LEFT}echo left; stty size\r`);
    await client.shows(/left +│.*\n22 40 +│/);
    client.type(`${PREFIX}"`);
    await client.shows(/1 sh-home-2/);
    client.type('stty size\r');
    await client.shows(/10 40/);
    expect(
      await workplace.ask(
        'list-panes',
        '-F',
        '#{pane_index} #{session_name} #{pane_width}x#{pane_height} #{pane_active}',
      ),
    ).to.equal('0 one 40x11 0\n1 sh-home-2 40x10 1\n2 sh-home 39x22 0');
    client.type('exit\r');
    await client.shows((screen) => !screen.includes('sh-home-2') && screen.includes('sh-home'));
    expect(await workplace.ask('display-message', '-p', '#{window_panes}')).to.equal('2');
  });

  it('zoom, swap, break and come back', async () => {
    const client = workplace.attach(['new-session', '-s', 'one', 'echo first; exec cat']);
    await client.shows('first');
    await workplace.ask('new-session', '-d', '-s', 'two', 'echo second; exec cat');
    await workplace.ask('split-window', '-h', '--show', 'two');
    await client.shows(/first +│second/);
    client.type(`${PREFIX}z`);
    await client.shows((screen) => /^second/.test(screen) && !screen.includes('│') && screen.includes('two*Z'));
    client.type(`${PREFIX}z`);
    await client.shows(/first +│second/);
    client.type(`${PREFIX}{`);
    await client.shows(/second +│first/);
    client.type(`${PREFIX}!`);
    await client.shows((screen) => /^second/.test(screen) && !screen.includes('│'));
    await workplace.ask('select-layout', '-o');
    await client.shows(/second +│first/);
    client.type(`${PREFIX} `);
    await client.shows(/┬|│/);
    client.type(`${PREFIX}\x1b2`);
    await client.shows(/^second\n[\s\S]*─\n?[\s\S]*first/m);
  });

  it('come back when the client attaches again', async () => {
    const client = workplace.attach(['new-session', '-s', 'one', 'echo first; exec cat']);
    await client.shows('first');
    await workplace.ask('split-window', '-h', 'echo second; exec cat');
    await client.shows(/first +│second/);
    client.type(`${PREFIX}d`);
    await client.exited;
    const again = workplace.attach();
    await again.shows(/first +│second/);
  });

  it('are made by scripts before anybody attaches', async () => {
    await workplace.ask('new-session', '-d', '-s', 'dev', 'echo editor; exec cat');
    await workplace.ask('split-window', '-h', '-t', 'dev', 'echo server; exec cat');
    await workplace.ask('split-window', '-v', '-t', 'dev:0.1', 'echo logs; exec cat');
    await workplace.ask('select-layout', '-t', 'dev', 'main-vertical');
    await workplace.ask('send-keys', '-t', 'dev.2', 'typed', 'Enter');
    await workplace.ask('select-pane', '-t', 'dev.0');
    const client = workplace.attach(['attach-session', '-t', 'dev']);
    await client.shows(/editor +│server[\s\S]*│logs\n\s*│typed/);
    expect(await workplace.ask('list-panes', '-t', 'dev', '-F', '#{pane_index}#{?pane_active,*,}')).to.equal(
      '0*\n1\n2',
    );
  });

  it('take the mouse: it chooses panes and moves borders', async () => {
    const client = workplace.attach(['new-session', '-s', 'one']);
    await client.shows('$');
    client.type(`${PREFIX}%`);
    await client.shows(/1 sh-home/);
    client.type(press(3, 5) + release(3, 5));
    client.type('echo typed-left\r');
    await client.shows(/^typed-left +│/m);
    client.type(press(40, 5) + drag(30, 6) + drag(20, 6) + release(20, 6));
    await client.shows((screen) => /^\$.{19}│/m.test(screen));
    expect(
      await workplace.ask('display-message', '-p', '-t', 'one', '#{pane_width} #{pane_at_left} #{pane_at_right}'),
    ).to.equal('20 1 0');
  });

  it('number their panes, and a digit goes to one', async () => {
    const client = workplace.attach(['new-session', '-s', 'one']);
    await client.shows('$');
    client.type(`${PREFIX}"`);
    await client.shows(/1 sh-home/);
    client.type(`${PREFIX}q0echo upper\r`);
    await client.shows(/upper\n[\s\S]*1 sh-home/);
    client.type(`${PREFIX};echo lower\r`);
    await client.shows(/1 sh-home[\s\S]*lower/);
    client.type(`${PREFIX}${UP}`);
    await workplace.ask('resize-pane', '-y', '5');
    expect(await workplace.ask('display-message', '-p', '#{session_name} #{pane_height}')).to.equal('one 5');
  });

  it('read in copy mode in one pane while another takes the keys', async () => {
    const client = workplace.attach(['new-session', '-s', 'one', 'seq 1 100; exec cat']);
    await client.shows('100');
    await workplace.ask('split-window', '-h', 'echo beside; exec cat');
    await client.shows('│beside');
    client.type(`${PREFIX}${LEFT}${PREFIX}[`);
    await client.shows(/\[0\/\d+\]│/);
    client.type('\x1b[5~');
    await client.shows(/\[2\d\/\d+\]│beside/);
    client.type(`${PREFIX}o`);
    client.type('typed\r');
    await client.shows(/\[2\d\/\d+\]│beside\n.*│typed/);
  });

  it('show a chat beside a program', async () => {
    const client = workplace.attach(['new-session', '-s', 'one', 'echo program; exec cat']);
    await client.shows('program');
    await workplace.ask('split-window', '-h', '--chat');
    await client.shows(/program +│.*\n[\s\S]*│.*[>❯]/);
    client.type('hello there');
    await client.shows(/│.*hello there/);
    client.type(`${PREFIX}opack\r`);
    await client.shows(/^pack +│/m);
  });

  it('give a session that two clients show one size', async () => {
    const client = workplace.attach(['new-session', '-s', 'one']);
    await client.shows('$');
    await workplace.ask('split-window', '-d', '-h', 'exec cat');
    await client.shows('┬');
    const other = workplace.attach(['attach-session', '-t', 'one'], { columns: 60, rows: 20 });
    await other.shows('┬');
    const size = async () => workplace.ask('display-message', '-p', '-t', 'one', '#{pane_width}x#{pane_height}');
    await workplace.ask('set-option', '-g', 'window-size', 'largest');
    await waitUntil(async () => (await size()) === '40x22', 'the larger pane');
    await workplace.ask('set-option', '-g', 'window-size', 'smallest');
    await waitUntil(async () => (await size()) === '30x18', 'the smaller pane');
    other.type(`${PREFIX}z`);
    await other.shows((screen) => !screen.includes('│'));
    await client.shows('┬');
  });

  it('show a session that is named at the prompt, and say why they do not', async () => {
    const client = workplace.attach(['new-session', '-s', 'one', 'echo first; exec cat']);
    await client.shows('first');
    await workplace.ask('new-session', '-d', '-s', 'two', 'echo second; exec cat');
    client.type(`${PREFIX}:split-window -h -t two\r`);
    await client.shows(/first +│second/);
    client.type(`${PREFIX}:split-window --show one\r`);
    await client.shows('one has a pane here already');
    client.type(`${PREFIX}:select-layout even-horizonal\r`);
    await client.shows('the nearest is even-horizontal');
    client.type(`${PREFIX}:break-pane -d\r`);
    await client.shows((screen) => screen.includes('first') && !screen.includes('second'));
    client.type(`${PREFIX}:break-pane\r`);
    await client.shows("can't break with only one pane");
    await workplace.ask('set-option', '-g', 'pane-border-status', 'off');
    client.type(`${PREFIX}:join-pane -h -s two\r`);
    await client.shows(/^first +│second/);
  });

  it('keep their shares through every size of the terminal, and the active one on the smallest', async () => {
    const client = workplace.attach(['new-session', '-s', 'one', 'echo first; exec cat']);
    await client.shows('first');
    await workplace.ask('split-window', '-h', 'echo second; exec cat');
    await workplace.ask('split-window', '-v', 'echo third; exec cat');
    await client.shows(/first +│second[\s\S]*│third/);
    for (const [columns, rows] of [
      [1, 1],
      [2, 2],
      [21, 5],
      [300, 100],
      [19, 10],
    ] as const) {
      client.resize(columns, rows);
      await waitUntil(
        async () =>
          (await workplace.ask('list-clients', '-F', '#{client_width}x#{client_height}')) === `${columns}x${rows}`,
        `the size ${columns}x${rows}`,
      );
    }
    await client.shows((screen) => screen.startsWith('third') && !screen.includes('\n'));
    client.resize(80, 24);
    await client.shows(/first +│second[\s\S]*├[\s\S]*│third/);
  });

  it('lose a hidden or a zoomed session without a fuss, and leave with the last', async () => {
    const client = workplace.attach(['new-session', '-s', 'one', 'echo first; exec cat']);
    await client.shows('first');
    await workplace.ask('split-window', '-h', 'echo second; exec cat');
    await workplace.ask('split-window', '-v', 'echo third; exec cat');
    await client.shows('│third');
    client.type(`${PREFIX}z`);
    await client.shows((screen) => !screen.includes('│'));
    await workplace.ask('kill-session', '-t', 'one');
    await client.shows((screen) => screen.startsWith('third') && !screen.includes('0:one'));
    client.type('\x04');
    await client.shows((screen) => screen.startsWith('second') && !screen.includes('│'));
    client.type('\x04');
    expect(await client.exited).to.equal(0);
  });

  it('scroll the pane under the wheel, and tell a program that its pane lost the focus', async () => {
    const client = workplace.attach(['new-session', '-s', 'one', "printf '\\033[?1004hready'; exec cat"]);
    await client.shows('ready');
    await workplace.ask('split-window', '-d', '-h', 'seq 1 100; exec cat');
    await client.shows(/│100/);
    client.type('\x1b[<64;60;5M');
    await client.shows(/\[5\/\d+\]$/m);
    await client.shows(/^ready.*\^\[\[O/m);
    expect(await workplace.ask('display-message', '-p', '-t', '{left}', '#{pane_active}')).to.equal('0');
    client.type(`q${PREFIX}${LEFT}`);
    await client.shows(/^ready.*\^\[\[O\^\[\[I/m);
  });
});
