/** Longest wait that an endpoint may ask for, in milliseconds. */
const MAXIMUM_WAIT = 600_000;

/**
 * Milliseconds that a reply asks to wait: `retry-after-ms`, else `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
 * Undefined when it does not say, or says nonsense.
 */
export function retryAfter(header: (name: string) => string | undefined, now: number): number | undefined {
  const milliseconds = number(header('retry-after-ms'));
  if (milliseconds !== undefined) return Math.min(milliseconds, MAXIMUM_WAIT);
  const text = header('retry-after')?.trim();
  const seconds = number(text);
  if (seconds !== undefined) return Math.min(seconds * 1000, MAXIMUM_WAIT);
  // Only what names a month: Date.parse takes a plain `-5` for a date too.
  if (text === undefined || !/[a-z]{3}/i.test(text)) return undefined;
  const wait = Date.parse(text) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), MAXIMUM_WAIT);
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,12}(\.\d{1,6})?\s*$/.test(text) ? Number(text) : undefined;
}
