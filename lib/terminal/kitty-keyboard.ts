/** The five flags of kitty's keyboard protocol. */
const KNOWN_FLAGS = 0x1f;
/** Programs push once each; more is a program gone wrong, and the oldest entry goes. */
const MAXIMUM_DEPTH = 16;

/** The stack of keyboard flags of one screen (sw.kovidgoyal.net/kitty/keyboard-protocol). */
export class KittyKeyboard {
  #stack: number[] = [];

  get flags(): number {
    return this.#stack.at(-1) ?? 0;
  }

  /** CSI > flags u */
  push(flags: number): void {
    this.#stack.push(flags & KNOWN_FLAGS);
    if (this.#stack.length > MAXIMUM_DEPTH) this.#stack.shift();
  }

  /** CSI < count u */
  pop(count: number): void {
    this.#stack.length = Math.max(0, this.#stack.length - Math.max(1, count));
  }

  /** CSI = flags ; mode u: 1 replaces, 2 adds, 3 takes away. */
  set(flags: number, mode: number): void {
    const known = flags & KNOWN_FLAGS;
    const next = mode === 2 ? this.flags | known : mode === 3 ? this.flags & ~known : known;
    this.#stack[Math.max(0, this.#stack.length - 1)] = next;
  }

  clear(): void {
    this.#stack = [];
  }
}
