import type { SessionId } from '../base/id.ts';
import { CopyMode } from '../mode/copy-mode.ts';
import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientHost } from './client-host.ts';
import { liveTop } from './client-view.ts';

/** What share of the pane lies above a row that is looked for. */
const ABOVE = 4;

/** Copy mode of each session that one client reads in; kept while another session is shown. */
export class ClientCopyModes {
  readonly #client: AttachedClient;
  readonly #host: ClientHost;
  readonly #modes = new Map<SessionId, CopyMode>();

  constructor(client: AttachedClient, host: ClientHost) {
    this.#client = client;
    this.#host = host;
  }

  of(session: Session): CopyMode | undefined {
    return this.#modes.get(session.id);
  }

  forget(session: Session): void {
    this.#modes.delete(session.id);
  }

  /** Begins copy mode of a session; `row` is brought near its top, the cursor to its beginning. */
  enter(session: Session, exitAtBottom: boolean, row?: number): CopyMode {
    const size = this.#client.places.sizeOf(session);
    const { options } = this.#host.server;
    const mode = new CopyMode({
      source: session.content,
      keys: options.string('mode-keys', session.id) === 'vi' ? 'vi' : 'emacs',
      size,
      top: row === undefined ? liveTop(session, size.rows) : row - Math.floor(size.rows / ABOVE),
      cursor:
        row === undefined
          ? { row: session.content.screenTop + session.cursor.y, column: session.cursor.x }
          : { row, column: 0 },
      wordSeparators: options.string('word-separators', session.id),
      wrapSearch: options.boolean('wrap-search', session.id),
      exitAtBottom,
      copy: (text, target) => this.#host.copied(this.#client, text, target),
      exit: () => {
        this.#modes.delete(session.id);
        this.#client.changed();
      },
    });
    this.#modes.set(session.id, mode);
    return mode;
  }
}
