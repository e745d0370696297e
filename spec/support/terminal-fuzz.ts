import type { Size } from '../../lib/base/geometry.ts';
import { type Random, seeded } from './random-screen.ts';
import { TerminalPair } from './terminal-pair.ts';

/*
 * What is compared nowhere, since ours differs on purpose:
 * - Lines with empty cells before a wide character, after more than one resize: the oracle folds folded rows again and
 *   takes an empty last cell for the gap before the wide character; ours folds the history from the rows as written.
 * - Wrapped rows that were emptied, after a resize: the oracle folds all rows anew even at the same width; ours only those
 *   that come to the screen. So before a second resize of the main screen nothing is erased, inserted, deleted or
 *   scrolled back, and nothing is wide: all of that is held against a plain model of lines (line-model.ts, reflow-fuzz.ts).
 * - The background of empty cells of the main screen once it was narrower, and behind lines that were folded: the package
 *   forgets what was cut off, ours shows it again where it was (line-model.ts, reflow-fuzz.ts).
 * - What xterm.js has not: margins at the sides, rectangles, sets of 96 characters, single shifts to G2 and G3, XTSAVE and
 *   XTPUSHSGR (spec/terminal/margins.spec.ts and rectangles.spec.ts hold them against ctlseqs).
 * The oracle's own mends say what else xterm.js does otherwise (spec/support/oracle).
 */

const NARROW = ['a', 'b', 'hello ', 'word', 'xxxxxxx', '   ', 'ä', 'é', '●', 'e\u0301', '\u0301', '\u00a0', '\u00ad', '\ufffd', 'ก็', '│──']; // biome-ignore format: a list
const BROAD = [
  '中', '中文字', '🚀', '👨\u200d👩\u200d👧', '❤\ufe0f', '❤', '🇩🇪', '🇩', '\u200b', 'क्ष', '한', '\u1100', '\u1161', '\u0600', '1\ufe0f\u20e3',
]; // biome-ignore format: a list
const CONTROLS = [
  '\r', '\n', '\r\n', '\r\n', '\b', '\t', '\x0b', '\x0c', '\x07', '\x00', '\x7f', '\x0e', '\x0f', '\x1bD', '\x1bM', '\x1bE', '\x1bH', '\x1b7', '\x1b8', '\x1bc', '\x1b=', '\x1b>',
  '\x1b(0', '\x1b(B', '\x1b)0', '\x1b*0', '\x1b(A', '\x1b(K', '\x1b(4', '\x1b#8', '\x1bn', '\x1bo', '\x1b}', '\x1b~', '\x1b%G', '\x1b6', '\x1b9', '\x1bZ', '\u0084', '\u0085', '\u0088', '\u009b3C', '\u009d2;t\u009c',
]; // biome-ignore format: a list
const SEQUENCES = [
  '\x1b[?6h', '\x1b[?6l', '\x1b[?7l', '\x1b[?7h', '\x1b[4h', '\x1b[4l', '\x1b[2;4r', '\x1b[r', '\x1b[?1049h', '\x1b[?1049l', '\x1b[?47h', '\x1b[?47l', '\x1b[?1047h', '\x1b[?1047l',
  '\x1b[20h', '\x1b[20l', '\x1b[?45h', '\x1b[?45l', '\x1b[1"q', '\x1b[0"q', '\x1b[?1K', '\x1b[?J', '\x1b[?2J', '\x1b[!p', '\x1b[?2h', '\x1b[?1048h', '\x1b[?1048l', '\x1b[3J',
  '\x1b[0m', '\x1b[m', '\x1b[1m', '\x1b[31m', '\x1b[44m', '\x1b[4:3m', '\x1b[38;2;1;2;3m', '\x1b[48;5;99m', '\x1b[58:2::9:8:7m', '\x1b[7m', '\x1b[91;103m', '\x1b[22;24;27;39;49m',
  '\x1b]8;;http://a\x1b\\', '\x1b]8;id=1;http://b\x1b\\', '\x1b]8;;\x1b\\', '\x1b]2;ti中\x07', '\x1b]4;1;?\x07', '\x1b]11;?\x1b\\', '\x1b]52;c;aGk=\x07', '\x1b]9;4;1;50\x07', '\x1b]133;A\x07',
  '\x1bP$qm\x1b\\', '\x1bP$qr\x1b\\', '\x1bP+q544e\x1b\\', '\x1bPzzz\x1b\\', '\x1b_ab\u00e4c\x1b\\', '\x1bkname\x1b\\', '\x1b[6n', '\x1b[?6n', '\x1b[c', '\x1b[18t', '\x1b[?7$p', '\x1b[4$p',
  '\x1b[?2026h', '\x1b[?2026l', '\x1b[>1u', '\x1b[<u', '\x1b[?u', '\x1b[?1006h', '\x1b[?1000h', '\x1b[?25l', '\x1b[?25h', '\x1b[3 q', '\x1b[22t', '\x1b[23t',
]; // biome-ignore format: a list
const PREFIXES = ['', '', '', '', '?', '>'];
const NUMBERS = ['', '0', '1', '2', '3', '4', '7', '20', '38', '58', '999', '1:2', ':'];
const INTERMEDIATES = ['', '', '', '', ' ', "'", '$', '!'];
const FINALS = '@ABCDEFGHIJKLMPSTXZ`abdefghlmnrsu}~';

/** What a run is made of. */
interface Stock {
  readonly texts: readonly string[];
  readonly controls: readonly string[];
  readonly sequences: readonly string[];
  readonly finals: string;
  readonly resizes: number;
  /** What every run begins with. */
  readonly start?: string;
}

const ALL: Stock = {
  texts: [...NARROW, ...BROAD],
  controls: CONTROLS,
  sequences: SEQUENCES,
  finals: FINALS,
  resizes: 0,
};
/** Text that wraps and scrolls, with nothing that would tear its lines apart. */
const FLOW = {
  controls: ['\r', '\n', '\r\n', '\r\n', '\x1bE', '\b', '\t', '\x0f', '\x1b7'],
  sequences: SEQUENCES.filter((text) => /^\x1b\[[\d;:]*m$|^\x1b\]|^\x1bP|1049|47|[nucth]$|\$p$/.test(text)).filter(
    (text) => !/\x1b\[(?:\?6|4|\?45)h/.test(text),
  ),
  finals: 'CDGHm',
};
/** Everything at any size, on the alternate screen, whose rows are not folded anew. */
const ALTERNATE: Stock = {
  ...ALL,
  controls: CONTROLS.filter((text) => text !== '\x1bc'),
  sequences: SEQUENCES.filter((text) => !/\?(?:1049|1047|47)[hl]/.test(text)),
  resizes: 8,
  start: '\x1b[?1049h',
};
const MANY_SIZES: Stock = { ...FLOW, texts: NARROW, resizes: 8 };
const ONE_SIZE: Stock = { ...ALL, resizes: 1 };

/** Bytes, cut where ours gets them in two pieces, or another size. */
type Step = { readonly bytes: Uint8Array; readonly cut: number } | { readonly size: Size };

export interface Run {
  readonly size: Size;
  readonly steps: readonly Step[];
}

export interface Finding {
  readonly seed: number;
  /** The fewest steps that show it, and what differs. */
  readonly steps: string;
  readonly difference: string;
}

const pick = <T>(random: Random, list: readonly T[]): T | undefined => list[random(list.length)];

/** Of the sequences that random parts make up, those of which the oracle knows nothing. */
const OURS_ALONE = /\$[rt]$|\?[\d;:]*[rs]$/;

function sequence(random: Random, finals: string): string {
  const numbers = Array.from({ length: random(4) }, () => pick(random, NUMBERS) ?? '');
  const final = finals.charAt(random(finals.length));
  const text = `\x1b[${pick(random, PREFIXES)}${numbers.join(';')}${pick(random, INTERMEDIATES)}${final}`;
  return OURS_ALONE.test(text) ? '' : text;
}

function piece(random: Random, { texts, controls, sequences, finals }: Stock): Uint8Array {
  const kind = random(10);
  const list = kind < 4 ? texts : kind < 6 ? controls : sequences;
  const text = Buffer.from(kind < 8 ? (pick(random, list) ?? '') : sequence(random, finals));
  if (random(30) > 0) return text;
  if (random(2) === 0) return text.subarray(0, random(text.length));
  return Buffer.from([0x20 + random(0xe0)]);
}

const randomSize = (random: Random): Size => ({ columns: 2 + random(20), rows: 1 + random(8) });

/** The random steps of one seed. */
export function runOf(seed: number): Run {
  const random = seeded(seed);
  const stock = pick(random, [ALL, ALL, ALTERNATE, MANY_SIZES, ONE_SIZE]) ?? ALL;
  let { resizes } = stock;
  const steps: Step[] = stock.start === undefined ? [] : [{ bytes: Buffer.from(stock.start), cut: 0 }];
  for (let left = 3 + random(60); left > 0; left--) {
    if (resizes > 0 && random(14) === 0) {
      resizes -= 1;
      steps.push({ size: randomSize(random) });
    } else {
      const bytes = piece(random, stock);
      steps.push({ bytes, cut: random(bytes.length + 1) });
    }
  }
  return { size: randomSize(random), steps };
}

/** The first difference that a run shows. */
export function differenceOf({ size, steps }: Run): string | undefined {
  const pair = new TerminalPair(size);
  for (const step of steps) {
    if ('size' in step) pair.resize(step.size);
    else pair.write(step.bytes, step.cut);
  }
  const difference = pair.difference();
  pair.dispose();
  return difference;
}

const isFault = (difference: string | undefined): boolean => difference?.startsWith('fault') === true;

/** Leaves out every step without which it still goes wrong in the same way. */
function shrink(run: Run, difference: string): { readonly run: Run; readonly difference: string } {
  let least = { run, difference };
  for (let again = true; again; ) {
    again = false;
    for (let index = least.run.steps.length - 1; index >= 0; index--) {
      const fewer = { size: run.size, steps: least.run.steps.filter((_, place) => place !== index) };
      const found = differenceOf(fewer);
      if (found === undefined || isFault(found) !== isFault(difference)) continue;
      least = { run: fewer, difference: found };
      again = true;
    }
  }
  return least;
}

function spell({ size, steps }: Run): string {
  const sizeText = ({ columns, rows }: Size): string => `${columns}x${rows}`;
  const words = steps.map((step) =>
    'size' in step ? sizeText(step.size) : JSON.stringify(Buffer.from(step.bytes).toString()),
  );
  return [sizeText(size), ...words].join(' ');
}

/** What one seed finds; undefined for nothing. */
export function tryTerminal(seed: number): Finding | undefined {
  const run = runOf(seed);
  const difference = differenceOf(run);
  if (difference === undefined) return undefined;
  const least = shrink(run, difference);
  return { seed, steps: spell(least.run), difference: least.difference };
}
