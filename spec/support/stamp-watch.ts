import { expect } from 'chai';
import type { OpenTerminal } from './open-terminal.ts';
import { screenCells } from './screen-cells.ts';

/** What each stamp stood for so far; of all terminals, since no two may give the same one. */
export class StampWatch {
  readonly #cells = new Map<string, string>();
  known = 0;

  look({ terminal }: OpenTerminal): void {
    const { columns, rows } = terminal.size;
    const cells = screenCells(terminal, rows);
    for (let y = 0; y < rows; y++) {
      const stamp = `${terminal.rowStamp(terminal.screenTop + y)} ${columns}`;
      const row = cells.slice(y * columns, (y + 1) * columns).map((cell) => cell.replace(/^\d+,/, ''));
      const before = this.#cells.get(stamp);
      if (before !== undefined) {
        this.known += 1;
        expect(row.join('|')).to.equal(before);
      }
      this.#cells.set(stamp, row.join('|'));
    }
  }
}
