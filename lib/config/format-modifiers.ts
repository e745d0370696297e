import { substitute } from './format-operators.ts';
import type { Run } from './format-run.ts';
import type { Format, Modifier } from './format-syntax.ts';
import { escapeMarkup, mapShown, quoteShell, shownText, shownWidth, trimShown, unescapeMarkup } from './format-text.ts';
import { strftime } from './strftime.ts';

/** Columns that `p` fills up to. */
const MAXIMUM_PADDING = 1000;

/** Done in tmux's order, wherever they stand: what changes the value, substitutions, truncation, padding, length. */
const ORDER: readonly (readonly [string, (markup: string, argument: readonly string[], run: Run) => string])[] = [
  ['t', (markup, args, run) => escapeMarkup(timeText(shownText(markup), args, run.date))],
  ['b', (markup) => mapShown(markup, basename)],
  ['d', (markup) => mapShown(markup, dirname)],
  ['q', (markup, [kind = ''], run) => (/[eh]/.test(kind) ? quoteHashes(markup, run) : mapShown(markup, quoteShell))],
  [
    's',
    (markup, [pattern = '', replacement = '', flags = '']) =>
      mapShown(markup, (text) => substitute(text, pattern, replacement, flags)),
  ],
  ['=', (markup, [columns = '', marker = '']) => truncated(markup, Number.parseInt(columns, 10) || 0, marker)],
  ['p', (markup, [columns = '']) => padded(markup, Number.parseInt(columns, 10) || 0)],
  ['n', (markup) => String(Buffer.byteLength(shownText(markup)))],
  ['w', (markup) => String(shownWidth(markup))],
];

/** `markup` with the modifiers done that change a value. */
export function applyModifiers(
  markup: string,
  modifiers: readonly Modifier[],
  run: Run,
  expand: (format: Format) => string,
): string {
  let result = markup;
  for (const [name, change] of ORDER)
    for (const modifier of modifiers) {
      if (modifier.name !== name) continue;
      result = change(
        result,
        modifier.arguments.map((format) => unescapeMarkup(expand(format))),
        run,
      );
    }
  return result;
}

/** A value is shown as it is in markup already; as plain text its hashes are doubled, for whoever shows it later. */
const quoteHashes = (markup: string, run: Run): string => (run.markup ? markup : escapeMarkup(markup));

function basename(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? path.slice(0, 1) : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

function dirname(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  if (slash < 0) return path.startsWith('/') ? '/' : '.';
  return trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
}

function truncated(markup: string, columns: number, marker: string): string {
  if (columns === 0) return markup;
  const trimmed = trimShown(markup, columns);
  if (trimmed === markup) return markup;
  return columns > 0 ? trimmed + escapeMarkup(marker) : escapeMarkup(marker) + trimmed;
}

function padded(markup: string, columns: number): string {
  const missing = Math.min(MAXIMUM_PADDING, Math.abs(columns)) - shownWidth(markup);
  if (missing <= 0) return markup;
  return columns > 0 ? markup + ' '.repeat(missing) : ' '.repeat(missing) + markup;
}

/** A time in seconds since the epoch: as ctime(3), with `p` short by its age, with `f` by a format of strftime's. */
function timeText(text: string, [flags = '', template = '']: readonly string[], now: Date): string {
  const seconds = /^\d{1,12}$/.test(text) ? Number(text) : 0;
  if (seconds === 0) return '';
  const date = new Date(seconds * 1000);
  if (flags.includes('p')) return strftime(shortForm(date, now), date);
  return strftime(flags.includes('f') ? template.replaceAll('#:', ':') : '%c', date);
}

const DAY = 86_400_000;

function shortForm(date: Date, now: Date): string {
  const age = now.getTime() - date.getTime();
  const sameMonth = date.getMonth() === now.getMonth() && date.getFullYear() === now.getFullYear();
  if (age < DAY) return '%H:%M';
  if (sameMonth || age < 28 * DAY) return '%a%d';
  return age < 365 * DAY ? '%d%b' : '%h%y';
}
