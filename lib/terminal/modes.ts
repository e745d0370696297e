import { KittyKeyboard } from './kitty-keyboard.ts';
import type { CursorShape, MouseEncoding, MouseTracking, TerminalModes } from './virtual-terminal.ts';

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
/** Private modes that we know of and do not have: 132 columns, smooth scrolling, highlight tracking and the like. */
const NEVER_SET: ReadonlySet<number> = new Set([
  3, 4, 10, 18, 19, 40, 41, 42, 44, 46, 67, 80, 95, 1001, 1007, 1034, 1035, 1037, 1046, 1050, 1051, 1052, 1053, 1060,
  1061,
]);
/** Those that are always on: keys repeat, Alt and Meta send ESC, clusters are kept together. */
const ALWAYS_ON: ReadonlySet<number> = new Set([8, 1036, 1039, 1048, 2027]);
/** Answers of DECRQM. */
const UNKNOWN = 0;
const SET = 1;
const RESET = 2;
const ALWAYS_SET = 3;
const ALWAYS_RESET = 4;

/** The modes of a terminal that are no more than a switch; what else a mode does is done by who sets it. */
export class Modes {
  insert = false;
  /** LNM: a line feed returns, too. */
  newLine = false;
  applicationCursorKeys = false;
  applicationKeypad = false;
  bracketedPaste = false;
  focusEvents = false;
  synchronizedOutput = false;
  reverseScreen = false;
  origin = false;
  autowrap = true;
  reverseWrap = false;
  /** XTREVWRAP2: as far as there are rows, whether they go on or not. */
  reverseWrapAll = false;
  /** DECLRMM: DECSLRM sets margins at the sides. */
  sideMargins = false;
  /** DECSACE: DECCARA and DECRARA change a rectangle, not the text from its first corner to its last. */
  changesRectangles = false;
  /** XTCHECKSUM: how DECRQCRA counts. */
  checksum = 0;
  /** S8C1T: C1 controls in replies are one byte. */
  repliesInEightBits = false;
  alternateScreen = false;
  cursorVisible = true;
  cursorShape: CursorShape | undefined;
  cursorBlinking = false;
  readonly #keyboards = { normal: new KittyKeyboard(), alternate: new KittyKeyboard() };
  #tracking: MouseTracking = 'none';
  #encoding: MouseEncoding = 'default';
  #modifyOtherKeys = 0;
  readonly #saved = new Map<number, boolean>();
  #read: TerminalModes | undefined;

  /** The keyboard stack of the shown screen. */
  get keyboard(): KittyKeyboard {
    return this.alternateScreen ? this.#keyboards.alternate : this.#keyboards.normal;
  }

  get modifyOtherKeys(): number {
    return this.#modifyOtherKeys;
  }

  /** The same object until something changes. */
  get current(): TerminalModes {
    if (this.#read === undefined || !this.#isSame(this.#read)) this.#read = this.#now();
    return this.#read;
  }

  /** SM or RM of one ANSI mode. */
  setAnsi(mode: number, on: boolean): void {
    if (mode === 4) this.insert = on;
    else if (mode === 20) this.newLine = on;
  }

  /** DECSET or DECRST of one private mode, as far as that is a switch. */
  setPrivate(mode: number, on: boolean): void {
    const tracking = TRACKING.get(mode);
    const encoding = ENCODING.get(mode);
    if (tracking !== undefined) this.#tracking = on ? tracking : 'none';
    else if (encoding !== undefined) {
      if (on) this.#encoding = encoding;
      else if (this.#encoding === encoding) this.#encoding = 'default';
    } else if (mode === 1) this.applicationCursorKeys = on;
    else if (mode === 5) this.reverseScreen = on;
    else if (mode === 6) this.origin = on;
    else if (mode === 7) this.autowrap = on;
    else if (mode === 12) this.cursorBlinking = on;
    else if (mode === 25) this.cursorVisible = on;
    else if (mode === 45) this.reverseWrap = on;
    else if (mode === 1045) this.reverseWrapAll = on;
    else if (mode === 66) this.applicationKeypad = on;
    else if (mode === 69) this.sideMargins = on;
    else if (mode === 1004) this.focusEvents = on;
    else if (mode === 2004) this.bracketedPaste = on;
    else if (mode === 2026) this.synchronizedOutput = on;
  }

  /** XTSAVE of one private mode. */
  save(mode: number): void {
    const on = this.#privateMode(mode);
    if (on !== undefined) this.#saved.set(mode, on);
  }

  /** What XTRESTORE has to set a private mode to; undefined when it is so already or was never saved. */
  savedChange(mode: number): boolean | undefined {
    const on = this.#saved.get(mode);
    return on === this.#privateMode(mode) ? undefined : on;
  }

  /** XTMODKEYS (CSI > 4 ; level m). */
  setModifyOtherKeys(level: number): void {
    this.#modifyOtherKeys = level >= 0 && level <= 2 ? level : 0;
  }

  /** DECSCUSR: 0 gives the person's own shape back, odd ones blink. */
  setCursorStyle(style: number): void {
    if (style > 6) return;
    const shapes: readonly (CursorShape | undefined)[] = [undefined, 'block', 'underline', 'bar'];
    this.cursorShape = shapes[Math.ceil(style / 2)];
    this.cursorBlinking = style % 2 === 1;
  }

  /** DECRQM of an ANSI mode. */
  ansiAnswer(mode: number): number {
    if (mode === 2) return ALWAYS_RESET;
    if (mode === 4) return this.insert ? SET : RESET;
    if (mode === 12) return ALWAYS_SET;
    if (mode === 20) return this.newLine ? SET : RESET;
    return UNKNOWN;
  }

  /** DECRQM of a private mode. */
  privateAnswer(mode: number): number {
    if (ALWAYS_ON.has(mode)) return ALWAYS_SET;
    if (NEVER_SET.has(mode)) return ALWAYS_RESET;
    const on = this.#privateMode(mode);
    if (on === undefined) return UNKNOWN;
    return on ? SET : RESET;
  }

  /** DECSTR. */
  softReset(): void {
    this.cursorVisible = true;
    this.cursorShape = undefined;
    this.cursorBlinking = false;
    this.insert = false;
    this.applicationCursorKeys = false;
    this.applicationKeypad = false;
    this.bracketedPaste = false;
    this.focusEvents = false;
    this.synchronizedOutput = false;
    this.origin = false;
    this.autowrap = true;
    this.reverseWrap = false;
    this.reverseWrapAll = false;
    this.sideMargins = false;
    this.changesRectangles = false;
  }

  /** RIS: everything as at first, but for which screen is shown. */
  reset(): void {
    this.softReset();
    this.#saved.clear();
    this.newLine = false;
    this.checksum = 0;
    this.repliesInEightBits = false;
    this.reverseScreen = false;
    this.#tracking = 'none';
    this.#encoding = 'default';
    this.#modifyOtherKeys = 0;
    this.#keyboards.normal.clear();
    this.#keyboards.alternate.clear();
  }

  #privateMode(mode: number): boolean | undefined {
    const tracking = TRACKING.get(mode);
    if (tracking !== undefined) return this.#tracking === tracking;
    const encoding = ENCODING.get(mode);
    if (encoding !== undefined) return this.#encoding === encoding;
    switch (mode) {
      case 1:
        return this.applicationCursorKeys;
      case 5:
        return this.reverseScreen;
      case 6:
        return this.origin;
      case 7:
        return this.autowrap;
      case 12:
        return this.cursorBlinking;
      case 25:
        return this.cursorVisible;
      case 45:
        return this.reverseWrap;
      case 47:
      case 1047:
      case 1049:
        return this.alternateScreen;
      case 66:
        return this.applicationKeypad;
      case 69:
        return this.sideMargins;
      case 1004:
        return this.focusEvents;
      case 1045:
        return this.reverseWrapAll;
      case 2004:
        return this.bracketedPaste;
      case 2026:
        return this.synchronizedOutput;
      default:
        return undefined;
    }
  }

  /** Asked several times for each key and frame: every mode by name, so that nothing is made. */
  #isSame(modes: TerminalModes): boolean {
    return (
      modes.applicationCursorKeys === this.applicationCursorKeys &&
      modes.applicationKeypad === this.applicationKeypad &&
      modes.bracketedPaste === this.bracketedPaste &&
      modes.focusEvents === this.focusEvents &&
      modes.mouseTracking === this.#tracking &&
      modes.mouseEncoding === this.#encoding &&
      modes.alternateScreen === this.alternateScreen &&
      modes.synchronizedOutput === this.synchronizedOutput &&
      modes.reverseScreen === this.reverseScreen &&
      modes.insert === this.insert &&
      modes.origin === this.origin &&
      modes.autowrap === this.autowrap &&
      modes.kittyKeyboard === this.keyboard.flags &&
      modes.modifyOtherKeys === this.#modifyOtherKeys
    );
  }

  #now(): TerminalModes {
    return {
      applicationCursorKeys: this.applicationCursorKeys,
      applicationKeypad: this.applicationKeypad,
      bracketedPaste: this.bracketedPaste,
      focusEvents: this.focusEvents,
      mouseTracking: this.#tracking,
      mouseEncoding: this.#encoding,
      alternateScreen: this.alternateScreen,
      synchronizedOutput: this.synchronizedOutput,
      reverseScreen: this.reverseScreen,
      insert: this.insert,
      origin: this.origin,
      autowrap: this.autowrap,
      kittyKeyboard: this.keyboard.flags,
      modifyOtherKeys: this.#modifyOtherKeys,
    };
  }
}
