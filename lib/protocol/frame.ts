/**
 * Bytes on the wire, the same both ways: once the preamble (`QMUX`, then the form of framing), then frames: four bytes
 * of payload length (big-endian), one byte of type, the payload. This form, and the types of `hello` and
 * `incompatible`, stay for ever; what else changes is a change of PROTOCOL_VERSION.
 */
export const PREAMBLE: Uint8Array = Uint8Array.of(0x51, 0x4d, 0x55, 0x58, 0x01);

/** Bytes before each payload. */
const FRAME_HEADER_LENGTH = 5;
/** The largest payload of most frames, in bytes; raw bytes are cut into frames of this size. */
export const MAXIMUM_PAYLOAD = 1024 * 1024;
/** The largest payload of `hello`, in bytes: an environment can be large. */
export const MAXIMUM_HELLO_PAYLOAD = 4 * MAXIMUM_PAYLOAD;

/** What the other side sent is not this protocol: it ends that connection, and nothing else. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** A frame as bytes. The caller keeps the payload within its limit. */
export function encodeFrame(type: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(FRAME_HEADER_LENGTH + payload.length);
  new DataView(frame.buffer).setUint32(0, payload.length);
  frame[4] = type;
  frame.set(payload, FRAME_HEADER_LENGTH);
  return frame;
}

/** What a piece of bytes completed: messages in order, and the problem after them that ends the connection, if any. */
export interface Decoded<T> {
  readonly messages: readonly T[];
  readonly problem: string | undefined;
}

/** How one direction reads its payloads. Both throw ProtocolError for what they do not accept. */
export interface PayloadCodec<T> {
  /** The largest payload of a type, in bytes. */
  maximum(type: number): number;
  decode(type: number, payload: Uint8Array): T;
}

/**
 * Bytes to messages, whatever the chunking, in time linear in the bytes. Never throws for what it reads: the first
 * problem is returned, and all that follows it is ignored. Keeps at most one payload.
 */
export class FrameDecoder<T> {
  readonly #codec: PayloadCodec<T>;
  #problem: string | undefined;
  #preambleLeft = PREAMBLE.length;
  readonly #header = new Uint8Array(FRAME_HEADER_LENGTH);
  #headerLength = 0;
  #length = 0;
  /** The beginning of a payload that came in pieces; grows by doubling, so that a length alone reserves little. */
  #payload: Uint8Array = new Uint8Array(0);
  #payloadLength = 0;

  constructor(codec: PayloadCodec<T>) {
    this.#codec = codec;
  }

  /** The messages may keep parts of `chunk`: the caller must not write into it afterwards. */
  push(chunk: Uint8Array): Decoded<T> {
    const messages: T[] = [];
    if (this.#problem === undefined) {
      try {
        this.#read(chunk, messages);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        this.#problem = error.message;
        this.#payload = new Uint8Array(0);
      }
    }
    return { messages, problem: this.#problem };
  }

  #read(chunk: Uint8Array, messages: T[]): void {
    let at = this.#readPreamble(chunk);
    while (at < chunk.length || this.#isComplete()) {
      if (this.#headerLength < FRAME_HEADER_LENGTH) {
        at = this.#readHeader(chunk, at);
        continue;
      }
      const missing = this.#length - this.#payloadLength;
      const piece = chunk.subarray(at, at + missing);
      at += piece.length;
      if (piece.length < missing) {
        this.#keep(piece);
        continue;
      }
      const payload = this.#payloadLength === 0 ? piece : this.#keep(piece);
      this.#headerLength = 0;
      this.#payload = new Uint8Array(0);
      this.#payloadLength = 0;
      messages.push(this.#codec.decode(this.#header[4] ?? 0, payload));
    }
  }

  #isComplete(): boolean {
    return this.#headerLength === FRAME_HEADER_LENGTH && this.#payloadLength === this.#length;
  }

  #readPreamble(chunk: Uint8Array): number {
    let at = 0;
    while (this.#preambleLeft > 0 && at < chunk.length) {
      if (chunk[at] !== PREAMBLE[PREAMBLE.length - this.#preambleLeft]) throw new ProtocolError('this is not qmux');
      at += 1;
      this.#preambleLeft -= 1;
    }
    return at;
  }

  #readHeader(chunk: Uint8Array, from: number): number {
    let at = from;
    while (this.#headerLength < FRAME_HEADER_LENGTH && at < chunk.length) {
      this.#header[this.#headerLength] = chunk[at] ?? 0;
      this.#headerLength += 1;
      at += 1;
    }
    if (this.#headerLength === FRAME_HEADER_LENGTH) {
      const type = this.#header[4] ?? 0;
      this.#length = new DataView(this.#header.buffer).getUint32(0);
      const maximum = this.#codec.maximum(type);
      if (this.#length > maximum) {
        throw new ProtocolError(`a frame of type ${type} has ${this.#length} bytes, at most ${maximum} are allowed`);
      }
    }
    return at;
  }

  #keep(piece: Uint8Array): Uint8Array {
    const needed = this.#payloadLength + piece.length;
    if (needed > this.#payload.length) {
      const grown = new Uint8Array(Math.min(this.#length, Math.max(needed, 2 * this.#payload.length, 4096)));
      grown.set(this.#payload.subarray(0, this.#payloadLength));
      this.#payload = grown;
    }
    this.#payload.set(piece, this.#payloadLength);
    this.#payloadLength = needed;
    return this.#payload.subarray(0, needed);
  }
}
