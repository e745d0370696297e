import { stripControls } from '../text/sanitize.ts';
import { replyColors, replyPalette } from './device-reports.ts';
import type { EngineCore } from './engine-core.ts';
import { KittyNotifications } from './kitty-notifications.ts';
import {
  MAXIMUM_CLIPBOARD_PAYLOAD,
  MAXIMUM_STRING,
  parseClipboard,
  parseDirectory,
  parseLink,
  parseMark,
  parseOsc9,
  parseOsc777,
} from './osc-strings.ts';
import { type Overflow, StringCollector, type StringTarget } from './string-collector.ts';
import type { TerminalEvent } from './virtual-terminal.ts';

/** Titles that CSI 22 t keeps, as xterm. */
const MAXIMUM_TITLES = 10;
const MAXIMUM_QUERY = 4096;
const SEMICOLON = 0x3b;
/** No command has a number as large. */
const MAXIMUM_NUMBER = 99_999;

/** OSC 10 to 19. */
const COLORS = Array.from({ length: 10 }, (_, index) => 10 + index);

/** Titles, directories, links, clipboard, notifications, marks and questions that a program writes as OSC strings. */
export class ProgramStrings {
  title = '';
  workingDirectory: string | undefined;
  readonly #core: EngineCore;
  readonly #targets: ReadonlyMap<number, StringTarget>;
  readonly #titles: string[] = [];
  readonly #notifications = new KittyNotifications();
  readonly #collector = new StringCollector();
  /** The number before the text: -1 before its first digit, undefined when it is none. */
  #number: number | undefined;
  #inText = false;

  constructor(core: EngineCore, hostname: string) {
    this.#core = core;
    const send = (event: TerminalEvent | undefined): void => {
      if (event !== undefined) core.emit(event);
    };
    const target = (
      number: number,
      maximum: number,
      overflow: Overflow,
      take: (text: string) => void,
    ): readonly [number, StringTarget] => [number, { maximum, overflow, take }];
    this.#targets = new Map([
      target(0, MAXIMUM_STRING, 'cut', (text) => this.#setTitle(text)),
      target(2, MAXIMUM_STRING, 'cut', (text) => this.#setTitle(text)),
      target(4, MAXIMUM_QUERY, 'drop', (text) => replyPalette(core, text)),
      target(7, 3 * MAXIMUM_STRING, 'drop', (text) => this.#setDirectory(parseDirectory(text, hostname))),
      target(8, MAXIMUM_STRING, 'drop', (text) => {
        const link = parseLink(text);
        if (link !== undefined) core.pen.link = link;
      }),
      target(9, MAXIMUM_STRING, 'cut', (text) => send(parseOsc9(text))),
      ...COLORS.map((number) => target(number, MAXIMUM_QUERY, 'drop', (text) => replyColors(core, number, text))),
      target(52, MAXIMUM_CLIPBOARD_PAYLOAD, 'drop', (data) => {
        const text = parseClipboard(data);
        if (text !== undefined) core.emit({ type: 'clipboard', text });
      }),
      target(99, MAXIMUM_STRING, 'cut', (text) => send(this.#notifications.take(text))),
      target(133, MAXIMUM_STRING, 'cut', (text) => send(parseMark(text))),
      target(777, MAXIMUM_STRING, 'cut', (text) => send(parseOsc777(text))),
    ]);
  }

  start(): void {
    this.#number = -1;
    this.#inText = false;
    this.#collector.start(undefined);
  }

  put(bytes: Uint8Array, start: number, end: number): void {
    let index = start;
    for (; index < end && !this.#inText && this.#number !== undefined; index++) this.#digit(bytes[index] ?? 0);
    if (this.#inText && index < end) this.#collector.put(bytes, index, end);
  }

  point(point: number): void {
    if (this.#inText) this.#collector.point(point);
    else this.#number = undefined;
  }

  end(complete: boolean): void {
    // A command without any text.
    if (!this.#inText && this.#number !== undefined) this.#collector.start(this.#targets.get(this.#number));
    this.#collector.end(complete);
    this.#inText = false;
    this.#number = undefined;
  }

  /** CSI 22 t */
  pushTitle(): void {
    this.#titles.push(this.title);
    if (this.#titles.length > MAXIMUM_TITLES) this.#titles.shift();
  }

  /** CSI 23 t */
  popTitle(): void {
    const title = this.#titles.pop();
    if (title !== undefined) this.#setTitle(title);
  }

  /** RIS: the title and the directory stay, as in xterm. */
  reset(): void {
    this.#titles.length = 0;
    this.#notifications.clear();
  }

  #digit(code: number): void {
    if (code === SEMICOLON) {
      this.#inText = true;
      this.#collector.start(this.#targets.get(this.#number ?? -1));
    } else if (code < 0x30 || code > 0x39) this.#number = undefined;
    else this.#number = Math.min(Math.max(this.#number ?? 0, 0) * 10 + code - 0x30, MAXIMUM_NUMBER);
  }

  #setTitle(text: string): void {
    const title = stripControls(text, MAXIMUM_STRING);
    if (title === this.title) return;
    this.title = title;
    this.#core.emit({ type: 'title', title });
  }

  #setDirectory(path: string | undefined): void {
    if (path === undefined || path === this.workingDirectory) return;
    this.workingDirectory = path;
    this.#core.emit({ type: 'directory', path });
  }
}
