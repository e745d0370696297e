import { CLUSTER } from '../text/grid.ts';
import { Charsets } from './charsets.ts';
import { ClusterTable } from './cluster-table.ts';
import type { TerminalColors } from './colors.ts';
import { History } from './history.ts';
import { Modes } from './modes.ts';
import { Pen } from './pen.ts';
import { Printer } from './printer.ts';
import { RowFiller } from './row-filler.ts';
import { Screen } from './screen.ts';
import { PLAIN_STYLE, StyleTable } from './style-table.ts';
import type { TerminalEvent } from './virtual-terminal.ts';

const VALUE = 0x1f_ffff;
/** Ten times a screen of 1000×400 in one write. */
const MAXIMUM_SPENT = 4_000_000;

/** ESC and a character that stand for a control of C1 (ECMA-48). */
const SEVEN_BIT_C1 = /\x1b[@-_]/g;
const eightBits = (pair: string): string => String.fromCharCode(pair.charCodeAt(1) + 0x40);

/** What a terminal says of itself when a program asks. */
export interface Identity {
  /** `qmux(release)` in XTVERSION. */
  readonly release: string;
  /** The value of TERM, in XTGETTCAP. */
  readonly name: string;
  colors: TerminalColors;
}

/** The parts of a terminal, as control functions change them. */
export class EngineCore {
  readonly styles = new StyleTable((used) => this.#markStyles(used));
  readonly clusters = new ClusterTable((used) => this.#markClusters(used));
  readonly pen = new Pen(this.styles);
  readonly modes = new Modes();
  readonly charsets = new Charsets();
  readonly history: History;
  readonly normal: Screen;
  readonly alternate: Screen;
  readonly printer: Printer;
  readonly filler: RowFiller;
  readonly identity: Identity;
  readonly emit: (event: TerminalEvent) => void;
  /** The one that is shown. */
  screen: Screen;
  /** Cells that sequences of a few bytes changed in the running write. */
  #spent = 0;
  /** How often all row numbers lost their meaning. */
  epoch = 0;

  constructor(
    columns: number,
    rows: number,
    historyLimit: number,
    identity: Identity,
    emit: (event: TerminalEvent) => void,
  ) {
    this.history = new History(historyLimit, columns, this.styles, this.clusters);
    this.normal = new Screen(columns, rows, (row, goesOn) => this.history.push(row, goesOn));
    this.alternate = new Screen(columns, rows);
    this.normal.open(PLAIN_STYLE);
    this.screen = this.normal;
    this.printer = new Printer(this);
    this.filler = new RowFiller(this);
    this.identity = identity;
    this.emit = emit;
  }

  /** A new write begins. */
  refresh(): void {
    this.#spent = 0;
  }

  /**
   * Whether a sequence may change or read so many cells one by one: a write full of sequences that fill the screen would
   * hold up everybody for minutes, and no program means that.
   */
  affords(cells: number): boolean {
    this.#spent += cells;
    return this.#spent <= MAXIMUM_SPENT;
  }

  /** With C1 controls in one byte if the program asked for that (S8C1T). */
  reply(text: string): void {
    const spelled = this.modes.repliesInEightBits ? text.replace(SEVEN_BIT_C1, eightBits) : text;
    this.emit({ type: 'reply', bytes: Buffer.from(spelled, 'latin1') });
  }

  /** Shows the alternate screen, empty; the cursor stays where it is. */
  showAlternate(): void {
    if (this.screen === this.alternate) return;
    this.alternate.open(this.pen.eraseId);
    this.#show(this.alternate);
  }

  /** Shows the normal screen again; the alternate one is forgotten. */
  showNormal(): void {
    if (this.screen === this.normal) return;
    this.#show(this.normal);
    this.alternate.close();
  }

  #show(screen: Screen): void {
    screen.x = this.screen.x;
    screen.y = this.screen.y;
    this.screen = screen;
    this.modes.alternateScreen = screen === this.alternate;
    this.epoch += 1;
  }

  #markStyles(used: Uint8Array): void {
    used[PLAIN_STYLE] = 1;
    this.pen.markUsed(used);
    this.filler.markUsed(used);
    for (const screen of [this.normal, this.alternate])
      for (const row of screen.storedRows)
        for (const { isStyled, styles, end } of row.kept === undefined ? [row] : [row, row.kept.cells])
          if (isStyled) for (let x = 0; x < end; x++) used[styles[x] ?? 0] = 1;
  }

  #markClusters(used: Uint8Array): void {
    for (const screen of [this.normal, this.alternate])
      for (const row of screen.storedRows) {
        if (!row.isWide || row.textLength > 0) continue;
        for (let x = 0; x < row.end; x++) {
          const code = row.code(x);
          if ((code & CLUSTER) !== 0) used[code & VALUE] = 1;
        }
      }
  }
}
