import type { Clock } from '../base/clock.ts';
import { spawnShell } from '../base/descriptor-guard.ts';
import { UserError } from '../base/user-error.ts';
import type { KeySource } from './endpoint.ts';

/** Variables of the person, as they are now. */
export type Environment = () => Readonly<Record<string, string | undefined>>;

/** Milliseconds that a command may take, that its key is kept, and in which a key that was refused is asked for once. */
const TIMEOUT = 10_000;
const MAXIMUM_AGE = 300_000;
const FRESH = 10_000;
const MAXIMUM_OUTPUT = 1 << 16;

/** A key that a variable holds: looked at for each turn, so that it can be set while qmux runs. */
export function variableKey(name: string, environment: Environment): KeySource {
  return {
    advice: `set ${name}`,
    read: async () => environment()[name],
    reject: () => false,
  };
}

/** No key, for an endpoint that wants none; `advice` is what to do when it does. */
export const noKey = (advice: string): KeySource => ({ advice, read: async () => undefined, reject: () => false });

/** The first key that there is. */
export function firstKey(first: KeySource, second: KeySource): KeySource {
  return {
    advice: `${first.advice}, or ${second.advice}`,
    read: async () => (await first.read())?.trim() || second.read(),
    reject: (key) => first.reject(key) || second.reject(key),
  };
}

/** A key that a shell command prints in its first line. It is kept for a while, and asked for again when it is refused. */
export class CommandKey implements KeySource {
  readonly advice: string;
  readonly #place: string;
  readonly #command: string;
  readonly #environment: Environment;
  readonly #clock: Clock;
  #kept: { readonly key: string; readonly since: number } | undefined;
  #running: Promise<string> | undefined;

  /** @param place where the command stands: `[providers.work]` */
  constructor(place: string, command: string, environment: Environment, clock: Clock) {
    this.#place = place;
    this.advice = `check api_key_command of ${place}`;
    this.#command = command;
    this.#environment = environment;
    this.#clock = clock;
  }

  async read(): Promise<string> {
    if (this.#kept !== undefined && this.#clock.now() - this.#kept.since < MAXIMUM_AGE) return this.#kept.key;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  reject(key: string): boolean {
    if (this.#kept?.key !== key) return this.#kept !== undefined;
    const isFresh = this.#clock.now() - this.#kept.since < FRESH;
    this.#kept = undefined;
    return !isFresh;
  }

  async #run(): Promise<string> {
    const { code, output } = await firstLine(this.#command, this.#environment());
    if (code !== 0 || output === '') {
      const what = code === undefined ? 'did not end within 10 s' : code === 0 ? 'printed nothing' : `failed (${code})`;
      throw new UserError(`The api_key_command of ${this.#place} ${what}: run it in a shell to see why.`);
    }
    this.#kept = { key: output, since: this.#clock.now() };
    return output;
  }
}

/** What a command printed in its first line, and its exit code; none when it had to be ended. */
function firstLine(
  command: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly code: number | undefined; readonly output: string }> {
  return new Promise((resolve) => {
    // A group of its own, so that all that it started ends with it.
    const child = spawnShell(command, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...environment }, detached: true });
    let text = '';
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      endGroup(child.pid);
      child.stdout?.destroy();
    }, TIMEOUT);
    child.stdout?.setEncoding('utf8').on('data', (more: string) => {
      if (text.length < MAXIMUM_OUTPUT) text += more;
    });
    const end = (code: number | null): void => {
      clearTimeout(timer);
      resolve({ code: isLate ? undefined : (code ?? 1), output: text.split('\n', 1)[0]?.trim() ?? '' });
    };
    child.on('close', end);
    child.on('error', () => end(1));
  });
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
