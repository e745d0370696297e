/**
 * Records the programs below, as they are installed on this machine, into spec/recordings:
 * `npm run build && node dist/spec/support/record.js [PROGRAM...]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { spawn } from 'node-pty';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { FURTHER_PROGRAMS } from './further-programs.ts';
import { makeFurtherSamples } from './further-samples.ts';
import { type RecordedProgram, USUAL_SIZES } from './recorded-program.ts';
import { type RecordingStep, saveRecording } from './recording.ts';
import { makeRepository, makeSamples } from './samples.ts';

/** A program counts as done when it has printed nothing for this long, in milliseconds. */
const QUIET = 400;

const PROGRAMS: Readonly<Record<string, RecordedProgram>> = {
  ...FURTHER_PROGRAMS,
  vim: {
    command: [
      'vim',
      '-u',
      'NONE',
      '-c',
      'syntax on',
      '-c',
      'set number hlsearch termguicolors background=dark',
      'sample.c',
    ],
    keys: [
      ['/int\r', 'ggVjj'],
      ['\x1b', ':vsplit\r', 'G'],
      [':only\r', 'ihello\x1b'],
    ],
  },
  less: { command: ['less', '-R', 'colours.txt'], keys: [[' ', '/line\r'], ['G'], ['g']] },
  top: { command: ['top', '-d', '60', '-p', String(process.pid)], keys: [['z', 'x'], ['1'], ['b']] },
  'git-log': {
    command: ['git', '-c', 'color.ui=always', 'log', '--graph', '--stat', '--decorate'],
    keys: [[' '], [' '], ['g']],
  },
  shell: {
    command: ['bash', '--noprofile', '--norc', '-i'],
    keys: [
      [
        "PS1='\\[\\e[1;32m\\]box\\[\\e[0m\\]:\\[\\e[38;5;33m\\]\\w\\[\\e[0m\\]$ '\r",
        'ls --color=always -1\r',
        'cat colours.txt\r',
      ],
      ['printf "\\e[4:3;58;2;255;0;0mcurly\\e[0m \\e[3mitalic\\e[0m \\e[9mstrike\\e[0m 日本語 🚀 👩‍💻 🇩🇪 é\\n"\r'],
      ['seq 30\r'],
    ],
  },
  nano: { command: ['nano', 'sample.c'], keys: [['\x17int\r'], [], ['\x07']] },
  mc: { command: ['mc', '-u'], keys: [['\x1b[B', '\x1b[B'], ['\t'], ['\x1b[B']] },
  tig: { command: ['tig'], keys: [['j', '\r'], ['j'], []] },
  man: {
    command: ['man', '-l', 'sample.1'],
    keys: [[' ', '/option\r'], ['G'], ['g']],
  },
  dialog: {
    command: [
      ...[
        'dialog',
        '--colors',
        '--title',
        'A question',
        '--menu',
        'Which \\Zb\\Z1colour\\Zn shall it be?',
        '0',
        '0',
        '0',
      ],
      ...['red', 'like a rose', 'green', 'like grass', 'blue', 'like the sky'],
    ],
    keys: [['\x1bOB', '\t'], ['\x1bOB'], []],
  },
  python: {
    command: ['python3', '-q', '-i', '-c', 'import sys; sys.ps1 = "\\1\\x1b[35m\\2>>> \\1\\x1b[0m\\2"'],
    keys: [['1 + 1\r', '"é漢🚀" * 30\r'], ['[n ** 2 for n in range(60)]\r'], ['def f(:\r']],
  },
  'node-repl': {
    command: ['node'],
    keys: [
      ['1 + 1\r', '({ a: [1, "two", null], b: /x/, c: new Date(0) })\r'],
      ['Array.from({ length: 90 }, (_, i) => i)\r'],
      ['throw new Error("x")\r', 'proc'],
    ],
  },
  watch: { command: ['watch', '-t', '-c', '-n', '60', 'cat colours.txt'], keys: [[], [], []] },
  'git-diff': {
    command: ['git', '-c', 'color.ui=always', 'diff', '--color-words', 'HEAD~4', 'HEAD~1'],
    keys: [[' '], ['G'], ['g']],
  },
  bat: {
    command: ['batcat', '--paging=always', '--color=always', '--line-range=:15', 'sample.c'],
    keys: [[' '], ['G'], ['g']],
  },
  joe: { command: ['joe', 'sample.c'], keys: [['\x0b\x06int\r\r'], ['hello'], ['\x0bh']] },
  emacs: {
    command: ['emacs', '-nw', '-Q', 'sample.c'],
    keys: [['\x13int', '\x0e\x0e'], ['\x1b<', '\x182'], ['\x1bx']],
  },
  w3m: { command: ['w3m', '-T', 'text/html', 'sample.html'], keys: [['j', '\t'], ['J'], []] },
  htop: { command: ['htop', '-d', '600', '-p', String(process.pid)], keys: [['\x1bOQ'], ['\x1b'], ['t']] },
  lynx: { command: ['lynx', '-nopause', 'sample.html'], keys: [['\x1b[B'], [' '], ['o']] },
  tmux: {
    command: ['tmux', '-L', 'qmux-record', '-f', '/dev/null', 'new-session', 'exec bash --noprofile --norc -i'],
    keys: [
      ['cat colours.txt\r', '\x02%'],
      ['\x02"', '\x02[', '\x1b[5~'],
      ['q', '\x02:', 'kill-server\r'],
    ],
  },
  dash: { command: ['dash', '-i'], keys: [['echo a\tb\r', 'cat colours.txt\r'], ['echo "é漢\r"\r'], ['exec\r']] },
  gdb: {
    command: ['gdb', '-q', '-nx', '-ex', 'set style enabled on', '--args', '/bin/true'],
    keys: [['help\r'], ['tui enable\r'], ['info line\r']],
  },
  sqlite3: {
    command: ['sqlite3', '-box', ':memory:'],
    keys: [
      ["create table t(a,b);insert into t values('é',1),('漢字',2);\r"],
      ['select * from t;\r'],
      ['.schema\r', '.help\r'],
    ],
  },
  bc: { command: ['bc', '-q', '-i'], keys: [['2^400\r'], ['scale=300;1/7\r'], ['x\r']] },
  perl: { command: ['perl', '-de0'], keys: [['p "a" x 200\r', 'x [1,{a=>2}]\r'], ['h\r'], ['p $x\r']] },
  jq: { command: ['sh', '-c', 'jq -C . sample.json; exec cat'], keys: [['a\x7f'], ['b'], ['c']] },
  more: { command: ['more', 'colours.txt'], keys: [[' '], [' '], ['/line 7\r']] },
  vi: {
    command: ['vi', '-u', 'NONE', '-c', 'set nowrap list', 'colours.txt'],
    keys: [['10jzt', 'R\x1b'], ['50l'], [':set wrap\r', 'G']],
  },
  vimdiff: {
    command: ['vim', '-u', 'NONE', '-d', 'file-1.txt', 'file-2.txt'],
    keys: [[']c'], ['\x17w', 'dp'], ['zR']],
  },
  xxd: { command: ['sh', '-c', 'xxd -R always sample.c; exec cat'], keys: [['a'], ['b'], ['c']] },
  diff: { command: ['sh', '-c', 'diff --color=always -y -W 78 file-0.txt file-3.txt; exec cat'], keys: [[], [], []] },
  gcc: {
    command: ['sh', '-c', 'gcc -fdiagnostics-color=always -Wall -Wextra -c broken.c -o /dev/null; exec cat'],
    keys: [[], [], []],
  },
  'dialog-checklist': {
    command: [
      'dialog',
      '--checklist',
      'Which?',
      '0',
      '0',
      '0',
      'a',
      'first',
      'on',
      'b',
      '漢字',
      'off',
      'c',
      'third',
      'off',
    ],
    keys: [[' ', '\x1bOB', ' '], ['\t'], ['\t']],
  },
  'dialog-calendar': {
    command: ['dialog', '--calendar', 'When?', '0', '0', '2', '1', '2026'],
    keys: [['\t'], ['\x1bOB'], ['\t']],
  },
  'dialog-gauge': {
    command: ['sh', '-c', 'for i in 10 40 70; do echo $i; sleep 0.1; done | dialog --gauge Working 8 40; exec cat'],
    keys: [[], [], []],
  },
  'git-add': {
    command: ['sh', '-c', 'echo more >> file-0.txt; exec git -c color.ui=always add -p'],
    keys: [['?\r'], ['s\r'], ['e']],
  },
  grep: { command: ['sh', '-c', 'grep -n --color=always "value_1" sample.c; exec cat'], keys: [[], [], []] },
  ls: { command: ['sh', '-c', 'ls --color=always -C /usr/bin | head -300; exec cat'], keys: [[], [], []] },
  'node-colours': {
    command: [
      'node',
      '-e',
      'console.dir({ a: new Map([[1, { b: /x/ }]]), c: [..."é漢🚀"] }, { depth: 9, colors: true }); console.table([{ a: 1, b: "漢" }]); setTimeout(() => {}, 60000)',
    ],
    keys: [[], [], []],
  },
  fish: { command: ['fish', '--no-config'], keys: [['echo "hi'], ['"\r', 'ls\r'], ['set -']] },
};

/** A program that draws without end counts as done after this many milliseconds. */
const LONGEST = 3000;

/** The output without who recorded it, and where; each name as long as before, so that nothing moves. */
function anonymous(output: Buffer, folder: string): Buffer {
  const names = [hostname(), userInfo().username].filter((name) => name.length > 1);
  let text = output.toString('latin1').replaceAll(folder, `/${'x'.repeat(folder.length - 1)}`);
  for (const name of names) text = text.replaceAll(name, 'a'.repeat(name.length));
  return Buffer.from(text, 'latin1');
}

async function record(program: string, recorded: RecordedProgram, folder: string): Promise<void> {
  const { command, keys, term = 'xterm-256color', sizes = USUAL_SIZES, cut } = recorded;
  const [file = '', ...args] = command;
  const [first = { columns: 80, rows: 23 }] = sizes;
  const pty = spawn(file, args, {
    name: term,
    cols: first.columns,
    rows: first.rows,
    cwd: folder,
    env: {
      PATH: `${process.env['PATH'] ?? ''}:/usr/games`,
      HOME: folder,
      TERM: term,
      ...(term === 'xterm-256color' ? { COLORTERM: 'truecolor' } : {}),
      LANG: 'C.UTF-8',
      LESS: '-R',
      PAGER: 'less',
    },
    encoding: null,
  });
  // Programs wait for answers, and draw otherwise without them.
  const terminal = new TerminalEngine({ size: first, name: term, release: '1' });
  terminal.events((event) => {
    if (event.type === 'reply') pty.write(Buffer.from(event.bytes));
  });
  let chunks: Uint8Array[] = [];
  let last = Date.now();
  pty.onData((data) => {
    const bytes = data as unknown as Uint8Array;
    chunks.push(bytes);
    terminal.write(bytes);
    last = Date.now();
  });
  let ended = false;
  pty.onExit(() => {
    ended = true;
  });
  const quiet = async () => {
    const begin = Date.now();
    last = begin;
    while (Date.now() - last < QUIET && Date.now() - begin < LONGEST)
      await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const steps: RecordingStep[] = [];
  for (const [number, { columns, rows }] of sizes.entries()) {
    if (ended) break;
    if (number > 0) {
      pty.resize(columns, rows);
      terminal.resize({ columns, rows });
    }
    await quiet();
    for (const text of keys[number] ?? []) {
      if (!ended) pty.write(text);
      await quiet();
    }
    steps.push({ columns, rows, output: anonymous(Buffer.concat(chunks), folder).subarray(0, cut) });
    chunks = [];
  }
  if (ended) console.log(`${program} ended by itself`);
  else pty.kill('SIGKILL');
  terminal.dispose();
  saveRecording({ program, steps });
  console.log(`${program}: ${steps.map(({ output }) => output.length).join(' + ')} bytes`);
}

const wanted = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'qmux-record-'));
makeSamples(folder);
makeRepository(folder);
makeFurtherSamples(folder);
for (const [program, recorded] of Object.entries(PROGRAMS))
  if (wanted.length === 0 || wanted.includes(program)) await record(program, recorded, folder);
rmSync(folder, { recursive: true });
process.exit(0);
