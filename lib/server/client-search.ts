import type { Disposable } from '../base/disposable.ts';
import { UserError } from '../base/user-error.ts';
import type { KeptPlace } from '../command/archive.ts';
import type { ListEntry } from '../mode/list-entry.ts';
import { highlighted } from '../mode/page-lines.ts';
import { SearchMode } from '../mode/search-mode.ts';
import { TextPreview } from '../mode/text-preview.ts';
import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import { timeSpan } from '../text/amount.ts';
import type { Line } from '../text/line.ts';
import { stripControls } from '../text/sanitize.ts';
import { BOLD, DIM, PLAIN, palette, type Style } from '../text/style.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientDialogs } from './client-dialogs.ts';
import type { ClientHost } from './client-host.ts';

interface PlaceEntry extends ListEntry {
  readonly place: KeptPlace;
}

/** Places that are listed at most. */
const LIMIT = 200;
/** From a key until it is searched, in milliseconds: who types on is not kept waiting. */
const DELAY = 60;
/** Letters from which on it searches while they are typed. */
const SHORTEST = 2;

const NAME: Style = { ...PLAIN, attributes: BOLD };
const FAINT: Style = { ...PLAIN, attributes: DIM };
const FOUND: Style = { ...PLAIN, foreground: palette(3), attributes: BOLD };

/** The search in all conversations of one client, while it is open. */
export class ClientSearch implements Disposable {
  readonly mode: SearchMode<PlaceEntry>;
  readonly #client: AttachedClient;
  readonly #host: ClientHost;
  readonly #dialogs: ClientDialogs;
  #found: readonly PlaceEntry[] = [];
  /** What was found last, and is shown. */
  #shown = '';
  #wanted: string;
  #timer: NodeJS.Timeout | undefined;
  #searching = false;
  #closed = false;
  #preview: { readonly entry: PlaceEntry; readonly columns: number; readonly rows: TextPreview } | undefined;

  constructor(client: AttachedClient, host: ClientHost, dialogs: ClientDialogs, words: string) {
    this.#client = client;
    this.#host = host;
    this.#dialogs = dialogs;
    this.#wanted = words;
    this.mode = new SearchMode<PlaceEntry>({
      title: 'Search all',
      words,
      found: () => this.#found,
      search: (typed) => this.#want(typed),
      preview: (entry) => this.#previewOf(entry),
      style: dialogs.style('mode-style'),
      rows: () => dialogs.pageSize.rows,
      previewRows: () => dialogs.pageSize.rows,
      accept: (entry) => this.#go(entry.place),
      exit: () => dialogs.close(this.mode),
    });
  }

  dispose(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #want(words: string): void {
    this.#wanted = words;
    if (this.#searching) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(), DELAY);
  }

  /** One search at a time; what was typed meanwhile is looked for after it. */
  async #search(): Promise<void> {
    this.#searching = true;
    try {
      while (!this.#closed && this.#wanted !== this.#shown) {
        const words = this.#wanted;
        const places = words.trim().length < SHORTEST ? [] : await this.#host.server.archive.search(words, LIMIT);
        if (this.#closed) return;
        this.#shown = words;
        this.#found = places.map((place, id) => ({
          id,
          place,
          text: place.excerpt,
          line: placeLine(place, Date.now()),
        }));
        this.mode.changed();
        this.#client.changed();
      }
    } catch (error) {
      this.#shown = this.#wanted;
      this.#host.lines.showError(this.#client, error);
    } finally {
      this.#searching = false;
    }
  }

  get #words(): readonly string[] {
    return this.#shown
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
  }

  #previewOf(entry: PlaceEntry): TextPreview {
    const { columns: all } = this.#dialogs.pageSize;
    // Beside the list, as lists lay it out, or below it.
    const columns = (all >= 80 ? all - Math.max(36, Math.floor(all * 0.42)) : all) - 2;
    if (this.#preview?.entry !== entry || this.#preview.columns !== columns)
      this.#preview = { entry, columns, rows: new TextPreview(entry.place.around, columns, this.#words, FOUND) };
    return this.#preview.rows;
  }

  #go(place: KeptPlace): void {
    const words = this.#words;
    this.#dialogs.leaveLists();
    this.#lead(place, words).catch((error: unknown) => this.#host.lines.showError(this.#client, error));
  }

  /** An open session is shown at the place, a closed chat is opened for it, and what a closed program showed is a page. */
  async #lead(place: KeptPlace, words: readonly string[]): Promise<void> {
    const { server } = this.#host;
    const open = server.sessions.find(({ id }) => id === place.openAs);
    if (open !== undefined) {
      if (isChat(open) && !open.isAwake) await open.wake();
      this.#show(open, place.message, words);
    } else if (place.id === undefined || place.isOpen)
      throw new UserError(`${place.session} is not there now; search again`);
    else if (place.kind === 'program')
      this.#client.dialogs.showText(`${place.session} (closed)`, await server.archive.screen(place.id));
    else if (this.#client.readOnly) throw new UserError('client is read-only');
    else this.#show(await server.archive.reopen(place.id), place.message, words);
  }

  /** Shows a session with `words` marked: at a message, or where they came last. */
  #show(session: Session, message: number | undefined, words: readonly string[]): void {
    this.#client.show(session);
    const row = message === undefined || !isChat(session) ? undefined : session.rowOf(message);
    if (message === undefined || row !== undefined) this.#client.modes.lookFor(words, row);
    else this.#client.message('that message is not in what is shown: it was cleared, or is on another branch');
  }
}

/** `3m  s3-denied (closed)  … the words around …`. */
function placeLine({ time, session, isOpen, excerpt, matches }: KeptPlace, now: number): Line {
  const found = highlighted([{ text: excerpt, style: PLAIN }], matches, FOUND);
  return [
    { text: `${timeSpan(Math.max(0, now - time)).padStart(4)}  `, style: FAINT },
    { text: stripControls(session, 40), style: NAME },
    ...(isOpen ? [] : [{ text: ' (closed)', style: FAINT }]),
    { text: '  ', style: PLAIN },
    ...found.map(({ text, style }) => ({ text: stripControls(text, 400), style })),
  ];
}
