import { cleanLine } from '../text/clean-line.ts';
import { type LaidRow, prefixRows, wrapRows } from '../text/laid-row.ts';
import { PLAIN } from '../text/style.ts';
import { FAINT, span } from './transcript-style.ts';
import { countText, cutRows, firstLine } from './transcript-text.ts';

/** Units of JSON that are read: what is longer is shown as it is. */
const MAXIMUM_JSON = 1_000_000;
const MAXIMUM_NAMES = 100;
const MAXIMUM_NAME = 40;
/** Lines of a value that is a text of several. */
const VALUE_LINES = 40;
/** Units of a value in one row where a diff tells the rest. */
const SHORT_VALUE = 200;

/** What a model gave a tool, a row for each argument; JSON that is none is shown as it is. */
export function argumentRows(json: string, columns: number, brief: boolean): LaidRow[] {
  const values = parseObject(json);
  if (values === undefined) return json.trim() === '' ? [] : cutRows(json, columns, FAINT, VALUE_LINES);
  const names = Object.keys(values);
  const rows = names.slice(0, MAXIMUM_NAMES).flatMap((name) => valueRows(name, values[name], columns, brief));
  if (names.length > MAXIMUM_NAMES)
    rows.push(...wrapRows(span(`… ${countText(names.length - MAXIMUM_NAMES)} more …`, FAINT), columns));
  return rows;
}

function valueRows(name: string, value: unknown, columns: number, brief: boolean): LaidRow[] {
  const text = typeof value === 'string' ? value : compact(value);
  const label = `${firstLine(name).slice(0, MAXIMUM_NAME)}: `;
  const isLong = text.includes('\n') || text.length > SHORT_VALUE;
  if (isLong && brief)
    return wrapRows([...span(label, FAINT), ...span(`${countText(text.length)} characters`, FAINT)], columns);
  if (!text.includes('\n'))
    return wrapRows([...span(label, FAINT), ...span(cleanLine(text.slice(0, 2000)), PLAIN)], columns);
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
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
