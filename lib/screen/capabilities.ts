import {
  BLINK,
  BOLD,
  DIM,
  INVERSE,
  INVISIBLE,
  ITALIC,
  OVERLINE,
  STRIKETHROUGH,
  UNDERLINE_MASK,
} from '../text/style.ts';
import type { NoticeForm } from './outer-notice.ts';

export type ColorDepth = 'rgb' | '256' | '16' | '8' | 'mono';

/** What an outer terminal can do; what it cannot is reduced or left out, never sent in hope. */
export interface Capabilities {
  readonly colors: ColorDepth;
  readonly utf8: boolean;
  /** The attribute bits (style.ts) it shows; all bits of UNDERLINE_MASK or none. */
  readonly attributes: number;
  /** SGR 22–29 end one attribute; without it every change starts from SGR 0. */
  readonly attributesEnd: boolean;
  readonly underlineStyles: boolean;
  readonly underlineColor: boolean;
  readonly hyperlinks: boolean;
  /** Mode 2026. */
  readonly synchronizedOutput: boolean;
  /** DECSTBM with IND and RI. */
  readonly scrollRegions: boolean;
  /** SU and SD as well. */
  readonly scrollCommands: boolean;
  /** Erased and scrolled-in cells take the background of the pen. */
  readonly backColorErase: boolean;
  /** ECH. */
  readonly eraseCharacters: boolean;
  /** REP. */
  readonly repeatCharacter: boolean;
  /** CHA and VPA. */
  readonly absoluteMotion: boolean;
  /** DEC special graphics through `ESC ( 0`, for terminals without UTF-8. */
  readonly lineDrawing: boolean;
  readonly alternateScreen: boolean;
  /** DECTCEM. */
  readonly cursorVisibility: boolean;
  /** DECSCUSR. */
  readonly cursorShape: boolean;
  /** OSC 2, and XTPUSHTITLE to give the old one back. */
  readonly title: boolean;
  readonly bracketedPaste: boolean;
  readonly focusEvents: boolean;
  /** Modes 1000, 1002, 1003 with 1006. */
  readonly mouse: boolean;
  readonly kittyKeyboard: boolean;
  readonly modifyOtherKeys: boolean;
  /** How it takes desktop notifications, if it takes any: one that does not leaves them out. */
  readonly notices: NoticeForm;
  /** Whether it answers queries; one that does not would print them. */
  readonly answers: boolean;
}

const ORDINARY = BOLD | UNDERLINE_MASK | BLINK | INVERSE;
const ALL = ORDINARY | DIM | ITALIC | INVISIBLE | STRIKETHROUGH | OVERLINE;

/** A terminal of which nothing is known but that it addresses its cursor. */
const PLAINEST: Capabilities = {
  colors: 'mono',
  utf8: false,
  attributes: 0,
  attributesEnd: false,
  underlineStyles: false,
  underlineColor: false,
  hyperlinks: false,
  synchronizedOutput: false,
  scrollRegions: false,
  scrollCommands: false,
  backColorErase: false,
  eraseCharacters: false,
  repeatCharacter: false,
  absoluteMotion: false,
  lineDrawing: false,
  alternateScreen: false,
  cursorVisibility: false,
  cursorShape: false,
  title: false,
  bracketedPaste: false,
  focusEvents: false,
  mouse: false,
  kittyKeyboard: false,
  modifyOtherKeys: false,
  notices: 'osc9',
  answers: false,
};

const VT100: Capabilities = {
  ...PLAINEST,
  attributes: ORDINARY,
  scrollRegions: true,
  lineDrawing: true,
  cursorVisibility: true,
};

/** The Linux console and the BSDs': no alternate screen, no mouse, no title. */
const CONSOLE: Capabilities = {
  ...VT100,
  colors: '8',
  attributesEnd: true,
  backColorErase: true,
  eraseCharacters: true,
  absoluteMotion: true,
};

const XTERM: Capabilities = {
  ...CONSOLE,
  colors: '16',
  attributes: ALL & ~OVERLINE,
  scrollCommands: true,
  alternateScreen: true,
  cursorShape: true,
  title: true,
  bracketedPaste: true,
  focusEvents: true,
  mouse: true,
  modifyOtherKeys: true,
  answers: true,
};

const RXVT: Capabilities = { ...XTERM, notices: 'osc777' };

/** What the terminals of recent years have in common; kitty keyboard and mode 2026 are still asked for. */
const MODERN: Partial<Capabilities> = {
  colors: 'rgb',
  attributes: ALL,
  underlineStyles: true,
  underlineColor: true,
  hyperlinks: true,
  repeatCharacter: true,
};

/** What a terminal of 24-bit colours or of mode 2026 has, whatever its name; not all of them repeat characters. */
const RECENT: Partial<Capabilities> = { ...MODERN, repeatCharacter: false };

/** GNU screen and tmux around us: erasing does not take the background, and screen has neither ECH nor REP. */
const MULTIPLEXER: Capabilities = { ...XTERM, backColorErase: false, modifyOtherKeys: false };

/** By the beginning of TERM; the first that fits counts. */
const BY_TERM: readonly (readonly [RegExp, Capabilities])[] = [
  [/^(vt\d|ansi|cons25|sun|wsvt|wyse)/, VT100],
  [/^linux/, CONSOLE],
  [/^tmux/, MULTIPLEXER],
  [/^screen/, { ...MULTIPLEXER, eraseCharacters: false, scrollCommands: false, cursorShape: false }],
  [/^xterm-kitty/, { ...XTERM, ...MODERN, notices: 'osc99' }],
  [/^(foot|contour)/, { ...XTERM, ...MODERN, notices: 'osc777' }],
  [/^(xterm-ghostty|ghostty|wezterm)/, { ...XTERM, ...MODERN }],
  [/^alacritty/, { ...XTERM, ...MODERN, attributes: ALL & ~(BLINK | OVERLINE) }],
  [/^(mintty|iterm2?|konsole|vscode)/, { ...XTERM, ...MODERN, repeatCharacter: false }],
  [/^rxvt/, RXVT],
  [/^(xterm|st|vte|gnome|putty|eterm|nsterm|mlterm|terminology|screenrc|rio|cygwin|dtterm|teraterm)/, XTERM],
];

/** By a name the terminal gives itself (XTVERSION, TERM_PROGRAM); in lower case. */
const BY_NAME: readonly (readonly [RegExp, Partial<Capabilities>])[] = [
  [/^kitty/, { ...MODERN, notices: 'osc99' }],
  [/^(foot|contour)/, { ...MODERN, notices: 'osc777' }],
  [/^(wezterm|ghostty|rio)/, MODERN],
  [/^(iterm|mintty|konsole|vscode|xterm\.js|windows terminal)/, { ...MODERN, repeatCharacter: false }],
  [/^vte/, { ...MODERN, notices: 'osc777' }],
  [/^alacritty/, { ...MODERN, attributes: ALL & ~(BLINK | OVERLINE) }],
  [/^xterm\(/, { colors: 'rgb', repeatCharacter: true }],
  // tmux repeats nothing but ASCII.
  [/^tmux/, { ...MODERN, repeatCharacter: false }],
  [/^qmux/, MODERN],
];

const DEPTHS: readonly ColorDepth[] = ['mono', '8', '16', '256', 'rgb'];

function atLeast(depth: ColorDepth, wanted: ColorDepth): ColorDepth {
  return DEPTHS.indexOf(depth) >= DEPTHS.indexOf(wanted) ? depth : wanted;
}

/** `more` on top of what is there; colours only ever grow. */
function extend(capabilities: Capabilities, more: Partial<Capabilities>): Capabilities {
  return { ...capabilities, ...more, colors: atLeast(capabilities.colors, more.colors ?? 'mono') };
}

function named(capabilities: Capabilities, name: string): Capabilities {
  const found = BY_NAME.find(([pattern]) => pattern.test(name.toLowerCase()));
  return found ? extend(capabilities, found[1]) : capabilities;
}

/** First guess from a client's TERM, environment and locale; replies make it better. Any text is allowed. */
export function capabilitiesOf(
  term: string,
  environment: Readonly<Record<string, string>>,
  utf8: boolean,
): Capabilities {
  const name = term.toLowerCase();
  const known = BY_TERM.find(([pattern]) => pattern.test(name))?.[1];
  if (name === 'dumb' || known === undefined) return { ...PLAINEST, utf8 };
  let capabilities: Capabilities = { ...known, utf8 };
  if (!capabilities.answers) return capabilities;
  if (/-m(ono)?$/.test(name)) return { ...capabilities, colors: 'mono' };
  if (/-direct|truecolor/.test(name)) capabilities = extend(capabilities, { colors: 'rgb' });
  if (/256/.test(name)) capabilities = extend(capabilities, { colors: '256' });
  const trueColor = /^(truecolor|24bit)$/i.test(environment['COLORTERM'] ?? '');
  if (trueColor) capabilities = extend(capabilities, { colors: 'rgb' });
  if (/^(tmux|screen)/.test(name)) return capabilities;
  if (trueColor && (known === XTERM || known === RXVT)) capabilities = extend(capabilities, RECENT);
  capabilities = named(capabilities, environment['TERM_PROGRAM'] ?? '');
  if (Number(environment['VTE_VERSION']) >= 5200) capabilities = named(capabilities, 'vte');
  if (environment['KITTY_WINDOW_ID'] !== undefined) capabilities = named(capabilities, 'kitty');
  if (environment['WT_SESSION'] !== undefined) capabilities = named(capabilities, 'windows terminal');
  return capabilities;
}

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** What to ask the terminal at attach; the answer to the last (DA1, answered by all) says that no more will come. */
export function queries(capabilities: Capabilities): Uint8Array {
  return ascii(
    capabilities.answers ? '\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b]12;?\x1b\\\x1b[>q\x1b[?2026$p\x1b[?u\x1b[>c\x1b[c' : '',
  );
}

/** VTE's, mintty's and tmux's numbers in the first parameter of DA2. */
const VTE_IDS = [1, 61, 65];
const MINTTY_ID = 77;

/** What `reply`, an answer to one of our queries, adds; anything else changes nothing. */
export function withReply(capabilities: Capabilities, reply: Uint8Array): Capabilities {
  if (reply.length > 1024) return capabilities;
  const text = Buffer.from(reply).toString('latin1');
  const version = /^(?:\x1bP|\x90)>\|([^\x00-\x1f]*)/.exec(text);
  if (version) return named(capabilities, version[1] ?? '');
  const mode = /^(?:\x1b\[|\x9b)\?2026;([0-4])\$y$/.exec(text);
  if (mode) {
    const synchronizedOutput = mode[1] === '1' || mode[1] === '2';
    const { underlineStyles } = capabilities;
    return {
      ...(synchronizedOutput && !underlineStyles ? extend(capabilities, RECENT) : capabilities),
      synchronizedOutput,
    };
  }
  if (/^(?:\x1b\[|\x9b)\?\d+u$/.test(text)) return { ...capabilities, kittyKeyboard: true };
  const secondary = /^(?:\x1b\[|\x9b)>(\d+);(\d+)[;\d]*c$/.exec(text);
  if (secondary) {
    const id = Number(secondary[1]);
    const number = Number(secondary[2]);
    // xterm of long ago calls itself 1 as well, but with a patch number of at most three digits; kitty's is 4000.
    if (VTE_IDS.includes(id) && number >= 5200 && number < 20_000) return named(capabilities, 'vte');
    if (id === MINTTY_ID) return named(capabilities, 'mintty');
  }
  return capabilities;
}

/** Takes the terminal over: alternate screen, title kept aside, everything erased. Modes follow with the first frame. */
export function startSequence(capabilities: Capabilities): Uint8Array {
  return ascii(
    (capabilities.title ? '\x1b[22;0t' : '') +
      (capabilities.alternateScreen ? '\x1b[?1049h' : '') +
      (capabilities.scrollRegions ? '\x1b[r\x1b[?7l' : '') +
      (capabilities.attributes === 0 ? '' : '\x1b[m') +
      '\x1b[H\x1b[J',
  );
}

/**
 * Gives the terminal back: undoes whatever any frame may have switched on, whether or not it did, and what later replies
 * may make possible. The kitty keyboard's stack is the alternate screen's own, so that nobody else's entry is popped.
 */
export function restoreSequence(capabilities: Capabilities): Uint8Array {
  return ascii(
    (capabilities.synchronizedOutput || capabilities.answers ? '\x1b[?2026l' : '') +
      (capabilities.hyperlinks || capabilities.answers ? '\x1b]8;;\x1b\\' : '') +
      (capabilities.lineDrawing && !capabilities.utf8 ? '\x1b(B' : '') +
      (capabilities.scrollRegions ? '\x1b[r\x1b[?7h' : '') +
      (capabilities.attributes === 0 ? '' : '\x1b[m') +
      (capabilities.mouse ? '\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1006l' : '') +
      (capabilities.focusEvents ? '\x1b[?1004l' : '') +
      (capabilities.bracketedPaste ? '\x1b[?2004l' : '') +
      (capabilities.kittyKeyboard || capabilities.answers ? '\x1b[<u' : '') +
      (capabilities.modifyOtherKeys ? '\x1b[>4;0m' : '') +
      (capabilities.cursorShape ? '\x1b[0 q' : '') +
      (capabilities.answers ? '\x1b[?1l\x1b>' : '') +
      (capabilities.cursorVisibility ? '\x1b[?25h' : '') +
      '\x1b[H\x1b[J' +
      (capabilities.alternateScreen ? '\x1b[?1049l' : '') +
      (capabilities.title ? '\x1b[23;0t' : ''),
  );
}
