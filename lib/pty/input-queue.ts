import { writeSync } from 'node:fs';

/** What may wait for a program that does not read: enough for any paste; beyond it, writes are refused as a whole. */
const MAXIMUM_PENDING = 64 * 1024 * 1024;
/** Room kept for keys, replies and the end marks of pastes when larger writes are refused already. */
const RESERVE = 64 * 1024;
const SMALL = 256;
/** Small writes are gathered in blocks, so that a million waiting keys cost a million bytes. */
const BLOCK = 64 * 1024;
/** Writes that go out on their own in one turn: those of a person do; what comes as a flood of keys is gathered. */
const AT_ONCE = 4;
/** Bytes written before other work gets its turn. */
const TURN = 256 * 1024;
/** A full pty is tried again after this many milliseconds, doubled up to the longest while nothing moves. */
const FIRST_RETRY = 1;
const LONGEST_RETRY = 128;

interface Block {
  readonly bytes: Buffer;
  /** Where the bytes that wait begin and end. */
  start: number;
  end: number;
}

/**
 * Input on its way to a program, through a non-blocking descriptor: written at once while the kernel takes it, kept in
 * order while it does not. Never blocks and never grows beyond 64 MB.
 */
export class InputQueue {
  readonly #fd: number;
  #blocks: Block[] = [];
  #pending = 0;
  /** Whether the kernel's side was full; then milliseconds until the next try. */
  #full = false;
  #retry = FIRST_RETRY;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #closed = false;
  /** Writes in this turn. */
  #writes = 0;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Bytes that wait for the program to read. */
  get pending(): number {
    return this.#pending;
  }

  /** Copies what it must keep. False when nothing of it was taken: the queue is full, or closed. */
  write(bytes: Uint8Array): boolean {
    const limit = bytes.length <= SMALL ? MAXIMUM_PENDING : MAXIMUM_PENDING - RESERVE;
    if (this.#closed || this.#pending + bytes.length > limit) return false;
    const taken = this.#goesAtOnce(bytes) ? this.#push(bytes, 0, Math.min(bytes.length, TURN)) : 0;
    if (this.#closed) return false;
    if (taken < bytes.length) {
      this.#keep(bytes.subarray(taken));
      this.#later();
    }
    return true;
  }

  close(): void {
    this.#closed = true;
    this.#blocks = [];
    this.#pending = 0;
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#timer = undefined;
    this.#immediate = undefined;
  }

  #goesAtOnce({ length }: Uint8Array): boolean {
    if (this.#pending > 0) return false;
    if (this.#writes === 0)
      queueMicrotask(() => {
        this.#writes = 0;
      });
    this.#writes += 1;
    return this.#writes <= AT_ONCE || length > SMALL;
  }

  #keep(bytes: Uint8Array): void {
    this.#pending += bytes.length;
    const last = this.#blocks.at(-1);
    if (last !== undefined && last.end + bytes.length <= last.bytes.length) {
      last.bytes.set(bytes, last.end);
      last.end += bytes.length;
      return;
    }
    const block = Buffer.allocUnsafe(Math.max(BLOCK, bytes.length));
    block.set(bytes);
    this.#blocks.push({ bytes: block, start: 0, end: bytes.length });
  }

  /** Waits for room, or only for its next turn when the kernel took all it was given. */
  #later(): void {
    if (this.#timer !== undefined || this.#immediate !== undefined) return;
    if (!this.#full) {
      this.#immediate = setImmediate(() => {
        this.#immediate = undefined;
        this.#pump();
      });
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#pump();
    }, this.#retry);
  }

  #pump(): void {
    let budget = TURN;
    while (budget > 0) {
      const block = this.#blocks[0];
      if (block === undefined) break;
      const wanted = Math.min(block.end - block.start, budget);
      const written = this.#push(block.bytes, block.start, wanted);
      if (this.#closed) return;
      block.start += written;
      this.#pending -= written;
      budget -= written;
      if (block.start === block.end) this.#blocks.shift();
      if (written < wanted) break;
    }
    if (this.#pending > 0) this.#later();
  }

  /** How many bytes the kernel took; closes the queue when the pty is gone. */
  #push(bytes: Uint8Array, start: number, length: number): number {
    let written = 0;
    try {
      while (written < length) written += writeSync(this.#fd, bytes, start + written, length - written);
      this.#full = false;
      this.#retry = FIRST_RETRY;
    } catch (error) {
      if (!isAgain(error)) this.close();
      this.#full = true;
      this.#retry = written > 0 ? FIRST_RETRY : Math.min(LONGEST_RETRY, this.#retry * 2);
    }
    return written;
  }
}

const isAgain = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EAGAIN' || error.code === 'EINTR');
