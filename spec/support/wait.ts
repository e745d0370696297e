/**
 * Looks again after each few milliseconds until `probe` gives something true, and gives that; fails with `what` after
 * `timeout` milliseconds.
 */
export async function waitUntil<T>(
  probe: () => T | Promise<T>,
  what: string | (() => string),
  timeout = 10_000,
): Promise<Exclude<T, false | undefined | null | 0 | ''>> {
  const end = Date.now() + timeout;
  for (;;) {
    const found = await probe();
    if (found) return found as Exclude<T, false | undefined | null | 0 | ''>;
    if (Date.now() > end) throw new Error(`waited ${timeout} ms for ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
