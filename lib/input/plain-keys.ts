import { codePointKey } from './character-key.ts';
import { INITIAL_ROUTER_STATE, type RouterOptions, route } from './input-router.ts';
import type { KeyTables } from './key-table.ts';

const ESC = 0x1b;
const ASCII = 0x80;

/** What is known of a byte. */
const UNKNOWN = 0;
const PLAIN = 1;
const OWN = 2;

/**
 * Which bytes of a terminal are keys that mean nothing to qmux, so that runs of them go to the program as they are: found
 * by routing each once, and kept while options and tables stay. It says the same as the router, which costs 3 µs a key.
 */
export class PlainKeys {
  readonly #tables: KeyTables;
  readonly #known = new Uint8Array(0x100);
  #options: RouterOptions | undefined;
  #generation = -1;

  constructor(tables: KeyTables) {
    this.#tables = tables;
  }

  /** How many bytes at the beginning are such keys where no table is pending; `options` is an object that never changes. */
  leading(bytes: Uint8Array, options: RouterOptions): number {
    if (options !== this.#options || this.#tables.generation !== this.#generation) this.#forget(options);
    const known = this.#known;
    let length = 0;
    for (; length < bytes.length; length++) {
      const byte = bytes[length] ?? 0;
      if (known[byte] === PLAIN) continue;
      if (known[byte] === OWN || !this.#find(byte, options)) break;
    }
    return length;
  }

  #forget(options: RouterOptions): void {
    this.#options = options;
    this.#generation = this.#tables.generation;
    this.#known.fill(UNKNOWN);
    // A character beyond ASCII goes through in any pieces, as long as none of them is bound.
    const bound = this.#tables.bindings(options.rootTable ?? 'root').map(({ key }) => key);
    const own = [options.prefix, options.prefix2, ...bound].some(
      (key) => key !== undefined && (key.name === 'Any' || !/^[ -~]*$/.test(key.name)),
    );
    this.#known.fill(own ? OWN : PLAIN, ASCII);
    this.#known[ESC] = OWN;
  }

  #find(byte: number, options: RouterOptions): boolean {
    const event = {
      type: 'key',
      key: codePointKey(byte, false),
      action: 'press',
      bytes: Uint8Array.of(byte),
    } as const;
    const { state, action } = route(INITIAL_ROUTER_STATE, event, this.#tables, options, 0);
    const isPlain = state === INITIAL_ROUTER_STATE && action.type === 'forward';
    this.#known[byte] = isPlain ? PLAIN : OWN;
    return isPlain;
  }
}
