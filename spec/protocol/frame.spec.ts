import { expect } from 'chai';
import fc from 'fast-check';
import { clientMessageDecoder, encodeClientMessage } from '../../lib/protocol/client-codec.ts';
import {
  encodeFrame,
  type FrameDecoder,
  MAXIMUM_HELLO_PAYLOAD,
  MAXIMUM_PAYLOAD,
  PREAMBLE,
} from '../../lib/protocol/frame.ts';
import { type ClientMessage, type Hello, PROTOCOL_VERSION, type ServerMessage } from '../../lib/protocol/message.ts';
import { encodeServerMessage, serverMessageDecoder } from '../../lib/protocol/server-codec.ts';

const bytes = fc.uint8Array({ maxLength: 300 });
const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
const count = fc.integer({ min: 0, max: 0x7fffffff });
const size = fc.record({ columns: fc.integer({ min: 1, max: 1000 }), rows: fc.integer({ min: 1, max: 400 }) });

const hello: fc.Arbitrary<Hello> = fc.record({
  type: fc.constant('hello' as const),
  version: fc.constant(PROTOCOL_VERSION),
  release: text,
  pid: count,
  command: fc.array(text),
  workingDirectory: text,
  environment: fc.dictionary(text, text),
  terminal: fc.option(fc.record({ name: text, size }), { nil: undefined }),
  utf8: fc.boolean(),
  readOnly: fc.boolean(),
  features: fc.array(text),
  proves: fc.boolean(),
});

const clientMessage: fc.Arbitrary<ClientMessage> = fc.oneof(
  hello,
  fc.record({ type: fc.constant('input' as const), bytes }),
  fc.record({ type: fc.constant('resize' as const), size }),
  fc.record({ type: fc.constant('stdin' as const), bytes }),
  fc.record({ type: fc.constantFrom('continued' as const, 'proved' as const) }),
  fc.record({ type: fc.constant('leave' as const), signal: text }),
);

const serverMessage: fc.Arbitrary<ServerMessage> = fc.oneof(
  fc.record({ type: fc.constant('incompatible' as const), version: count, release: text, pid: count }),
  fc.record({ type: fc.constant('attach' as const), start: bytes, restore: bytes }),
  fc.record({ type: fc.constantFrom('output' as const, 'stdout' as const, 'stderr' as const), bytes }),
  fc.record({ type: fc.constantFrom('read-stdin' as const, 'suspend' as const) }),
  fc.record({ type: fc.constant('lock' as const), command: text }),
  fc.record({ type: fc.constant('prove' as const), file: text }),
  fc.record({ type: fc.constant('bye' as const), text, code: count, hangup: fc.boolean() }),
);

/** The pieces of `whole`, cut at the given lengths, again and again. */
function* pieces(whole: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < whole.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? whole.length;
    yield whole.subarray(at, at + length);
    at += length;
  }
}

function readAll<T>(
  decoder: FrameDecoder<T>,
  chunks: Iterable<Uint8Array>,
): { messages: T[]; problem: string | undefined } {
  const messages: T[] = [];
  let problem: string | undefined;
  for (const chunk of chunks) {
    const decoded = decoder.push(chunk);
    messages.push(...decoded.messages);
    problem = decoded.problem;
  }
  return { messages, problem };
}

/** Messages with all bytes as numbers, whatever kind of array they came in. */
const plain = (messages: readonly object[]): unknown[] =>
  messages.map((message) =>
    Object.fromEntries(
      Object.entries(message).map(([name, item]: [string, unknown]) => [
        name,
        item instanceof Uint8Array ? [...item] : item,
      ]),
    ),
  );

const lengths = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 });
const read = (...frames: Uint8Array[]) => readAll(clientMessageDecoder(), [Buffer.concat([PREAMBLE, ...frames])]);
const json = (type: number, data: unknown) => encodeFrame(type, Buffer.from(JSON.stringify(data)));
const HELLO = {
  version: PROTOCOL_VERSION,
  release: '1',
  pid: 1,
  command: [],
  workingDirectory: '/',
  environment: {},
  utf8: true,
  readOnly: false,
};

describe('the wire', () => {
  it('brings back every client message, whatever the chunking', () => {
    fc.assert(
      fc.property(fc.array(clientMessage, { maxLength: 8 }), lengths, (messages, cuts) => {
        const whole = Buffer.concat([PREAMBLE, ...messages.map(encodeClientMessage)]);
        const decoded = readAll(clientMessageDecoder(), pieces(whole, cuts));
        expect(decoded.problem).to.equal(undefined);
        expect(plain(decoded.messages)).to.deep.equal(plain(messages));
      }),
    );
  });

  it('brings back every server message, whatever the chunking', () => {
    fc.assert(
      fc.property(fc.array(serverMessage, { maxLength: 8 }), lengths, (messages, cuts) => {
        const whole = Buffer.concat([PREAMBLE, ...messages.map(encodeServerMessage)]);
        const decoded = readAll(serverMessageDecoder(), pieces(whole, cuts));
        expect(decoded.problem).to.equal(undefined);
        expect(plain(decoded.messages)).to.deep.equal(plain(messages));
      }),
    );
  });

  it('throws for no bytes at all, after a valid preamble or without', () => {
    const frame = fc.tuple(
      fc.integer({ min: 0, max: 9 }),
      fc.oneof(
        bytes,
        fc.json().map((value) => Buffer.from(value)),
      ),
    );
    const noise = fc.oneof(
      bytes,
      fc.array(frame).map((frames) => Buffer.concat(frames.map(([type, payload]) => encodeFrame(type, payload)))),
    );
    fc.assert(
      fc.property(noise, fc.boolean(), lengths, (whole, greeted, cuts) => {
        const all = greeted ? Buffer.concat([PREAMBLE, whole]) : whole;
        readAll(clientMessageDecoder(), pieces(all, cuts));
        readAll(serverMessageDecoder(), pieces(all, cuts));
      }),
      { numRuns: 500 },
    );
  });

  it('tells a stranger at the first wrong byte', () => {
    expect(clientMessageDecoder().push(Buffer.from('GET / HTTP/1.1\r\n')).problem).to.equal('this is not qmux');
  });

  it('refuses a length over the limit before the payload comes, and an unknown type', () => {
    const header = Buffer.alloc(5);
    header.writeUInt32BE(MAXIMUM_HELLO_PAYLOAD + 1);
    header[4] = 1;
    expect(read(header).problem).to.match(/frame of type 1 has 4194305 bytes/);
    header.writeUInt32BE(MAXIMUM_PAYLOAD + 1);
    header[4] = 2;
    expect(read(header).problem).to.match(/frame of type 2/);
    expect(read(encodeFrame(77, Buffer.alloc(3))).problem).to.match(/type 77/);
  });

  it('delivers what came before a problem, and nothing after it', () => {
    const { messages, problem } = read(
      encodeFrame(5, Buffer.alloc(0)),
      encodeFrame(77, Buffer.alloc(0)),
      encodeFrame(5, Buffer.alloc(0)),
    );
    expect(messages).to.deep.equal([{ type: 'continued' }]);
    expect(problem).to.match(/77/);
  });

  for (const [what, data] of Object.entries({
    'no object': [1],
    'a pid that is none': { ...HELLO, pid: -1 },
    'a command of numbers': { ...HELLO, command: [1] },
    'a NUL in a word': { ...HELLO, command: ['a\0b'] },
    'an environment that is none': { ...HELLO, environment: ['a'] },
    'a terminal without a size': { ...HELLO, terminal: { name: 'xterm' } },
    'no flags': { ...HELLO, utf8: undefined },
  })) {
    it(`refuses a hello with ${what}`, () => {
      expect(read(json(1, data)).problem).to.match(/^hello/);
    });
  }

  it('keeps a variable called __proto__ a variable', () => {
    const data = JSON.stringify(HELLO).replace('"environment":{}', '"environment":{"__proto__":"x"}');
    const [message] = read(encodeFrame(1, Buffer.from(data))).messages;
    expect(message?.type === 'hello' && Object.entries(message.environment)).to.deep.equal([['__proto__', 'x']]);
  });

  it('reads of a hello of another version only who it is', () => {
    const { messages, problem } = read(json(1, { version: 999, release: '9.9', pid: 7, command: 'new form' }));
    expect(problem).to.equal(undefined);
    expect(messages[0]).to.include({ type: 'hello', version: 999, release: '9.9', pid: 7 });
  });

  it('clamps a size from outside', () => {
    expect(read(json(3, { columns: 1e9, rows: -3.5 })).messages).to.deep.equal([
      { type: 'resize', size: { columns: 1000, rows: 1 } },
    ]);
  });

  it('cuts long bytes into frames, and joins single bytes in linear time', () => {
    const long = Buffer.alloc(2.5 * MAXIMUM_PAYLOAD, 'x');
    const frames = encodeServerMessage({ type: 'output', bytes: long });
    const whole = Buffer.concat([PREAMBLE, frames]);
    const { messages, problem } = readAll(serverMessageDecoder(), pieces(whole, [1]));
    expect(problem).to.equal(undefined);
    expect(messages.length).to.equal(3);
    expect(messages.reduce((sum, message) => sum + (message.type === 'output' ? message.bytes.length : 0), 0)).to.equal(
      long.length,
    );
  });

  it('refuses to send a hello that is too large', () => {
    const message: Hello = {
      type: 'hello',
      terminal: undefined,
      ...HELLO,
      environment: { A: 'x'.repeat(MAXIMUM_HELLO_PAYLOAD) },
    };
    expect(() => encodeClientMessage(message)).to.throw(/too large to send/);
  });
});
