import { ReplyError } from './reply-error.ts';

/** Bytes of one event at most. */
const MAXIMUM_EVENT = 64 * 1024 * 1024;
/** Bytes of several events that go out together. */
const PORTION = 4096;
/** What ends an event: an empty line, with any of the line ends that the standard allows. */
const ENDS = [Buffer.from('\n\n'), Buffer.from('\r\n\r\n'), Buffer.from('\r\r')];
const LONGEST_END = 4;

/**
 * Regroups the bytes of a stream of Server-Sent Events so that none is cut. The package looks at all bytes of an event
 * again with each chunk, and copies what is left of a chunk for each event: whole events in small portions cost it as
 * much as there is.
 */
export class EventChunks {
  #pending: Buffer[] = [];
  #length = 0;
  /** The last bytes before the newest chunk, in which the end of an event may begin. */
  #edge: Buffer = Buffer.alloc(0);

  /** Chunks of whole events. Throws ReplyError for one that has no end. */
  push(bytes: Uint8Array): readonly Uint8Array[] {
    let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const ready: Buffer[] = [];
    if (this.#length > 0) {
      const seen = Buffer.concat([this.#edge, rest]);
      const end = firstEnd(seen, 0) - this.#edge.length;
      if (end <= 0) {
        this.#keep(rest);
        return ready;
      }
      ready.push(Buffer.concat([...this.#pending, rest.subarray(0, end)]));
      this.#pending = [];
      this.#length = 0;
      rest = rest.subarray(end);
    }
    while (rest.length > 0) {
      const end = lastEnd(rest.subarray(0, PORTION)) || firstEnd(rest, Math.max(0, PORTION - LONGEST_END));
      if (end <= 0) break;
      ready.push(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
    if (rest.length > 0) this.#keep(rest);
    return ready;
  }

  /** What came after the last end. */
  flush(): readonly Uint8Array[] {
    const rest = this.#length > 0 ? [Buffer.concat(this.#pending)] : [];
    this.#pending = [];
    this.#length = 0;
    return rest;
  }

  #keep(bytes: Buffer): void {
    this.#pending.push(bytes);
    this.#length += bytes.length;
    const edge = Buffer.concat([
      this.#length === bytes.length ? Buffer.alloc(0) : this.#edge,
      bytes.subarray(-LONGEST_END),
    ]);
    this.#edge = edge.subarray(-(LONGEST_END - 1));
    if (this.#length > MAXIMUM_EVENT)
      throw new ReplyError('garbage', `sent more than ${MAXIMUM_EVENT >> 20} MB without an end; it was ended there`);
  }
}

/** Behind the first end of an event from `start` on; -1 for none. */
function firstEnd(bytes: Buffer, start: number): number {
  const ends = ENDS.map((end) => ({ at: bytes.indexOf(end, start), size: end.length })).filter(({ at }) => at >= 0);
  return ends.length === 0 ? -1 : Math.min(...ends.map(({ at, size }) => at + size));
}

/** Behind the last end of an event; 0 for none. */
const lastEnd = (bytes: Buffer): number =>
  Math.max(
    0,
    ...ENDS.map((end) => ({ at: bytes.lastIndexOf(end), size: end.length })).map(({ at, size }) =>
      at < 0 ? 0 : at + size,
    ),
  );
