import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { isAlive } from '../support/processes.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { QMUX, Workplace } from '../support/workplace.ts';

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((file) => existsSync(file));
const SSH = ['/usr/bin/ssh', '/usr/local/bin/ssh'].find((file) => existsSync(file));

// A server of ours is needed, with keys of ours: on machines without one there is nothing to try.
if (SSHD !== undefined && SSH !== undefined)
  describe('over SSH', () => {
    let workplace: Workplace;
    let daemon: TerminalClient;
    let port: number;
    let key: string;

    beforeEach(async () => {
      workplace = new Workplace();
      key = path.join(workplace.folder, 'key');
      const keygen = path.join(path.dirname(SSH), 'ssh-keygen');
      const hostKey = path.join(workplace.folder, 'host-key');
      for (const file of [key, hostKey]) execFileSync(keygen, ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
      if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
      port = await freePort();
      const config = path.join(workplace.folder, 'sshd_config');
      writeFileSync(
        config,
        [
          `Port ${port}`,
          'ListenAddress 127.0.0.1',
          `HostKey ${hostKey}`,
          `AuthorizedKeysFile ${key}.pub`,
          `PidFile ${path.join(workplace.folder, 'sshd.pid')}`,
          'StrictModes no',
          'UsePAM no',
          'PermitRootLogin yes',
          'PasswordAuthentication no',
          '',
        ].join('\n'),
      );
      daemon = workplace.terminal([SSHD, '-D', '-e', '-f', config]);
      await daemon.shows('Server listening');
    });

    afterEach(async () => {
      daemon.kill('SIGTERM');
      await workplace.dispose();
    });

    function connect(command: string): TerminalClient {
      const variables = Object.entries(workplace.environment).map(([name, value]) => `${name}='${value}'`);
      const remote = `cd '${workplace.home}'; exec env -i ${variables.join(' ')} SSH_CONNECTION="$SSH_CONNECTION" '${process.execPath}' '${QMUX}' -S '${workplace.socketPath}' ${command}`;
      return workplace.terminal([
        SSH ?? '',
        ...['-tt', '-F', '/dev/null', '-i', key, '-p', String(port), '-l', userInfo().username],
        ...[
          '-o',
          'StrictHostKeyChecking=no',
          '-o',
          'UserKnownHostsFile=/dev/null',
          '-o',
          'LogLevel=ERROR',
          '127.0.0.1',
        ],
        remote,
      ]);
    }

    it('everything goes on when the line is cut, at either end', async () => {
      const first = connect('new-session -s mine');
      await first.shows('$');
      first.type('i=0; while :; do i=$((i+1)); echo "tick-$i."; sleep 0.1; done\r');
      await first.shows('tick-3.');
      const server = await workplace.serverPid();
      first.kill('SIGKILL');
      await first.exited;
      await waitUntil(async () => (await workplace.ask('list-clients')) === '', 'the client to be gone');

      const second = connect('attach-session');
      await second.shows(/tick-\d+\./);
      const client = Number(await workplace.ask('list-clients', '-F', '#{client_pid}'));
      // what holds the line at the far end: the parent of the client
      process.kill(parentOf(client), 'SIGKILL');
      await second.exited;
      await waitUntil(async () => (await workplace.ask('list-clients')) === '', 'the client to be gone');
      await waitUntil(() => !isAlive(client), 'the process of the client to end');

      expect(isAlive(server)).to.equal(true);
      const third = connect('attach-session');
      const number = Number(/tick-(\d+)\.\n(?!.*tick)/s.exec(`${await third.shows(/tick-\d+\./)}\n`)?.[1] ?? 0);
      await third.shows((screen) => screen.includes(`tick-${number + 3}.`));
      third.type('\x03\x02d');
      expect(await third.exited).to.equal(0);
      expect(third.transcript).to.include('[detached (from session mine)]');
    });

    it('the server belongs to no terminal and to no login', async () => {
      const client = connect('new-session -s mine');
      await client.shows('$');
      const server = await workplace.serverPid();
      // the seventh field is the number of the controlling terminal, the sixth the session
      const fields = readFileSync(`/proc/${server}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      expect(fields[4]).to.equal('0');
      expect(Number(fields[3])).to.equal(server);
      client.type('\x02d');
      await client.exited;
      expect(await workplace.ask('list-sessions', '-F', '#{session_name}')).to.equal('mine');
    });
  });

const parentOf = (pid: number): number =>
  Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
