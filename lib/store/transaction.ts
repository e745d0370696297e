import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/**
 * Runs a task in a transaction: all or nothing. Rejects with what the task threw: SQLite itself ends a transaction for
 * which there is no room, and Kysely would tell only that it could not be ended once more.
 */
export async function inTransaction<T>(
  rows: Kysely<Tables>,
  task: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  let failure: { readonly error: unknown } | undefined;
  const guarded = async (transaction: Transaction<Tables>): Promise<T> => {
    try {
      return await task(transaction);
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  try {
    return await rows.transaction().execute(guarded);
  } catch (error) {
    throw failure === undefined ? error : failure.error;
  }
}
