/** What is written to standard output, standard error and the console until it is closed. */
export class ConsoleWatch {
  written = '';
  readonly #restore: (() => void)[] = [];

  constructor() {
    for (const stream of [process.stdout, process.stderr]) {
      const { write } = stream;
      stream.write = ((...args: Parameters<typeof write>) => {
        this.written += String(args[0]);
        return Reflect.apply(write, stream, args);
      }) as typeof write;
      this.#restore.push(() => {
        stream.write = write;
      });
    }
  }

  close(): void {
    for (const restore of this.#restore.splice(0)) restore();
  }
}
