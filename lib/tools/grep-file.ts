import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { MAXIMUM_FILE } from './tool-file.ts';

/** UTF-16 units of a line that are shown, and of them before the match. */
const MAXIMUM_LINE = 400;
const BEFORE_MATCH = 100;
/** Bytes in which a NUL makes a file binary, as git and grep look at it. */
const BINARY_PART = 8000;

/** The matching lines of one file, with `context` lines around them; undefined for a file that is not searched. */
export function grepFile(
  file: string,
  name: string,
  expression: RegExp,
  context: number,
): Iterable<string | undefined> | undefined {
  const text = textOf(file);
  return text === undefined ? undefined : matchingLines(text.split('\n'), name, expression, context);
}

function* matchingLines(
  lines: readonly string[],
  name: string,
  expression: RegExp,
  context: number,
): Generator<string | undefined> {
  /** The first line that was not shown yet. */
  let next = 0;
  for (const [index, line] of lines.entries()) {
    if (index === lines.length - 1 && line === '') break;
    const match = expression.exec(line.replace(/\r$/, ''));
    if (match === null) {
      // Time is looked at now and then also where nothing is found.
      if (index % 1000 === 999) yield undefined;
      continue;
    }
    const start = Math.max(next, index - context);
    if (context > 0 && next > 0 && start > next) yield '--';
    for (let before = start; before < index; before += 1) yield `${name}-${before + 1}-${part(lines[before] ?? '', 0)}`;
    yield `${name}:${index + 1}:${part(line, match.index)}`;
    next = index + 1;
    for (; next <= index + context && next < lines.length; next += 1) {
      const following = lines[next] ?? '';
      if (expression.test(following.replace(/\r$/, '')) || (next === lines.length - 1 && following === '')) break;
      yield `${name}-${next + 1}-${part(following, 0)}`;
    }
  }
}

/** A line, or of a long one what lies around the match. */
function part(line: string, at: number): string {
  const whole = line.replace(/\r$/, '');
  if (whole.length <= MAXIMUM_LINE) return whole;
  const start = at < MAXIMUM_LINE - BEFORE_MATCH ? 0 : at - BEFORE_MATCH;
  const end = start + MAXIMUM_LINE;
  return `${start > 0 ? '…' : ''}${whole.slice(start, end)}${end < whole.length ? '…' : ''}`;
}

function textOf(file: string): string | undefined {
  let descriptor: number | undefined;
  try {
    const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
    descriptor = openSync(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || stat.size > MAXIMUM_FILE) return undefined;
    const bytes = readFileSync(descriptor);
    return bytes.subarray(0, BINARY_PART).includes(0) ? undefined : bytes.toString('utf8');
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
