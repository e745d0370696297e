import xterm from '@xterm/headless';
import type { Size } from '../../lib/base/geometry.ts';
import { CLUSTER_START, clusterState, joinedWidth, joins } from '../../lib/text/cluster.ts';
import {
  BLINK,
  BOLD,
  type Color,
  DIM,
  INVERSE,
  INVISIBLE,
  ITALIC,
  OVERLINE,
  palette,
  rgb,
  STRIKETHROUGH,
  type UnderlineStyle,
  underline,
} from '../../lib/text/style.ts';
import { codePointInfo, infoWidth } from '../../lib/text/unicode-table.ts';

/** A cell as the terminal shows it; colours and attributes in the numbers of lib/text/style.ts. */
export interface ShownCell {
  readonly text: string;
  /** 0 for the second half of a wide character. */
  readonly width: number;
  readonly foreground: Color;
  readonly background: Color;
  readonly attributes: number;
  readonly underlineColor: Color;
  /** `id;uri`, or empty. */
  readonly link: string;
}

/** What @xterm/headless has inside and does not show. */
interface Inside {
  readonly _core: {
    writeSync(data: Uint8Array): void;
    readonly _oscLinkService: { getLinkData(id: number): { readonly id?: string; readonly uri: string } | undefined };
    readonly coreService: {
      readonly isCursorHidden: boolean;
      readonly decPrivateModes: {
        readonly applicationCursorKeys: boolean;
        readonly applicationKeypad: boolean;
        readonly bracketedPasteMode: boolean;
        readonly sendFocus: boolean;
        readonly wraparound: boolean;
        readonly cursorStyle: string | undefined;
      };
    };
    readonly coreMouseService: { readonly activeProtocol: string; readonly activeEncoding: string };
    readonly _inputHandler: { _eraseAttrData(): unknown; readonly _eraseAttrDataInternal: { fg: number; bg: number } };
  };
}

interface InsideCell {
  readonly fg: number;
  readonly extended: { readonly _ext: number; readonly urlId: number };
}

const provider = {
  version: 'qmux',
  wcwidth: (point: number) => infoWidth(codePointInfo(point)) as 0 | 1 | 2,
  charProperties(point: number, preceding: number): number {
    const info = codePointInfo(point);
    const before = preceding >> 3;
    const joined = preceding !== 0 && joins(before, info);
    const width = joined ? joinedWidth(before, info, (preceding >> 1) & 3) : infoWidth(info);
    return (clusterState(joined ? before : CLUSTER_START, info) << 3) | (width << 1) | (joined ? 1 : 0);
  },
};

/** The terminal of a person: bytes in, cells and modes out. */
export class OuterTerminal {
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  readonly titles: string[] = [];
  readonly #links = new Map<number, string>();

  constructor({ columns, rows }: Size) {
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      logLevel: 'off',
      scrollback: 1000,
    });
    this.#terminal.unicode.register(provider);
    this.#terminal.unicode.activeVersion = provider.version;
    this.#terminal.onTitleChange((title) => this.titles.push(title));
  }

  get #core(): Inside['_core'] {
    return (this.#terminal as unknown as Inside)._core;
  }

  /** From here on erased and scrolled-in cells have no colours, as on a terminal without back-colour erase. */
  eraseWithoutColor(): void {
    const { _inputHandler } = this.#core;
    _inputHandler._eraseAttrData = () => {
      _inputHandler._eraseAttrDataInternal.bg = 0;
      return _inputHandler._eraseAttrDataInternal;
    };
  }

  write(bytes: Uint8Array): void {
    this.#core.writeSync(bytes);
  }

  resize({ columns, rows }: Size): void {
    this.#terminal.resize(columns, rows);
  }

  dispose(): void {
    this.#terminal.dispose();
  }

  get cursor(): { readonly x: number; readonly y: number; readonly visible: boolean } {
    const { cursorX, cursorY } = this.#terminal.buffer.active;
    return { x: cursorX, y: cursorY, visible: !this.#core.coreService.isCursorHidden };
  }

  get modes(): Readonly<Record<string, boolean | string | undefined>> {
    const { decPrivateModes } = this.#core.coreService;
    return {
      applicationCursorKeys: decPrivateModes.applicationCursorKeys,
      applicationKeypad: decPrivateModes.applicationKeypad,
      bracketedPaste: decPrivateModes.bracketedPasteMode,
      focusEvents: decPrivateModes.sendFocus,
      wraparound: decPrivateModes.wraparound,
      mouse: this.#core.coreMouseService.activeProtocol,
      mouseEncoding: this.#core.coreMouseService.activeEncoding,
      alternateScreen: this.#terminal.buffer.active.type === 'alternate',
    };
  }

  cell(x: number, y: number): ShownCell {
    const cell = this.#terminal.buffer.active.getLine(this.#terminal.buffer.active.baseY + y)?.getCell(x);
    if (cell === undefined) throw new RangeError(`no cell at ${x},${y}`);
    const inside = cell as unknown as InsideCell;
    const extended = inside.extended._ext;
    const underlined = (inside.fg & 0x1000_0000) !== 0 ? (((extended & 0x1c00_0000) >> 26) as UnderlineStyle) : 0;
    return {
      text: cell.getChars() === '' && cell.getWidth() > 0 ? ' ' : cell.getChars(),
      width: cell.getWidth(),
      foreground: color(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor()),
      background: color(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor()),
      attributes:
        (cell.isBold() ? BOLD : 0) |
        (cell.isDim() ? DIM : 0) |
        (cell.isItalic() ? ITALIC : 0) |
        (cell.isBlink() ? BLINK : 0) |
        (cell.isInverse() ? INVERSE : 0) |
        (cell.isInvisible() ? INVISIBLE : 0) |
        (cell.isStrikethrough() ? STRIKETHROUGH : 0) |
        (cell.isOverline() ? OVERLINE : 0) |
        underline(underlined),
      underlineColor: underlined === 0 ? 0 : extendedColor(extended),
      link: this.#link(inside.extended.urlId),
    };
  }

  /** xterm.js may forget a link whose line scrolls within a region, though cells still name it. */
  #link(id: number): string {
    const known = this.#links.get(id);
    if (known !== undefined) return known;
    const data = this.#core._oscLinkService.getLinkData(id);
    if (data === undefined) return '';
    const link = `${data.id ?? ''};${data.uri}`;
    this.#links.set(id, link);
    return link;
  }

  /** The screen as text, blanks at the end of rows left out. */
  get text(): string {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, y) =>
      (active.getLine(active.baseY + y)?.translateToString(true) ?? '').trimEnd(),
    ).join('\n');
  }
}

function color(isRgb: boolean, isPalette: boolean, value: number): Color {
  if (isRgb) return rgb((value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff);
  return isPalette ? palette(value) : 0;
}

/** Colour mode in bits 24 and 25: 1 and 2 palette, 3 RGB. */
function extendedColor(extended: number): Color {
  // SGR 59 sets all of them.
  if ((extended & 0x3ff_ffff) === 0x3ff_ffff) return 0;
  const mode = (extended >> 24) & 3;
  return color(mode === 3, mode === 1 || mode === 2, mode === 3 ? extended & 0xff_ffff : extended & 0xff);
}
