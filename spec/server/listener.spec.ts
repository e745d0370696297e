import { spawn } from 'node:child_process';
import { chmodSync, lstatSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { openLog } from '../../lib/base/log.ts';
import { release } from '../../lib/base/release.ts';
import { UserError } from '../../lib/base/user-error.ts';
import { encodeClientMessage } from '../../lib/protocol/client-codec.ts';
import { encodeFrame, PREAMBLE } from '../../lib/protocol/frame.ts';
import { type ClientMessage, type Hello, PROTOCOL_VERSION, type ServerMessage } from '../../lib/protocol/message.ts';
import { serverMessageDecoder } from '../../lib/protocol/server-codec.ts';
import { takeSocketLock } from '../../lib/protocol/socket-lock.ts';
import { acceptConnection, type Connection } from '../../lib/server/connection.ts';
import { AlreadyRunningError, type Listener, listen } from '../../lib/server/listener.ts';
import { temporaryFolder } from '../support/folder.ts';
import { runNode, supportModule } from '../support/processes.ts';
import { waitUntil } from '../support/wait.ts';

const HELLO: Hello = {
  type: 'hello',
  version: PROTOCOL_VERSION,
  release: '0',
  pid: 1,
  command: ['x'],
  workingDirectory: '/',
  environment: {},
  terminal: undefined,
  utf8: true,
  readOnly: false,
};
const GREETING = Buffer.concat([PREAMBLE, encodeClientMessage(HELLO)]);
const log = openLog({ file: undefined });

/** A client by hand: what it got, and whether it was closed. */
class RawClient {
  readonly socket: net.Socket;
  readonly messages: ServerMessage[] = [];
  closed = false;

  constructor(socketPath: string) {
    const decoder = serverMessageDecoder();
    this.socket = net.connect(socketPath);
    this.socket.on('data', (chunk) => this.messages.push(...decoder.push(chunk).messages));
    this.socket.on('error', () => {});
    this.socket.once('close', () => {
      this.closed = true;
    });
    clients.push(this);
  }
}
const clients: RawClient[] = [];

describe('the listener', () => {
  let socketPath: string;
  let listener: Listener | undefined;
  let connections: Connection[];
  const open = async () => {
    listener = await listen(socketPath, (connection) => connections.push(connection), log);
  };
  const connected = async (bytes: Uint8Array = GREETING): Promise<[RawClient, Connection]> => {
    const client = new RawClient(socketPath);
    client.socket.write(bytes);
    await waitUntil(
      () => connections.length > 0,
      () => 'a connection',
    );
    const connection = connections.at(-1);
    if (connection === undefined) throw new Error('no connection');
    return [client, connection];
  };

  beforeEach(() => {
    socketPath = path.join(temporaryFolder(), 's');
    connections = [];
  });
  afterEach(() => {
    listener?.dispose();
    listener = undefined;
    for (const client of clients.splice(0)) client.socket.destroy();
    for (const connection of connections) connection.abort('the spec ended');
  });

  it('makes a socket for its owner alone, and takes it away', async () => {
    await open();
    expect(lstatSync(socketPath).isSocket()).to.equal(true);
    expect(lstatSync(socketPath).mode & 0o777).to.equal(0o600);
    listener?.dispose();
    expect(lstatSync(socketPath, { throwIfNoEntry: false })).to.equal(undefined);
  });

  it('is the only one of its socket', async () => {
    await open();
    const second = await listen(socketPath, () => {}, log).catch((error: unknown) => error);
    expect(second).to.be.instanceOf(AlreadyRunningError);
    await connected();
  });

  it('replaces a stale socket', async () => {
    const { child } = runNode([supportModule('spec-server'), socketPath]);
    await waitUntil(
      () => lstatSync(socketPath, { throwIfNoEntry: false }) !== undefined,
      () => 'a server',
    );
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    expect(lstatSync(socketPath).isSocket()).to.equal(true);
    await open();
    await connected();
  });

  it('makes a socket that was deleted again, once somebody asks', async () => {
    await open();
    unlinkSync(socketPath);
    expect(await takeSocketLock(`${socketPath}.s`)).to.equal(undefined);
    await waitUntil(
      () => lstatSync(socketPath, { throwIfNoEntry: false }) !== undefined,
      () => 'the socket',
    );
    await connected();
  });

  it('refuses a place that is not safe, with a sentence', async () => {
    writeFileSync(socketPath, 'precious');
    expect(await open().catch((error: unknown) => error)).to.be.instanceOf(UserError);
    unlinkSync(socketPath);
    symlinkSync('/tmp/elsewhere', socketPath);
    expect(await open().catch((error: unknown) => error)).to.be.instanceOf(UserError);
    unlinkSync(socketPath);
    chmodSync(path.dirname(socketPath), 0o777);
    expect(await open().catch((error: unknown) => error)).to.be.instanceOf(UserError);
  });

  it('hands over a client after its hello, with what came behind it in the same piece', async () => {
    const got: ClientMessage[] = [];
    listener = await listen(
      socketPath,
      (connection) => {
        connections.push(connection);
        connection.onMessage((message) => got.push(message));
      },
      log,
    );
    await connected(Buffer.concat([GREETING, encodeClientMessage({ type: 'input', bytes: Buffer.from('abc') })]));
    expect(connections[0]?.hello.command).to.deep.equal(['x']);
    expect(got.map((message) => message.type)).to.deep.equal(['input']);
  });

  it('tells a client of another version who we are, and closes', async () => {
    await open();
    const client = new RawClient(socketPath);
    client.socket.write(Buffer.concat([PREAMBLE, encodeClientMessage({ ...HELLO, version: 99 })]));
    await waitUntil(
      () => client.closed,
      () => 'a close',
    );
    expect(client.messages).to.deep.equal([
      { type: 'incompatible', version: PROTOCOL_VERSION, release: release(), pid: process.pid },
    ]);
    expect(connections).to.deep.equal([]);
  });

  for (const [what, bytes] of Object.entries({
    'another protocol': Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    'random bytes': Buffer.from(Array.from({ length: 5000 }, () => Math.floor(Math.random() * 256))),
    'no hello': Buffer.concat([PREAMBLE, encodeClientMessage({ type: 'continued' })]),
    'a giant': Buffer.concat([PREAMBLE, Buffer.from([255, 255, 255, 255, 1])]),
    'two hellos': Buffer.concat([GREETING, encodeClientMessage(HELLO)]),
    'random bytes after its hello': Buffer.concat([GREETING, encodeFrame(200, Buffer.alloc(9))]),
  })) {
    it(`closes on ${what}, and goes on for others`, async () => {
      await open();
      const client = new RawClient(socketPath);
      client.socket.write(bytes);
      await waitUntil(
        () => client.closed,
        () => 'a close',
      );
      connections = [];
      await connected();
    });
  }

  it('closes on a client that says nothing', async () => {
    let accepted = false;
    const server = net.createServer((socket) => {
      acceptConnection(
        socket,
        log,
        () => {
          accepted = true;
        },
        20,
      );
    });
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    const client = new RawClient(socketPath);
    await waitUntil(
      () => client.closed,
      () => 'a close',
    );
    expect(accepted).to.equal(false);
    server.close();
  });

  it('stops at a client whose handling throws, and goes on for others', async () => {
    listener = await listen(
      socketPath,
      (connection) => {
        connections.push(connection);
        if (connections.length === 1) throw new Error('a fault');
      },
      log,
    );
    const [client] = await connected();
    await waitUntil(
      () => client.closed,
      () => 'a close',
    );
    await connected();
  });

  it('calls a client congested that does not read, tells when it has read, and gives it up beyond a bound', async () => {
    await open();
    const [client, connection] = await connected();
    await waitUntil(
      () => client.socket.readyState === 'open',
      () => 'the socket',
    );
    client.socket.pause();
    const output = { type: 'output', bytes: Buffer.alloc(100_000, 'x') } as const;
    while (!connection.congested) connection.send(output);
    let drained = false;
    connection.onDrain(() => {
      drained = true;
    });
    client.socket.resume();
    await waitUntil(
      () => drained,
      () => 'a drain',
    );
    expect(connection.congested).to.equal(false);

    client.socket.pause();
    let sent = 0;
    for (; connection.isOpen && sent < 1000; sent += 1) connection.send(output);
    expect(sent * output.bytes.length).to.be.lessThan(12e6);
    let reason: string | undefined;
    connection.onClosed((why) => {
      reason = why;
    });
    await waitUntil(
      () => reason !== undefined,
      () => 'a close',
    );
    expect(reason).to.match(/does not read/);
  });

  it('turns clients away while no descriptors are left, and goes on after', async () => {
    const server = `ulimit -n 60; exec '${process.execPath}' '${supportModule('spec-server')}' '${socketPath}'`;
    const child = spawn('/bin/sh', ['-c', server], { stdio: 'ignore' });
    try {
      await waitUntil(
        () => lstatSync(socketPath, { throwIfNoEntry: false }) !== undefined,
        () => 'a server',
      );
      for (let count = 0; count < 100; count += 1) new RawClient(socketPath);
      await waitUntil(
        () => clients.filter((client) => client.closed).length > 40,
        () => 'clients that are turned away',
      );
      for (const client of clients) client.socket.destroy();
      // Until the server has noticed that the others left it may send more away: as a person would, try again.
      let client = new RawClient(socketPath);
      const greet = () =>
        client.socket.write(Buffer.concat([PREAMBLE, encodeClientMessage({ ...HELLO, command: ['new'] })]));
      greet();
      await waitUntil(
        () => {
          if (client.messages.some((message) => message.type === 'bye')) return true;
          if (client.closed) {
            client = new RawClient(socketPath);
            greet();
          }
          return false;
        },
        () => 'an answer',
      );
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('sends what is left before it closes', async () => {
    await open();
    const [client, connection] = await connected();
    connection.send({ type: 'stdout', bytes: Buffer.alloc(5_000_000, 'x') });
    connection.send({ type: 'bye', text: 'end', code: 0, hangup: false });
    connection.end();
    connection.send({ type: 'stderr', bytes: Buffer.from('too late') });
    await waitUntil(
      () => client.closed,
      () => 'a close',
    );
    expect(client.messages.at(-1)).to.deep.equal({ type: 'bye', text: 'end', code: 0, hangup: false });
  });
});
