import type { Disposable } from '../base/disposable.ts';
import { clampSize, type Position, type Size, sameSize } from '../base/geometry.ts';
import { Grid } from '../text/grid.ts';
import { clusters, links } from '../text/intern-table.ts';
import { ByteWriter } from './byte-writer.ts';
import type { Capabilities } from './capabilities.ts';
import { CellReduction } from './cell-reduction.ts';
import { Compositor, type ScreenCursor } from './compositor.ts';
import { OuterModes } from './outer-modes.ts';
import { Painter } from './painter.ts';
import type { ScreenHit, ScreenView } from './screen-view.ts';

export { besideSidebar, paneArea } from './compositor.ts';

/** Frames of at most so many places to paint are not worth a synchronized update, nor hiding the cursor. */
const SMALL_RUNS = 2;
const SMALL_BYTES = 256;
/** How often a frame is composed again because the intern tables overflowed meanwhile. */
const COMPOSE_ATTEMPTS = 3;

const generation = (): number => clusters.generation + links.generation;

/** One client's terminal: turns views into the bytes that make it show them. */
export class ClientScreen implements Disposable {
  #capabilities: Capabilities;
  #size: Size;
  readonly #compositor = new Compositor();
  readonly #modes = new OuterModes();
  readonly #writer = new ByteWriter();
  readonly #body = new ByteWriter();
  #reduction: CellReduction;
  #painter: Painter;
  /** What the terminal shows, and the frame that is made of it. */
  #shown: Grid;
  #next: Grid;
  /** Nothing is known of what the terminal shows. */
  #stale = true;
  #generation = -1;
  #cursorShown: boolean | undefined;
  #cursorShape: string | undefined = '';
  #disposed = false;

  constructor({ size, capabilities }: { readonly size: Size; readonly capabilities: Capabilities }) {
    this.#size = clampSize(size.columns, size.rows);
    this.#capabilities = capabilities;
    this.#reduction = new CellReduction(capabilities);
    this.#painter = new Painter(capabilities);
    this.#shown = new Grid(this.#size);
    this.#next = new Grid(this.#size);
  }

  resize(size: Size): void {
    const clamped = clampSize(size.columns, size.rows);
    if (sameSize(clamped, this.#size)) return;
    this.#size = clamped;
    this.#shown = new Grid(clamped);
    this.#next = new Grid(clamped);
    this.#stale = true;
  }

  /** Replies told more of the terminal; what it shows is painted anew with the next frame. */
  setCapabilities(capabilities: Capabilities): void {
    if (JSON.stringify(capabilities) === JSON.stringify(this.#capabilities)) return;
    this.#capabilities = capabilities;
    this.#reduction = new CellReduction(capabilities);
    this.#painter = new Painter(capabilities);
    this.#stale = true;
  }

  /** The terminal may show anything and have any mode on: the next frame sets everything. */
  invalidate(): void {
    this.#stale = true;
    this.#cursorShown = undefined;
    this.#cursorShape = undefined;
    this.#modes.forget();
  }

  /** Bytes that turn what the terminal shows into `view`; none when nothing changed. */
  render(view: ScreenView): Uint8Array {
    if (this.#disposed) return new Uint8Array();
    const cursor = this.#compose(view);
    this.#modes.apply(this.#writer, this.#capabilities, view);
    this.#paint(cursor);
    return this.#writer.take();
  }

  /** By the view rendered last. */
  hit(position: Position): ScreenHit {
    return this.#compositor.hit(position);
  }

  dispose(): void {
    this.#disposed = true;
  }

  /** Ids of clusters and links are good for one generation of their tables only; the frame must have one. */
  #compose(view: ScreenView): ScreenCursor | undefined {
    if (this.#generation !== generation()) this.#stale = true;
    let cursor: ScreenCursor | undefined;
    for (let attempt = 0; attempt < COMPOSE_ATTEMPTS; attempt++) {
      this.#generation = generation();
      if (this.#stale) this.#compositor.forget();
      cursor = this.#compositor.compose(view, this.#next);
      if (this.#generation === generation()) break;
      this.#stale = true;
    }
    this.#reduction.reduce(this.#next, this.#compositor.drawn);
    return cursor;
  }

  #paint(cursor: ScreenCursor | undefined): void {
    const { synchronizedOutput, cursorVisibility } = this.#capabilities;
    const body = this.#body;
    const stale = this.#stale;
    if (stale) {
      this.#painter.clear(body);
      this.#shown.erase(0, this.#shown.glyphs.length);
      this.#stale = false;
    }
    const runs = this.#painter.paint(body, this.#shown, this.#next, this.#compositor.drawn);
    const large = stale || runs > SMALL_RUNS || body.length > SMALL_BYTES;
    const synchronized = large && synchronizedOutput;
    const hide = cursorVisibility && this.#cursorShown !== false && (cursor === undefined || (large && !synchronized));
    if (synchronized) this.#writer.ascii('\x1b[?2026h');
    if (hide) {
      this.#writer.ascii('\x1b[?25l');
      this.#cursorShown = false;
    }
    this.#writer.bytes(body.take());
    if (cursor) this.#placeCursor(cursor);
    if (synchronized) this.#writer.ascii('\x1b[?2026l');
  }

  #placeCursor(cursor: ScreenCursor): void {
    const { cursorShape, cursorVisibility } = this.#capabilities;
    this.#painter.motion.moveTo(this.#writer, cursor.x, cursor.y);
    const shape = shapeParameter(cursor);
    if (cursorShape && shape !== this.#cursorShape) {
      if (shape !== BLINKING || this.#cursorShape !== '') this.#writer.ascii(`\x1b[${Number(shape)} q`);
      if (shape === BLINKING) this.#writer.ascii('\x1b[?12h');
      this.#cursorShape = shape;
    }
    if (cursorVisibility && this.#cursorShown !== true) {
      this.#writer.ascii('\x1b[?25h');
      this.#cursorShown = true;
    }
  }
}

/** The person's own shape, but blinking as mode 12 makes it; as a number 0, which is DECSCUSR's for the own shape. */
const BLINKING = ' ';

/** DECSCUSR's parameter; empty for the person's own shape. */
function shapeParameter({ shape, blinking }: ScreenCursor): string {
  if (shape === undefined) return blinking ? BLINKING : '';
  const steady = shape === 'block' ? 2 : shape === 'underline' ? 4 : 6;
  return String(blinking ? steady - 1 : steady);
}
