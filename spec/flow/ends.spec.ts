import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { isAlive } from '../support/processes.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const DEAF = 'trap "" HUP TERM; echo deaf-$$.; while :; do sleep 1; done';

describe('the end of a server', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  const deafPid = async (client: TerminalClient) => Number(/deaf-(\d+)\./.exec(await client.shows(/deaf-\d+\./))?.[1]);

  it('does not wait for programs that do not care: clients leave at once, and another server starts', async () => {
    const client = workplace.attach(['new-session', DEAF]);
    const deaf = await deafPid(client);
    const pid = await workplace.serverPid();
    const start = performance.now();
    await workplace.ask('kill-server');
    expect(await client.exited).to.equal(0);
    expect(client.transcript).to.match(/\[server exited\]\r\n$/);
    expect(performance.now() - start).to.be.lessThan(4000);
    const next = await workplace.ask('new-session', '-d', '-P', '-F', '#{pid}', 'exec sleep 100');
    expect(Number(next)).not.to.equal(pid);
    await waitUntil(() => !isAlive(deaf) && !isAlive(pid), 'the program and the first server to end');
  });

  it('comes with SIGTERM, in order', async () => {
    const client = workplace.attach();
    await client.shows('$');
    const pid = await workplace.serverPid();
    process.kill(pid, 'SIGTERM');
    expect(await client.exited).to.equal(0);
    expect(client.transcript).to.match(/\[server exited\]\r\n$/);
    await waitUntil(() => !isAlive(pid), 'the server to leave');
    expect(readdirSync(path.dirname(workplace.socketPath)).filter((name) => !/\.[sc]\.\d+$/.test(name))).to.deep.equal(
      [],
    );
  });

  it('comes with the last session, also without a client', async () => {
    const pid = Number(await workplace.ask('new-session', '-d', '-P', '-F', '#{pid}', 'read line'));
    await workplace.ask('send-keys', 'Enter');
    await waitUntil(() => !isAlive(pid), 'the server to leave');
  });

  it('comes with the command that began it, when that made no session', async () => {
    const runs = async () => (await workplace.run(['display-message', '-p', '#{pid}'])).code === 0;
    for (const command of [['doctor'], ['new-session', '-d', '-c', '/nowhere']]) {
      await workplace.run(command);
      await waitUntil(async () => !(await runs()), `the server that ${command[0]} began to leave`);
      await waitUntil(() => !existsSync(workplace.socketPath), 'its socket to go');
    }
    await workplace.ask('start-server');
    await workplace.ask('doctor');
    expect(await runs()).to.equal(true);
  });

  it('answers the command that ended it, also when there is nothing to wait for', async () => {
    workplace.writeConfig('[options]\nexit-empty = false\n');
    await workplace.ask('start-server');
    for (let round = 0; round < 5; round += 1) {
      expect(await workplace.run(['kill-server'])).to.deep.equal({ code: 0, stdout: '', stderr: '' });
      await workplace.ask('new-session', '-d', 'exec sleep 100');
      await workplace.ask('kill-session');
    }
  });

  it('by SIGKILL, in the middle of floods, gives every terminal back; the next server brings the sessions back, and runs nothing', async () => {
    for (let round = 0; round < 3; round += 1) {
      const clients = [0, 1, 2].map((index) =>
        workplace.attach([
          'new-session',
          '-s',
          `flood-${round}-${index}`,
          'while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done',
        ]),
      );
      await Promise.all(clients.map((client) => client.shows('aaaaaa')));
      const pid = await workplace.serverPid();
      const programs = (await workplace.ask('list-panes', '-a', '-F', '#{pane_pid}'))
        .split('\n')
        .filter((pid) => pid !== '')
        .map(Number);
      expect(programs).to.have.length(3);
      process.kill(pid, 'SIGKILL');
      for (const client of clients) {
        expect(await client.exited).to.equal(1);
        expect(client.transcript).to.include('[lost server]');
        await waitUntil(() => client.terminal.buffer.active.type === 'normal', 'the normal screen');
        expect(client.terminal.modes.mouseTrackingMode).to.equal('none');
      }
      await waitUntil(() => !programs.some(isAlive), 'the programs to be hung up');
      expect((await workplace.run(['ls'])).code).to.equal(1);
    }
    const next = workplace.attach();
    await next.shows('Enter starts');
  });
});
