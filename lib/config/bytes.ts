const UNITS: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** What a line of scrollback is counted as where a number has no unit: tmux's history-limit counts lines. */
const BYTES_OF_LINE = 200;

/** `10MB`, `512 KiB`, `1000B` in bytes (units of 1024); a plain number is lines. Undefined when it is no amount. */
export function parseBytes(text: string): number | undefined {
  const [, number, unit] = /^\s*(\d{1,12}(?:\.\d{1,6})?)\s*(b|[kmg](?:i?b)?)?\s*$/i.exec(text) ?? [];
  if (number === undefined) return undefined;
  const factor = unit === undefined ? BYTES_OF_LINE : (UNITS[unit.charAt(0).toLowerCase()] ?? 1);
  return Math.round(Number(number) * factor);
}

/** Bytes as the largest unit that says them exactly. */
export function formatBytes(bytes: number): string {
  for (const unit of ['g', 'm', 'k'] as const) {
    const factor = UNITS[unit] ?? 1;
    if (bytes >= factor && bytes % factor === 0) return `${bytes / factor}${unit.toUpperCase()}B`;
  }
  return `${bytes}B`;
}
