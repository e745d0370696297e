import { KittyNotifications } from '../../../lib/terminal/kitty-notifications.ts';
import {
  MAXIMUM_CLIPBOARD_PAYLOAD,
  MAXIMUM_STRING,
  parseClipboard,
  parseDirectory,
  parseLink,
  parseMark,
  parseOsc9,
  parseOsc777,
} from '../../../lib/terminal/osc-strings.ts';
import type { TerminalEvent } from '../../../lib/terminal/virtual-terminal.ts';
import { stripControls } from '../../../lib/text/sanitize.ts';
import { BoundedString, type Overflow } from './bounded-string.ts';
import { setLink } from './xterm-attributes.ts';
import type { Core } from './xterm-core.ts';

/** Titles that CSI 22 t keeps, as xterm. */
const MAXIMUM_TITLES = 10;

/** Titles, directories, links, clipboard, notifications and marks that a program writes as OSC strings. */
export class ProgramStrings {
  title = '';
  workingDirectory: string | undefined;
  readonly #emit: (event: TerminalEvent) => void;
  readonly #titles: string[] = [];
  readonly #notifications = new KittyNotifications();

  constructor(core: Core, hostname: string, emit: (event: TerminalEvent) => void) {
    this.#emit = emit;
    const parser = core._inputHandler._parser;
    const on = (id: number, maximum: number, overflow: Overflow, run: (text: string) => void): void => {
      parser.clearOscHandler(id);
      parser.registerOscHandler(id, new BoundedString(maximum, overflow, run));
    };
    const send = (event: TerminalEvent | undefined): void => {
      if (event !== undefined) emit(event);
    };
    parser.clearOscHandler(1);
    on(0, MAXIMUM_STRING, 'cut', (text) => this.#setTitle(text));
    on(2, MAXIMUM_STRING, 'cut', (text) => this.#setTitle(text));
    on(7, 3 * MAXIMUM_STRING, 'drop', (text) => this.#setDirectory(parseDirectory(text, hostname)));
    on(8, MAXIMUM_STRING, 'drop', (text) => {
      const link = parseLink(text);
      if (link !== undefined) setLink(core._inputHandler._curAttrData, link);
    });
    on(9, MAXIMUM_STRING, 'cut', (text) => send(parseOsc9(text)));
    on(52, MAXIMUM_CLIPBOARD_PAYLOAD, 'drop', (data) => {
      const text = parseClipboard(data);
      if (text !== undefined) emit({ type: 'clipboard', text });
    });
    on(99, MAXIMUM_STRING, 'cut', (text) => send(this.#notifications.take(text)));
    on(133, MAXIMUM_STRING, 'cut', (text) => send(parseMark(text)));
    on(777, MAXIMUM_STRING, 'cut', (text) => send(parseOsc777(text)));
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

  #setTitle(text: string): void {
    const title = stripControls(text, MAXIMUM_STRING);
    if (title === this.title) return;
    this.title = title;
    this.#emit({ type: 'title', title });
  }

  #setDirectory(path: string | undefined): void {
    if (path === undefined || path === this.workingDirectory) return;
    this.workingDirectory = path;
    this.#emit({ type: 'directory', path });
  }
}
