import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { openLog } from '../../lib/base/log.ts';
import { errorText } from '../../lib/base/user-error.ts';
import type { Connection } from '../../lib/server/connection.ts';
import { becomeDaemon } from '../../lib/server/daemon.ts';
import { AlreadyRunningError, listen } from '../../lib/server/listener.ts';

/*
 * A server without sessions, for specs of client and socket. What it does on `hello` is said by the command's first
 * word; its config file argument makes it fail (`fail`), hang (`hang`) or leave its pid in a file of that name.
 */
const START = Buffer.from('\x1b[?1049hSTART\r\n');
const RESTORE = Buffer.from('RESTORE\x1b[?1049l');
const SECOND = 1000;
const ENDLESS = Buffer.alloc(64 * 1024, 'x');

const [socketPath = '', file] = process.argv.slice(2);
const mode = file && path.basename(file);
const report = becomeDaemon(socketPath);

function attach(connection: Connection): void {
  connection.send({ type: 'attach', start: START, restore: RESTORE });
  connection.onMessage((message) => {
    if (message.type === 'leave') {
      bye(connection, `[left by ${message.signal}]`, 1);
      return;
    }
    let text: string = message.type;
    if (message.type === 'input') text = Buffer.from(message.bytes).toString('latin1');
    if (message.type === 'resize') text = `resize ${message.size.columns}x${message.size.rows}`;
    const act = KEYS[text];
    if (act !== undefined) act(connection);
    else connection.send({ type: 'output', bytes: Buffer.from(`<${JSON.stringify(text)}>\r\n`) });
  });
}

const KEYS: Readonly<Record<string, (connection: Connection) => void>> = {
  d: (connection) => bye(connection, '[detached]', 0),
  P(connection) {
    connection.send({ type: 'bye', text: '[detached and HUP]', code: 0, hangup: true });
    connection.end();
  },
  s: (connection) => connection.send({ type: 'suspend' }),
  l: (connection) => connection.send({ type: 'lock', command: 'echo locked; stty -a; read line; echo "got $line"' }),
  k: () => process.kill(process.pid, 'SIGKILL'),
  f: flood,
  h(connection) {
    connection.send({ type: 'output', bytes: Buffer.from(`stopping=${process.pid};\r\n`) });
    process.kill(process.pid, 'SIGSTOP');
  },
  p: (connection) => connection.send({ type: 'output', bytes: Buffer.from(`pid=${connection.hello.pid};\r\n`) }),
};

function flood(connection: Connection): void {
  const fill = () => {
    while (connection.isOpen && !connection.congested) connection.send({ type: 'output', bytes: ENDLESS });
  };
  connection.onDrain(fill);
  fill();
}

function bye(connection: Connection, text: string, code: number): void {
  connection.send({ type: 'bye', text, code, hangup: false });
  connection.end();
}

const COMMANDS: Readonly<Record<string, (connection: Connection) => void>> = {
  attach,
  new(connection) {
    connection.send({ type: 'stdout', bytes: Buffer.from(`${process.pid}\n`) });
    bye(connection, '', 0);
  },
  hello(connection) {
    const { environment, ...rest } = connection.hello;
    connection.send({ type: 'stdout', bytes: Buffer.from(JSON.stringify({ ...rest, mark: environment['MARK'] })) });
    bye(connection, '', 0);
  },
  cat(connection) {
    let length = 0;
    connection.onMessage((message) => {
      if (message.type !== 'stdin') return;
      length += message.bytes.length;
      connection.send({ type: 'stdout', bytes: message.bytes });
      if (message.bytes.length === 0) bye(connection, `${length}`, 3);
    });
    connection.send({ type: 'read-stdin' });
  },
  'kill-server'(connection) {
    connection.onClosed(() => process.exit(0));
    bye(connection, '', 0);
    listener?.dispose();
  },
};

function answer(connection: Connection): void {
  const [name = 'attach'] = connection.hello.command;
  const act = COMMANDS[name];
  if (act !== undefined) {
    act(connection);
    return;
  }
  connection.send({ type: 'stderr', bytes: Buffer.from(`unknown command: ${name}\n`) });
  bye(connection, '', 1);
}

if (mode === 'fail') {
  report.failed('the spec server cannot start: it was told to fail');
  process.exit(1);
}
if (file !== undefined) appendFileSync(file, `${process.pid}\n`);
setTimeout(() => process.exit(9), 60 * SECOND).unref();
if (mode === 'hang') await new Promise((resolve) => setTimeout(resolve, 60 * SECOND));

const log = openLog({ file: process.env['SPEC_LOG'], level: 'debug' });
const listener = await listen(socketPath, answer, log).catch((error: unknown) => {
  if (error instanceof AlreadyRunningError) process.exit(0);
  report.failed(errorText(error));
  process.exit(1);
});
report.ready();
