import Box from 'neo-blessed/lib/widgets/box.js';
import Screen from 'neo-blessed/lib/widgets/screen.js';
import type { Rect, Size } from '../base/geometry.ts';

// The only import of blessed, and every patch to it. It lays out and stacks a tree of elements in memory and touches
// nothing else: no tty, no signal, no environment, no terminfo. Each picture has a screen of its own, which is garbage
// as soon as it was read, so that nothing of blessed's global state (focus, clickable, keyable, instances) stays.

/** Blessed's own would take over uncaughtException, SIGTERM and SIGINT of the process. */
Screen.bind = () => {};
const { prototype } = Screen;
prototype.enter = function () {
  this.alloc();
};
prototype.leave = () => {};
/** Blessed would compute escape sequences; the painter does. */
prototype.draw = () => {};
prototype.alloc = function () {
  const { rows, cols } = this.program;
  this.lines = Array.from({ length: rows }, () => Array.from({ length: cols }, () => [this.dattr, ' ']));
};

/** What blessed asks of its program when nothing is ever written or read. */
function memoryProgram({ columns, rows }: Size): object {
  const nothing = () => {};
  return {
    type: 'program',
    cols: columns,
    rows,
    options: {},
    tput: { unicode: true, features: { unicode: true }, numbers: { U8: 1 }, strings: {}, bools: {} },
    setupTput: nothing,
    on: nothing,
    clear: nothing,
    destroy: nothing,
  };
}

type Length = number | string;

/** A place in the tree: blessed's numbers, percentages and `center`. */
export interface Place {
  readonly left?: Length;
  readonly right?: Length;
  readonly top?: Length;
  readonly bottom?: Length;
  readonly width?: Length;
  readonly height?: Length;
}

export type Parent = ConstructorParameters<typeof Box>[0]['parent'];

/** A cell that blessed drew, such as a border's. Colours are palette numbers, or undefined. */
export interface DrawnCell {
  readonly character: string;
  readonly foreground: number | undefined;
  readonly background: number | undefined;
}

/** Builds the tree of one picture. */
export interface Tree {
  readonly root: Parent;
  /** An element with a line around it, of colour `color`. */
  frame(parent: Parent, place: Place, color: number): Parent;
  /** An element whose cells are not blessed's: they become hole `id`, a number from 1. */
  hole(parent: Parent, place: Place, id: number): Parent;
}

/** What blessed made of a tree: for each cell the hole it belongs to, or what was drawn there. */
export interface Rendered {
  readonly rects: ReadonlyMap<number, Rect>;
  /** 0 when the cell is no hole. */
  hole(x: number, y: number): number;
  drawn(x: number, y: number): DrawnCell;
}

const NO_COLOR = 0x1ff;

/** Lays `build`'s tree out at `size`, with later elements over earlier ones. */
export function renderTree(size: Size, build: (tree: Tree) => void): Rendered {
  const screen = new Screen({ program: memoryProgram(size), fullUnicode: true });
  const rects = new Map<number, Rect>();
  build({
    root: screen,
    frame: (parent, place, color) =>
      new Box({ ...place, parent, border: { type: 'line' }, style: { border: { fg: color } } }),
    hole(parent, place, id) {
      const element = new Box({ ...place, parent });
      // A negative attribute is a hole: blessed passes it on as it is, and none of its own is negative.
      element.render = () => {
        const coordinates = element._getCoords(true);
        if (coordinates === undefined) return undefined;
        const { xi, yi, xl, yl } = coordinates;
        rects.set(id, { x: xi, y: yi, width: Math.max(0, xl - xi), height: Math.max(0, yl - yi) });
        for (let y = Math.max(yi, 0); y < yl; y++)
          for (let x = Math.max(xi, 0); x < xl; x++) {
            const cell = screen.lines[y]?.[x];
            if (cell === undefined) break;
            cell[0] = -id;
          }
        element.lpos = coordinates;
        for (const child of element.children) child.render();
        return coordinates;
      };
      return element;
    },
  });
  screen.render();
  const attribute = (x: number, y: number) => screen.lines[y]?.[x]?.[0] ?? 0;
  const color = (value: number) => (value === NO_COLOR ? undefined : value);
  return {
    rects,
    hole: (x, y) => Math.max(0, -attribute(x, y)),
    drawn: (x, y) => ({
      character: screen.lines[y]?.[x]?.[1] ?? ' ',
      foreground: color((attribute(x, y) >> 9) & NO_COLOR),
      background: color(attribute(x, y) & NO_COLOR),
    }),
  };
}
