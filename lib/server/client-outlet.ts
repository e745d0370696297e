import type { Capabilities } from '../screen/capabilities.ts';
import type { Connection } from './connection.ts';

/** Text sent to the person's clipboard at most, in bytes: what xterm takes in one OSC, nearly. */
const MAXIMUM_CLIPBOARD = 1024 * 1024;

/** What a client tells its terminal beside the picture; nothing where nobody knows how the terminal takes it. */
export class ClientOutlet {
  readonly #connection: Connection;
  readonly #capabilities: () => Capabilities;

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

  /** A program's desktop notification, in the form that it came in: OSC 777 with a title, OSC 9 without. */
  notify(title: string, body: string): void {
    if (!this.#capabilities().answers) return;
    this.#send(title === '' ? `\x1b]9;${body}\x07` : `\x1b]777;notify;${title.replaceAll(';', ',')};${body}\x07`);
  }

  #send(text: string): void {
    this.#connection.send({ type: 'output', bytes: Buffer.from(text) });
  }
}
