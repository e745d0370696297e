import type { Kysely } from 'kysely';
import { sql } from './kysely.ts';
import type { Tables } from './schema.ts';

/** A closed session as its rows tell it. */
export interface ClosedRow {
  readonly id: number;
  readonly kind: 'chat' | 'program';
  readonly session_name: string;
  readonly session_type: string | null;
  readonly last_active: number;
  readonly preview: string;
  /** How many were said in it, the ones not counted that it shares with what it was forked from. */
  readonly messages: number;
}

/** Closed sessions, the one used last first. */
export async function closedSessions(rows: Kysely<Tables>, limit: number): Promise<readonly ClosedRow[]> {
  const { rows: found } = await sql<ClosedRow>`
    select id, kind, session_name, session_type, last_active, preview,
      (select count(*) from messages where conversation_id = conversations.id) messages
    from conversations where is_open = 0 order by last_active desc limit ${limit}`.execute(rows);
  return found;
}
