import { createRequire } from 'node:module';

/**
 * Kysely, by `require`: its 300 small modules are then opened one after another, so that few descriptors do (256 are
 * usual on macOS), and they load in half the time that `import` takes.
 */
const kysely: typeof import('kysely') = createRequire(import.meta.url)('kysely');

export const { Kysely, SqliteDialect, sql } = kysely;
