import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Disposable } from '../base/disposable.ts';
import { type LogEntry, readLog } from '../mode/log-line.ts';

/** Bytes of the file that are read at once, and of its end at the beginning. */
const MAXIMUM_BYTES = 1 << 20;
const MAXIMUM_ENTRIES = 5000;

/** The end of the server's log file, read on as it grows, also into the file that takes its place. */
export class LogTail implements Disposable {
  readonly #file: string;
  #entries: readonly LogEntry[] = [];
  #handle: FileHandle | undefined;
  /** Bytes read so far. */
  #offset = 0;
  /** The beginning of a line whose end is not written yet. */
  #rest: Buffer = Buffer.alloc(0);
  #reading = false;
  #isDisposed = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** The newest, oldest first; the same array while nothing came. */
  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Reads what came; whether something did. A file that cannot be read has nothing. */
  async refresh(): Promise<boolean> {
    if (this.#reading || this.#isDisposed) return false;
    this.#reading = true;
    const before = this.#entries;
    try {
      await this.#read();
    } catch {
      await this.#close();
    } finally {
      this.#reading = false;
      if (this.#isDisposed) await this.#close();
    }
    return this.#entries !== before;
  }

  dispose(): void {
    this.#isDisposed = true;
    if (!this.#reading) void this.#close();
  }

  async #read(): Promise<void> {
    this.#handle ??= await this.#open();
    if (this.#handle === undefined) return;
    await this.#readOn(this.#handle);
    // What the log leaves behind is read to its end first.
    const [own, now] = [await this.#handle.stat(), await stat(this.#file)];
    if (own.ino === now.ino && now.size >= this.#offset) return;
    await this.#close();
    this.#handle = await this.#open();
    if (this.#handle !== undefined) await this.#readOn(this.#handle);
  }

  async #open(): Promise<FileHandle | undefined> {
    const { O_RDONLY, O_NONBLOCK } = constants;
    const handle = await open(this.#file, O_RDONLY | O_NONBLOCK);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    return undefined;
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    this.#offset = 0;
    this.#rest = Buffer.alloc(0);
    await handle?.close().catch(() => undefined);
  }

  async #readOn(handle: FileHandle): Promise<void> {
    const { size } = await handle.stat();
    let skipped = false;
    if (size - this.#offset > MAXIMUM_BYTES) {
      this.#offset = size - MAXIMUM_BYTES;
      this.#rest = Buffer.alloc(0);
      skipped = true;
    }
    const wanted = size - this.#offset;
    if (wanted <= 0) return;
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(wanted), 0, wanted, this.#offset);
    this.#offset += bytesRead;
    this.#take(buffer.subarray(0, bytesRead), skipped);
  }

  /** @param skipped what comes first is the end of a line */
  #take(bytes: Buffer, skipped: boolean): void {
    const all = Buffer.concat([this.#rest, bytes]);
    const end = all.lastIndexOf(0x0a) + 1;
    const start = skipped ? all.indexOf(0x0a) + 1 : 0;
    const rest = all.subarray(end);
    this.#rest = Buffer.from(rest.length > MAXIMUM_BYTES ? Buffer.alloc(0) : rest);
    if (end <= start) return;
    const lines = all
      .subarray(start, end - 1)
      .toString()
      .split('\n')
      .slice(-MAXIMUM_ENTRIES);
    const read = readLog(lines, this.#entries.at(-1));
    if (read.length > 0) this.#entries = [...this.#entries, ...read].slice(-MAXIMUM_ENTRIES);
  }
}
