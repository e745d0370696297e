import { charsetLevel, isLarge } from './charsets.ts';
import { type Control, controlId } from './control.ts';
import {
  backspace,
  CURSOR_CONTROLS,
  carriageReturn,
  index,
  lineFeed,
  restoreCursor,
  reverseIndex,
  saveCursor,
  tab,
} from './cursor-controls.ts';
import { REPORT_CONTROLS, replyCapabilities, replyIdentity, replyStatus } from './device-reports.ts';
import { alignScreen, backIndex, EDIT_CONTROLS, forwardIndex } from './edit-controls.ts';
import type { EngineCore } from './engine-core.ts';
import { selectGraphicRendition } from './graphic-rendition.ts';
import { fullReset, MODE_CONTROLS } from './mode-controls.ts';
import type { Modes } from './modes.ts';
import type { ProgramStrings } from './program-strings.ts';
import { RECTANGLE_CONTROLS } from './rectangle-controls.ts';
import { RECTANGLE_REPORTS } from './rectangle-reports.ts';
import { STATE_REPORTS } from './state-reports.ts';
import { StringCollector, type StringTarget } from './string-collector.ts';
import type { VtParameters } from './vt-parameters.ts';
import type { VtReceiver } from './vt-parser.ts';

const CONTROLS: ReadonlyMap<number, Control> = new Map(
  [
    CURSOR_CONTROLS,
    EDIT_CONTROLS,
    RECTANGLE_CONTROLS,
    RECTANGLE_REPORTS,
    MODE_CONTROLS,
    REPORT_CONTROLS,
    STATE_REPORTS,
  ].flatMap((table) =>
    Object.entries(table).map(([characters, control]): [number, Control] => [controlId(characters), control]),
  ),
);
const SGR = controlId('m');
const TITLE_STACK = controlId('t');
const STATUS_REQUEST = controlId('$q');
const CAPABILITY_REQUEST = controlId('+q');
const MAXIMUM_QUERY = 4096;

/** Escape sequences of two characters, by the second (ISO 2022, DEC STD 070). */
const ESCAPES: ReadonlyMap<number, (core: EngineCore) => void> = new Map(
  Object.entries({
    '6': backIndex,
    '7': saveCursor,
    '8': restoreCursor,
    '9': forwardIndex,
    D: index,
    E: nextLine,
    H: setTab,
    M: reverseIndex,
    N: ({ charsets }: EngineCore) => charsets.shiftOnce(2),
    O: ({ charsets }: EngineCore) => charsets.shiftOnce(3),
    Z: replyIdentity,
    '=': ({ modes }: EngineCore) => modes.setPrivate(66, true),
    '>': ({ modes }: EngineCore) => modes.setPrivate(66, false),
    n: ({ charsets }: EngineCore) => charsets.use(2),
    o: ({ charsets }: EngineCore) => charsets.use(3),
    '|': ({ charsets }: EngineCore) => charsets.use(3),
    '}': ({ charsets }: EngineCore) => charsets.use(2),
    '~': ({ charsets }: EngineCore) => charsets.use(1),
    '%@': ({ charsets }: EngineCore) => charsets.useDefault(),
    '%G': ({ charsets }: EngineCore) => charsets.useDefault(),
    '#8': alignScreen,
    ' F': ({ modes }: EngineCore) => setReplies(modes, false),
    ' G': ({ modes }: EngineCore) => setReplies(modes, true),
  }).map(([characters, run]) => [controlId(characters), run]),
);
const RESET = controlId('c');

function nextLine(core: EngineCore): void {
  carriageReturn(core);
  index(core);
}

/** S7C1T and S8C1T. */
function setReplies(modes: Modes, inEightBits: boolean): void {
  modes.repliesInEightBits = inEightBits;
}

function setTab({ screen }: EngineCore): void {
  screen.tabs.set(screen.column);
}

/** What the parser finds, done to a terminal. */
export class EngineReceiver implements VtReceiver {
  /** Bells since it was set back. */
  hasBell = false;
  readonly #core: EngineCore;
  readonly #strings: ProgramStrings;
  readonly #device = new StringCollector();
  readonly #requests: ReadonlyMap<number, StringTarget>;

  constructor(core: EngineCore, strings: ProgramStrings) {
    this.#core = core;
    this.#strings = strings;
    this.#requests = new Map([
      [STATUS_REQUEST, { maximum: MAXIMUM_QUERY, overflow: 'drop', take: (text) => replyStatus(core, text) }],
      [CAPABILITY_REQUEST, { maximum: MAXIMUM_QUERY, overflow: 'drop', take: (text) => replyCapabilities(core, text) }],
    ]);
  }

  printAscii(bytes: Uint8Array, start: number): number {
    const end = this.fillRows(bytes, start);
    return end > start ? end : this.#core.printer.printAscii(bytes, start);
  }

  fillRows(bytes: Uint8Array, start: number): number {
    const { screen, filler } = this.#core;
    return screen.x === 0 ? filler.fill(bytes, start) : start;
  }

  printPoint(point: number): void {
    this.#core.printer.printPoint(point);
  }

  execute(code: number): void {
    const core = this.#core;
    switch (code) {
      case 0x07:
        this.hasBell = true;
        return;
      case 0x08:
        backspace(core);
        return;
      case 0x09:
        tab(core);
        return;
      case 0x0a:
      case 0x0b:
      case 0x0c:
        lineFeed(core);
        return;
      case 0x0d:
        carriageReturn(core);
        return;
      case 0x0e:
        core.charsets.use(1);
        return;
      case 0x0f:
        core.charsets.use(0);
        return;
      case 0x84:
        index(core);
        return;
      case 0x85:
        nextLine(core);
        return;
      case 0x88:
        setTab(core);
        return;
      case 0x8d:
        reverseIndex(core);
        return;
      case 0x8e:
        core.charsets.shiftOnce(2);
        return;
      case 0x8f:
        core.charsets.shiftOnce(3);
        return;
      default:
    }
  }

  escape(id: number): void {
    const core = this.#core;
    if (id === RESET) {
      fullReset(core);
      this.#strings.reset();
      return;
    }
    const run = ESCAPES.get(id);
    if (run !== undefined) {
      run(core);
      return;
    }
    const level = charsetLevel(id >> 8);
    if (level !== undefined) core.charsets.designate(level, id & 0xff, isLarge(id >> 8));
  }

  csi(id: number, parameters: VtParameters): void {
    const core = this.#core;
    if (id === SGR) {
      selectGraphicRendition(core.pen, parameters);
      return;
    }
    CONTROLS.get(id)?.(core, parameters);
    if (id === TITLE_STACK && parameters.value(1) !== 1) {
      if (parameters.first === 22) this.#strings.pushTitle();
      else if (parameters.first === 23) this.#strings.popTitle();
    }
  }

  oscStart(): void {
    this.#strings.start();
  }

  oscPut(bytes: Uint8Array, start: number, end: number): void {
    this.#strings.put(bytes, start, end);
  }

  oscPoint(point: number): void {
    this.#strings.point(point);
  }

  oscEnd(complete: boolean): void {
    this.#strings.end(complete);
  }

  dcsStart(id: number): void {
    this.#device.start(this.#requests.get(id));
  }

  dcsPut(bytes: Uint8Array, start: number, end: number): void {
    this.#device.put(bytes, start, end);
  }

  dcsPoint(point: number): void {
    this.#device.point(point);
  }

  dcsEnd(complete: boolean): void {
    this.#device.end(complete);
  }
}
