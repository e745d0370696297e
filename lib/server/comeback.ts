import type { OpenStore } from '../store/open-store.ts';
import type { Coordinator } from './coordinator.ts';
import { type RestoredProgram, rebuildScreens, restorePrograms } from './restore-programs.ts';

export interface ComebackOptions {
  readonly coordinator: Coordinator;
  /** Brings back the chats. */
  readonly chats: (open: OpenStore) => Promise<void>;
  /** Hears what should not happen. Must not throw. */
  readonly onError: (where: string, error: unknown) => void;
}

/**
 * Brings back what nobody closed: sessions, then what clients showed of them, and the screen that is seen first. The
 * promise is fulfilled then; the other screens come behind it. Never rejects.
 */
export async function bringBack(open: OpenStore, given: ComebackOptions): Promise<void> {
  const { coordinator, chats, onError } = given;
  const guard = async (where: string, task: () => Promise<void>): Promise<void> => {
    try {
      await task();
    } catch (error) {
      onError(where, error);
    }
  };
  let programs: readonly RestoredProgram[] = [];
  await guard('bringing back programs', async () => {
    programs = await restorePrograms(open, {
      make: (kept) => coordinator.kept.program(kept),
      tell: (text) => coordinator.tell([text]),
      isThere: (folder) => coordinator.kept.hasProgram(folder),
      onError: (error) => onError('bringing back a program', error),
    });
  });
  await guard('bringing back chats', () => chats(open));
  await guard('bringing back layouts', () => coordinator.kept.layouts(open));
  const first = programs.filter(({ session }) => session === coordinator.lastSession);
  const others = programs.filter((program) => !first.includes(program));
  const rebuild = (some: readonly RestoredProgram[]) => () =>
    rebuildScreens(open, some, (error) => onError('bringing back a screen', error));
  await guard('bringing back a screen', rebuild(first));
  void guard('bringing back screens', rebuild(others));
}
