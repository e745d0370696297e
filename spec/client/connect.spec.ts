import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { PREAMBLE } from '../../lib/protocol/frame.ts';
import { PROTOCOL_VERSION } from '../../lib/protocol/message.ts';
import { encodeServerMessage } from '../../lib/protocol/server-codec.ts';
import { temporaryFolder } from '../support/folder.ts';
import { isAlive, type Running, runNode, supportModule } from '../support/processes.ts';
import { waitUntil } from '../support/wait.ts';

describe('the client', () => {
  let folder: string;
  let socketPath: string;
  let pids: string;
  const client = (words: readonly string[], environment: Record<string, string> = {}, input = ''): Running =>
    runNode(
      [supportModule('spec-client'), ...words],
      { XDG_STATE_HOME: folder, QMUX_TMPDIR: folder, ...environment },
      input,
    );
  const qmux = (...words: string[]) => client(['-S', socketPath, ...words]).ended;
  const startedServers = () => (existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n').map(Number) : []);

  beforeEach(() => {
    folder = temporaryFolder();
    socketPath = path.join(folder, 's');
    pids = path.join(folder, 'pids');
  });
  afterEach(async () => {
    await qmux('kill-server');
    for (const pid of startedServers()) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });

  it('starts a server that belongs to no terminal, once, and finds it again', async () => {
    const first = await qmux('-f', pids, 'new');
    expect(first).to.deep.include({ code: 0, stderr: '' });
    const second = await qmux('-f', pids, 'new');
    expect(second).to.deep.equal(first);
    expect(startedServers()).to.deep.equal([Number(first.stdout)]);
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${Number(first.stdout)}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      const [, , , session, tty] = stat;
      expect([session, tty]).to.deep.equal([first.stdout.trim(), '0']);
    }
  });

  it('makes its own folder for it', async () => {
    const { code, stderr } = await client(['new']).ended;
    expect([code, stderr]).to.deep.equal([0, '']);
    const own = path.join(folder, `qmux-${process.getuid?.()}`);
    expect(statSync(own).mode & 0o777).to.equal(0o700);
    await client(['kill-server']).ended;
  });

  it('starts exactly one server from twenty places at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => qmux('-f', pids, 'new')));
    expect(all.map(({ code, stderr }) => [code, stderr])).to.deep.equal(all.map(() => [0, '']));
    expect(new Set(all.map(({ stdout }) => stdout)).size).to.equal(1);
    expect(startedServers().filter(isAlive)).to.deep.equal([Number(all[0]?.stdout)]);
  });

  it('starts another server after one was killed while it started, and replaces what is stale', async () => {
    const hanging = path.join(folder, 'hang');
    const waiting = client(['-S', socketPath, '-f', hanging, 'new']);
    await waitUntil(
      () => existsSync(hanging),
      () => 'a server that starts',
    );
    process.kill(Number(readFileSync(hanging, 'utf8')), 'SIGKILL');
    expect((await waiting.ended).stderr).to.match(
      /^qmux: the server ended while it started \(SIGKILL\): see .*server.log\n$/,
    );
    const first = await qmux('-f', pids, 'new');
    expect(first.code).to.equal(0);
    process.kill(Number(first.stdout), 'SIGKILL');
    await waitUntil(
      () => !isAlive(Number(first.stdout)),
      () => 'its end',
    );
    const second = await qmux('-f', pids, 'new');
    expect([second.code, second.stdout === first.stdout]).to.deep.equal([0, false]);
  });

  it('goes on when the client that starts the server is killed', async () => {
    const hanging = path.join(folder, 'hang');
    const first = client(['-S', socketPath, '-f', hanging, 'new']);
    await waitUntil(
      () => existsSync(hanging),
      () => 'a server that starts',
    );
    const second = qmux('-f', pids, 'new');
    first.child.kill('SIGKILL');
    process.kill(Number(readFileSync(hanging, 'utf8')), 'SIGKILL');
    expect((await second).code).to.equal(0);
  });

  it('follows a server that is just ending', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [end, next] = await Promise.all([qmux('kill-server'), qmux('-f', pids, 'new')]);
      expect(next).to.deep.include({ code: 0, stderr: '' });
      expect(end.code).to.be.oneOf([0, 1]);
    }
  });

  it('passes on why a server cannot start', async () => {
    expect(await qmux('-f', 'fail', 'new')).to.deep.include({
      code: 1,
      stdout: '',
      stderr: 'qmux: the spec server cannot start: it was told to fail\n',
    });
  });

  it('says that no server runs, and starts none for a command that needs one', async () => {
    const { code, stderr } = await qmux('ls');
    expect([code, stderr]).to.deep.equal([1, `qmux: no server running on ${socketPath}\n`]);
    expect((await qmux('-N', 'new')).stderr).to.match(/no server running/);
  });

  it('says that it needs a terminal, and starts nothing', async () => {
    expect((await qmux()).stderr).to.equal('qmux: open terminal failed: not a terminal\n');
    expect(existsSync(socketPath)).to.equal(false);
    await qmux('new');
    expect(await qmux('attach')).to.deep.include({ code: 1, stderr: 'qmux: open terminal failed: not a terminal\n' });
  });

  it('refuses a socket that is not safe or not possible', async () => {
    const link = path.join(folder, 'link');
    mkdirSync(path.join(folder, 'real'));
    symlinkSync('real', link);
    expect((await client(['-S', path.join(link, 's'), 'new']).ended).stderr).to.match(/^qmux: .* is a link/);
    expect((await client(['-L', 'x'.repeat(200), 'new']).ended).stderr).to.match(/^qmux: socket path too long: /);
  });

  it('says who and where it is, and what it was given', async () => {
    await qmux('new');
    const { stdout } = await client(['-S', socketPath, '-2u', 'hello', 'ä b', ''], { MARK: 'x=y\n', LC_ALL: 'C' })
      .ended;
    expect(JSON.parse(stdout)).to.deep.include({
      command: ['hello', 'ä b', ''],
      mark: 'x=y\n',
      utf8: true,
      features: ['256'],
      workingDirectory: process.cwd(),
    });
    const plain = await client(['-S', socketPath, 'hello'], { LC_ALL: 'C', LANG: 'de_DE.UTF-8' }).ended;
    expect(JSON.parse(plain.stdout)).to.deep.include({ utf8: false });
  });

  it('gives its standard input when asked, and takes output, errors and exit code', async () => {
    await qmux('new');
    const input = 'x'.repeat(3_000_000);
    const { code, stdout, stderr } = await client(['-S', socketPath, 'cat'], {}, input).ended;
    expect([code, stderr, stdout === input]).to.deep.equal([3, `${input.length}\n`, true]);
    expect(await qmux('frob')).to.deep.include({ code: 1, stderr: 'unknown command: frob\n' });
  });

  describe('at a server that is not ours', () => {
    let server: net.Server | undefined;
    const serve = (reply: (socket: net.Socket) => void) =>
      new Promise<void>((resolve) => {
        server = net.createServer((socket) => {
          socket.on('error', () => {});
          reply(socket);
        });
        server.listen(socketPath, resolve);
      });
    afterEach(() => {
      server?.close();
    });

    for (const version of [PROTOCOL_VERSION - 1, PROTOCOL_VERSION + 1]) {
      it(`says what to do about protocol ${version}`, async () => {
        await serve((socket) => {
          socket.end(
            Buffer.concat([
              PREAMBLE,
              encodeServerMessage({ type: 'incompatible', version, release: '7.7', pid: 4711 }),
            ]),
          );
        });
        const { code, stderr } = await qmux('ls');
        const age = version < PROTOCOL_VERSION ? 'older' : 'newer';
        expect(code).to.equal(1);
        expect(stderr).to.match(
          new RegExp(`^qmux: the server on .* is an? ${age} qmux \\(7.7, protocol ${version}\\) .*: kill 4711\n$`),
        );
      });
    }

    it('says that it does not understand', async () => {
      await serve((socket) => {
        socket.write('220 mail.example.com ESMTP\r\n');
      });
      expect((await qmux('ls')).stderr).to.match(/^qmux: the server on .* is not understood: this is not qmux\n$/);
    });

    it('says that every connection is closed', async () => {
      await serve((socket) => socket.destroy());
      expect((await qmux('ls')).stderr).to.match(/^qmux: the server on .* closes every connection/);
    });

    it('says that the server was lost in the middle of a command', async () => {
      await serve((socket) => {
        socket.end(PREAMBLE);
      });
      expect((await qmux('ls')).stderr).to.match(/^qmux: lost the server on /);
    });
  });
});

describe('bin/qmux', () => {
  const bin = path.resolve(import.meta.dirname, '../../../bin/qmux');

  it('works through a link', async () => {
    const link = path.join(temporaryFolder(), 'qmux');
    symlinkSync(bin, link);
    expect(execFileSync(link, ['-V'], { encoding: 'utf8' })).to.match(/^qmux \d+\.\d+\.\d+/);
  });

  it('loads only its own rooms, and of Node no more than it needs', async () => {
    const main = path.resolve(bin, '../../dist/lib/client/main.js');
    const rooms = new Set([...loadedFiles(main)].map((file) => path.basename(path.dirname(file))));
    expect([...rooms].sort()).to.deep.equal(['base', 'client', 'protocol']);

    const trace = path.join(temporaryFolder(), 'trace.mjs');
    writeFileSync(
      trace,
      `process.on('exit', () => process.stderr.write(process.moduleLoadList.join('\\n')));
       await import(${JSON.stringify(main)});`,
    );
    const { stderr } = await runNode([trace, '-V']).ended;
    for (const module of ['child_process', 'http', 'crypto', 'tls', 'zlib', 'worker_threads']) {
      expect(stderr.split('\n')).to.not.include(`NativeModule ${module}`);
    }
  });
});

/** The modules that a module imports when it is loaded, itself included; a package among them fails. */
function loadedFiles(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^'"=(]*['"]([^'"]+)['"];$/gm)) {
    if (from.startsWith('.')) loadedFiles(path.resolve(path.dirname(file), from), found);
    else expect(from).to.match(/^node:/);
  }
  return found;
}
