import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const PICTURE = { width: 48, height: 32 };

/** More files to look at: wide text, a log, a table, letters, a picture, a program with what a debugger needs. */
export function makeFurtherSamples(folder: string): void {
  const write = (name: string, content: string | Uint8Array) => writeFileSync(path.join(folder, name), content);
  const lines = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');
  write(
    'wide.txt',
    lines(
      60,
      (i) =>
        `${i} 漢字かな交じり文 ${'あ'.repeat(i % 30)} é e\u0301 🚀👩‍💻 🇩🇪 ${'x'.repeat(i)} 한국어 ﷽ ไทย עברית العربية ✌️ ✌ ½ ①\ttab ｆｕｌｌ`,
    ),
  );
  write(
    'log.txt',
    lines(
      80,
      (i) =>
        `2026-01-02T03:04:${String(i % 60).padStart(2, '0')}Z ${i % 3 === 0 ? 'WARN' : 'INFO'} part ${i}: it happened`,
    ),
  );
  write('data.csv', `name,number,text\n${lines(70, (i) => `row ${i},${i * i},"漢字 ${i} é"`)}`);
  write(
    'mbox',
    lines(30, (i) =>
      [
        'From ada@example.com Fri Jan  2 03:04:05 2026',
        'From: Ada <ada@example.com>',
        'To: bob@example.com',
        `Subject: letter ${i} =?UTF-8?B?5ryi5a2X?=`,
        'Date: Fri, 2 Jan 2026 03:04:05 +0000',
        `Message-ID: <${i}@example.com>\n`,
        'Hello\n> quoted\nBye\n',
      ].join('\n'),
    ),
  );
  write('picture.ppm', picture());
  write(
    'program.c',
    '#include <stdio.h>\nint add(int a, int b) {\n  return a + b;\n}\nint main(void) {\n  int x = add(1, 2);\n  printf("%d\\n", x);\n  return 0;\n}\n',
  );
  execFileSync('gcc', ['-g', '-O0', '-o', 'program', 'program.c'], { cwd: folder });
  write(
    'list.py',
    [
      'import urwid',
      "rows = [urwid.AttrMap(urwid.CheckBox('item %d 漢字' % i), 'n', 'f') for i in range(40)]",
      'frame = urwid.LineBox(urwid.ListBox(urwid.SimpleFocusListWalker(rows)), title="urwid")',
      "urwid.MainLoop(frame, [('n', 'light gray', 'dark blue'), ('f', 'black', 'yellow')]).run()\n",
    ].join('\n'),
  );
}

/** A picture of smooth colours as a portable pixmap. */
function picture(): Uint8Array {
  const { width, height } = PICTURE;
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) pixels.set([(x * 5) % 256, (y * 8) % 256, (x * y) % 256], (y * width + x) * 3);
  return Buffer.concat([Buffer.from(`P6 ${width} ${height} 255\n`), pixels]);
}
