import type { Disposable } from '../base/disposable.ts';
import type { Size } from '../base/geometry.ts';
import type { ChooseOptions, Dialogs, PromptOptions, ReviewAnswer } from '../command/dialogs.ts';
import { ClockMode } from '../mode/clock-mode.ts';
import { ConfirmMode } from '../mode/confirm-mode.ts';
import { KeyMode } from '../mode/key-mode.ts';
import type { ListEntry } from '../mode/list-entry.ts';
import { ListMode } from '../mode/list-mode.ts';
import type { Mode } from '../mode/mode.ts';
import type { OverlayView } from '../mode/overlay-view.ts';
import { textLines } from '../mode/page-lines.ts';
import { PanesMode } from '../mode/panes-mode.ts';
import { PromptMode } from '../mode/prompt-mode.ts';
import { ReviewMode } from '../mode/review-mode.ts';
import { TextMode } from '../mode/text-mode.ts';
import type { Session } from '../session/session.ts';
import { parseColor } from '../text/color-name.ts';
import type { Line } from '../text/line.ts';
import { parseMarkup, parseStyle } from '../text/markup.ts';
import { sanitize } from '../text/sanitize.ts';
import { PLAIN, palette, type Style } from '../text/style.ts';
import type { AttachedClient } from './attached-client.ts';
import { ClientClosed } from './client-closed.ts';
import type { ClientHost } from './client-host.ts';
import type { LogWish } from './client-log-viewer.ts';
import { ClientOverlays } from './client-overlays.ts';
import { ClientPicker } from './client-picker.ts';
import { ClientSearch } from './client-search.ts';

/** How often a live page asks for its text again, in milliseconds. */
const LIVE_INTERVAL = 1000;

/** What a client asks its person and shows over the panes. */
export class ClientDialogs implements Dialogs, Disposable {
  readonly #client: AttachedClient;
  readonly #host: ClientHost;
  readonly #overlays: ClientOverlays;
  /** Gives everybody who waits for an answer the answer of somebody who left. */
  readonly #leave = new Set<() => void>();
  /** Modes that stay open while they act, with what they hold. */
  readonly #held = new Map<Mode, Disposable>();

  constructor(client: AttachedClient, host: ClientHost, onChange: () => void) {
    this.#client = client;
    this.#host = host;
    this.#overlays = new ClientOverlays(onChange);
  }

  get top(): Mode | undefined {
    return this.#overlays.top;
  }

  get views(): readonly OverlayView[] {
    return this.#overlays.views;
  }

  clearMessage(): void {
    this.#overlays.clearMessage();
  }

  /** @param markup the same text with styles of our own, where it has some */
  message(text: string, milliseconds: number, markup?: string): void {
    const style = this.style('message-style');
    const line = markup === undefined ? [{ text: sanitize(text), style }] : parseMarkup(sanitize(markup), style);
    this.#overlays.message(line, style, milliseconds);
  }

  showText(title: string, text: string): void {
    this.showLines(title, textLines(text));
  }

  /** A page of lines that are safe. */
  showLines(title: string, lines: readonly Line[]): void {
    const mode: TextMode = new TextMode({
      title,
      text: lines,
      size: () => this.pageSize,
      exit: () => this.#overlays.close(mode),
    });
    this.#overlays.open(mode);
  }

  showLive(title: string, text: () => string): void {
    const stop = () => {
      clearInterval(timer);
      this.#leave.delete(stop);
      this.#overlays.close(mode);
    };
    const mode = new TextMode({ title, text: text(), size: () => this.pageSize, exit: stop });
    const timer = setInterval(() => this.#overlays.update(() => mode.update(text())), LIVE_INTERVAL);
    this.#leave.add(stop);
    this.#overlays.open(mode);
  }

  showClock(): void {
    const { options } = this.#host.server;
    const id = this.#client.session.id;
    const mode: ClockMode = new ClockMode({
      now: () => new Date(),
      hours: options.string('clock-mode-style', id) === '12' ? '12' : '24',
      color: parseColor(options.string('clock-mode-colour', id)) ?? palette(4),
      exit: () => this.#overlays.close(mode),
    });
    this.#overlays.open(mode);
  }

  /** The session of the pane whose number is chosen; undefined when none is, within `milliseconds` where they are given. */
  async choosePane(milliseconds: number | undefined): Promise<Session | undefined> {
    const { panes, places } = this.#client;
    let timer: NodeJS.Timeout | undefined;
    const index = await this.#ask<number | undefined>((answer) => {
      if (milliseconds !== undefined) timer = setTimeout(() => answer(undefined), milliseconds);
      return new PanesMode({ panes: () => places.visible, answer });
    }, undefined);
    clearTimeout(timer);
    return index === undefined ? undefined : panes.all[index]?.session;
  }

  prompt(options: PromptOptions): Promise<string | undefined> {
    const style = this.style('message-style');
    if (options.kind === 'key') {
      return this.#ask<string | undefined>((answer) => new KeyMode({ label: options.label, style, answer }), undefined);
    }
    return this.#ask<string | undefined>(
      (done) =>
        new PromptMode({
          label: options.label,
          initial: options.initial,
          single: options.single,
          style,
          history: this.#host.history(options.kind === 'command' ? 'command' : 'text'),
          historyLimit: this.#host.server.options.number('prompt-history-limit'),
          complete:
            options.kind === 'command' ? (line, cursor) => this.#host.complete(line, cursor, this.#client) : undefined,
          onChange: options.onChange,
          accept: done,
          cancel: () => done(undefined),
        }),
      undefined,
    );
  }

  confirm(question: string): Promise<boolean> {
    const style = this.style('message-style');
    return this.#ask((done) => new ConfirmMode({ question, style, answer: done }), false);
  }

  review(title: string, text: string, { fromEnd = false } = {}): Promise<ReviewAnswer | undefined> {
    const size = () => this.pageSize;
    return this.#ask<ReviewAnswer | undefined>(
      (answer) =>
        new ReviewMode({ title: `y once, t trust, n refuse, q later · ${title}`, text, size, fromEnd, answer }),
      undefined,
    );
  }

  choose({ title, items, selected }: ChooseOptions): Promise<number | undefined> {
    const entries = items.map((text, id): ListEntry & { readonly id: number } => ({
      id,
      text,
      line: parseMarkup(text),
    }));
    return this.#ask<number | undefined>(
      (done) =>
        new ListMode<(typeof entries)[number]>({
          title,
          items: () => entries,
          selected,
          style: this.style('mode-style'),
          hint: '? keys, Enter takes it, / filters, q leaves',
          rows: () => this.pageSize.rows,
          accept: (entry) => done(entry.id),
          exit: () => done(undefined),
        }),
      undefined,
    );
  }

  openPicker(filter: string | undefined): void {
    const picker = new ClientPicker(this.#client, this.#host, this, filter);
    this.open(picker.mode, picker);
  }

  /** The files of a session's directory; their code is loaded with the first. */
  async browseFiles(session: Session): Promise<void> {
    const { ClientFileBrowser } = await import('./client-file-browser.ts');
    if (this.#client.signal.aborted) return;
    const browser = new ClientFileBrowser(this.#client, this.#host, this, session);
    this.open(browser.mode, browser);
  }

  /** The log and what happened to sessions; the code of it is loaded with the first. */
  async showLog(wish: LogWish): Promise<void> {
    const { ClientLogViewer } = await import('./client-log-viewer.ts');
    if (this.#client.signal.aborted) return;
    const viewer = new ClientLogViewer(this.#client, this.#host, this, wish);
    this.open(viewer.mode, viewer);
  }

  openSearch(words: string): void {
    const search = new ClientSearch(this.#client, this.#host, this, words);
    this.open(search.mode, search);
  }

  openClosed(): void {
    const closed = new ClientClosed(this.#client, this.#host, this);
    this.open(closed.mode, closed);
  }

  /** Puts a mode over the panes; what it holds is given up when it is closed, by whatever. */
  open(mode: Mode, holds: Disposable): void {
    this.#held.set(mode, holds);
    this.#overlays.open(mode);
  }

  close(mode: Mode): void {
    this.#overlays.close(mode);
    const holds = this.#held.get(mode);
    this.#held.delete(mode);
    holds?.dispose();
  }

  /** The person goes to a session: what leads to sessions has done its work. */
  leaveLists(): void {
    for (const mode of [...this.#held.keys()]) this.close(mode);
  }

  dispose(): void {
    for (const leave of [...this.#leave]) leave();
    this.leaveLists();
    this.#overlays.dispose();
  }

  /** Opens a mode that answers once, and closes it with the answer; a client that goes away gives `left`. */
  #ask<T>(open: (done: (answer: T) => void) => Mode, left: T): Promise<T> {
    return new Promise((resolve) => {
      const done = (answer: T) => {
        this.#leave.delete(leave);
        this.#overlays.close(mode);
        resolve(answer);
      };
      const leave = () => done(left);
      const mode = open(done);
      this.#leave.add(leave);
      this.#overlays.open(mode);
    });
  }

  /** Cells that a page or a list has. */
  get pageSize(): Size {
    const { width, height } = this.#client.places.screenArea;
    return { columns: width, rows: Math.max(1, height - 1) };
  }

  /** A style that an option names. */
  style(option: string): Style {
    return parseStyle(this.#host.server.options.string(option), PLAIN);
  }
}
