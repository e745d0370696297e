/**
 * Records the programs below, as they are installed on this machine, into spec/recordings:
 * `npm run build && node dist/spec/support/record.js [PROGRAM...]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { spawn } from 'node-pty';
import { type RecordingStep, saveRecording } from './recording.ts';
import { makeRepository, makeSamples } from './samples.ts';

interface Session {
  readonly command: readonly string[];
  /** Keys typed at each size, before the next resize. */
  readonly keys: readonly (readonly string[])[];
}

const SIZES = [
  [80, 23],
  [120, 39],
  [47, 15],
] as const;

/** A program counts as done when it has printed nothing for this long, in milliseconds. */
const QUIET = 400;

const PROGRAMS: Readonly<Record<string, Session>> = {
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
  fish: { command: ['fish', '--no-config'], keys: [['echo "hi'], ['"\r', 'ls\r'], ['set -']] },
};

/** The output without who recorded it, and where; each name as long as before, so that nothing moves. */
function anonymous(output: Buffer): Buffer {
  const names = [hostname(), userInfo().username].filter((name) => name.length > 1);
  let text = output.toString('latin1');
  for (const name of names) text = text.replaceAll(name, 'a'.repeat(name.length));
  return Buffer.from(text, 'latin1');
}

async function record(program: string, { command, keys }: Session, folder: string): Promise<void> {
  const [file = '', ...args] = command;
  const [columns, rows] = SIZES[0];
  const pty = spawn(file, args, {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      LANG: 'C.UTF-8',
      LESS: '-R',
      PAGER: 'less',
    },
    encoding: null,
  });
  let chunks: Uint8Array[] = [];
  let last = Date.now();
  pty.onData((data) => {
    chunks.push(data as unknown as Uint8Array);
    last = Date.now();
  });
  let ended = false;
  pty.onExit(() => {
    ended = true;
  });
  const quiet = async () => {
    last = Date.now();
    while (Date.now() - last < QUIET) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const steps: RecordingStep[] = [];
  for (const [number, [width, height]] of SIZES.entries()) {
    if (ended) break;
    if (number > 0) pty.resize(width, height);
    await quiet();
    for (const text of keys[number] ?? []) {
      pty.write(text);
      await quiet();
    }
    steps.push({ columns: width, rows: height, output: anonymous(Buffer.concat(chunks)) });
    chunks = [];
  }
  if (ended) console.log(`${program} ended by itself`);
  else pty.kill('SIGKILL');
  saveRecording({ program, steps });
  console.log(`${program}: ${steps.map(({ output }) => output.length).join(' + ')} bytes`);
}

const wanted = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'qmux-record-'));
makeSamples(folder);
makeRepository(folder);
for (const [program, session] of Object.entries(PROGRAMS))
  if (wanted.length === 0 || wanted.includes(program)) await record(program, session, folder);
rmSync(folder, { recursive: true });
process.exit(0);
