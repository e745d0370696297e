/** A turn's place among those in flight, or in the queue for one. */
export interface Place {
  readonly isHeld: boolean;
  /** How many wait before it; 0 when it is held. */
  readonly ahead: number;
  /** Gives it back, or leaves the queue; does nothing the second time. */
  leave(): void;
}

class Ticket implements Place {
  isHeld = false;
  ahead = 0;
  readonly isFirst: boolean;
  readonly moved: () => void;
  readonly #left: (ticket: Ticket) => void;

  constructor(isFirst: boolean, moved: () => void, left: (ticket: Ticket) => void) {
    this.isFirst = isFirst;
    this.moved = moved;
    this.#left = left;
  }

  leave(): void {
    this.#left(this);
  }
}

/** So many places at once, given away in order. */
export class TurnPlaces {
  readonly #limit: () => number;
  readonly #onChange: () => void;
  readonly #held = new Set<Ticket>();
  #waiting: Ticket[] = [];

  /** `limit` may change at any time, and is at least 1 whatever it says. `onChange` must not throw. */
  constructor(limit: () => number, onChange: () => void) {
    this.#limit = limit;
    this.#onChange = onChange;
  }

  get held(): number {
    return this.#held.size;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Takes a free place or joins the queue: at its end, or with `isFirst` before all that did not come so. `moved` is
   * called when the place becomes held or others before it have gone.
   */
  enter(isFirst: boolean, moved: () => void): Place {
    const ticket = new Ticket(isFirst, moved, (left) => this.#leave(left));
    const newcomer = isFirst ? this.#waiting.findIndex((other) => !other.isFirst) : -1;
    this.#waiting.splice(newcomer >= 0 ? newcomer : this.#waiting.length, 0, ticket);
    this.update();
    return ticket;
  }

  /** Gives away what is free: to be called when the limit was raised. */
  update(): void {
    const limit = Math.max(1, this.#limit() || 0);
    const before = this.#waiting;
    const free = Math.max(0, Math.ceil(limit - this.#held.size));
    this.#waiting = before.slice(free);
    for (const ticket of before.slice(0, free)) {
      this.#held.add(ticket);
      ticket.isHeld = true;
      ticket.ahead = 0;
      ticket.moved();
    }
    for (const [index, ticket] of this.#waiting.entries()) {
      if (ticket.ahead === index) continue;
      ticket.ahead = index;
      ticket.moved();
    }
    this.#onChange();
  }

  #leave(ticket: Ticket): void {
    const at = this.#waiting.indexOf(ticket);
    if (at >= 0) this.#waiting.splice(at, 1);
    else if (!this.#held.delete(ticket)) return;
    this.update();
  }
}
