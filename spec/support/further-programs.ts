import { RETURNING_SIZES, type RecordedProgram, SMALL_SIZES } from './recorded-program.ts';

const DOWN = '\x1b[B';
const APPLICATION_DOWN = '\x1bOB';
const shell = (script: string): readonly string[] => ['sh', '-c', script];

/** Draws with what terminfo has of the terminal, one capability after the other. */
const CAPABILITIES = [
  'tput clear; tput cup 5 10; tput bold; echo bold; tput setaf 3; tput setab 4; tput el; echo colours',
  'tput smul; echo under; tput rmul; tput rev; tput ed; tput sgr0; tput cup 10 0; tput csr 8 14; tput cup 14 0',
  'echo; echo; echo scrolled; tput ri; tput il 2; tput dl 1; tput ich 3; tput dch 2',
  'tput smacs; echo lqqqkxjm; tput rmacs; tput csr 0 22; tput cup 20 70; printf "wrap at the edge of the line"',
  'tput sc; tput cup 0 0; tput smir; printf ins; tput rmir; tput rc; printf X; tput civis; tput cnorm',
  'tput blink; echo b; tput dim; echo d; tput sitm; echo i; tput ritm; tput sgr0; tput hts; tput ht; tput ech 4',
  'tput indn 2; tput rin 1; tput hpa 5; tput vpa 3; printf here; exec cat',
].join('; ');

/** The progress bar below the text that apt draws, as it draws it. */
const PROGRESS = [
  "printf '\\n\\n\\0337\\033[0;22r\\0338\\033[1A'",
  'for i in 10 40 70 100',
  "do printf '\\0337\\033[23;0f\\033[42m\\033[30mProgress: [%3d%%]\\033[49m\\033[39m [####......] \\0338' $i",
  'seq $i | tail -12',
  'done',
  "printf '\\0337\\033[0;23r\\0338\\033[1A\\033[J'",
  'exec cat',
]
  .join('; ')
  .replace(/do; /, 'do ');

/** More kinds of programs, under other names of terminals, at other sizes; recorded on Debian 12. */
export const FURTHER_PROGRAMS: Readonly<Record<string, RecordedProgram>> = {
  nvim: {
    command: ['nvim', '--clean', '-n', 'sample.c'],
    sizes: SMALL_SIZES,
    keys: [
      ['/int\r', 'ggVjj'],
      ['\x1b', ':vsplit\r', 'G'],
      [':only\r', 'ihello\x1b', ':term\r'],
    ],
  },
  mutt: {
    command: ['mutt', '-n', '-F', '/dev/null', '-f', 'mbox'],
    keys: [['j', '\r'], ['q', '?'], ['\x1b']],
  },
  aptitude: { command: ['aptitude'], term: 'linux', keys: [['\x00'], ['j'], ['\x1b']] },
  weechat: {
    command: ['weechat', '-t', '-p'],
    term: 'screen-256color',
    sizes: RETURNING_SIZES,
    keys: [['/help\r'], ['/window splith\r'], ['/list\r']],
  },
  irssi: {
    command: ['irssi', '--home=irssi', '-n', 'ada'],
    term: 'tmux-256color',
    keys: [['/help\r'], ['/set\r'], ['漢字é']],
  },
  calcurse: {
    command: ['calcurse', '-D', 'calendar'],
    term: 'vt220',
    sizes: SMALL_SIZES,
    keys: [['\t'], ['a'], ['\x1b']],
  },
  micro: {
    command: ['micro', 'wide.txt'],
    term: 'screen-256color',
    sizes: RETURNING_SIZES,
    keys: [[DOWN, 'x'], ['\x05vsplit\r'], ['\x07']],
  },
  kakoune: {
    command: ['kak', '-n', 'sample.c'],
    keys: [['jj%'], [':set global ui_options terminal_assistant=cat\r', ':help '], ['\x1b', 'ifoo']],
  },
  jed: { command: ['jed', '-n', 'sample.c'], term: 'vt220', keys: [[DOWN, 'x'], ['\x182'], ['\x1b']] },
  fzf: {
    command: shell('echo before; seq 300 | fzf --height 40% --reverse --border'),
    keys: [['12'], ['\t'], ['\x7f']],
  },
  whiptail: {
    command: ['whiptail', '--title', 'Q', '--menu', 'Which?', '15', '50', '5', 'a', 'first', 'b', '漢字', 'c', 'x'],
    term: 'linux',
    keys: [[DOWN], ['\t'], ['\t']],
  },
  visidata: { command: ['vd', 'data.csv'], term: 'screen-256color', keys: [['', '', '', 'g_'], ['I'], ['\x08']] },
  nethack: {
    command: ['nethack', '-u', 'ada'],
    keys: [
      ['y', ' ', ' ', 'y'],
      [' ', 'i'],
      ['\x1b', '?'],
    ],
  },
  zsh: {
    command: ['zsh', '-f', '-i'],
    keys: [
      [
        "autoload -U compinit; compinit -u; zstyle ':completion:*' menu select=1; PROMPT='%F{green}%~%f %# '; RPROMPT=right\r",
        '',
        'ls file-\t\t',
        '\t',
      ],
      ['\r', 'setopt \t'],
      ['\x03', 'echo 漢字 \x12ls'],
    ],
  },
  'gdb-tui': {
    command: ['gdb', '-q', '-nx', '-tui', './program'],
    term: 'vt220',
    sizes: SMALL_SIZES,
    keys: [['start\r'], ['layout split\r'], ['next\r']],
  },
  // A picture that is swallowed, with text around it.
  sixel: {
    command: shell('echo before; chafa -f sixels -s 20x8 picture.ppm; echo after; exec cat'),
    keys: [[], [], []],
  },
  caca: { command: ['cacademo'], cut: 12_001, keys: [[], [], []] },
  tput: { command: shell(CAPABILITIES), term: 'linux', keys: [[''], [], []] },
  'dialog-tailbox': { command: ['dialog', '--tailbox', 'log.txt', '20', '70'], term: 'vt220', keys: [[], ['\t'], []] },
  'vim-wide': {
    command: [
      ...['vim', '-u', 'NONE', '-c', 'set nocp nu wrap linebreak showbreak=>> list cursorcolumn'],
      ...['-c', 'set conceallevel=2', '-c', 'syntax match Tab /tab/ conceal cchar=∫', 'wide.txt'],
    ],
    keys: [
      ['10jzt', 'w', 'A漢\x1b'],
      [':set nowrap\r', '$'],
      [':vsplit\r', '\x17w', 'gg'],
    ],
  },
  rich: { command: shell('/usr/bin/python3 -m rich; exec cat'), keys: [['', '', '', '', ''], [], []] },
  'apt-progress': { command: shell(PROGRESS), keys: [[], [], []] },
  screen: {
    command: ['screen', '-c', '/dev/null', 'bash', '--noprofile', '--norc'],
    term: 'vt220',
    keys: [['ls\r', '\x01?'], [' ', 'cat wide.txt\r'], ['\x01"']],
  },
  robotfindskitten: { command: ['robotfindskitten'], keys: [['x'], ['l', 'l'], [APPLICATION_DOWN]] },
  urwid: { command: ['/usr/bin/python3', 'list.py'], keys: [['', DOWN], ['\t'], ['x']] },
};
