import { encodeFrame, FrameDecoder, MAXIMUM_PAYLOAD, type PayloadCodec, ProtocolError } from './frame.ts';
import type { ServerMessage } from './message.ts';
import { bytesFrames, emptyFrame, Fields, jsonFrame } from './payload.ts';

const INCOMPATIBLE = 128;
const ATTACH = 129;
const OUTPUT = 130;
const STDOUT = 131;
const STDERR = 132;
const READ_STDIN = 133;
const SUSPEND = 134;
const LOCK = 135;
const BYE = 136;
const PROVE = 137;
const READS_TERMINAL = 138;
const LEFT_TERMINAL = 139;
const FLUSH = 140;

/** A server's message as frames. Throws ProtocolError for a text or terminal string over 1 MB. */
export function encodeServerMessage(message: ServerMessage): Uint8Array {
  switch (message.type) {
    case 'incompatible':
      return jsonFrame(INCOMPATIBLE, { version: message.version, release: message.release, pid: message.pid });
    case 'attach':
      return attachFrame(message.start, message.restore);
    case 'output':
      return bytesFrames(OUTPUT, message.bytes);
    case 'stdout':
      return bytesFrames(STDOUT, message.bytes);
    case 'stderr':
      return bytesFrames(STDERR, message.bytes);
    case 'read-stdin':
      return emptyFrame(READ_STDIN);
    case 'suspend':
      return emptyFrame(SUSPEND);
    case 'lock':
      return jsonFrame(LOCK, { command: message.command });
    case 'prove':
      return jsonFrame(PROVE, { file: message.file });
    case 'reads-terminal':
      return jsonFrame(READS_TERMINAL, { turn: message.turn });
    case 'left-terminal':
      return emptyFrame(LEFT_TERMINAL);
    case 'flush':
      return jsonFrame(FLUSH, { turn: message.turn });
    case 'bye':
      return jsonFrame(BYE, { ...message, type: undefined });
  }
}

/** What the client reads. */
export const serverMessageDecoder = (): FrameDecoder<ServerMessage> => new FrameDecoder(codec);

const codec: PayloadCodec<ServerMessage> = {
  maximum: () => MAXIMUM_PAYLOAD,
  decode(type, payload) {
    switch (type) {
      case INCOMPATIBLE: {
        const fields = Fields.parse(payload, 'incompatible');
        return {
          type: 'incompatible',
          version: fields.count('version'),
          release: fields.text('release'),
          pid: fields.count('pid'),
        };
      }
      case ATTACH:
        return decodeAttach(payload);
      case OUTPUT:
        return { type: 'output', bytes: payload };
      case STDOUT:
        return { type: 'stdout', bytes: payload };
      case STDERR:
        return { type: 'stderr', bytes: payload };
      case READ_STDIN:
        return { type: 'read-stdin' };
      case SUSPEND:
        return { type: 'suspend' };
      case LOCK:
        return { type: 'lock', command: Fields.parse(payload, 'lock').text('command') };
      case PROVE:
        return { type: 'prove', file: Fields.parse(payload, 'prove').text('file') };
      case READS_TERMINAL:
        return { type: 'reads-terminal', turn: Fields.parse(payload, 'reads-terminal').count('turn') };
      case LEFT_TERMINAL:
        return { type: 'left-terminal' };
      case FLUSH:
        return { type: 'flush', turn: Fields.parse(payload, 'flush').count('turn') };
      case BYE: {
        const fields = Fields.parse(payload, 'bye');
        return {
          type: 'bye',
          text: fields.text('text'),
          code: fields.count('code'),
          hangup: fields.boolean('hangup'),
          ...(fields.has('execute') ? { execute: fields.text('execute') } : {}),
        };
      }
      default:
        throw new ProtocolError(`a server sends no frame of type ${type}`);
    }
  },
};

/** The length of `start` in four bytes, `start`, then `restore`. */
function attachFrame(start: Uint8Array, restore: Uint8Array): Uint8Array {
  const payload = new Uint8Array(4 + start.length + restore.length);
  if (payload.length > MAXIMUM_PAYLOAD) throw new ProtocolError('the terminal strings are too large to send');
  new DataView(payload.buffer).setUint32(0, start.length);
  payload.set(start, 4);
  payload.set(restore, 4 + start.length);
  return encodeFrame(ATTACH, payload);
}

function decodeAttach(payload: Uint8Array): ServerMessage {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const length = payload.length < 4 ? Number.POSITIVE_INFINITY : view.getUint32(0);
  if (length > payload.length - 4) throw new ProtocolError('attach is cut short');
  return { type: 'attach', start: payload.slice(4, 4 + length), restore: payload.slice(4 + length) };
}
