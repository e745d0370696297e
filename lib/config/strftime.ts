const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const pad = (value: number, width: number, fill = '0'): string => String(value).padStart(width, fill);
const short = (name: string | undefined): string => (name ?? '').slice(0, 3);
const twelve = (hours: number): number => hours % 12 || 12;

/** Day of the year, from 1; counted on calendar days, so that a change of the clocks does not matter. */
const dayOfYear = (date: Date): number =>
  (Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) - Date.UTC(date.getFullYear(), 0, 1)) / 86_400_000 + 1;

function offset(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}${pad(size % 60, 2)}`;
}

/** Made when first asked for: ICU takes its time to load, and the server's start would wait for it. */
let zoneFormat: Intl.DateTimeFormat | undefined;
function zoneName(date: Date): string {
  zoneFormat ??= new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' });
  return zoneFormat.formatToParts(date).find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** ISO 8601: the year and week that the date belongs to. */
function isoWeek(date: Date): { readonly year: number; readonly week: number } {
  const day = new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const start = Date.UTC(day.getUTCFullYear(), 0, 1);
  return { year: day.getUTCFullYear(), week: Math.ceil(((day.getTime() - start) / 86_400_000 + 1) / 7) };
}

/** The conversions of strftime(3) in the C locale, local time. */
const CONVERSIONS: Readonly<Record<string, (date: Date) => string>> = {
  a: (date) => short(DAYS[date.getDay()]),
  A: (date) => DAYS[date.getDay()] ?? '',
  b: (date) => short(MONTHS[date.getMonth()]),
  B: (date) => MONTHS[date.getMonth()] ?? '',
  c: (date) => strftime('%a %b %e %H:%M:%S %Y', date),
  C: (date) => pad(Math.floor(date.getFullYear() / 100), 2),
  d: (date) => pad(date.getDate(), 2),
  D: (date) => strftime('%m/%d/%y', date),
  e: (date) => pad(date.getDate(), 2, ' '),
  F: (date) => strftime('%Y-%m-%d', date),
  G: (date) => String(isoWeek(date).year),
  h: (date) => short(MONTHS[date.getMonth()]),
  H: (date) => pad(date.getHours(), 2),
  I: (date) => pad(twelve(date.getHours()), 2),
  j: (date) => pad(dayOfYear(date), 3),
  k: (date) => pad(date.getHours(), 2, ' '),
  l: (date) => pad(twelve(date.getHours()), 2, ' '),
  m: (date) => pad(date.getMonth() + 1, 2),
  M: (date) => pad(date.getMinutes(), 2),
  n: () => '\n',
  p: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  P: (date) => (date.getHours() < 12 ? 'am' : 'pm'),
  r: (date) => strftime('%I:%M:%S %p', date),
  R: (date) => strftime('%H:%M', date),
  s: (date) => String(Math.floor(date.getTime() / 1000)),
  S: (date) => pad(date.getSeconds(), 2),
  t: () => '\t',
  T: (date) => strftime('%H:%M:%S', date),
  u: (date) => String(date.getDay() || 7),
  U: (date) => pad(Math.floor((dayOfYear(date) + 6 - date.getDay()) / 7), 2),
  V: (date) => pad(isoWeek(date).week, 2),
  w: (date) => String(date.getDay()),
  W: (date) => pad(Math.floor((dayOfYear(date) + 6 - ((date.getDay() + 6) % 7)) / 7), 2),
  x: (date) => strftime('%m/%d/%y', date),
  X: (date) => strftime('%H:%M:%S', date),
  y: (date) => pad(date.getFullYear() % 100, 2),
  Y: (date) => String(date.getFullYear()),
  z: offset,
  Z: zoneName,
  '%': () => '%',
};

/** `template` with the time put in, as strftime(3) does; what is no conversion stays. A time that is none gives ''. */
export function strftime(template: string, date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  return template.replace(/%[EO]?([a-zA-Z%])/g, (whole, letter: string) =>
    Object.hasOwn(CONVERSIONS, letter) ? (CONVERSIONS[letter]?.(date) ?? whole) : whole,
  );
}
