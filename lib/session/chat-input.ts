import type { InputEvent, Key, MouseEvent } from '../input/key.ts';
import { KeyDecoder } from '../input/key-decoder.ts';
import { keyText } from '../input/key-name.ts';

/** What a person's events come down to. */
export interface ChatInputListener {
  /** A key that no table binds was pressed, and has this text. The key is undefined when a script sent it. */
  typed(text: string, key: Key | undefined): void;
  pasted(text: string): void;
  pressed(event: MouseEvent): void;
  /** A key of a script: what the key table says of it is done, and true; false when it binds it not. */
  bound(key: Key): boolean;
}

/** Bytes of one paste at most; what is beyond is dropped, and the text says so. */
const MAXIMUM_PASTE = 4_000_000;

/** Turns input into text and presses: typed, pasted in pieces, or sent as bytes by scripts. */
export class ChatInput {
  readonly #listener: ChatInputListener;
  readonly #decoder = new KeyDecoder();
  #paste: Uint8Array[] = [];
  #pasteLength = 0;

  constructor(listener: ChatInputListener) {
    this.#listener = listener;
  }

  input(event: InputEvent): void {
    this.#input(event, true);
  }

  #input(event: InputEvent, byPerson: boolean): void {
    switch (event.type) {
      case 'key': {
        const text = event.action === 'release' ? undefined : keyText(event.key);
        if (text !== undefined) this.#listener.typed(text, byPerson ? event.key : undefined);
        return;
      }
      case 'paste':
        this.#piece(event);
        return;
      case 'mouse':
        if (event.action === 'press' && event.button === 'left') this.#listener.pressed(event);
        return;
      case 'focus':
      case 'reply':
      case 'unknown':
        return;
    }
  }

  /** Bytes as a terminal would send them; each call is whole. */
  send(bytes: Uint8Array): void {
    for (const event of [...this.#decoder.decode(bytes, () => true), ...this.#decoder.flush()]) {
      const bound = event.type === 'key' && event.action !== 'release' && this.#listener.bound(event.key);
      if (!bound) this.#input(event, false);
    }
  }

  #piece({ bytes, first, last }: Extract<InputEvent, { readonly type: 'paste' }>): void {
    if (first) this.#forget();
    const kept = bytes.subarray(0, Math.max(0, MAXIMUM_PASTE - this.#pasteLength));
    // The event's bytes belong to the decoder's piece; a paste that goes on outlives it.
    if (kept.length > 0) this.#paste.push(last && first ? kept : kept.slice());
    this.#pasteLength += bytes.length;
    if (!last) return;
    const text = Buffer.concat(this.#paste).toString('utf8');
    const cut = this.#pasteLength > MAXIMUM_PASTE;
    this.#forget();
    this.#listener.pasted(
      cut ? `${text}\n[the paste was longer than ${MAXIMUM_PASTE / 1_000_000} MB and ends here]` : text,
    );
  }

  #forget(): void {
    this.#paste = [];
    this.#pasteLength = 0;
  }
}
