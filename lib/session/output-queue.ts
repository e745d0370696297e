/** The largest piece that is parsed at a time; also the size of the blocks in which output waits. */
export const SLICE = 16 * 1024;

interface Block {
  readonly bytes: Uint8Array;
  end: number;
}

/** Output on its way to the terminal: first in, first out, in blocks, so that small reads are parsed together. */
export class OutputQueue {
  #blocks: Block[] = [];
  #length = 0;
  /** The last block that was emptied, to be filled again. */
  #spare: Uint8Array | undefined;

  /** Bytes that wait. */
  get length(): number {
    return this.#length;
  }

  /** Copies the bytes. */
  push(bytes: Uint8Array): void {
    this.#length += bytes.length;
    for (let from = 0; from < bytes.length; ) {
      const block = this.#room();
      const length = Math.min(SLICE - block.end, bytes.length - from);
      block.bytes.set(bytes.subarray(from, from + length), block.end);
      block.end += length;
      from += length;
    }
  }

  /** The oldest bytes, at most SLICE; valid until the next `push`. Empty when none wait. */
  take(): Uint8Array {
    const block = this.#blocks.shift();
    if (block === undefined) return new Uint8Array();
    this.#spare = block.bytes;
    this.#length -= block.end;
    return block.bytes.subarray(0, block.end);
  }

  clear(): void {
    this.#blocks = [];
    this.#length = 0;
    this.#spare = undefined;
  }

  #room(): Block {
    const last = this.#blocks.at(-1);
    if (last !== undefined && last.end < SLICE) return last;
    const block = { bytes: this.#spare ?? new Uint8Array(SLICE), end: 0 };
    this.#spare = undefined;
    this.#blocks.push(block);
    return block;
  }
}
