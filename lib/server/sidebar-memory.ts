/** How many clients that left are remembered. */
const MAXIMUM_LEFT = 64;

/** Whether clients that left had their sidebar open, so that it is again when they come back. */
export class SidebarMemory {
  /** By the client's name, the newest last. */
  #left: ReadonlyMap<string, boolean> = new Map();

  keep(client: string, open: boolean): void {
    const others = [...this.#left].filter(([name]) => name !== client);
    this.#left = new Map([...others, [client, open] as const].slice(-MAXIMUM_LEFT));
  }

  /** Of the client itself, else of the one that left last. */
  open(client: string): boolean {
    return this.#left.get(client) ?? [...this.#left.values()].at(-1) ?? false;
  }
}
