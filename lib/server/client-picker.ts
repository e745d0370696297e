import type { Disposable } from '../base/disposable.ts';
import type { ListMode } from '../mode/list-mode.ts';
import { nextAgeing } from '../mode/session-line.ts';
import type { SessionEntry } from '../mode/session-picker.ts';
import { sessionPicker } from '../mode/session-picker.ts';
import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientDialogs } from './client-dialogs.ts';
import type { ClientHost } from './client-host.ts';
import { FoundSessions } from './found-sessions.ts';
import { SessionQuestions } from './session-questions.ts';
import { SessionWatch } from './session-watch.ts';

/** How long the directory of a session is good for, in milliseconds: to find it costs a look at its process. */
const DIRECTORY_AGE = 2000;

/** Between two looks at the ages, in milliseconds. */
const SHORTEST_AGEING = 1000;
const LONGEST_AGEING = 60_000;

/** The picker of one client while it is open. */
export class ClientPicker implements Disposable {
  readonly mode: ListMode<SessionEntry>;
  readonly #client: AttachedClient;
  readonly #host: ClientHost;
  readonly #watch: SessionWatch;
  readonly #found: FoundSessions;
  #ageing: NodeJS.Timeout | undefined;
  /** When that is, in milliseconds since the epoch. */
  #ageingDue = 0;
  readonly #directories = new Map<Session, { readonly path: string; readonly time: number }>();

  constructor(client: AttachedClient, host: ClientHost, dialogs: ClientDialogs, filter: string | undefined) {
    this.#client = client;
    this.#host = host;
    this.#watch = new SessionWatch(() => client.changed());
    const questions = new SessionQuestions(client, host);
    this.#found = new FoundSessions({
      archive: host.server.archive,
      sessions: () => host.server.sessions,
      changed: () => client.changed(),
      failed: (error) => host.lines.showError(client, error),
    });
    this.mode = sessionPicker({
      sessions: () => this.#sessions(),
      current: () => client.session.id,
      last: () => client.lastSession?.id,
      now: () => Date.now(),
      directory: (session) => this.#directory(session),
      withText: (words) => this.#found.with(words),
      isMuted: ({ id }) => host.server.options.boolean('mute', id),
      preview: (session) => {
        this.#watch.select(session);
        return session.content;
      },
      filter,
      style: dialogs.style('mode-style'),
      hint: '? keys, y answers, x closes, / searches, f filters, r renames, a next waiting',
      rows: () => dialogs.pageSize.rows,
      previewRows: () => dialogs.pageSize.rows,
      accept: (session) => {
        dialogs.close(this.mode);
        client.show(session);
      },
      exit: () => dialogs.close(this.mode),
      actions: {
        approve: (session) => questions.review(session),
        refuse: (session) => questions.review(session),
        kill: (session) => questions.end(session),
        rename: (session) => questions.rename(session),
        mute: (session) => questions.mute(session),
      },
    });
  }

  dispose(): void {
    clearTimeout(this.#ageing);
    this.#watch.dispose();
    this.#found.dispose();
    this.#directories.clear();
  }

  #sessions(): readonly Session[] {
    const { sessions } = this.#host.server;
    this.#watch.look(sessions);
    this.#ageLater(sessions);
    return sessions;
  }

  /** What is said of how long sessions wait is drawn anew when the first of it is out of date; where none waits, never. */
  #ageLater(sessions: readonly Session[]): void {
    const now = Date.now();
    const waiting = sessions.filter(({ waitingReason }) => waitingReason !== undefined);
    if (waiting.length === 0) return;
    const next = waiting.reduce((least, session) => Math.min(least, nextAgeing(session, now)), LONGEST_AGEING);
    const wait = Math.max(SHORTEST_AGEING, next);
    if (this.#ageing !== undefined && this.#ageingDue <= now + wait) return;
    clearTimeout(this.#ageing);
    this.#ageingDue = now + wait;
    this.#ageing = setTimeout(() => {
      this.#ageing = undefined;
      this.#client.changed();
    }, wait);
  }

  #directory(session: Session): string {
    const known = this.#directories.get(session);
    const time = performance.now();
    if (known !== undefined && time - known.time < DIRECTORY_AGE) return known.path;
    const path = session.fact('pane_current_path') ?? '';
    this.#directories.set(session, { path, time });
    return path;
  }
}
