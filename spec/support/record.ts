/**
 * Records the programs below, as they are installed on this machine, into spec/recordings:
 * `npm run build && node dist/spec/support/record.js [PROGRAM...]`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawn } from 'node-pty';
import { type RecordingStep, saveRecording } from './recording.ts';

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
  top: { command: ['top', '-d', '60'], keys: [['z', 'x'], ['1'], ['b']] },
  'git-log': {
    command: ['git', '-c', 'color.ui=always', 'log', '--graph', '--stat', '--decorate'],
    keys: [[' '], [' '], ['g']],
  },
  shell: {
    command: ['bash', '--noprofile', '--norc', '-i'],
    keys: [
      [
        "PS1='\\[\\e[1;32m\\]box\\[\\e[0m\\]:\\[\\e[38;5;33m\\]\\w\\[\\e[0m\\]$ '\r",
        'ls --color=always -la\r',
        'cat colours.txt\r',
      ],
      ['printf "\\e[4:3;58;2;255;0;0mcurly\\e[0m \\e[3mitalic\\e[0m \\e[9mstrike\\e[0m 日本語 🚀 👩‍💻 🇩🇪 é\\n"\r'],
      ['seq 30\r'],
    ],
  },
  nano: { command: ['nano', 'sample.c'], keys: [['\x17int\r'], [], ['\x07']] },
  mc: { command: ['mc', '-u'], keys: [['\x1b[B', '\x1b[B'], ['\t'], ['\x1b[B']] },
  tig: { command: ['tig'], keys: [['j', '\r'], ['j'], []] },
  fish: { command: ['fish', '--no-config'], keys: [['echo "hi'], ['"\r', 'ls -la\r'], ['set -']] },
};

function makeSamples(folder: string): void {
  const lines = Array.from(
    { length: 120 },
    (_, i) => `int value_${i}(char *text) { return ${i} + sizeof text; } // line ${i}`,
  );
  writeFileSync(path.join(folder, 'sample.c'), `#include <stdio.h>\n\n${lines.join('\n')}\n`);
  const colours = Array.from(
    { length: 90 },
    (_, i) =>
      `\x1b[38;2;${(i * 2) % 256};${255 - i};128mline ${i}\x1b[0m \x1b[48;5;${i}m ${i} \x1b[0m \x1b[1;4mbold\x1b[0m wide 漢字 emoji 🚀`,
  );
  writeFileSync(path.join(folder, 'colours.txt'), `${colours.join('\n')}\n`);
}

/** A history of its own, the same on every machine. */
function makeRepository(folder: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        GIT_AUTHOR_NAME: 'Ada',
        GIT_AUTHOR_EMAIL: 'ada@example.com',
        GIT_COMMITTER_NAME: 'Ada',
        GIT_COMMITTER_EMAIL: 'ada@example.com',
        GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
        GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
      },
    });
  git('init', '-q', '-b', 'main');
  for (let number = 0; number < 25; number++) {
    writeFileSync(path.join(folder, `file-${number % 4}.txt`), `${'text\n'.repeat(number)}`);
    git('add', '.');
    git('commit', '-q', '-m', `part ${number}: change something`);
    if (number % 8 === 7) git('tag', `v${number}`);
  }
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
  const quiet = async () => {
    last = Date.now();
    while (Date.now() - last < QUIET) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const steps: RecordingStep[] = [];
  for (const [number, [width, height]] of SIZES.entries()) {
    if (number > 0) pty.resize(width, height);
    await quiet();
    for (const text of keys[number] ?? []) {
      pty.write(text);
      await quiet();
    }
    steps.push({ columns: width, rows: height, output: Buffer.concat(chunks) });
    chunks = [];
  }
  pty.kill('SIGKILL');
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
