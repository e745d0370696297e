import { UserError } from '../base/user-error.ts';

/** Channels kept at once that nobody waits for; a name woken before its waiter comes is remembered, as in tmux. */
const MAXIMUM_CHANNELS = 10_000;

interface Channel {
  /** Woken with nobody waiting: the next waiter goes on at once. */
  woken: boolean;
  locked: boolean;
  readonly waiters: Set<() => void>;
  readonly lockers: Set<() => void>;
}

/** The channels of wait-for, by name: who waits, which are locked. */
export class WaitChannels {
  readonly #channels = new Map<string, Channel>();

  /** Fulfilled when somebody signals `name`, or has since the last waiter; also when `signal` aborts. */
  wait(name: string, signal: AbortSignal): Promise<void> {
    const channel = this.#open(name);
    if (channel.woken) {
      channel.woken = false;
      this.#forget(name, channel);
      return Promise.resolve();
    }
    return this.#join(name, channel, channel.waiters, signal);
  }

  /** Lets all waiters go on, or the next one that comes. */
  signal(name: string): void {
    const channel = this.#open(name);
    if (channel.waiters.size === 0) channel.woken = true;
    for (const wake of [...channel.waiters]) wake();
  }

  /** Fulfilled when the lock is the caller's; also when `signal` aborts. */
  lock(name: string, signal: AbortSignal): Promise<void> {
    const channel = this.#open(name);
    if (!channel.locked) {
      channel.locked = true;
      return Promise.resolve();
    }
    return this.#join(name, channel, channel.lockers, signal);
  }

  /** Gives the lock to the one who waits for it longest. Throws UserError when it is not locked. */
  unlock(name: string): void {
    const channel = this.#channels.get(name);
    if (!channel?.locked) throw new UserError(`channel ${name} not locked`);
    const [next] = channel.lockers;
    if (next) next();
    else channel.locked = false;
    this.#forget(name, channel);
  }

  #open(name: string): Channel {
    const known = this.#channels.get(name);
    if (known) return known;
    if (this.#channels.size >= MAXIMUM_CHANNELS) throw new UserError(`too many channels (at most ${MAXIMUM_CHANNELS})`);
    const channel: Channel = { woken: false, locked: false, waiters: new Set(), lockers: new Set() };
    this.#channels.set(name, channel);
    return channel;
  }

  #join(name: string, channel: Channel, queue: Set<() => void>, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      this.#forget(name, channel);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const wake = () => {
        queue.delete(wake);
        signal.removeEventListener('abort', wake);
        this.#forget(name, channel);
        resolve();
      };
      queue.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #forget(name: string, channel: Channel): void {
    const idle = !channel.woken && !channel.locked && channel.waiters.size === 0 && channel.lockers.size === 0;
    if (idle) this.#channels.delete(name);
  }
}
