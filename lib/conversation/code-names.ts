import type { OpeningLine } from './opening-parts.ts';

/** A piece of text whose words may name a conversation, and how well. */
export interface NamingText {
  readonly text: string;
  readonly weight: number;
  /** Whether words of programming languages are to be left out; where undefined they are. */
  readonly isCode?: boolean;
}

/** What is of others, not of the person. */
const FOREIGN_FRAME =
  /node_modules|node:internal|<anonymous>|dist-packages|site-packages|\/usr\/lib|\/rustc\/|runtime[./]|java\.|javax\.|System\.|lib\/python|goroutine|\bMain\.main\(/;
const DEFINITION =
  /\b(?:function\*?|def|class|fn|struct|interface|trait|enum|module|func(?:\s+\([^)]*\))?|type|table(?:\s+if not exists)?|const|let|var)\s+([A-Za-z_$][\w$]*)/gi;
const TABLE = /\b(?:from|join|into|update)\s+([A-Za-z_][\w.]*)/gi;
const SOURCE_FILE = /([\w@.-]+)\/([\w-]+)\.\w+$|^([\w-]+)\.\w+$/;
const PLAIN_FILE = /^(?:index|main|app|mod|lib|init|__init__|utils?|base|test|run|server|program)$/i;

/** The names that code defines and asks for, in their order; the first definition is the best. */
export function codeNames(lines: readonly OpeningLine[]): readonly NamingText[] {
  const code = lines.filter(({ kind }) => kind === 'code').map(({ text }) => text);
  const found: NamingText[] = [];
  for (const line of code) {
    for (const [, name = ''] of line.matchAll(DEFINITION))
      found.push({ text: name, weight: found.length === 0 ? 2 : 0.7 });
    if (/\b(?:select|insert|update|delete|join|from)\b/i.test(line) && !/^\s*(?:import|from)\b/.test(line))
      for (const [, name = ''] of line.matchAll(TABLE)) found.push({ text: name, weight: 1.2 });
  }
  const first = code.findIndex((line) => line.search(DEFINITION) >= 0);
  for (const [index, line] of code.slice(0, 12).entries())
    found.push({ text: line, weight: index === first ? 0.6 : 0.35 });
  return found;
}

/** What a trace is about: the errors, and where it happened in the person's own code. */
export function traceNames(lines: readonly OpeningLine[]): readonly NamingText[] {
  const errors = lines.filter(({ kind }) => kind === 'error').map(({ text }) => text);
  const frames = lines.filter(({ kind }) => kind === 'frame').map(({ text }) => text);
  const own = frames.filter((frame) => !FOREIGN_FRAME.test(frame));
  const isPython = frames.some((frame) => /^\s*File "/.test(frame));
  const frame = isPython ? own.at(-1) : own[0];
  return [
    ...errors
      .filter((line) => !/^(?:Traceback|goroutine|\[signal)/.test(line))
      .slice(0, 4)
      .map((line) => ({ text: errorWords(line), weight: 1, isCode: false })),
    ...(frame === undefined ? [] : frameNames(frame)),
  ];
}

/** The message of an error without where it was found, its kind without what all kinds end with. */
const errorWords = (line: string): string =>
  line
    .replace(
      /^Exception in thread "[^"]*"|^Unhandled exception[.:]?|^thread '[^']*' panicked at|^Caused by:|^panic: runtime error:/i,
      ' ',
    )
    .replace(/\b(?:[a-z]\w*\.)+(?=[A-Z])|\bSystem\./g, ' ')
    .replace(/([a-z])Exception\b/g, '$1')
    .replace(/\S*node_modules\S*/g, ' ');

function frameNames(frame: string): readonly NamingText[] {
  const python = /^\s*File "([^"]*)", line \d+(?:, in (\w+))?/.exec(frame);
  if (python !== null) return [...fileName(python[1] ?? '', 1.1), { text: python[2] ?? '', weight: 1 }];
  const called = /^\s*at (?:async |new |Object\.)?([\w$.]+)|^([\w./*()-]+)\(0x/.exec(frame);
  const method = (called?.[1] ?? called?.[2] ?? '').split(/[./]/).filter((part) => part !== '' && !/^\(?\*/.test(part));
  const file = /[(\s]([^()\s]*\/[\w.-]+\.\w+):\d+/.exec(` ${frame}`);
  return [
    { text: method.slice(-2).join(' '), weight: 1.3 },
    ...(file === null ? [] : fileName(file[1] ?? '', method.length > 0 ? 0.9 : 1.3)),
  ];
}

/** The names by which a path is known: its file, and its folder where the file says nothing. */
function fileName(path: string, weight: number): readonly NamingText[] {
  const [, folder = '', inFolder, alone] = SOURCE_FILE.exec(path.replaceAll('\\', '/')) ?? [];
  const file = inFolder ?? alone ?? '';
  if (file === '') return [];
  if (PLAIN_FILE.test(file)) return [{ text: folder, weight }];
  return [
    { text: folder, weight: weight * 0.6 },
    { text: file.replace(/\.(?:spec|test|module)$/, ''), weight },
  ];
}

/** The files that a diff changes, and the words of what it adds. */
export function diffNames(lines: readonly OpeningLine[]): readonly NamingText[] {
  const diff = lines.filter(({ kind }) => kind === 'diff').map(({ text }) => text);
  const files = diff.flatMap((line) => /^(?:\+\+\+|---) [ab]\/(\S+)/.exec(line)?.[1] ?? []);
  const added = diff.filter((line) => /^[+-](?![+-])/.test(line)).slice(0, 12);
  return [
    ...[...new Set(files)].slice(0, 3).flatMap((file, index) => fileName(file, index === 0 ? 1.5 : 0.8)),
    ...diff
      .flatMap((line) => /^@@ .* @@ .*?(?:def|function|class|fn|func) (\w+)/.exec(line)?.[1] ?? [])
      .map((text) => ({ text, weight: 0.9 })),
    ...added.map((line) => ({ text: line.slice(1), weight: 0.4 })),
  ];
}
