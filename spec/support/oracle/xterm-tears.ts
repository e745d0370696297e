import { CELL_WORDS, CONTENT_MASK, type Core, type CoreLine, type CoreParams, WIDTH_SHIFT } from './xterm-core.ts';

type Handled = (params: CoreParams, respectProtect?: boolean) => boolean;
interface Handlers {
  [name: string]: Handled;
}

/** What erases, inserts or deletes cells of the cursor's row, with one past the last cell that it leaves empty. */
const ERASING: Readonly<Record<string, (first: number, x: number, columns: number) => number>> = {
  eraseInLine: (part, x, columns) => (part === 1 ? x + 1 : columns),
  eraseInDisplay: (part, x, columns) => (part === 1 ? x + 1 : columns),
  eraseChars: (count, x) => x + Math.max(1, count),
  insertChars: (count, x) => x + Math.max(1, count),
  deleteChars: (_count, _x, columns) => columns,
};
const MOVING = ['insertLines', 'deleteLines', 'scrollUp', 'scrollDown', 'reverseIndex'];
const COLUMNS = ['insertColumns', 'deleteColumns', 'scrollLeft', 'scrollRight'];

/**
 * A line does not go on in a row that came below it from elsewhere, nor behind a last cell that was erased (as xterm's own
 * flag, which stands at the row that goes on); a line feed onto a row changes nothing. The package keeps its flag at the
 * row that follows, whatever comes before that.
 */
export function tearLines(core: Core): void {
  const service = core._bufferService;
  const inner = core._inputHandler as unknown as Handlers;
  const buffer = () => core._inputHandler._activeBuffer;
  const row = (y: number): CoreLine | undefined => {
    const index = buffer().ybase + y;
    return index < 0 ? undefined : buffer().lines.get(index);
  };
  const tear = (y: number): void => {
    const next = y + 1 < service.rows ? row(y + 1) : undefined;
    if (next !== undefined) next.isWrapped = false;
  };
  const wrap = (name: string, around: (run: Handled) => Handled): void => {
    const run = inner[name]?.bind(inner);
    if (run !== undefined) inner[name] = around(run);
  };

  for (const [name, end] of Object.entries(ERASING))
    wrap(name, (run) => (params, respectProtect) => {
      const result = run(params, respectProtect);
      const { x, y } = buffer();
      const line = row(y);
      const first = params.params[0] ?? 0;
      if (first <= 2 || !name.startsWith('eraseIn'))
        if (line !== undefined && end(first, x, service.cols) >= service.cols && isOpen(line)) tear(y);
      return result;
    });
  const keepPairs = (run: () => void): void => {
    const before = new Map<CoreLine | undefined, CoreLine | undefined>();
    for (let y = 0; y < service.rows; y++) before.set(row(y), row(y - 1));
    run();
    for (let y = 0; y < service.rows; y++) {
      const line = row(y);
      if (line?.isWrapped === true && before.has(line) && before.get(line) !== row(y - 1)) line.isWrapped = false;
    }
  };
  for (const name of MOVING)
    wrap(name, (run) => (params) => {
      keepPairs(() => void run(params));
      return true;
    });
  for (const name of COLUMNS)
    wrap(name, (run) => (params) => {
      const { y, scrollTop, scrollBottom } = buffer();
      const result = run(params);
      if (y >= scrollTop && y <= scrollBottom) tear(scrollBottom);
      return result;
    });
  wrap('lineFeed', (run) => (params) => {
    const next = row(buffer().y + 1);
    const isWrapped = next?.isWrapped ?? false;
    const { y } = buffer();
    const result = run(params);
    if (buffer().y !== y && next !== undefined) next.isWrapped = isWrapped;
    return result;
  });
  const scroll = service.scroll.bind(service);
  service.scroll = (erase, wrapped) => {
    const { scrollTop, scrollBottom } = buffer();
    if (scrollTop === 0 && scrollBottom === service.rows - 1) scroll(erase, wrapped);
    else {
      // What leaves at the top goes on in the history.
      const next = scrollTop === 0 ? row(1) : undefined;
      const isWrapped = next?.isWrapped ?? false;
      keepPairs(() => scroll(erase, wrapped));
      if (next !== undefined) next.isWrapped = isWrapped;
    }
  };
}

/** Whether the last cell of a line is empty. */
export function isOpen(line: CoreLine): boolean {
  const last = line._data[(line.length - 1) * CELL_WORDS] ?? 0;
  return (last & CONTENT_MASK) === 0 && last >> WIDTH_SHIFT !== 0;
}
