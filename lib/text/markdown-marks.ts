import type { Fence, Level } from './markdown-segment.ts';

/** Lists in lists beyond this are one. */
const MAXIMUM_LEVELS = 12;
const MAXIMUM_LANGUAGE = 40;
const MARKER = /^([-+*]|\d{1,9}[.)])(?:( {1,4})(?=\S)|[ \t]|$)/;
const TASK = /^\[([ xX])\](?:[ \t]+|$)/;
const RULE = /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;
const FENCE = /^(`{3,}|~{3,})(.*)$/;
const DELIMITER_ROW = /^[ \t|:-]+$/;
const BULLETS = ['•', '◦', '▪'];

/** Whether a line, without the blanks before it, is a rule. */
export const isRule = (rest: string): boolean => RULE.test(rest);

export const isHeading = (rest: string): boolean => HEADING.test(rest);

/** Columns of the blanks at the start of a line, and how many units they are. */
export function indentOf(text: string): { readonly columns: number; readonly units: number } {
  let columns = 0;
  let units = 0;
  for (; units < text.length; units++) {
    const unit = text.charCodeAt(units);
    if (unit === 0x20) columns += 1;
    else if (unit === 0x09) columns += 4 - (columns % 4);
    else break;
  }
  return { columns, units };
}

/** How many levels a line at `indent` still lies in; two columns are enough, as people write them. */
export function reach(levels: readonly Level[], indent: number): number {
  let count = 0;
  while (count < levels.length) {
    const level = levels[count];
    if (level === undefined || indent < Math.min(level.content, level.indent + 2)) break;
    count += 1;
  }
  return count;
}

/** The fence that a line opens; `indent` is where it stands. */
export function readFence(rest: string, indent: number): Fence | undefined {
  const match = FENCE.exec(rest);
  if (match === null) return undefined;
  const [, signs = '', info = ''] = match;
  const sign = signs.charAt(0);
  if (sign === '`' && info.includes('`')) return undefined;
  const language = info.trim().split(/[\s,{]/, 1)[0] ?? '';
  return { sign, length: signs.length, indent, language: language.slice(0, MAXIMUM_LANGUAGE) };
}

/** Whether a line closes the fence. */
export const isClosing = (rest: string, { sign, length }: Fence): boolean =>
  rest.length >= length && rest.startsWith(sign) && rest === sign.repeat(rest.length);

/** Whether a line is the second one of a table whose header is the line before. */
export const isDelimiterRow = (text: string, before: string): boolean =>
  text.includes('|') && text.includes('-') && before.includes('|') && DELIMITER_ROW.test(text);

/** A list item as its first line tells. */
export interface ListItem {
  readonly level: Level;
  /** The lists that it stands in. */
  readonly parents: readonly Level[];
  /** Whether its list was open. */
  readonly isSibling: boolean;
  /** The number that is written; undefined for a bullet. */
  readonly written: number | undefined;
  /** What is shown before it, a blank at the end included. */
  readonly marker: string;
  readonly content: string;
}

/** The item that a line begins, which stands at `indent` within the open lists. */
export function readItem(rest: string, indent: number, levels: readonly Level[]): ListItem | undefined {
  const match = MARKER.exec(rest);
  if (match === null) return undefined;
  const [whole, word = '', blanks] = match;
  const depth = Math.min(reach(levels, indent), MAXIMUM_LEVELS - 1);
  const sibling = levels[depth];
  const written = word.length > 1 ? Number.parseInt(word, 10) : undefined;
  const sign = word.slice(-1);
  const last = sibling?.sign === sign ? sibling.number : -1;
  const number = Math.max(written ?? 0, last + 1);
  const text = rest.slice(whole.length);
  const task = TASK.exec(text);
  const box = task === null ? '' : task[1] === ' ' ? '☐ ' : '☑ ';
  const bullet = `${BULLETS[Math.min(depth, BULLETS.length - 1)]} `;
  const marker = written === undefined ? box || bullet : `${number}${sign} ${box}`;
  const content = indent + word.length + (blanks?.length ?? 1);
  return {
    level: { indent, content, sign, number, width: marker.length },
    parents: levels.slice(0, depth),
    isSibling: sibling !== undefined,
    written,
    marker,
    content: task === null ? text : text.slice(task[0].length),
  };
}
