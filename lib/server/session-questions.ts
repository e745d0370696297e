import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientHost } from './client-host.ts';

/** What lists of sessions do to a selected one, each asked in the list's own client. */
export class SessionQuestions {
  readonly #client: AttachedClient;
  readonly #host: ClientHost;

  constructor(client: AttachedClient, host: ClientHost) {
    this.#client = client;
    this.#host = host;
  }

  /** Shows what asks in it first; the page takes the answer. */
  review(session: Session): void {
    this.#host.lines.runLine(`approve -t '$${session.id}'`, { client: this.#client });
  }

  end(session: Session): void {
    this.#change(async () => {
      if (await this.#client.dialogs.confirm(`end session ${session.name}? (y/n)`))
        await this.#host.server.killSession(session);
    });
  }

  rename(session: Session): void {
    this.#change(async () => {
      const name = await this.#client.dialogs.prompt({ kind: 'text', label: '(rename) ', initial: session.name });
      if (name !== undefined) this.#host.server.renameSession(session, name);
    });
  }

  /** Gives no more notices of it, or gives them again. */
  mute({ id }: Session): void {
    const { options } = this.#host.server;
    this.#change(() => {
      options.set('mute', options.boolean('mute', id) ? 'off' : 'on', { session: id });
      this.#client.changed();
    });
  }

  #change(task: () => Promise<void> | void): void {
    if (this.#client.readOnly) this.#client.message('this client is read-only', 0);
    else task()?.catch((error: unknown) => this.#host.lines.showError(this.#client, error));
  }
}
