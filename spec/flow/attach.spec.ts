import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { isAlive } from '../support/processes.ts';
import { waitUntil } from '../support/wait.ts';
import { QMUX, Workplace } from '../support/workplace.ts';

describe('attaching', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  it('starts a server and shows a shell and the status line', async () => {
    const client = workplace.attach();
    await client.shows('$');
    const screen = await client.shows(/0:sh-home\*/);
    expect(screen.split('\n').at(-1)).to.match(/^\s*0:sh-home\*/);
  });

  it('says from which session it was detached, and shows the same screen again', async () => {
    const client = workplace.attach();
    await client.shows('$');
    client.type('echo remember-$((40+2))\r');
    await client.shows('remember-42');
    client.type('\x02d');
    expect(await client.exited).to.equal(0);
    expect(client.transcript).to.match(/\[detached \(from session sh-home\)\]\r\n$/);
    const again = workplace.attach();
    await again.shows('remember-42');
  });

  it('says [exited] when the last session ends, and the server leaves', async () => {
    const client = workplace.attach();
    await client.shows('$');
    const pid = await workplace.serverPid();
    client.type('exit\r');
    expect(await client.exited).to.equal(0);
    expect(client.transcript).to.match(/\[exited\]\r\n$/);
    await waitUntil(() => !isAlive(pid), 'the server to leave');
    expect(existsSync(workplace.socketPath)).to.equal(false);
  });

  it('says [server exited] when the server is told to end', async () => {
    const client = workplace.attach();
    await client.shows('$');
    await workplace.run(['kill-server']);
    expect(await client.exited).to.equal(0);
    expect(client.transcript).to.match(/\[server exited\]\r\n$/);
  });

  it('gives the terminal back and says [lost server] when the server is killed', async () => {
    const client = workplace.attach();
    await client.shows('$');
    await workplace.kept();
    process.kill(await workplace.serverPid(), 'SIGKILL');
    expect(await client.exited).to.equal(1);
    expect(client.transcript).to.include('[lost server]');
    await waitUntil(() => client.terminal.buffer.active.type === 'normal', 'the normal screen');
    expect(client.terminal.modes.mouseTrackingMode).to.equal('none');
    expect(client.terminal.modes.bracketedPasteMode).to.equal(false);
    // A server killed like this leaves its socket behind: the next client replaces it.
    const again = workplace.attach();
    await again.shows('Enter starts sh again');
    again.type('\r');
    await again.shows('$');
  });

  it('lets everything go on when its client is cut off', async () => {
    const client = workplace.attach();
    await client.shows('$');
    client.type('while :; do sleep 0.1; echo tick; done\r');
    await client.shows('tick');
    const pid = await workplace.serverPid();
    client.kill('SIGHUP');
    await client.exited;
    await waitUntil(() => client.terminal.modes.mouseTrackingMode === 'none', 'the terminal to be given back');
    expect(isAlive(pid)).to.equal(true);
    const again = workplace.attach();
    await again.shows('tick');
  });

  it('gives each client its own size and its own session', async () => {
    const first = workplace.attach();
    await first.shows('$');
    await workplace.ask('new-session', '-d', '-s', 'other', 'printf in-the-other; exec sleep 100');
    const second = workplace.attach(['attach-session', '-t', 'other'], { columns: 40, rows: 10 });
    await second.shows('in-the-other');
    expect(first.text()).not.to.include('in-the-other');
    const clients = (
      await workplace.ask('list-clients', '-F', '#{client_width}x#{client_height} #{client_session}')
    ).split('\n');
    expect(clients.sort()).to.deep.equal(['40x10 other', '80x24 sh-home']);
  });

  it('refuses a client inside a session, and says how to force it', async () => {
    const client = workplace.attach();
    await client.shows('$');
    client.type(`'${process.execPath}' '${QMUX}'\r`);
    await client.shows('unset $QMUX to force');
    expect((await workplace.ask('list-clients')).split('\n')).to.have.length(1);
  });

  it('follows every size from 1×1 to 300×100', async () => {
    const client = workplace.attach();
    await client.shows('$');
    for (const [columns, rows] of [
      [1, 1],
      [2, 2],
      [300, 100],
      [20, 3],
      [19, 4],
      [80, 24],
    ] as const) {
      client.resize(columns, rows);
      await waitUntil(
        async () =>
          (await workplace.ask('list-clients', '-F', '#{client_width}x#{client_height}')) === `${columns}x${rows}`,
        `the size ${columns}x${rows}`,
      );
    }
    client.type('clear; echo still-here\r');
    await client.shows('still-here');
  });

  it('refuses to attach without a terminal', async () => {
    const { code, stderr } = await workplace.run(['new-session']);
    expect(code).to.equal(1);
    expect(stderr).to.include('not a terminal');
  });

  it('gives one server to many that start it at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        workplace.ask('new-session', '-d', '-P', '-F', '#{pid}', '-s', `s${i}`, 'exec sleep 100'),
      ),
    );
    expect(new Set(answers).size).to.equal(1);
    expect((await workplace.ask('list-sessions', '-F', '#{session_name}')).split('\n').sort()).to.deep.equal(
      Array.from({ length: 8 }, (_, i) => `s${i}`),
    );
  });
});
