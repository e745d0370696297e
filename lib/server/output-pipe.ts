import type { ChildProcess } from 'node:child_process';
import { spawnShell } from '../base/descriptor-guard.ts';
import { type Disposable, DisposableStore, onDispose } from '../base/disposable.ts';
import type { Event } from '../base/emitter.ts';

/** Output that a slow command may leave unread, in bytes; what comes then is left out of the pipe, not of the session. */
const MAXIMUM_PENDING = 8 * 1024 * 1024;

export interface PipeOptions {
  readonly command: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What the session prints, for the command's input; undefined for none. */
  readonly output: Event<Uint8Array> | undefined;
  /** Takes what the command prints; undefined for none. */
  readonly input: ((bytes: Uint8Array) => void) | undefined;
  readonly onEnd: () => void;
}

/** A shell command joined to a session, as pipe-pane makes it; disposing closes its input and lets it end. */
export class OutputPipe implements Disposable {
  readonly #open = new DisposableStore();
  readonly #child: ChildProcess;

  constructor({ command, workingDirectory, environment, output, input, onEnd }: PipeOptions) {
    this.#child = spawnShell(command, {
      cwd: workingDirectory,
      env: { ...environment },
      stdio: [output === undefined ? 'ignore' : 'pipe', input === undefined ? 'ignore' : 'pipe', 'ignore'],
    });
    const { stdin, stdout } = this.#child;
    if (output !== undefined && stdin !== null) {
      // The command may end while we write: its end is told by `close`.
      stdin.on('error', () => undefined);
      this.#open.add(
        output((bytes) => {
          if (stdin.writableLength < MAXIMUM_PENDING) stdin.write(Uint8Array.from(bytes));
        }),
      );
      this.#open.add(onDispose(() => stdin.end()));
    }
    if (input !== undefined) stdout?.on('data', (bytes: Uint8Array) => input(bytes));
    const end = () => {
      this.#open.dispose();
      onEnd();
    };
    this.#child.once('close', end);
    this.#child.once('error', end);
  }

  dispose(): void {
    this.#open.dispose();
  }
}
