import { isRecord } from '../base/is-record.ts';
import { grouped } from '../text/amount.ts';
import { cleanLine } from '../text/clean-line.ts';
import { type LaidRow, prefixRows, wrapRows } from '../text/laid-row.ts';
import { PLAIN } from '../text/style.ts';
import { FAINT, span } from './transcript-style.ts';
import { cutRows, cutText, firstLine } from './transcript-text.ts';

/** Units of JSON that are read: what is longer is shown as it is. */
const MAXIMUM_JSON = 1_000_000;
const MAXIMUM_NAMES = 100;
const MAXIMUM_NAME = 40;
/** Lines of a value that is a text of several. */
const VALUE_LINES = 40;
/** Units of a value in one row where a diff tells the rest. */
const SHORT_VALUE = 200;

/** What stands beside the arguments already, whole; either may be empty. */
interface ToldElsewhere {
  readonly title: string;
  readonly diff: string;
}

/**
 * What a model gave a tool, a row for each argument that title and diff do not tell; JSON that is none is shown as it is.
 */
export function argumentRows(json: string, columns: number, told: ToldElsewhere): LaidRow[] {
  const values = parseObject(json);
  if (values === undefined) return json.trim() === '' ? [] : cutRows(json, columns, FAINT, VALUE_LINES);
  const names = Object.keys(values).filter((name) => !isTold(values[name], told));
  const rows = names.slice(0, MAXIMUM_NAMES).flatMap((name) => valueRows(name, values[name], columns));
  if (names.length > MAXIMUM_NAMES)
    rows.push(...wrapRows(span(`… ${grouped(names.length - MAXIMUM_NAMES)} more …`, FAINT), columns));
  return rows;
}

/** Whether a person reads the value in the title, as words of it, or in the diff. */
function isTold(value: unknown, { title, diff }: ToldElsewhere): boolean {
  if (typeof value === 'object' && value !== null) return diff !== '';
  if (typeof value !== 'string') return false;
  if (diff !== '' && (value.length > SHORT_VALUE || value.split('\n').every((line) => diff.includes(line))))
    return true;
  return value === title || (value !== '' && ` ${title} `.includes(` ${value} `));
}

function valueRows(name: string, value: unknown, columns: number): LaidRow[] {
  const text = typeof value === 'string' ? value : compact(value);
  const label = `${firstLine(name).slice(0, MAXIMUM_NAME)}: `;
  if (!text.includes('\n'))
    return wrapRows([...span(label, FAINT), ...span(cleanLine(cutText(text, 2000)), PLAIN)], columns);
  const indent = span('  ', PLAIN);
  const lines = prefixRows((room) => cutRows(text, room, PLAIN, VALUE_LINES), columns, indent, indent);
  return [...wrapRows(span(label.trimEnd(), FAINT), columns), ...lines];
}

/** JSON in one line: indented, deep nesting would cost the square of its depth. */
function compact(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '… nested too deep …';
  }
}

function parseObject(json: string): Readonly<Record<string, unknown>> | undefined {
  if (json.length > MAXIMUM_JSON) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
