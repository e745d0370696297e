import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import { errorText } from '../base/user-error.ts';
import { tomlLines } from './toml-lines.ts';

/** What is wrong in a file; the line counts from 1 and is undefined where it is not known. */
export interface FileProblem {
  readonly file: string;
  readonly line: number | undefined;
  readonly text: string;
}

/** The data of a TOML file, with the lines of its keys and what was wrong; what can be read of a broken one is there. */
export interface TomlFile {
  readonly file: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly lineOf: (path: readonly string[]) => number | undefined;
  readonly problems: readonly FileProblem[];
}

/** UTF-16 units of a document, or bytes of a file. */
const MAXIMUM_SIZE = 1 << 20;
/** Lines that may be left out of a broken document before the rest counts as broken too. */
const MAXIMUM_LEFT_OUT = 20;

/** `file:line: text`, as compilers say it. */
export const problemText = ({ file, line, text }: FileProblem): string =>
  line === undefined ? `${file}: ${text}` : `${file}:${line}: ${text}`;

/**
 * Reads TOML. A line that is wrong is named and left out, together with its table where it is the head of one, and the
 * rest is read. Never throws.
 */
export function parseTomlFile(text: string, file: string): TomlFile {
  const problems: FileProblem[] = [];
  const nothing = { file, data: {}, lineOf: () => undefined, problems };
  if (text.length > MAXIMUM_SIZE) {
    problems.push({ file, line: undefined, text: 'the file is larger than 1 MB' });
    return nothing;
  }
  const lines = text.replace(/^\ufeff/, '').split('\n');
  while (problems.length < MAXIMUM_LEFT_OUT) {
    const document = lines.join('\n');
    try {
      return { file, data: parse(document), lineOf: tomlLines(document), problems };
    } catch (error) {
      const line = error instanceof TomlError ? error.line : undefined;
      problems.push({ file, line, text: reason(error) });
      if (line === undefined || !leaveOut(lines, line - 1)) return nothing;
    }
  }
  return nothing;
}

/** smol-toml's message without its picture of the place. */
const reason = (error: unknown): string =>
  (errorText(error).split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '').slice(0, 200);

/** Empties the line (or the last before it with text), or the table that it is the head of; false when there is none. */
function leaveOut(lines: string[], index: number): boolean {
  let found = Math.min(index, lines.length - 1);
  while (found >= 0 && lines[found]?.trim() === '') found -= 1;
  const line = lines[found];
  if (line === undefined) return false;
  lines[found] = '';
  if (line.trimStart().startsWith('['))
    for (let next = found + 1; next < lines.length && !lines[next]?.trimStart().startsWith('['); next++)
      lines[next] = '';
  return true;
}

/** Reads a file; undefined when there is none. Anything else that is wrong with it is a problem. */
export function readTomlFile(file: string): TomlFile | undefined {
  try {
    const text = readBounded(file);
    return parseTomlFile(text, file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    return { file, data: {}, lineOf: () => undefined, problems: [{ file, line: undefined, text: errorText(error) }] };
  }
}

/**
 * The text of a regular file, as far as it is looked at: one byte more than allowed, so that too large is seen. Opened
 * without waiting, as a named pipe would wait for its writer.
 */
function readBounded(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw new Error('not a regular file');
    // One byte more than it has, so that one read sees its end; it may grow meanwhile, and some files have no size.
    let bytes = Buffer.allocUnsafe(Math.min(stat.size, MAXIMUM_SIZE) + 1);
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, bytes, length, bytes.length - length, null);
      length += read;
      if (read === 0 || length > MAXIMUM_SIZE) break;
      if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(2 * length + 4096, MAXIMUM_SIZE + 1));
    }
    return bytes.toString('utf8', 0, length);
  } finally {
    closeSync(descriptor);
  }
}
