import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { EndpointPlace } from '../conversation/endpoint.ts';

/** Milliseconds from one try to the next; the last one stays. */
const WAITS: readonly [number, ...number[]] = [5000, 10_000, 20_000, 30_000, 60_000];
const SECOND = 1000;

/** That no endpoint can be reached. */
export interface EndpointTrouble {
  /** `work: connection refused`. */
  readonly reason: string;
  /** Milliseconds since the epoch; undefined while it is being tried. */
  readonly nextTry: number | undefined;
}

export interface EndpointWatchOptions {
  readonly clock: Clock;
  /** The endpoints that a new chat may use; none where the built-in guide answers by choice or for want of any. */
  readonly endpoints: () => readonly EndpointPlace[];
  /** What hinders a connection; undefined for nothing. Must not reject. */
  readonly hindrance: (baseUrl: string) => Promise<string | undefined>;
  /** Whether somebody looks at a chat; without, nothing is tried. */
  readonly isWatched: () => boolean;
  /** What is to be said of it is another now. */
  readonly onChange: () => void;
}

/**
 * Whether the endpoints of chats can be reached when the first chat is looked at. Where none can, tries again and again, and
 * tells of it until one can or the person has read it. One connection to each endpoint otherwise, and no timer.
 */
export class EndpointWatch implements Disposable {
  readonly #given: EndpointWatchOptions;
  #begun = false;
  #over = false;
  #tries = 0;
  #trouble: EndpointTrouble | undefined;
  #timer: Disposable | undefined;

  constructor(given: EndpointWatchOptions) {
    this.#given = given;
  }

  get trouble(): EndpointTrouble | undefined {
    return this.#trouble;
  }

  /** Somebody may look at a chat now: the first time counts, and later ones go on where nobody looked for a while. */
  look(): void {
    if (this.#over || !this.#given.isWatched()) return;
    if (!this.#begun) {
      this.#begun = true;
      this.#try();
    } else if (this.#trouble?.nextTry !== undefined && this.#timer === undefined) this.#tick();
  }

  /** The person has read it. */
  dismiss(): void {
    this.dispose();
    this.#set(undefined);
  }

  dispose(): void {
    this.#over = true;
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  #try(): void {
    const { endpoints, hindrance } = this.#given;
    const places = endpoints();
    if (places.length === 0) {
      this.dismiss();
      return;
    }
    if (this.#trouble !== undefined) this.#set({ ...this.#trouble, nextTry: undefined });
    void Promise.all(places.map(({ baseUrl }) => hindrance(baseUrl))).then((reasons) => {
      if (this.#over) return;
      const index = reasons.findIndex((reason) => reason !== undefined);
      if (reasons.includes(undefined)) this.dismiss();
      else this.#failed(`${places[index]?.name}: ${reasons[index]}`);
    });
  }

  #failed(reason: string): void {
    const wait = WAITS[Math.min(this.#tries, WAITS.length - 1)] ?? WAITS[0];
    this.#tries += 1;
    this.#set({ reason, nextTry: this.#given.clock.now() + wait });
    this.#tick();
  }

  /** Counts down while somebody looks. */
  #tick(): void {
    this.#timer = undefined;
    const { clock, isWatched, onChange } = this.#given;
    const left = (this.#trouble?.nextTry ?? Number.POSITIVE_INFINITY) - clock.now();
    if (this.#over || !isWatched() || left === Number.POSITIVE_INFINITY) return;
    if (left <= 0) {
      this.#try();
      return;
    }
    this.#timer = clock.after(left % SECOND === 0 ? SECOND : left % SECOND, () => {
      this.#tick();
      onChange();
    });
  }

  #set(trouble: EndpointTrouble | undefined): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#given.onChange();
  }
}
