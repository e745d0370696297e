import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorText, UserError } from '../base/user-error.ts';
import type { ProgramSession } from '../session/program-session.ts';
import type { OpenStore } from '../store/open-store.ts';
import { sanitize } from '../text/sanitize.ts';
import { type KeptProgram, readProgram } from './kept-program.ts';

export interface RestoreProgramsOptions {
  /** Makes a program session again, without starting anything. Throws UserError. */
  readonly make: (kept: KeptProgram) => ProgramSession;
  /** A sentence for the person. */
  readonly tell: (text: string) => void;
  /** Whether a session of this server has that row: it was running before the database was there. */
  readonly isThere: (folder: string) => boolean;
  /** Hears why one did not come back that nobody is to blame for. Must not throw. */
  readonly onError: (error: unknown) => void;
}

/** A session that is there again, and what it was. */
export interface RestoredProgram {
  readonly session: ProgramSession;
  readonly kept: KeptProgram;
}

/** Bytes of a screen that are shown in one go: some milliseconds. */
const SLICE = 32 * 1024;
const TO_LAST_ROW = Buffer.from('\x1b[m\x1b[999;1H\r\n');

/** Brings back the program sessions that nobody closed; what they showed comes after that, by `rebuildScreens`. */
export async function restorePrograms(
  open: OpenStore,
  { make, tell, isThere, onError }: RestoreProgramsOptions,
): Promise<readonly RestoredProgram[]> {
  const restored: RestoredProgram[] = [];
  for (const row of await open.sessions.open()) {
    if (row.kind !== 'program' || isThere(row.folder)) continue;
    const kept = readProgram(row);
    try {
      if (kept === undefined) throw new UserError('what started it cannot be read');
      restored.push({ session: make(kept), kept });
    } catch (error) {
      if (!(error instanceof UserError)) onError(error);
      tell(`${sanitize(row.session_name)} did not come back: ${errorText(error)}`);
    }
    if (restored.length % 10 === 0) await nextTurn();
  }
  return restored;
}

/** Shows again what programs showed, in pieces between which keys have their turn. A screen that cannot be read stays empty. */
export async function rebuildScreens(
  open: OpenStore,
  restored: readonly RestoredProgram[],
  onError: (error: unknown) => void,
): Promise<void> {
  for (const { session, kept } of restored) {
    try {
      const screen = await open.sessions.screen(kept.row.id);
      for (const bytes of [screen?.snapshot, screen?.alternate && TO_LAST_ROW, screen?.alternate])
        for (let start = 0; bytes !== undefined && start < bytes.length; start += SLICE) {
          session.rebuild(bytes.subarray(start, start + SLICE));
          await nextTurn();
        }
    } catch (error) {
      onError(error);
    }
    session.rebuilt();
  }
}
