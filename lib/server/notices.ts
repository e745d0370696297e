import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { OptionStore } from '../config/option-store.ts';
import { longestWaitingFirst } from '../mode/session-line.ts';
import type { NoticeForm } from '../screen/outer-notice.ts';
import type { Session } from '../session/session.ts';
import { callsForAttention } from '../session/status.ts';
import { type Noticed, noticeReason, noticeText } from './notice-text.ts';

/** What notices ask of an attached client. */
export interface NoticeClient {
  /** Whether its terminal has the focus; one that never told counts as having it. */
  readonly focused: boolean;
  shows(session: Session): boolean;
  bell(): void;
  notify(title: string, body: string, form?: NoticeForm): void;
}

export interface NoticesOptions {
  readonly clock: Clock;
  readonly options: OptionStore;
  readonly clients: () => readonly NoticeClient[];
  readonly sessions: () => readonly Session[];
  /** Runs the person's command. Must not throw. */
  readonly run: (noticed: readonly Noticed[]) => void;
}

/** Sessions that begin to wait within so many milliseconds are told together. */
const TOGETHER = 400;
/** From one notice to the next at least, in milliseconds. */
const REST = 3000;
/** A bell or a notification of the program itself, at most so many milliseconds before, has told of it already. */
const TOLD = 5000;
/** Notifications that one program may pass on within `BURST` milliseconds. */
const MAXIMUM_BURST = 3;
const BURST = 10_000;
/** From one bell of a program that is shown, and of one that is not, to its next that is heard; in milliseconds. */
const BELL_SHOWN = 100;
const BELL_HIDDEN = 3000;

const FORMS: Readonly<Record<string, NoticeForm | undefined>> = {
  osc: undefined,
  osc9: 'osc9',
  osc99: 'osc99',
  osc777: 'osc777',
};

/**
 * Tells a person of sessions that begin to wait while nobody looks at them: by the count in the title at once, and by bell,
 * notification and command together with what else begins to wait in the same moment. It never shows anything by itself.
 */
export class Notices implements Disposable {
  readonly #given: NoticesOptions;
  /** Sessions that began to wait while nobody looked, until somebody looks or they wait no more. */
  readonly #unseen = new Set<Session>();
  /** Of these what is still to be told. */
  readonly #untold = new Set<Session>();
  readonly #rang = new WeakMap<Session, number>();
  readonly #bells = new WeakMap<Session, number>();
  readonly #passed = new WeakMap<Session, readonly number[]>();
  #told = Number.NEGATIVE_INFINITY;
  #timer: Disposable | undefined;

  constructor(given: NoticesOptions) {
    this.#given = given;
  }

  /** How many sessions the title tells of. */
  get count(): number {
    const { options, sessions } = this.#given;
    if (!this.#ways.includes('title')) return 0;
    return sessions().filter(
      (session) => (callsForAttention(session) || this.#unseen.has(session)) && !options.boolean('mute', session.id),
    ).length;
  }

  /** The status of a session changed, or it waits anew. */
  turned(session: Session): void {
    const reason = noticeReason(session);
    if (reason === undefined || this.#isLookedAt(session)) {
      this.forget(session);
      return;
    }
    this.#unseen.add(session);
    if (!this.#reasons.includes(reason)) return;
    this.#untold.add(session);
    this.#arm();
  }

  /** Who looks at what may be another one: a client came, went, has the focus, or shows something else. */
  looked(): void {
    for (const session of this.#unseen) if (this.#isLookedAt(session)) this.forget(session);
  }

  /** The session is no more, or there is nothing to tell of it. */
  forget(session: Session): void {
    this.#unseen.delete(session);
    this.#untold.delete(session);
  }

  /** Its own bell was heard at a client. */
  rang(session: Session): void {
    this.#rang.set(session, this.#given.clock.now());
  }

  /** Whether a bell that a program rings now is one to be heard: of a flood of them few are. */
  mayRing(session: Session): boolean {
    const { clients, clock } = this.#given;
    const now = clock.now();
    const since = Math.abs(now - (this.#bells.get(session) ?? Number.NEGATIVE_INFINITY));
    if (since < (clients().some((client) => client.shows(session)) ? BELL_SHOWN : BELL_HIDDEN)) return false;
    this.#bells.set(session, now);
    return true;
  }

  /**
   * A program wrote a notification: a terminal that shows it gets it as it is, others with the session's name. None comes
   * from a muted session, and a flood of them is cut: gives false for what was too much.
   */
  passOn(session: Session, title: string, body: string): boolean {
    const { clients, clock, options } = this.#given;
    const now = clock.now();
    const recent = (this.#passed.get(session) ?? []).filter((time) => Math.abs(now - time) < BURST);
    if (recent.length >= MAXIMUM_BURST) return false;
    this.#passed.set(session, [...recent, now]);
    if (!options.boolean('notify-programs') || options.boolean('mute', session.id)) return true;
    this.rang(session);
    for (const client of clients())
      if (client.shows(session)) client.notify(title, body, title === '' ? 'osc9' : 'osc777');
      else client.notify(title === '' ? session.name : `${session.name}: ${title}`, body);
    return true;
  }

  dispose(): void {
    this.#timer?.dispose();
  }

  get #ways(): readonly string[] {
    return words(this.#given.options.get('notify-on-waiting'));
  }

  get #reasons(): readonly string[] {
    return words(this.#given.options.get('notify-reasons'));
  }

  #isLookedAt(session: Session): boolean {
    return this.#given.clients().some((client) => client.focused && client.shows(session));
  }

  #arm(): void {
    const { clock } = this.#given;
    const rest = this.#told + REST - clock.now();
    this.#timer ??= clock.after(rest > 0 && rest <= REST ? Math.max(TOGETHER, rest) : TOGETHER, () => {
      this.#timer = undefined;
      this.#tell();
    });
  }

  #tell(): void {
    const { clock, options } = this.#given;
    const sessions = [...this.#untold].filter((session) => !options.boolean('mute', session.id));
    this.#untold.clear();
    const noticed = sessions.sort(longestWaitingFirst).flatMap((session): readonly Noticed[] => {
      const reason = noticeReason(session);
      return reason === undefined || this.#isLookedAt(session) ? [] : [{ session, reason }];
    });
    if (noticed.length === 0) return;
    this.#told = clock.now();
    const fresh = noticed.filter(({ session }) => !this.#hasTold(session));
    for (const way of this.#ways) this.#tellBy(way, noticed, fresh);
  }

  /** What has rung or notified by itself does not do so twice; a command hears of everything. */
  #tellBy(way: string, noticed: readonly Noticed[], fresh: readonly Noticed[]): void {
    const { clients, run } = this.#given;
    if (way === 'command') run(noticed);
    if (fresh.length === 0) return;
    if (way === 'bell') for (const client of clients()) client.bell();
    else if (Object.hasOwn(FORMS, way))
      for (const client of clients()) client.notify('qmux', noticeText(fresh), FORMS[way]);
  }

  #hasTold(session: Session): boolean {
    const time = this.#rang.get(session);
    return time !== undefined && Math.abs(this.#given.clock.now() - time) < TOLD;
  }
}

const words = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);
