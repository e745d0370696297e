import { readFileSync } from 'node:fs';

/** Ticks in a second, as proc(5) counts them for programs: always a hundred on Linux. */
const TICKS = 100;

/**
 * When process `pid` began: in ticks since the system did (field 22 of proc(5)'s stat), and in milliseconds since the
 * epoch. Linux only; undefined where nobody knows.
 */
export function processStart(pid: number): { readonly ticks: string; readonly time: number } | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const boot = Number(/^btime (\d+)$/m.exec(read('/proc/stat') ?? '')?.[1]);
  // The second field is the name in parentheses and may hold blanks and parentheses itself.
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ', 20)[19];
  if (ticks === undefined || !Number.isFinite(boot)) return undefined;
  return { ticks, time: (boot + Number(ticks) / TICKS) * 1000 };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
