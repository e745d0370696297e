import { linearRegExp } from '../config/linear-regexp.ts';

/** Finds something in rows of text, in time proportional to them; `joined` gives them as one line. */
export type Pattern = (rows: readonly string[], joined: () => string) => boolean;

/**
 * A pattern as rules write it: `/.../` is an extended regular expression that one row must match, anything else a text
 * that must stand there, however an agent breaks its lines. Undefined for an expression that cannot be read.
 */
export function readPattern(source: string): Pattern | undefined {
  const expression = /^\/(.*)\/$/su.exec(source)?.[1];
  if (expression === undefined) {
    const text = oneLine(source);
    return text === '' ? undefined : (_, joined) => joined().includes(text);
  }
  const compiled = quickRegExp(expression) ?? linearRegExp(expression, false);
  return compiled && ((rows) => rows.some((row) => compiled.test(row)));
}

/** Ways through the choices of an expression that JavaScript's own may try at each place. */
const MAXIMUM_WAYS = 20;

/**
 * JavaScript's own expression, a hundred times as quick, where it cannot take long: rows are short, so with two things
 * repeated, or one that may begin at any place, and with few ways besides, the worst of them costs milliseconds.
 */
function quickRegExp(source: string): { test(text: string): boolean } | undefined {
  const plain = source
    .replaceAll(/\\./gsu, 'c')
    .replaceAll(/\[[^\]]*\]/gu, 'c')
    .replaceAll('(?:', '(');
  const repeated = plain.match(/[*+{]/g)?.length ?? 0;
  const { ways, alternatives } = choices(plain);
  const maximum = plain.startsWith('^') && alternatives === 1 ? 2 : 1;
  if (repeated > maximum || ways > MAXIMUM_WAYS || /\)[*+{]/.test(plain)) return undefined;
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
}

/** In how many ways an expression can be gone through at most, repetitions apart, and how many alternatives it has at its top. */
function choices(plain: string): { readonly ways: number; readonly alternatives: number } {
  const open = [1];
  let ways = 1;
  for (const letter of plain) {
    if (letter === '?') ways *= 2;
    else if (letter === '|') open.push((open.pop() ?? 1) + 1);
    else if (letter === '(') open.push(1);
    else if (letter === ')' && open.length > 1) ways *= open.pop() ?? 1;
  }
  return { ways, alternatives: open[0] ?? 1 };
}

/** Rows as one line of text, with single blanks. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
