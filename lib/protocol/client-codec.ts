import { FrameDecoder, MAXIMUM_HELLO_PAYLOAD, MAXIMUM_PAYLOAD, type PayloadCodec, ProtocolError } from './frame.ts';
import { type ClientMessage, type Hello, PROTOCOL_VERSION } from './message.ts';
import { bytesFrames, emptyFrame, Fields, jsonFrame } from './payload.ts';

const HELLO = 1;
const INPUT = 2;
const RESIZE = 3;
const STDIN = 4;
const CONTINUED = 5;
const LEAVE = 6;
const PROVED = 7;
const YIELDED = 8;
const TAKES_TERMINAL = 9;
const FLUSHED = 10;
const SMALL = 4096;

/** A client's message as frames. Throws ProtocolError for a `hello` over 4 MB. */
export function encodeClientMessage(message: ClientMessage): Uint8Array {
  switch (message.type) {
    case 'hello':
      return jsonFrame(HELLO, { ...message, type: undefined }, MAXIMUM_HELLO_PAYLOAD);
    case 'input':
      return bytesFrames(INPUT, message.bytes);
    case 'resize':
      return jsonFrame(RESIZE, message.size);
    case 'stdin':
      return bytesFrames(STDIN, message.bytes);
    case 'continued':
      return emptyFrame(CONTINUED);
    case 'proved':
      return emptyFrame(PROVED);
    case 'yielded':
      return jsonFrame(YIELDED, { turn: message.turn });
    case 'takes-terminal':
      return emptyFrame(TAKES_TERMINAL);
    case 'flushed':
      return jsonFrame(FLUSHED, { turn: message.turn });
    case 'leave':
      return jsonFrame(LEAVE, { signal: message.signal });
  }
}

/** What the server reads. A `hello` of another version is read as far as who it is; the rest of it is empty. */
export const clientMessageDecoder = (): FrameDecoder<ClientMessage> => new FrameDecoder(codec);

const codec: PayloadCodec<ClientMessage> = {
  maximum(type) {
    if (type === HELLO) return MAXIMUM_HELLO_PAYLOAD;
    if (type === INPUT || type === STDIN) return MAXIMUM_PAYLOAD;
    return SMALL;
  },
  decode(type, payload) {
    switch (type) {
      case HELLO:
        return decodeHello(payload);
      case INPUT:
        return { type: 'input', bytes: payload };
      case RESIZE:
        return { type: 'resize', size: Fields.parse(payload, 'resize').size() };
      case STDIN:
        return { type: 'stdin', bytes: payload };
      case CONTINUED:
        return { type: 'continued' };
      case PROVED:
        return { type: 'proved' };
      case YIELDED:
        return { type: 'yielded', turn: Fields.parse(payload, 'yielded').count('turn') };
      case TAKES_TERMINAL:
        return { type: 'takes-terminal' };
      case FLUSHED:
        return { type: 'flushed', turn: Fields.parse(payload, 'flushed').count('turn') };
      case LEAVE:
        return { type: 'leave', signal: Fields.parse(payload, 'leave').text('signal') };
      default:
        throw new ProtocolError(`a client sends no frame of type ${type}`);
    }
  },
};

function decodeHello(payload: Uint8Array): Hello {
  const fields = Fields.parse(payload, 'hello');
  const version = fields.count('version');
  const same = version === PROTOCOL_VERSION;
  const terminal = same && fields.has('terminal') ? fields.fields('terminal') : undefined;
  return {
    type: 'hello',
    version,
    release: fields.text('release'),
    pid: fields.count('pid'),
    command: same ? fields.texts('command') : [],
    workingDirectory: same ? fields.text('workingDirectory') : '/',
    environment: same ? fields.record('environment') : {},
    terminal: terminal && { name: terminal.text('name'), size: terminal.fields('size').size() },
    utf8: same && fields.boolean('utf8'),
    readOnly: same && fields.boolean('readOnly'),
    ...(same && fields.has('features') ? { features: fields.texts('features') } : {}),
    ...(same && fields.has('proves') ? { proves: fields.boolean('proves') } : {}),
    ...(same && fields.has('yields') ? { yields: fields.boolean('yields') } : {}),
  };
}
