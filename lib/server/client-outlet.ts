import type { Capabilities } from '../screen/capabilities.ts';
import { type NoticeForm, noticeSequence } from '../screen/outer-notice.ts';
import type { Connection } from './connection.ts';

/** Text sent to the person's clipboard at most, in bytes: what xterm takes in one OSC, nearly. */
const MAXIMUM_CLIPBOARD = 1024 * 1024;

/** What a client tells its terminal beside the picture; nothing where nobody knows how the terminal takes it. */
export class ClientOutlet {
  readonly #connection: Connection;
  readonly #capabilities: () => Capabilities;
  #notices = 0;

  constructor(connection: Connection, capabilities: () => Capabilities) {
    this.#connection = connection;
    this.#capabilities = capabilities;
  }

  /** Puts a text on the person's clipboard; false when it is too long for that. */
  copy(text: string): boolean {
    if (!this.#capabilities().answers) return true;
    const bytes = Buffer.from(text);
    if (bytes.length > MAXIMUM_CLIPBOARD) return false;
    this.#send(`\x1b]52;c;${bytes.toString('base64')}\x07`);
    return true;
  }

  /** A desktop notification; in the form that the terminal is known to take, where none is given. */
  notify(title: string, body: string, form?: NoticeForm): void {
    const { answers, notices, utf8 } = this.#capabilities();
    if (!answers) return;
    this.#notices += 1;
    const text = noticeSequence(form ?? notices, { title, body }, { utf8, number: this.#notices });
    if (text !== '') this.#send(text);
  }

  #send(text: string): void {
    this.#connection.send({ type: 'output', bytes: Buffer.from(text) });
  }
}
