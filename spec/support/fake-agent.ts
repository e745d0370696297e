/**
 * Looks and behaves like Claude Code, without a model: `node fake-agent.js`. What is typed is its prompt. `ask` asks before
 * it goes on, `quote` quotes a question, `quit` ends it, anything else works for a while. Escape stops it.
 */

import { appendFileSync } from 'node:fs';

/** Where it writes down what it does and when, if anywhere. */
const LOG = process.env['FAKE_LOG'];

/** Milliseconds of work before a question, and to the end. */
const WORK = 1200;
const SPINNER = ['⠂', '⠐', '⠠', '⠄'];
const STARS = ['✢', '✳', '✶', '✻'];

type State = 'idle' | 'busy' | 'asked';

const transcript: string[] = ['✻ Welcome to a program that looks like Claude Code'];
let state: State = 'idle';
let draft = '';
let frame = 0;
let isAsking = false;
let work: NodeJS.Timeout | undefined;
let spinner: NodeJS.Timeout | undefined;

const rule = (): string => '─'.repeat(Math.max(1, (process.stdout.columns || 80) - 1));

function draw(): void {
  const rows = [...transcript.slice(-12), ''];
  if (state === 'busy') rows.push(`${STARS[frame % STARS.length]} Pondering… (${frame} · esc to interrupt)`, '');
  if (state === 'asked') {
    rows.push(rule(), 'Bash command', '', '  rm -rf build', '', 'Do you want to proceed?');
    rows.push('❯ 1. Yes', '  2. No, and tell Claude what to do differently (esc)');
  } else rows.push(rule(), `❯ ${draft}`, rule(), '  ? for shortcuts');
  const title = state === 'busy' ? SPINNER[frame % SPINNER.length] : '✳';
  process.stdout.write(`\x1b]0;${title} Fake\x07\x1b[?2026h\x1b[H\x1b[2J${rows.join('\r\n')}\x1b[?2026l`);
}

function note(what: string): void {
  if (LOG !== undefined) appendFileSync(LOG, `${Date.now()} ${what}\n`);
}

function become(next: State): void {
  state = next;
  note(next);
  clearInterval(spinner);
  if (next === 'busy')
    spinner = setInterval(() => {
      frame += 1;
      draw();
    }, 100);
  draw();
}

function begin(asks: boolean): void {
  isAsking = asks;
  become('busy');
  work = setTimeout(() => {
    if (isAsking) become('asked');
    else {
      transcript.push('● Done.');
      become('idle');
    }
  }, WORK);
}

function stop(): void {
  clearTimeout(work);
  transcript.push('  ⎿ Interrupted by user');
  become('idle');
}

function submit(): void {
  const text = draft.trim();
  draft = '';
  if (text === 'quit') {
    process.stdout.write('\x1b]0;\x07\r\n');
    note('gone');
    process.exit(0);
  }
  transcript.push(`> ${text}`);
  if (text === 'quote') transcript.push('● It asks "Do you want to proceed?" and shows', '❯ 1. Yes', '  2. No');
  if (text !== '') begin(text === 'ask');
}

function key(name: string): void {
  if (state === 'asked') {
    if (name === '1') begin(false);
    else if (name === '\x1b') stop();
    return;
  }
  if (name === '\x1b' && state === 'busy') stop();
  else if (name === '\r') submit();
  else if (name >= ' ') draft += name;
  draw();
}

process.stdin.setRawMode(true);
process.stdin.setEncoding('utf8').on('data', (text: string) => {
  for (const name of text) key(name);
});
process.stdout.on('resize', draw);
become('idle');
