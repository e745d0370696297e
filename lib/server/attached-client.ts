import type { Disposable } from '../base/disposable.ts';
import { DisposableStore } from '../base/disposable.ts';
import { clampSize, type Size } from '../base/geometry.ts';
import { type ClientId, clientId } from '../base/id.ts';
import type { CommandClient, CopyModeOptions } from '../command/command-client.ts';
import type { PaneState, ShownPanes } from '../layout/shown-panes.ts';
import type { ClientMessage } from '../protocol/message.ts';
import type { NoticeForm } from '../screen/outer-notice.ts';
import type { Session } from '../session/session.ts';
import { stripControls } from '../text/sanitize.ts';
import { ClientDialogs } from './client-dialogs.ts';
import type { ClientHost } from './client-host.ts';
import { ClientKeys } from './client-keys.ts';
import { lastUsed } from './client-list.ts';
import { ClientModes } from './client-modes.ts';
import { ClientOutlet } from './client-outlet.ts';
import { ClientPainter } from './client-painter.ts';
import { ClientPanes } from './client-panes.ts';
import { ClientSidebar } from './client-sidebar.ts';
import type { Connection } from './connection.ts';
import { ShownSessions } from './shown-sessions.ts';

let nextClient = 0;

export interface AttachedClientOptions {
  readonly connection: Connection;
  readonly host: ClientHost;
  readonly session: Session;
  readonly size: Size;
  readonly readOnly: boolean;
}

/** One attached client: what it shows, what its keys mean, when it is painted. */
export class AttachedClient implements CommandClient, Disposable {
  readonly id: ClientId = clientId(nextClient++);
  readonly name: string;
  readonly pid: number;
  readonly term: string;
  readonly utf8: boolean;
  readonly createdAt = Date.now();
  /** Where its panes lie on the screen. */
  readonly places: ClientPanes;
  readonly sidebar: ClientSidebar;
  readonly dialogs: ClientDialogs;
  readonly modes: ClientModes;
  readonly keys: ClientKeys;
  readonly painter: ClientPainter;
  readonly #connection: Connection;
  readonly #host: ClientHost;
  readonly #open = new DisposableStore();
  readonly #abort = new AbortController();
  readonly #shown: ShownSessions;
  readonly #outlet: ClientOutlet;
  #size: Size;
  #readOnly: boolean;
  #lastActivity = Date.now();
  #focused = true;
  #closed = false;

  constructor({ connection, host, session, size, readOnly }: AttachedClientOptions) {
    const { hello } = connection;
    this.#connection = connection;
    this.#host = host;
    this.#size = size;
    this.#readOnly = readOnly;
    this.name = uniqueName(stripControls(hello.terminal?.name ?? '', 256) || `client-${hello.pid}`, this.id, host);
    this.pid = hello.pid;
    this.utf8 = hello.utf8;
    this.sidebar = this.#open.add(
      new ClientSidebar({ client: this, host, area: () => this.places.screenArea }, host.sidebars.open(this.name)),
    );
    this.places = new ClientPanes(this, host, session, () => this.#panesChanged());
    this.#shown = new ShownSessions(this.places.panes);
    this.term = stripControls(hello.environment['TERM'] ?? '', 256) || 'unknown';
    this.painter = this.#open.add(
      new ClientPainter({ client: this, connection, host, size, overlays: () => this.dialogs.views }),
    );
    this.dialogs = this.#open.add(new ClientDialogs(this, host, () => this.painter.mark()));
    this.modes = new ClientModes(this, host, this.dialogs);
    this.#outlet = new ClientOutlet(connection, () => this.painter.capabilities);
    this.keys = this.#open.add(new ClientKeys(this, host));
    this.#open.add(connection.onClosed(() => this.dispose()));
  }

  /** Takes the terminal over and paints the first frame. */
  start(): void {
    const others = this.#host.server.clients.filter(
      (other) => other !== this && other.panes.paneOf(this.session) !== undefined,
    );
    const before = this.#host.layouts.take(this.name, this.session, lastUsed(others)?.panes.state);
    if (before !== undefined) this.panes.restore(before, this.session, (session) => this.#lives(session));
    this.painter.takeOver();
    this.#host.desk.used(this.#lastActivity);
    this.#host.desk.changed(this);
    this.painter.flush();
  }

  get size(): Size {
    return this.#size;
  }

  get readOnly(): boolean {
    return this.#readOnly;
  }

  get session(): Session {
    return this.panes.session;
  }

  get panes(): ShownPanes<Session> {
    return this.places.panes;
  }

  get lastSession(): Session | undefined {
    return this.#shown.last;
  }

  get lastActivity(): number {
    return this.#lastActivity;
  }

  get focused(): boolean {
    return this.#focused;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What the client has for a session that fills its screen. */
  get areaSize(): Size {
    const { width, height } = this.places.area;
    return clampSize(width, height);
  }

  shows(session: Session): boolean {
    if (this.panes.count === 1) return session === this.session;
    return this.places.visible.some((pane) => pane.session === session);
  }

  heard(message: ClientMessage): void {
    switch (message.type) {
      case 'input':
        this.#host.noteInput();
        this.keys.type(message.bytes);
        return;
      case 'resize':
        this.#resize(clampSize(message.size.columns, message.size.rows));
        return;
      case 'continued':
        this.refresh();
        return;
      case 'leave':
        this.leave(`[detached (from session ${this.session.name})]`);
        return;
      case 'hello':
      case 'stdin':
      case 'proved':
      case 'yielded':
      case 'takes-terminal':
      case 'flushed':
        return;
      default:
        message satisfies never;
    }
  }

  show(session: Session): void {
    this.dialogs.leaveLists();
    if (session === this.session) return;
    this.#lastActivity = Date.now();
    this.#shown.show(session, this.#layoutOf(session));
    // The switch is painted within the key's own turn: nothing that floods comes between.
    this.painter.flush();
  }

  /** A session is no more: goes on as option detach-on-destroy says, with the last one shown here, or leaves. */
  sessionGone(gone: Session, recent: readonly Session[]): void {
    this.modes.forget(gone);
    const { options, sessions } = this.#host.server;
    const rule = options.string('detach-on-destroy', gone.id);
    if (!this.#shown.gone(gone, rule, recent, sessions)) this.leave('[exited]');
  }

  detach({ hangup, execute }: { readonly hangup: boolean; readonly execute?: string }): void {
    const text = `[detached (from session ${this.session.name})]`;
    this.#end(execute === undefined ? { text, hangup } : { text: '', hangup, execute });
  }

  /** Ends the client with a text such as `[exited]`. */
  leave(text: string): void {
    this.#end({ text, hangup: false });
  }

  suspend(): void {
    this.#connection.send({ type: 'suspend' });
  }

  lock(): void {
    this.#connection.send({ type: 'lock', command: this.#host.server.options.string('lock-command') });
  }

  refresh(): void {
    this.painter.refresh();
  }

  setReadOnly(readOnly: boolean): void {
    this.#readOnly = readOnly;
  }

  message(text: string, milliseconds = this.#host.server.options.number('display-time'), markup?: string): void {
    this.#host.addMessage(text);
    this.dialogs.message(text, milliseconds, markup);
  }

  enterCopyMode(options: CopyModeOptions): void {
    const mode = this.modes.enterCopy(options);
    if (options.mouse) this.keys.startDrag(mode);
  }

  copyToClipboard(text: string): void {
    if (this.#host.server.options.string('set-clipboard') === 'off' || this.#outlet.copy(text)) return;
    this.message('the text is too long for the clipboard; the buffer has it');
  }

  /** A notification on the person's desktop, where the terminal brings it there. */
  notify(title: string, body: string, form?: NoticeForm): void {
    this.#outlet.notify(title, body, form);
  }

  setFocused(focused: boolean): void {
    this.#focused = focused;
    this.#host.desk.changed(this);
  }

  /** A person did something here: sizes follow the client used last. */
  used(): void {
    const before = this.#lastActivity;
    this.#lastActivity = Date.now();
    this.dialogs.clearMessage();
    if (before < this.#host.desk.lastUse) this.#host.desk.changed(this);
    this.#host.desk.used(this.#lastActivity);
  }

  /** A mode of this client changed. */
  changed(): void {
    this.painter.mark();
  }

  bell(): void {
    this.painter.bell();
  }

  dispose(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#host.layouts.keep(this.name, this.panes.state, this.places.layoutArea);
    this.#host.sidebars.keep(this.name, this.sidebar.open);
    this.#abort.abort();
    this.#open.dispose();
    this.#host.desk.left(this);
  }

  /** What is shown changed: sizes follow, and it is painted. */
  #panesChanged(): void {
    if (this.#closed) return;
    this.#host.desk.changed(this);
    this.painter.mark();
  }

  /** A layout that waits for a session that is not on the screen: what is there waits instead. */
  #layoutOf(session: Session): PaneState<Session> | undefined {
    const { layouts } = this.#host;
    const made = this.panes.paneOf(session) === undefined ? layouts.takeWaiting(session) : undefined;
    if (made !== undefined) layouts.putAside(this.panes.state, this.places.layoutArea);
    return made;
  }

  #lives(session: Session): boolean {
    return this.#host.server.sessions.includes(session);
  }

  #resize(size: Size): void {
    this.#size = size;
    this.painter.resize(size);
    this.#host.desk.changed(this);
  }

  #end({
    text,
    hangup,
    execute,
  }: {
    readonly text: string;
    readonly hangup: boolean;
    readonly execute?: string;
  }): void {
    this.#connection.send({ type: 'bye', text, code: 0, hangup, ...(execute === undefined ? {} : { execute }) });
    this.#connection.end();
    this.dispose();
  }
}

/** A client is called by its tty; one whose tty has a client already, by its number as well. */
function uniqueName(wanted: string, id: ClientId, { server }: ClientHost): string {
  return server.clients.some((client) => client.name === wanted) ? `${wanted}-${id}` : wanted;
}
