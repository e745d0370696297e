import path from 'node:path';
import { expect } from 'chai';
import { type IPty, spawn } from 'node-pty';
import { temporaryFolder } from '../support/folder.ts';
import { isAlive, runNode, supportModule } from '../support/processes.ts';
import { waitUntil } from '../support/wait.ts';

/** A shell on a pty that prints its terminal's modes, runs the client, and prints them again. */
class ClientOnPty {
  readonly pty: IPty;
  output = '';
  ended = false;

  constructor(socketPath: string, then = '') {
    const client = `'${process.execPath}' '${supportModule('spec-client')}' -S '${socketPath}'`;
    const show = 'echo "{$(stty -a | tr "\\n" " ")}"';
    // The shell stays at the end: node-pty loses the last output of a program that exits at once.
    const script = `stty erase ^H tabs; ${show}; ${client}; echo "code=$?;"; ${then} ${show}; echo done; read -r _`;
    const { QMUX: _inside, ...environment } = process.env;
    this.pty = spawn('/bin/sh', [then === '' ? '-c' : '-mc', script], {
      cols: 90,
      rows: 20,
      env: { ...environment, XDG_STATE_HOME: path.dirname(socketPath) },
    });
    this.pty.onData((text) => {
      // Node's raw mode keeps ONLCR
      this.output = (this.output + text).replaceAll('\r\r\n', '\r\n').slice(-200_000);
    });
    this.pty.onExit(() => {
      this.ended = true;
    });
  }

  async sees(text: string): Promise<void> {
    await waitUntil(
      () => this.output.includes(text),
      () => `${text} in ${JSON.stringify(this.output.slice(-2000))}`,
    );
  }

  async attached(): Promise<void> {
    await this.sees('START\r\n');
  }

  /** The client's process, as the server was told. */
  async pid(): Promise<number> {
    this.pty.write('p');
    await this.sees(';\r\n');
    await waitUntil(
      () => /pid=\d+;/.test(this.output),
      () => 'a pid',
    );
    return Number(/pid=(\d+);/.exec(this.output)?.[1]);
  }

  /** The modes before and after, once all is over. */
  async modes(): Promise<readonly string[]> {
    await this.sees('done\r\n');
    return [...this.output.matchAll(/\{(speed.*?)\}/gs)].map((match) => (match[1] ?? '').replaceAll(/\s+/g, ' '));
  }

  async isRestored(): Promise<void> {
    const [before, after] = await this.modes();
    expect(before).to.match(/icanon.* echo /);
    expect(after).to.equal(before);
    expect(this.output).to.include('RESTORE\x1b[?1049l');
  }
}

describe('an attached client', () => {
  let socketPath: string;
  let client: ClientOnPty;
  const open = async (then?: string) => {
    client = new ClientOnPty(socketPath, then);
    await client.attached();
  };

  beforeEach(() => {
    socketPath = path.join(temporaryFolder(), 's');
  });
  afterEach(async () => {
    if (!client.ended) client.pty.kill('SIGKILL');
    await runNode([supportModule('spec-client'), '-S', socketPath, 'kill-server']).ended;
  });

  it('restores the terminal and prints the last words when it is detached', async () => {
    await open();
    client.pty.write('d');
    await client.isRestored();
    expect(client.output).to.include('RESTORE\x1b[?1049l[detached]\r\ncode=0;');
  });

  it('ends the shell that it was started from, when told so', async () => {
    await open();
    client.pty.write('P');
    await waitUntil(
      () => client.ended,
      () => 'the end of the shell',
    );
    expect(client.output).to.include('[detached and HUP]\r\n');
    expect(client.output).to.not.include('code=');
  });

  it('restores the terminal when the server is killed', async () => {
    await open();
    client.pty.write('k');
    await client.isRestored();
    expect(client.output).to.include('RESTORE\x1b[?1049l[lost server]\r\ncode=1;');
  });

  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const) {
    it(`restores the terminal on ${signal}`, async () => {
      await open();
      process.kill(await client.pid(), signal);
      await client.isRestored();
      expect(client.output).to.include(`[left by ${signal}]\r\ncode=1;`);
    });
  }

  it('restores the terminal on a signal when the server does not answer', async () => {
    await open();
    const pid = await client.pid();
    client.pty.write('h');
    await waitUntil(
      () => /stopping=\d+;/.test(client.output),
      () => 'a stop',
    );
    process.kill(pid, 'SIGTERM');
    await client.isRestored();
    expect(client.output).to.include('[terminated]\r\ncode=1;');
    process.kill(Number(/stopping=(\d+);/.exec(client.output)?.[1]), 'SIGKILL');
  });

  it('restores the terminal when it crashes', async () => {
    await open();
    process.kill(await client.pid(), 'SIGUSR2');
    await client.isRestored();
    expect(client.output).to.match(/qmux: the client failed: Error: told to crash\r\n/);
    expect(client.output).to.include('code=1;');
  });

  it('leaves when its line is cut', async () => {
    await open();
    const pid = await client.pid();
    client.pty.kill('SIGKILL');
    await waitUntil(
      () => !isAlive(pid),
      () => `the end of ${pid}`,
    );
  });

  it('leaves on a signal while its terminal takes nothing', async () => {
    await open();
    const pid = await client.pid();
    client.pty.write('f');
    await client.sees('xxxx');
    client.pty.pause();
    process.kill(pid, 'SIGTERM');
    await waitUntil(
      () => !isAlive(pid),
      () => `the end of ${pid}`,
    );
    client.pty.resume();
    const [before, after] = await client.modes();
    expect(after).to.equal(before);
  });

  it('passes every byte unchanged, both ways', async () => {
    await open();
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    client.pty.write(bytes);
    await client.sees(`<${JSON.stringify(bytes.toString('latin1'))}>`);
  });

  it('tells the size, and every change of it', async () => {
    await open();
    client.pty.resize(101, 31);
    await client.sees('<"resize 101x31">');
  });

  it('is stopped with the terminal restored, and comes back afresh', async () => {
    await open('stty -a; echo stopped; fg; echo "end=$?;";');
    client.pty.write('s');
    await client.sees('code=148;');
    expect(client.output).to.include('RESTORE\x1b[?1049l');
    await client.sees('<"continued">');
    expect(client.output).to.match(/stopped\r\n.*START\r\n.*<"resize 90x20">.*<"continued">/s);
    client.pty.write('d');
    await client.sees('[detached]\r\nend=0;');
    await client.isRestored();
  });

  it('goes on where nobody could continue it', async () => {
    await open();
    const pid = await client.pid();
    process.kill(pid, 'SIGTSTP');
    await client.sees('RESTORE');
    process.kill(pid, 'SIGCONT');
    await client.sees('<"continued">');
    client.pty.write('d');
    await client.isRestored();
  });

  it('runs the lock command on the restored terminal', async () => {
    await open();
    client.pty.write('l');
    await client.sees('locked\r\n');
    await client.sees('\r\n');
    client.pty.write('secret\r');
    await client.sees('got secret\r\n');
    await client.sees('<"continued">');
    client.pty.write('d');
    await client.isRestored();
  });
});
