/** The part of neo-blessed (and of blessed, which it forked) that toolkit.ts touches, internals included. */
declare module 'neo-blessed/lib/widgets/screen.js' {
  /** `[attribute, character]`; an attribute is flags << 18 | foreground << 9 | background, 0x1ff being no colour. */
  type Cell = [number, string];
  type CellRow = Cell[] & { dirty?: boolean };
  type Length = number | string;

  export interface ElementOptions {
    readonly parent: Screen | Element;
    readonly left?: Length;
    readonly right?: Length;
    readonly top?: Length;
    readonly bottom?: Length;
    readonly width?: Length;
    readonly height?: Length;
    readonly border?: { readonly type: 'line' };
    readonly style?: {
      readonly fg?: number;
      readonly bg?: number;
      readonly border?: { readonly fg?: number; readonly bg?: number };
    };
  }

  /** Columns xi up to xl and rows yi up to yl of the screen. */
  interface Coordinates {
    readonly xi: number;
    readonly xl: number;
    readonly yi: number;
    readonly yl: number;
  }

  export interface Element {
    readonly screen: Screen;
    readonly children: readonly Element[];
    lpos: Coordinates | undefined;
    render(): Coordinates | undefined;
    _getCoords(get?: boolean, noscroll?: boolean): Coordinates | undefined;
  }

  interface Program {
    cols: number;
    rows: number;
  }

  interface Screen {
    lines: CellRow[];
    readonly dattr: number;
    readonly program: Program;
    render(): void;
    alloc(): void;
  }

  interface ScreenClass {
    new (options: { readonly program: object; readonly fullUnicode: boolean }): Screen;
    bind: (screen: Screen) => void;
    readonly prototype: Record<'enter' | 'leave' | 'alloc' | 'draw', (this: Screen) => void>;
  }

  const Screen: ScreenClass;
  // biome-ignore lint/style/noDefaultExport: the module has no other.
  export default Screen;
}

declare module 'neo-blessed/lib/widgets/box.js' {
  import type { Element, ElementOptions } from 'neo-blessed/lib/widgets/screen.js';

  const Box: new (options: ElementOptions) => Element;
  // biome-ignore lint/style/noDefaultExport: the module has no other.
  export default Box;
}
