import { UserError } from '../base/user-error.ts';
import type { ProgramSession } from '../session/program-session.ts';
import type { Session } from '../session/session.ts';
import type { KeptChat } from '../store/chat-rows.ts';
import type { OpenStore } from '../store/open-store.ts';
import type { CoordinatorParts } from './coordinator-parts.ts';
import { type KeptProgram, restoredProgram } from './kept-program.ts';
import { sessionKey } from './layout-keeper.ts';
import type { LayoutMemory } from './layout-memory.ts';
import { restoredChat } from './restore-chats.ts';
import type { SidebarMemory } from './sidebar-memory.ts';

export interface KeptSessionsOptions {
  readonly parts: CoordinatorParts;
  readonly layouts: LayoutMemory;
  readonly sidebars: SidebarMemory;
  /** Whether the server ends: nothing is made again then. */
  readonly isStopping: () => boolean;
}

/** Sessions that nobody closed, made again as they were kept; their names and indexes are others where those are taken. */
export class KeptSessions {
  readonly #given: KeptSessionsOptions;

  constructor(given: KeptSessionsOptions) {
    this.#given = given;
  }

  /** Throws UserError. */
  chat(kept: KeptChat): Session {
    const { keeper } = this.#willing();
    return keeper.create(restoredChat(kept, keeper.list.all));
  }

  /** Without starting anything. Throws UserError. */
  program(kept: KeptProgram): ProgramSession {
    const { keeper } = this.#willing();
    return keeper.program(keeper.create(restoredProgram(kept, keeper.list.all)), 'restore');
  }

  /** Whether a program session here has the row of that folder. */
  hasProgram(folder: string): boolean {
    return this.#given.parts.recorder.keeps(folder);
  }

  /** Remembers what clients showed, as far as its sessions are there again. */
  async layouts(open: OpenStore): Promise<void> {
    const { parts, layouts, sidebars } = this.#given;
    const { keeper, layoutKeeper } = parts;
    const keys = keeper.list.all.map((session): [string, Session] => [sessionKey(parts, session) ?? '', session]);
    for (const { client, state, area, sidebar } of await layoutKeeper.read(open, new Map(keys))) {
      const shown = state.sessions.get(state.recent[0]);
      if (shown === undefined || keeper.list.byId(shown.id) !== shown) continue;
      layouts.keep(client, state, area);
      sidebars.keep(client, sidebar);
      keeper.shown(shown);
    }
  }

  #willing(): CoordinatorParts {
    if (this.#given.isStopping()) throw new UserError('the server is stopping');
    return this.#given.parts;
  }
}
