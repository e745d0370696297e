import { linearRegExp } from '../config/linear-regexp.ts';

/** Finds something in rows of text, in time proportional to them. */
export type Pattern = (rows: readonly string[], joined: string) => boolean;

/**
 * A pattern as rules write it: `/.../` is an extended regular expression that one row must match, anything else a text
 * that must stand there, however an agent breaks its lines. Undefined for an expression that cannot be read.
 */
export function readPattern(source: string): Pattern | undefined {
  const expression = /^\/(.*)\/$/su.exec(source)?.[1];
  if (expression === undefined) {
    const text = oneLine(source);
    return text === '' ? undefined : (_, joined) => joined.includes(text);
  }
  const compiled = linearRegExp(expression, false);
  return compiled && ((rows) => rows.some((row) => compiled.test(row)));
}

/** Rows as one line of text, with single blanks. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
