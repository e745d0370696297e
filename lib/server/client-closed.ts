import type { Disposable } from '../base/disposable.ts';
import { UserError } from '../base/user-error.ts';
import type { ClosedSession } from '../command/archive.ts';
import type { ListEntry } from '../mode/list-entry.ts';
import { ListMode } from '../mode/list-mode.ts';
import { amount, timeSpan } from '../text/amount.ts';
import type { Line } from '../text/line.ts';
import { stripControls } from '../text/sanitize.ts';
import { BOLD, DIM, PLAIN, type Style } from '../text/style.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientDialogs } from './client-dialogs.ts';
import type { ClientHost } from './client-host.ts';

interface ClosedEntry extends ListEntry {
  readonly closed: ClosedSession;
}

/** Closed sessions that are listed at most. */
const LIMIT = 1000;

const NAME: Style = { ...PLAIN, attributes: BOLD };
const FAINT: Style = { ...PLAIN, attributes: DIM };

/** The list of closed sessions of one client, while it is open. */
export class ClientClosed implements Disposable {
  readonly mode: ListMode<ClosedEntry>;
  readonly #client: AttachedClient;
  readonly #host: ClientHost;
  readonly #dialogs: ClientDialogs;
  #entries: readonly ClosedEntry[] = [];
  #isOpen = true;

  constructor(client: AttachedClient, host: ClientHost, dialogs: ClientDialogs) {
    this.#client = client;
    this.#host = host;
    this.#dialogs = dialogs;
    this.mode = new ListMode<ClosedEntry>({
      title: 'Closed sessions',
      hint: '? keys, Enter opens, x forgets for good, / filters, q leaves',
      items: () => this.#entries,
      style: dialogs.style('mode-style'),
      rows: () => dialogs.pageSize.rows,
      accept: ({ closed }) => {
        dialogs.close(this.mode);
        this.#run(() => this.#open(closed));
      },
      exit: () => dialogs.close(this.mode),
      actions: { kill: ({ closed }) => this.#run(() => this.#forget(closed)), rename: () => undefined },
    });
    this.#run(() => this.#read());
  }

  dispose(): void {
    this.#isOpen = false;
  }

  async #read(): Promise<void> {
    const found = await this.#host.server.archive.closed(LIMIT);
    if (!this.#isOpen) return;
    this.#entries = found.map(entryOf);
    this.#client.changed();
  }

  async #open({ id, kind, name }: ClosedSession): Promise<void> {
    const { archive } = this.#host.server;
    if (kind === 'program') this.#client.dialogs.showText(`${name} (closed)`, await archive.screen(id));
    else if (this.#client.readOnly) throw new UserError('client is read-only');
    else this.#client.show(await archive.reopen(id));
  }

  async #forget({ id, name }: ClosedSession): Promise<void> {
    if (this.#client.readOnly) throw new UserError('client is read-only');
    if (!(await this.#dialogs.confirm(`forget ${stripControls(name, 40)} for good? (y/n)`))) return;
    await this.#host.server.archive.forget(id);
    await this.#read();
  }

  #run(task: () => Promise<void>): void {
    task().catch((error: unknown) => this.#host.lines.showError(this.#client, error));
  }
}

function entryOf(closed: ClosedSession): ClosedEntry {
  const { id, name, type, kind, messages, lastActive, preview } = closed;
  const line: Line = [
    { text: stripControls(name, 40), style: NAME },
    {
      text: `  ${type ?? kind}, ${amount(messages, 'message')}, ${timeSpan(Math.max(0, Date.now() - lastActive))}  `,
      style: FAINT,
    },
    { text: stripControls(preview, 200), style: PLAIN },
  ];
  return { id, closed, line, text: `${name} ${preview}` };
}
