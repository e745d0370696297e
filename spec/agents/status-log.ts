import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { QMUX, type Workplace } from '../support/workplace.ts';

/** What a session was shown to do, by one word, and from when on in milliseconds since the epoch. */
export interface ShownStatus {
  readonly word: string;
  readonly time: number;
}

interface StatusEvent {
  readonly type: string;
  readonly time: number;
  readonly status: string;
  readonly reason: string | null;
}

/** How often it looks whether there is news, in milliseconds. */
const LOOK = 20;

/** Follows the status of one session by `qmux events`, as a script of a person would. */
export class StatusLog {
  readonly all: ShownStatus[] = [];
  readonly #child: ChildProcess;

  constructor(place: Workplace, session: string) {
    this.#child = spawn(
      process.execPath,
      [QMUX, '-S', place.socketPath, 'events', '--json', '--since', '0', '-t', session],
      { cwd: place.home, env: place.environment, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    let rest = '';
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#hear(JSON.parse(line) as StatusEvent);
    });
  }

  get last(): ShownStatus | undefined {
    return this.all.at(-1);
  }

  /** Waits until it is shown to do that; gives since when, or undefined when it was not in time. */
  async until(word: string, timeout: number): Promise<ShownStatus | undefined> {
    const end = Date.now() + timeout;
    while (Date.now() < end) {
      if (this.last?.word === word) return this.last;
      await delay(LOOK);
    }
    return undefined;
  }

  dispose(): void {
    this.#child.kill('SIGKILL');
  }

  #hear({ type, time, status, reason }: StatusEvent): void {
    if (type === 'status') this.all.push({ word: wordOf(status, reason), time });
  }
}

function wordOf(status: string, reason: string | null): string {
  if (status === 'processing') return 'busy';
  if (status === 'completed') return 'gone';
  if (status !== 'waiting-for-input') return status;
  return reason === null || reason === 'turn-ended' ? 'idle' : reason;
}
