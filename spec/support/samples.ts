import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const WHEN = '2026-01-02T03:04:05Z';

/** Files to look at: C, colours, a manual page, a web page; the same on every machine. */
export function makeSamples(folder: string): void {
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(path.join(folder, name), `${lines.join('\n')}\n`);
  const times = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));
  write('sample.c', [
    '#include <stdio.h>',
    '',
    ...times(120, (i) => `int value_${i}(char *text) { return ${i} + sizeof text; } // line ${i}`),
  ]);
  write(
    'colours.txt',
    times(
      90,
      (i) =>
        `\x1b[38;2;${(i * 2) % 256};${255 - i};128mline ${i}\x1b[0m \x1b[48;5;${i}m ${i} \x1b[0m \x1b[1;4mbold\x1b[0m wide 漢字 emoji 🚀`,
    ),
  );
  write('sample.1', [
    ...['.TH SAMPLE 1 2026-01-02', '.SH NAME', 'sample \\- show what a page is', '.SH OPTIONS'],
    ...times(30, (i) => `.TP\n.BI \\-o${i} " file"\nAn option with \\fIitalic\\fR and \\fBbold\\fR text.`),
  ]);
  const row = (number: number) => ({ number, text: 'é漢字', none: null, yes: true });
  write('sample.json', [JSON.stringify({ list: Array.from({ length: 40 }, (_, number) => row(number)) })]);
  write('broken.c', ['int main(void) {', '  int unused;', '  char *text = 12 + "é";', '  retrun text', '}']);
  write('sample.html', [
    '<h1>A page</h1><p>with <b>bold</b>, <i>italic</i>, <a href="#x">links</a></p>',
    `<table border=1>${'<tr><td>cell<td>漢字</tr>'.repeat(20)}</table>`,
  ]);
}

/** A history of its own, the same on every machine. */
export function makeRepository(folder: string): void {
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
        GIT_AUTHOR_DATE: WHEN,
        GIT_COMMITTER_DATE: WHEN,
      },
    });
  git('init', '-q', '-b', 'main');
  for (let number = 0; number < 12; number++) {
    writeFileSync(path.join(folder, `file-${number % 4}.txt`), `${'text\n'.repeat(number)}part ${number}\n`);
    git('add', '.');
    git('commit', '-q', '-m', `part ${number}: change something`);
    if (number % 8 === 7) git('tag', `v${number}`);
  }
}
