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

/**
 * JavaScript's own expression, a hundred times as quick, where it cannot take long: rows are short, so with two things
 * repeated, and none of them a group, the worst of them costs a millisecond.
 */
function quickRegExp(source: string): { test(text: string): boolean } | undefined {
  const repeated = source.replaceAll(/\\./gu, '').match(/[*+{]/g)?.length ?? 0;
  if (repeated > 2 || /\)[*+{]/.test(source)) return undefined;
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
}

/** Rows as one line of text, with single blanks. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
