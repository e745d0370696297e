import type { Size } from '../../lib/base/geometry.ts';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import type { TerminalEvent } from '../../lib/terminal/virtual-terminal.ts';
import { Grid } from '../../lib/text/grid.ts';

/** A terminal with what it sent, for specs; a fault of the engine fails the spec that caused it. */
export interface OpenTerminal {
  readonly terminal: TerminalEngine;
  readonly events: TerminalEvent[];
  readonly errors: unknown[];
  /** Writes text, or bytes one a character with `latin1`. */
  write(text: string, encoding?: BufferEncoding): void;
  /** All replies since the last call, as text. */
  replies(): string;
  /** The visible rows' text. */
  screen(): string[];
  /** The visible cells. */
  grid(): Grid;
}

export function openTerminal(columns = 20, rows = 5, historyLimit?: number): OpenTerminal {
  const events: TerminalEvent[] = [];
  const errors: unknown[] = [];
  const size: Size = { columns, rows };
  const terminal = new TerminalEngine({
    size,
    release: '1.2.3',
    name: 'xterm-256color',
    onError: (error) => errors.push(error),
    ...(historyLimit === undefined ? {} : { historyLimit }),
  });
  terminal.events((event) => events.push(event));
  let read = 0;
  return {
    terminal,
    events,
    errors,
    write: (text, encoding = 'utf8') => terminal.write(Buffer.from(text, encoding)),
    replies() {
      const fresh = events.slice(read);
      read = events.length;
      return fresh.map((event) => (event.type === 'reply' ? Buffer.from(event.bytes).toString('latin1') : '')).join('');
    },
    screen: () => Array.from({ length: terminal.size.rows }, (_, y) => terminal.rowText(terminal.screenTop + y)),
    grid() {
      const grid = new Grid(terminal.size);
      for (let y = 0; y < grid.rows; y++) terminal.readRow(terminal.screenTop + y, grid, 0, y, grid.columns);
      return grid;
    },
  };
}
