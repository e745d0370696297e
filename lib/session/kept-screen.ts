import type { Size } from '../base/geometry.ts';
import type { VirtualTerminal } from '../terminal/virtual-terminal.ts';

/** What a kept program showed, written to a new terminal piece by piece at the size that it had. */
export class KeptScreen {
  readonly #terminal: VirtualTerminal;

  constructor(terminal: VirtualTerminal) {
    this.#terminal = terminal;
  }

  write(bytes: Uint8Array): void {
    this.#terminal.write(bytes);
  }

  /** All of it is there: the row below it is free, for what is said of it and for what comes, and the size is the session's. */
  finish(size: Size): void {
    const { screenTop, endRow } = this.#terminal;
    let last = endRow - 1;
    while (last >= screenTop && this.#terminal.rowText(last).trim() === '') last -= 1;
    if (last >= screenTop) this.#terminal.write(Buffer.from(`\x1b[m\x1b[${last - screenTop + 1};1H\r\n`));
    this.#terminal.resize(size);
  }
}
