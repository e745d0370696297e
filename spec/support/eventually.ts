/** Waits until `check` gives something true, looking every few milliseconds; fails after `limit` milliseconds. */
export async function eventually<T>(
  check: () => T | Promise<T>,
  what: string,
  limit = 8000,
): Promise<Exclude<T, false | undefined | null | 0 | ''>> {
  const end = Date.now() + limit;
  for (;;) {
    const found = await check();
    if (found) return found as Exclude<T, false | undefined | null | 0 | ''>;
    if (Date.now() > end) throw new Error(`waited ${limit} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}
