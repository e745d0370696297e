import type { Disposable } from '../base/disposable.ts';
import type { SessionId } from '../base/id.ts';
import {
  currentKeyTable,
  holdsEscape,
  INITIAL_ROUTER_STATE,
  type RouterAction,
  type RouterMode,
  type RouterOptions,
  type RouterState,
  route,
  withKeyTable,
} from '../input/input-router.ts';
import type { InputEvent, Key, MouseEvent } from '../input/key.ts';
import { KeyDecoder } from '../input/key-decoder.ts';
import { parseKey } from '../input/key-name.ts';
import type { MousePlace } from '../input/mouse-name.ts';
import { PlainKeys } from '../input/plain-keys.ts';
import type { CopyMode } from '../mode/copy-mode.ts';
import { ListMode } from '../mode/list-mode.ts';
import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import { BorderDrag } from './border-drag.ts';
import type { ClientHost } from './client-host.ts';
import { CopyDrag } from './copy-drag.ts';
import { TypeAhead } from './type-ahead.ts';

/** Modes that get every key, the prefix too. */
const EXCLUSIVE = new Set(['prompt', 'confirm', 'key']);
/** Where the keys of a session go whose program has ended. */
const DEAD_TABLE = 'dead';
/** Text pasted into a mode at most, in bytes: no name, search or filter is longer. */
const MAXIMUM_MODE_PASTE = 64 * 1024;

/** A client's bytes to what they mean: commands, a mode's keys, or input for the session. */
export class ClientKeys implements Disposable {
  readonly #client: AttachedClient;
  readonly #host: ClientHost;
  readonly #decoder = new KeyDecoder();
  #state: RouterState = INITIAL_ROUTER_STATE;
  #escapeTimer: NodeJS.Timeout | undefined;
  #current: InputEvent | undefined;
  readonly #typed: TypeAhead;
  readonly #drag: CopyDrag;
  readonly #borderDrag: BorderDrag;
  #pasted: Uint8Array[] = [];
  #pastedBytes = 0;
  /** What options say, asked for with every key. */
  #settings: Settings | undefined;
  readonly #plain: PlainKeys;

  constructor(client: AttachedClient, host: ClientHost) {
    this.#client = client;
    this.#host = host;
    this.#drag = new CopyDrag(client, host);
    this.#borderDrag = new BorderDrag(client);
    this.#plain = new PlainKeys(host.server.keyTables);
    this.#typed = new TypeAhead(
      (event) => this.#handle(event),
      () => host.preparing,
    );
  }

  get table(): string {
    return currentKeyTable(this.#state, this.#options(), performance.now());
  }

  get current(): Uint8Array | undefined {
    return this.#current !== undefined && 'bytes' in this.#current ? this.#current.bytes : undefined;
  }

  type(bytes: Uint8Array): void {
    if (this.#escapeTimer !== undefined) clearTimeout(this.#escapeTimer);
    this.#escapeTimer = undefined;
    const plain = this.#plainLength(bytes);
    if (plain > 0) this.#forwardPlain(bytes.subarray(0, plain));
    if (plain === bytes.length) return;
    this.#typed.take(this.#decoder.decode(bytes.subarray(plain), this.#holdsEscape));
    if (this.#decoder.pending)
      this.#escapeTimer = setTimeout(() => {
        this.#typed.take(this.#decoder.flush());
      }, this.#host.server.options.number('escape-time'));
  }

  switchTable(name: string): void {
    this.#state = withKeyTable(this.#state, name, this.#options());
  }

  /** Copy mode begins in the middle of a drag: from where the button went down. */
  startDrag(mode: CopyMode): void {
    const event = this.#current;
    if (event?.type === 'mouse') this.#drag.begin(mode, event);
  }

  /** Gives the mouse event that runs a binding to a session. */
  forwardMouse(session: Session): void {
    const event = this.#current;
    if (event?.type !== 'mouse' || session.exit !== undefined || this.#client.modes.copyOf(session) !== undefined)
      return;
    session.input({ ...event, ...this.#drag.cellOf(event, session) });
  }

  /** The border that the mouse went down on follows it until the button is let go. */
  dragBorder(): void {
    if (this.#current?.type === 'mouse') this.#borderDrag.begin(this.#current);
  }

  dispose(): void {
    clearTimeout(this.#escapeTimer);
    this.#drag.dispose();
    this.#typed.dispose();
  }

  /** Asked only where it matters: when an Escape comes, or has come. */
  readonly #holdsEscape = (): boolean =>
    holdsEscape(this.#state, this.#host.server.keyTables, this.#options(), performance.now());

  /** How many bytes at the beginning are keys that mean nothing to qmux nor to a mode, and that the program takes as they are. */
  #plainLength(bytes: Uint8Array): number {
    const { table, repeatUntil } = this.#state;
    const isAmidst = table !== undefined || repeatUntil !== undefined || !this.#decoder.isIdle || !this.#typed.isIdle;
    if (isAmidst) return 0;
    const options = this.#options();
    if (options.mode !== undefined) return 0;
    const { kittyKeyboard, modifyOtherKeys } = this.#client.session.modes;
    if (kittyKeyboard !== 0 || modifyOtherKeys !== 0) return 0;
    return this.#plain.leading(bytes, options);
  }

  /** All that `#handle` does of such keys, for a run of them: a person's next word, or a megabyte. */
  #forwardPlain(bytes: Uint8Array): void {
    const { session } = this.#client;
    this.#client.used();
    this.#client.painter.hasten();
    if (!this.#client.readOnly) session.send(bytes);
  }

  /** True when what the key began may go on after it. */
  #handle(event: InputEvent): boolean {
    if (event.type === 'reply') {
      this.#client.painter.replied(event.bytes);
      return false;
    }
    if (event.type === 'focus') {
      this.#client.setFocused(event.focused);
      return false;
    }
    if (event.type !== 'mouse' || event.action !== 'move') this.#client.used();
    if (event.type === 'mouse' && (this.#borderDrag.heard(event) || this.#drag.heard(event))) return false;
    const place = event.type === 'mouse' ? this.#place(event) : undefined;
    if (place === 'Pane' && event.type === 'mouse' && isClick(event) && this.#inSidebar) this.#client.sidebar.leave();
    const options = this.#options(place);
    const { state, action } = route(this.#state, event, this.#host.server.keyTables, options, performance.now());
    const tableBefore = this.#state.table;
    this.#state = state;
    if (tableBefore !== state.table) this.#client.painter.statusChanged();
    this.#current = event;
    this.#client.painter.hasten();
    const modeBefore = this.#client.modes.top;
    try {
      this.#act(action);
      return action.type === 'command' || this.#client.modes.top !== modeBefore;
    } finally {
      this.#current = undefined;
    }
  }

  #act(action: RouterAction): void {
    switch (action.type) {
      case 'command':
        this.#host.lines.runLine(action.binding.command, {
          client: this.#client,
          mouseSession: action.event.type === 'mouse' ? this.#sessionAt(action.event) : undefined,
        });
        return;
      case 'forward':
        this.#forward(action.event);
        return;
      case 'mode-key':
        this.#client.modes.top?.key(action.key);
        this.#client.changed();
        return;
      case 'mode-paste':
        this.#modePaste(action.event);
        return;
      case 'mode-mouse':
        this.#modeMouse(action.event);
        return;
      case 'swallow':
        return;
      default:
        action satisfies never;
    }
  }

  #forward(event: InputEvent): void {
    const { session } = this.#client;
    if (this.#client.readOnly || session.exit !== undefined) return;
    if (event.type === 'mouse') {
      const hit = this.#client.painter.hit(event);
      if (hit.kind !== 'pane' && event.action === 'press') return;
      // A drag stays with the pane in which it began, the active one.
      const held = event.action === 'drag' || event.action === 'release';
      const under = held || hit.kind !== 'pane' ? session : (this.#client.panes.sessionOf(hit.pane) ?? session);
      under.input({ ...event, ...this.#drag.cellOf(event, under) });
      return;
    }
    session.input(event);
  }

  #modePaste({ bytes, first, last }: Extract<InputEvent, { type: 'paste' }>): void {
    if (first) {
      this.#pasted = [];
      this.#pastedBytes = 0;
    }
    if (this.#pastedBytes < MAXIMUM_MODE_PASTE) this.#pasted.push(bytes);
    this.#pastedBytes += bytes.length;
    if (!last) return;
    const text = Buffer.concat(this.#pasted).subarray(0, MAXIMUM_MODE_PASTE).toString();
    this.#pasted = [];
    this.#client.modes.top?.paste(text);
    this.#client.changed();
  }

  /** Mouse events that no binding wants, over a mode: a press selects what is under it, a second one accepts it. */
  #modeMouse(event: MouseEvent): void {
    const mode = this.#client.modes.top;
    if (event.action !== 'press' || event.button !== 'left') return;
    const hit = this.#client.painter.hit(event);
    if (!(mode instanceof ListMode) || hit.kind !== 'list-item') return;
    if (mode.index === hit.index) mode.action('accept', [], 1);
    else mode.select(hit.index);
    this.#client.changed();
  }

  #options(place?: MousePlace): RouterOptions {
    const settings = this.#currentSettings();
    const mode = this.#routerMode(place);
    if (place !== undefined || mode !== undefined) return { ...settings.options, mode, place };
    return settings.options;
  }

  /** What the keys mean before the root table: for the mode on top, else for the session itself, if it has a table. */
  #routerMode(place: MousePlace | undefined): RouterMode | undefined {
    const { session } = this.#client;
    // The sidebar takes keys, and the mouse only where it stands itself.
    const aside = place !== undefined && !place.startsWith('Sidebar') && this.#inSidebar;
    const topMode = aside ? this.#client.modes.copy : this.#client.modes.top;
    if (topMode !== undefined) return { keyTable: topMode.keyTable, exclusive: EXCLUSIVE.has(topMode.keyTable) };
    if (session.exit !== undefined) return { keyTable: session.keyTable ?? DEAD_TABLE, exclusive: false };
    const { keyTable } = session;
    return keyTable === undefined ? undefined : { keyTable, exclusive: false, forwards: true };
  }

  get #inSidebar(): boolean {
    const { mode } = this.#client.sidebar;
    return mode !== undefined && this.#client.modes.top === mode;
  }

  /** What options say for the shown session. */
  #currentSettings(): Settings {
    const { options } = this.#host.server;
    const { id } = this.#client.session;
    const { generation } = options;
    if (this.#settings?.session === id && this.#settings.generation === generation) return this.#settings;
    const prefix = keyOf(options.string('prefix', id));
    const prefix2 = keyOf(options.string('prefix2', id));
    const repeatTime = options.number('repeat-time', id);
    this.#settings = { session: id, generation, options: { prefix, prefix2, repeatTime, mode: undefined } };
    return this.#settings;
  }

  #place(event: MouseEvent): MousePlace {
    const hit = this.#client.painter.hit(event);
    if (hit.kind === 'status') return hit.session === undefined ? 'StatusDefault' : 'Status';
    if (hit.kind === 'border') return 'Border';
    if (hit.kind === 'banner') return 'Banner';
    if (hit.kind === 'sidebar') return hit.session === undefined ? 'SidebarDefault' : 'Sidebar';
    if (hit.kind === 'indicator') return hit.session === undefined ? 'IndicatorMore' : 'Indicator';
    return 'Pane';
  }

  #sessionAt(event: MouseEvent): Session | undefined {
    const hit = this.#client.painter.hit(event);
    if (hit.kind === 'pane') return this.#client.panes.sessionOf(hit.pane) ?? this.#client.session;
    if (hit.kind !== 'status' && hit.kind !== 'sidebar' && hit.kind !== 'indicator') return this.#client.session;
    return this.#host.server.sessions.find((session) => session.id === hit.session);
  }
}

/** What options said for a session, good as long as they are of that generation, and what holds for keys without a mode. */
interface Settings {
  readonly session: SessionId;
  readonly generation: number;
  readonly options: RouterOptions;
}

const isClick = ({ action, button }: MouseEvent): boolean =>
  action === 'press' && (button === 'left' || button === 'middle' || button === 'right');

/** The option's key; `None` and what is no key are none. */
function keyOf(spelling: string): Key | undefined {
  if (spelling === '' || spelling.toLowerCase() === 'none') return undefined;
  try {
    return parseKey(spelling);
  } catch {
    return undefined;
  }
}
