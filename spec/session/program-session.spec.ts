import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { type Clock, systemClock } from '../../lib/base/clock.ts';
import { UserError } from '../../lib/base/user-error.ts';
import type { ProgramSession } from '../../lib/session/program-session.ts';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { nextEvent, ProgramSessions, textOf } from '../support/program-sessions.ts';
import { waitUntil } from '../support/wait.ts';

/** A clock of this machine on which what is due later comes 100 times sooner. */
const hasty: Clock = { now: Date.now, after: (milliseconds, run) => systemClock.after(milliseconds / 100, run) };

const shows = (session: ProgramSession, text: string) =>
  waitUntil(() => textOf(session).includes(text), `${JSON.stringify(text)} on the screen`);

describe('a program session', () => {
  let sessions: ProgramSessions;
  let folder: string;
  beforeEach(() => {
    sessions = new ProgramSessions();
    folder = mkdtempSync(path.join(tmpdir(), 'qmux-session-'));
  });
  afterEach(() => {
    sessions.close();
    rmSync(folder, { recursive: true, force: true });
    expect(sessions.errors).to.deep.equal([]);
  });

  it('shows what a program prints, and keeps screen and code after its end', async () => {
    const session = sessions.start('printf "hello\\n\\n"; exit 3');
    const { exit } = await nextEvent(session, 'exited');
    expect(exit).to.include({ exitCode: 3, signal: undefined });
    expect(textOf(session)).to.equal('hello');
    expect(session.preview).to.equal('hello');
    expect(session.status).to.equal('completed');
    expect(session.exit).to.equal(exit);
  });

  it('has all output on the screen when it says that the program has ended', async () => {
    for (let times = 0; times < 6; times++) {
      const session = sessions.start(`seq 1 20000; printf "the very end"`);
      await nextEvent(session, 'exited');
      expect(session.preview).to.equal('the very end');
      expect(session.content.rowText(session.content.endRow - 2)).to.equal('20000');
      session.dispose();
    }
  });

  it('names the signal that ended a program', async () => {
    const session = sessions.start('kill -KILL $$');
    const { exit } = await nextEvent(session, 'exited');
    expect(exit.signal).to.equal(9);
    expect([session.fact('pane_dead'), session.fact('pane_dead_signal')]).to.deep.equal(['1', '9']);
    expect(session.fact('pane_dead_status')).to.equal(undefined);
  });

  it('starts again in place, on an empty screen', async () => {
    const session = sessions.start('seq 1 200; echo one');
    await nextEvent(session, 'exited');
    session.restart({ command: ['echo two; pwd'], workingDirectory: '/tmp' });
    expect([session.exit, session.status]).to.deep.equal([undefined, 'processing']);
    await nextEvent(session, 'exited');
    expect(textOf(session)).to.equal('two\n/tmp');
    session.restart();
    await nextEvent(session, 'exited');
    expect(textOf(session)).to.equal('two\n/tmp');
  });

  it('refuses to start again while it runs, and keeps its screen when it cannot', async () => {
    const session = sessions.start('echo here; read x');
    await shows(session, 'here');
    expect(() => session.restart()).to.throw(UserError, 'still runs');
    await session.kill();
    expect(() => session.restart({ workingDirectory: '/no/such' })).to.throw(UserError, 'no such directory');
    expect(session.status).to.equal('completed');
    expect(textOf(session)).to.equal('here');
  });

  it('starts the login shell, a line of the shell, or a program', async () => {
    const line = sessions.start('', { command: ['echo $0 $((1+1))'] });
    await nextEvent(line, 'exited');
    expect(textOf(line)).to.equal('/bin/sh 2');
    const vector = sessions.start('', { command: ['printf', '%s|', 'a b', '$x'] });
    await nextEvent(vector, 'exited');
    expect(textOf(vector)).to.equal('a b|$x|');
    const shell = sessions.start('', { command: [] });
    shell.send(Buffer.from('echo I am $0; exit 7\r'));
    const { exit } = await nextEvent(shell, 'exited');
    expect(exit.exitCode).to.equal(7);
    expect(textOf(shell)).to.contain('I am /bin/sh');
  });

  it('is refused with a sentence where it cannot start', () => {
    expect(() => sessions.start('', { command: ['no-such-command', 'x'] })).to.throw(UserError, 'command not found');
    expect(() => sessions.start('', { workingDirectory: '/no/such' })).to.throw(UserError, 'no such directory');
  });

  it('hangs a program up', async () => {
    const session = sessions.start('sleep 60 & sleep 60; true');
    await session.kill();
    expect(session.exit?.signal).to.equal(1);
    await session.kill();
  });

  it('kills what does not care for being hung up, with its foreground job', async () => {
    const session = sessions.start('trap "" HUP; echo deaf; while :; do sleep 1; done', { clock: hasty });
    await shows(session, 'deaf');
    await session.kill();
    expect(session.exit?.signal).to.equal(9);
    const job = sessions.start('', {
      command: ['bash', '-c', 'set -m; trap "" HUP; (trap "" HUP; echo job; exec sleep 60)'],
      clock: hasty,
    });
    await shows(job, 'job');
    const pid = Number(job.fact('pane_pid'));
    await job.kill();
    expect(() => process.kill(pid, 0)).to.throw();
  });

  it('ends what is stopped, too', async () => {
    const session = sessions.start('echo here; sleep 60');
    await shows(session, 'here');
    session.stop();
    expect(session.status).to.equal('paused');
    session.continue();
    expect(session.status).to.equal('processing');
    session.stop();
    await session.kill();
    expect(session.status).to.equal('completed');
  });

  it('answers a program that asks, whether or not somebody looks', async () => {
    const session = sessions.start('stty raw -echo; printf "\\033[6n"; head -c 6 | od -An -c');
    await nextEvent(session, 'exited');
    expect(textOf(session).replace(/\s+/g, '')).to.equal('033[1;1R');
  });

  it('passes on titles, bells, notifications and clipboards', async () => {
    const session = sessions.start(
      'read x; printf "\\033]2;a title\\007\\007\\033]9;note\\007\\033]52;c;aGk=\\007"; exit 0',
    );
    const heard: string[] = [];
    session.events((event) => {
      heard.push(event.type);
      if (event.type === 'clipboard') expect(event.text).to.equal('hi');
      if (event.type === 'notification') expect(event.body).to.equal('note');
    });
    session.send(Buffer.from('\n'));
    await nextEvent(session, 'exited');
    expect(session.title).to.equal('a title');
    expect(heard).to.include.members(['title', 'bell', 'notification', 'clipboard', 'changed']);
  });

  it('tells the size and its changes', async () => {
    const session = sessions.start('trap "stty size; exit" WINCH; stty size; while :; do sleep 0.01; done');
    await shows(session, '24 80');
    session.resize({ columns: 100, rows: 30 });
    await nextEvent(session, 'exited');
    expect(textOf(session)).to.equal('24 80\n30 100');
    expect(session.size).to.deep.equal({ columns: 100, rows: 30 });
  });

  it('tells the focus when the program asks, and each change once', async () => {
    const session = sessions.start('stty raw -echo; printf "\\033[?1004hready"; head -c 9 | od -An -c');
    session.setShown(1, true);
    await shows(session, 'ready');
    session.setShown(1, true);
    session.setShown(0, true);
    session.setShown(2, true);
    await nextEvent(session, 'exited');
    expect(textOf(session).replace(/\s+/g, '')).to.equal('ready033[I033[O033[I');
  });

  it('pastes 1 MB whole and in order', async () => {
    const file = path.join(folder, 'pasted');
    const text = Array.from({ length: 15_000 }, (_, line) => `line ${line} ${'x'.repeat(60)}\n`).join('');
    const session = sessions.start(`stty -echo; echo ready; head -c ${text.length} >${file}`);
    await shows(session, 'ready');
    session.paste(text);
    await nextEvent(session, 'exited');
    expect(digest(readFileSync(file, 'utf8'))).to.equal(digest(text));
  });

  it('brackets a paste for who asked for it', async () => {
    const session = sessions.start('stty raw -echo; printf "\\033[?2004hready"; head -c 15 | od -An -c');
    await shows(session, 'ready');
    session.paste('a\nb\x1b[201~');
    await nextEvent(session, 'exited');
    expect(textOf(session).replace(/\s+/g, '')).to.equal('ready033[200~a\\rb033[201~');
  });

  it('writes keys and mouse as the program asked for them', async () => {
    const session = sessions.start('stty raw -echo; printf "\\033[?1h\\033[?1000;1006hready"; head -c 12 | od -An -c');
    await shows(session, 'ready');
    session.input({ type: 'key', key: { name: 'Up', modifiers: 0 }, action: 'press', bytes: Buffer.from('\x1b[A') });
    const mouse = { type: 'mouse', button: 'left', modifiers: 0, x: 4, y: 2, bytes: Buffer.from('') } as const;
    session.input({ ...mouse, action: 'move' });
    session.input({ ...mouse, action: 'press' });
    await nextEvent(session, 'exited');
    expect(textOf(session).replace(/\s+/g, '')).to.equal('ready033OA033[<0;5;3M');
  });

  it('is held while nobody parses its flood', async () => {
    const session = sessions.start('yes');
    const start = process.memoryUsage().arrayBuffers;
    let received = 0;
    session.onOutput((bytes) => {
      received += bytes.length;
    });
    const hold = setInterval(() => sessions.scheduler.noteInput(), 5);
    await waitUntil(() => received > 20_000, 'the flood');
    let before = -1;
    let still = 0;
    await waitUntil(() => {
      still = received === before ? still + 1 : 0;
      before = received;
      return still > 5;
    }, 'the flood to stop');
    expect(process.memoryUsage().arrayBuffers - start).to.be.below(20e6);
    clearInterval(hold);
    await waitUntil(() => received > before + 500_000, 'the flood to go on');
    await session.kill();
  });

  it('parses three floods, one of them shown, and loses nothing', async () => {
    const createTerminal = (size: { columns: number; rows: number }) =>
      new TerminalEngine({ size, historyLimit: 64 * 1024 * 1024, release: '0', name: 'xterm' });
    const all = [1, 2, 3].map((number) => sessions.start(`seq ${number} 3 60000`, { createTerminal }));
    all[0]?.setShown(1, true);
    await Promise.all(all.map((session) => nextEvent(session, 'exited')));
    for (const [index, session] of all.entries()) {
      const wanted = Array.from({ length: 20_000 }, (_, line) => String(index + 1 + 3 * line)).join('\n');
      expect(textOf(session) === wanted).to.equal(true);
    }
  });

  it('counts what nobody saw', async () => {
    const session = sessions.start('read x; printf "\\007done"; read x');
    await waitUntil(() => session.fact('pane_current_command') === 'sh', 'the shell');
    const rung = nextEvent(session, 'activity');
    session.send(Buffer.from('\r'));
    await rung;
    await shows(session, 'done');
    expect([session.unread, session.status, session.waitingReason, session.seen]).to.deep.equal([
      1,
      'waiting-for-input',
      'bell',
      false,
    ]);
    session.setShown(1, true);
    expect([session.unread, session.seen]).to.deep.equal([0, true]);
  });

  it('knows its facts by tmux names', async () => {
    const session = sessions.start('cd /tmp; printf "\\033[?1049h\\033[?1hxyz\\033[2D"; read x');
    await shows(session, 'xyz');
    const fact = (name: string) => session.fact(name);
    expect(fact('pane_pid')).to.match(/^\d+$/);
    expect(fact('pane_tty')).to.match(/^\/dev\//);
    expect(fact('pane_current_command')).to.equal('sh');
    expect(fact('pane_current_path')).to.equal('/tmp');
    expect(fact('pane_start_path')).to.equal('/');
    expect(fact('pane_start_command')).to.match(/^sh -c 'cd/);
    expect([fact('pane_dead'), fact('pane_dead_status'), fact('pane_dead_time')]).to.deep.equal([
      '0',
      undefined,
      undefined,
    ]);
    expect([fact('pane_width'), fact('pane_height')]).to.deep.equal(['80', '24']);
    expect([fact('cursor_x'), fact('cursor_y'), fact('cursor_character')]).to.deep.equal(['1', '0', 'y']);
    expect([fact('alternate_on'), fact('keypad_cursor_flag'), fact('wrap_flag')]).to.deep.equal(['1', '1', '1']);
    expect([fact('history_size'), fact('session_unread')]).to.deep.equal(['0', '1']);
    expect(Number(fact('history_limit'))).to.be.above(1e6);
    expect([fact('no_such_fact'), fact('constructor')]).to.deep.equal([undefined, undefined]);
    await session.kill();
    expect([fact('pane_current_command'), fact('pane_current_path')]).to.deep.equal(['sh', '/']);
  });

  it('is renamed with an event', () => {
    const session = sessions.start('read x');
    const names: string[] = [];
    session.events((event) => {
      if (event.type === 'renamed') names.push(event.previous, session.name);
    });
    session.rename('other');
    session.rename('other');
    expect(names).to.deep.equal(['program-1', 'other']);
  });

  it('keeps a listener that throws from the others', async () => {
    const session = sessions.start('echo x');
    session.events(({ type }) => {
      if (type === 'changed') throw new Error('mine');
    });
    await nextEvent(session, 'exited');
    expect(textOf(session)).to.equal('x');
    expect(sessions.errors.splice(0)[0]).to.be.an('error').with.property('message', 'mine');
  });

  it('leaves nothing behind, 300 times', async function () {
    this.timeout(30_000);
    const descriptors = () => readdirSync('/proc/self/fd').length;
    const round = async (count: number) => {
      const all = Array.from({ length: count }, () => sessions.start('read x'));
      const pids = all.map((session) => Number(session.fact('pane_pid')));
      await Promise.all(all.map((session) => session.kill()));
      sessions.close();
      return pids;
    };
    await round(10);
    const before = descriptors();
    const pids: number[] = [];
    for (let times = 0; times < 10; times++) pids.push(...(await round(30)));
    await waitUntil(() => descriptors() <= before, 'descriptors to be closed');
    for (const pid of pids) expect(() => process.kill(pid, 0)).to.throw();
  });
});

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
