import net from 'node:net';
import { encodeClientMessage } from '../../lib/protocol/client-codec.ts';
import { PREAMBLE } from '../../lib/protocol/frame.ts';
import { type ClientMessage, type Hello, PROTOCOL_VERSION, type ServerMessage } from '../../lib/protocol/message.ts';
import { serverMessageDecoder } from '../../lib/protocol/server-codec.ts';
import { waitUntil } from './wait.ts';

/** A client without a process of its own: the protocol spoken from within the spec. */
export class RawClient {
  readonly socket: net.Socket;
  readonly messages: ServerMessage[] = [];
  closed = false;

  constructor(socketPath: string) {
    const decoder = serverMessageDecoder();
    this.socket = net.connect(socketPath);
    this.socket.on('error', () => undefined);
    this.socket.on('data', (chunk) => this.messages.push(...decoder.push(chunk).messages));
    this.socket.once('close', () => {
      this.closed = true;
    });
  }

  hello(command: readonly string[], over: Partial<Hello> = {}): this {
    this.socket.write(PREAMBLE);
    return this.send({
      type: 'hello',
      version: PROTOCOL_VERSION,
      release: 'spec',
      pid: process.pid,
      command,
      workingDirectory: '/',
      environment: { TERM: 'xterm-256color' },
      terminal: { name: 'raw', size: { columns: 80, rows: 24 } },
      utf8: true,
      readOnly: false,
      ...over,
    });
  }

  send(message: ClientMessage): this {
    this.socket.write(encodeClientMessage(message));
    return this;
  }

  /** What a terminal would have got so far, as text. */
  get output(): string {
    return this.messages
      .map((message) => (message.type === 'output' ? Buffer.from(message.bytes).toString() : ''))
      .join('');
  }

  /** What it would have printed on standard error. */
  get errors(): string {
    return this.messages
      .map((message) => (message.type === 'stderr' ? Buffer.from(message.bytes).toString() : ''))
      .join('');
  }

  /** Waits for a message of a type, and gives the first. */
  async heard<T extends ServerMessage['type']>(type: T): Promise<ServerMessage & { type: T }> {
    const is = (message: ServerMessage): message is ServerMessage & { type: T } => message.type === type;
    return waitUntil(() => this.messages.find(is), `a message ${type}`);
  }

  async ended(): Promise<void> {
    await waitUntil(() => this.closed, 'the server to close the connection');
  }
}
