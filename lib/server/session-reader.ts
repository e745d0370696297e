import { nearest } from '../base/nearest.ts';
import { errorText } from '../base/user-error.ts';
import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import { type SessionReader, ToolError } from '../tools/tool.ts';

/** Rows that one reading gives at most. */
const MAXIMUM_ROWS = 2000;

/** Who asks whom now, by session: a ring of chats that ask each other would wait for ever. */
type Asking = Map<number, number>;

/** The other sessions, as the tool `session` of the chat with the number `own` sees them. */
export class ServerSessionReader implements SessionReader {
  readonly #sessions: () => readonly Session[];
  readonly #own: number;
  readonly #asking: Asking;

  constructor(sessions: () => readonly Session[], own: number, asking: Asking) {
    this.#sessions = sessions;
    this.#own = own;
    this.#asking = asking;
  }

  list(): ReturnType<SessionReader['list']> {
    return this.#sessions().map(({ id, name, kind, status, waitingReason, preview }) => ({
      name,
      kind: id === this.#own ? `${kind}, this one` : kind,
      status: waitingReason === undefined ? status : `${status}: ${waitingReason}`,
      preview,
    }));
  }

  async read(name: string, lines: number): Promise<string> {
    const session = this.#find(name);
    await this.#wake(session);
    const { content } = session;
    const rows: string[] = [];
    // Blank rows at the end are no text: a screen is seldom full.
    let end = content.endRow;
    while (end > content.firstRow && content.rowText(end - 1).trim() === '') end -= 1;
    const wanted = Math.min(MAXIMUM_ROWS, Math.max(1, Math.floor(lines) || 1));
    for (let row = Math.max(content.firstRow, end - wanted); row < end; row++)
      rows.push(content.rowText(row).trimEnd());
    return rows.join('\n');
  }

  async ask(name: string, text: string, signal: AbortSignal): Promise<string> {
    const session = this.#find(name);
    if (!isChat(session)) throw new ToolError(`${name} is a program: it can be read, not asked`);
    if (this.#leadsBack(session.id))
      throw new ToolError(`${name} waits for this session itself; asking it now would never end`);
    this.#asking.set(this.#own, session.id);
    try {
      await this.#wake(session);
      const { ok, text: reply } = await session.ask(text, signal);
      if (!ok) throw new ToolError(`${name} gave no reply: ${reply}`);
      return reply;
    } finally {
      if (this.#asking.get(this.#own) === session.id) this.#asking.delete(this.#own);
    }
  }

  /** A chat that sleeps shows only its last screen. */
  async #wake(session: Session): Promise<void> {
    if (!isChat(session) || session.isAwake) return;
    try {
      await session.wake();
    } catch (error) {
      throw new ToolError(errorText(error));
    }
  }

  #find(name: string): Session {
    const sessions = this.#sessions();
    const session = sessions.find((other) => other.name === name);
    if (session !== undefined) return session;
    const near = nearest(
      name,
      sessions.map((other) => other.name),
    );
    throw new ToolError(
      `there is no session ${name.slice(0, 64)}${near === undefined ? '' : `; the nearest is ${near}`}`,
    );
  }

  /** Whether a session is this one, or waits for it through others. */
  #leadsBack(id: number): boolean {
    const passed = new Set<number>();
    for (let next: number | undefined = id; next !== undefined && !passed.has(next); next = this.#asking.get(next)) {
      if (next === this.#own) return true;
      passed.add(next);
    }
    return false;
  }
}
