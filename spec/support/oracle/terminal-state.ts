import { KittyKeyboard } from '../../../lib/terminal/kitty-keyboard.ts';
import type {
  CursorShape,
  MouseEncoding,
  MouseTracking,
  TerminalModes,
} from '../../../lib/terminal/virtual-terminal.ts';
import type { Core } from './xterm-core.ts';

const TRACKING: ReadonlyMap<number, MouseTracking> = new Map([
  [9, 'x10'],
  [1000, 'press'],
  [1002, 'drag'],
  [1003, 'any'],
]);
const ENCODING: ReadonlyMap<number, MouseEncoding> = new Map([
  [1005, 'utf8'],
  [1006, 'sgr'],
  [1015, 'urxvt'],
  [1016, 'sgr-pixels'],
]);
/** Answers of DECRQM. */
const UNKNOWN = 0;
const SET = 1;
const RESET = 2;
const ALWAYS_SET = 3;
const ALWAYS_RESET = 4;

/** The modes of a terminal: those that the package keeps, and those it does not or keeps otherwise. */
export class TerminalState {
  readonly #core: Core;
  readonly #keyboards = { normal: new KittyKeyboard(), alternate: new KittyKeyboard() };
  #tracking: MouseTracking = 'none';
  #encoding: MouseEncoding = 'default';
  #reverseScreen = false;
  #modifyOtherKeys = 0;
  #modes: TerminalModes | undefined;
  shape: CursorShape | undefined;
  blinking = false;

  constructor(core: Core) {
    this.#core = core;
  }

  /** The keyboard stack of the shown screen. */
  get keyboard(): KittyKeyboard {
    return this.alternateScreen ? this.#keyboards.alternate : this.#keyboards.normal;
  }

  get alternateScreen(): boolean {
    const { buffers } = this.#core._bufferService;
    return buffers.active === buffers.alt;
  }

  /** The same object until something changes. */
  get modes(): TerminalModes {
    const next = this.#read();
    const last = this.#modes;
    if (last !== undefined && (Object.keys(next) as (keyof TerminalModes)[]).every((key) => next[key] === last[key]))
      return last;
    this.#modes = next;
    return next;
  }

  /** DECSET or DECRST of one private mode, as far as the package does not do it. */
  setPrivate(mode: number, on: boolean): void {
    const tracking = TRACKING.get(mode);
    const encoding = ENCODING.get(mode);
    if (tracking !== undefined) this.#tracking = on ? tracking : 'none';
    else if (encoding !== undefined) {
      if (on) this.#encoding = encoding;
      else if (this.#encoding === encoding) this.#encoding = 'default';
    } else if (mode === 5) this.#reverseScreen = on;
    else if (mode === 12) this.blinking = on;
  }

  /** XTMODKEYS (CSI > 4 ; level m). */
  setModifyOtherKeys(level: number): void {
    this.#modifyOtherKeys = level >= 0 && level <= 2 ? level : 0;
  }

  /** DECSCUSR: 0 gives the person's own shape back, odd ones blink. */
  setCursorStyle(style: number): void {
    if (style > 6) return;
    const shapes: readonly (CursorShape | undefined)[] = [undefined, 'block', 'underline', 'bar'];
    this.shape = shapes[Math.ceil(style / 2)];
    this.blinking = style % 2 === 1;
  }

  /** DECRQM of an ANSI mode. */
  ansiMode(mode: number): number {
    if (mode === 2) return ALWAYS_RESET;
    if (mode === 4) return this.#core.coreService.modes.insertMode ? SET : RESET;
    if (mode === 12) return ALWAYS_SET;
    if (mode === 20) return this.#core.optionsService.rawOptions.convertEol ? SET : RESET;
    return UNKNOWN;
  }

  /** DECRQM of a private mode. */
  privateMode(mode: number): number {
    if (mode === 8 || mode === 1048 || mode === 2027) return ALWAYS_SET;
    if (mode === 67) return ALWAYS_RESET;
    const on = this.#privateState(mode);
    if (on === undefined) return UNKNOWN;
    return on ? SET : RESET;
  }

  /** RIS: everything as at first. */
  reset(): void {
    this.softReset();
    this.#reverseScreen = false;
    this.#tracking = 'none';
    this.#encoding = 'default';
    this.#modifyOtherKeys = 0;
    this.#keyboards.normal.clear();
    this.#keyboards.alternate.clear();
  }

  /** DECSTR. */
  softReset(): void {
    this.shape = undefined;
    this.blinking = false;
  }

  #privateState(mode: number): boolean | undefined {
    const { decPrivateModes: modes, isCursorHidden } = this.#core.coreService;
    const tracking = TRACKING.get(mode);
    if (tracking !== undefined) return this.#tracking === tracking;
    const encoding = ENCODING.get(mode);
    if (encoding !== undefined) return this.#encoding === encoding;
    switch (mode) {
      case 1:
        return modes.applicationCursorKeys;
      case 5:
        return this.#reverseScreen;
      case 6:
        return modes.origin;
      case 7:
        return modes.wraparound;
      case 12:
        return this.blinking;
      case 25:
        return !isCursorHidden;
      case 45:
        return modes.reverseWraparound;
      case 47:
      case 1047:
      case 1049:
        return this.alternateScreen;
      case 66:
        return modes.applicationKeypad;
      case 1004:
        return modes.sendFocus;
      case 2004:
        return modes.bracketedPasteMode;
      case 2026:
        return modes.synchronizedOutput;
      default:
        return undefined;
    }
  }

  #read(): TerminalModes {
    const { decPrivateModes, modes } = this.#core.coreService;
    return {
      applicationCursorKeys: decPrivateModes.applicationCursorKeys,
      applicationKeypad: decPrivateModes.applicationKeypad,
      bracketedPaste: decPrivateModes.bracketedPasteMode,
      focusEvents: decPrivateModes.sendFocus,
      mouseTracking: this.#tracking,
      mouseEncoding: this.#encoding,
      alternateScreen: this.alternateScreen,
      synchronizedOutput: decPrivateModes.synchronizedOutput,
      reverseScreen: this.#reverseScreen,
      insert: modes.insertMode,
      origin: decPrivateModes.origin,
      autowrap: decPrivateModes.wraparound,
      kittyKeyboard: this.keyboard.flags,
      modifyOtherKeys: this.#modifyOtherKeys,
    };
  }
}
