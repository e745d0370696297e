import { type Disposable, DisposableStore } from '../base/disposable.ts';
import { clampSize, type Position, type Size } from '../base/geometry.ts';
import type { PaneId } from '../base/id.ts';
import { expandFormat } from '../config/format.ts';
import { keyName } from '../input/key-name.ts';
import type { OverlayView } from '../mode/overlay-view.ts';
import {
  type Capabilities,
  capabilitiesOf,
  queries,
  restoreSequence,
  startSequence,
  withReply,
} from '../screen/capabilities.ts';
import { ClientScreen } from '../screen/client-screen.ts';
import type { BorderView, IndicatorView, ScreenHit, SidebarView, StatusView } from '../screen/screen-view.ts';
import { withFeatures } from '../screen/terminal-features.ts';
import type { Line } from '../text/line.ts';
import type { AttachedClient } from './attached-client.ts';
import { bannerLine } from './banner.ts';
import { borderView, paneTitles } from './border-view.ts';
import { featuresOf } from './client-features.ts';
import type { ClientHost } from './client-host.ts';
import type { VisiblePane } from './client-panes.ts';
import { copyStyles, exitLabel } from './client-styles.ts';
import { clientView, type PanePicture } from './client-view.ts';
import type { Connection } from './connection.ts';
import { indicatorView } from './indicator-view.ts';
import { Redraw } from './redraw.ts';
import { statusView } from './status-view.ts';

const BELL = Uint8Array.of(7);
const NOTHING = new Uint8Array();

/** Frames in a row that may fail. */
const MAXIMUM_FAILURES = 5;

/** How long a program's synchronized frame holds painting back at most, in milliseconds. */
const MAXIMUM_HOLD = 150;

export interface ClientPainterOptions {
  readonly client: AttachedClient;
  readonly connection: Connection;
  readonly host: ClientHost;
  readonly size: Size;
  /** What lies over the panes. */
  readonly overlays: () => readonly OverlayView[];
}

/** The picture of one client: what belongs in it now, when it is painted, and what its terminal can show. */
export class ClientPainter implements Disposable {
  readonly #client: AttachedClient;
  readonly #connection: Connection;
  readonly #host: ClientHost;
  readonly #overlays: () => readonly OverlayView[];
  readonly #screen: ClientScreen;
  readonly #redraw: Redraw;
  readonly #open = new DisposableStore();
  #capabilities: Capabilities;
  #status: StatusView | undefined;
  #borders: BorderView | undefined;
  #titles: ReadonlyMap<PaneId, Line> = new Map();
  #indicator: IndicatorView | undefined;
  #title: string | undefined;
  #focusEvents = false;
  #mouse = false;
  #sidebar: SidebarView | undefined;
  #statusStale = true;
  #sidebarStale = true;
  #heldSince: number | undefined;
  #bell = false;
  #failures = 0;

  constructor({ client, connection, host, size, overlays }: ClientPainterOptions) {
    this.#client = client;
    this.#connection = connection;
    this.#host = host;
    this.#overlays = overlays;
    const { hello } = connection;
    this.#capabilities = withFeatures(
      capabilitiesOf(client.term, hello.environment, hello.utf8),
      featuresOf(client.term, host.server.options, hello.features),
    );
    this.#screen = this.#open.add(new ClientScreen({ size, capabilities: this.#capabilities }));
    this.#redraw = this.#open.add(
      new Redraw(
        () => this.#tryPaint(),
        () => !connection.congested,
      ),
    );
    this.#open.add(connection.onDrain(() => this.#redraw.resume()));
  }

  get capabilities(): Capabilities {
    return this.#capabilities;
  }

  /** Takes the terminal over; what it answers refines the picture afterwards. */
  takeOver(): void {
    this.#connection.send({
      type: 'attach',
      start: concat(startSequence(this.#capabilities), queries(this.#capabilities)),
      restore: restoreSequence(this.#capabilities),
    });
  }

  hit(position: Position): ScreenHit {
    return this.#screen.hit(position);
  }

  /** The picture is out of date. */
  mark(): void {
    this.#redraw.mark();
  }

  /** A person waits for the next mark: it does not wait for the frame after the one that was just painted. */
  hasten(): void {
    this.#redraw.hasten();
  }

  /** Paints within this turn: nothing that floods comes between. */
  flush(): void {
    this.#redraw.mark();
    this.#redraw.flush();
  }

  /** Paints every cell anew. */
  refresh(): void {
    this.#statusStale = true;
    this.#screen.invalidate();
    this.#redraw.mark();
  }

  resize(size: Size): void {
    this.#sidebarStale = true;
    this.#screen.resize(size);
    this.#redraw.mark();
  }

  /** An answer of the outer terminal to what was asked at the start. */
  replied(bytes: Uint8Array): void {
    this.#host.outerColors.replied(bytes);
    this.#capabilities = withReply(this.#capabilities, bytes);
    this.#screen.setCapabilities(this.#capabilities);
    this.#redraw.mark();
  }

  /** The shown session changed; a flood says so thousands of times a second. */
  contentChanged(): void {
    if (this.#heldSince !== undefined || !this.#redraw.isDue) this.#markHeld();
  }

  statusChanged(): void {
    this.#statusStale = true;
    this.#markHeld();
  }

  sidebarChanged(): void {
    this.#sidebarStale = true;
    this.#markHeld();
  }

  bell(): void {
    this.#bell = true;
    this.#redraw.mark();
  }

  dispose(): void {
    this.#open.dispose();
  }

  /** A frame that the shown program asked to hold together is held, for a moment at most. */
  #markHeld(): void {
    if (
      this.#client.places.visible.some(({ session }) => session.modes.synchronizedOutput && session.exit === undefined)
    ) {
      this.#heldSince ??= performance.now();
      const left = this.#heldSince + MAXIMUM_HOLD - performance.now();
      if (left > 0) {
        this.#redraw.after(left);
        return;
      }
    } else this.#heldSince = undefined;
    this.#redraw.mark();
  }

  /** A picture that cannot be painted is this client's trouble alone: after a few tries it is detached. */
  #tryPaint(): void {
    try {
      this.#paint();
      this.#failures = 0;
    } catch (error) {
      this.#host.bug(`the screen of client ${this.#client.name}`, error);
      this.#screen.invalidate();
      this.#failures += 1;
      if (this.#failures >= MAXIMUM_FAILURES)
        this.#client.leave('[detached: the screen could not be painted; see the log]');
    }
  }

  #paint(): void {
    const client = this.#client;
    const { server } = this.#host;
    if (this.#statusStale || this.#sidebarStale) {
      this.#sidebarStale = false;
      this.#sidebar = client.sidebar.view();
    }
    if (this.#statusStale) {
      this.#statusStale = false;
      this.#indicator = indicatorView(server, client);
      this.#status = statusView(server, client);
      this.#borders = borderView(server, client.places);
      this.#titles = paneTitles(server, client);
      this.#title = this.#titleText();
      this.#focusEvents = server.options.boolean('focus-events');
      this.#mouse = server.options.boolean('mouse');
    }
    const { visible } = client.places;
    const bytes = this.#screen.render(
      clientView({
        panes: visible.map((pane) => this.#pane(pane)),
        borders: visible.length > 1 ? this.#borders : undefined,
        status: this.#status,
        sidebar: this.#sidebar,
        indicator: this.#indicator,
        banner: this.#banner(),
        overlays: this.#overlays(),
        title: this.#title,
        focusEvents: this.#focusEvents,
        mouse: this.#mouse,
      }),
    );
    const bell = this.#bell ? BELL : NOTHING;
    this.#bell = false;
    if (bytes.length + bell.length > 0) this.#connection.send({ type: 'output', bytes: concat(bytes, bell) });
    if (visible.some(({ session }) => client.modes.copyOf(session)?.unfinished === true)) this.#redraw.mark();
  }

  #pane({ id, session, rect, active }: VisiblePane): PanePicture {
    const size = clampSize(rect.width, rect.height);
    return {
      id,
      rect,
      active,
      session,
      copy: this.#client.modes.copyOf(session)?.frame(size, copyStyles(this.#host.server.options)),
      footer: exitLabel(session, rect.width),
      title: this.#titles.get(id),
    };
  }

  #banner(): Line | undefined {
    const { endpointTrouble, server } = this.#host;
    if (endpointTrouble === undefined) return undefined;
    const { session } = this.#client;
    const binding = server.keyTables.bindings('prefix').find(({ command }) => command === 'dismiss-banner');
    const key = binding && `${server.options.string('prefix', session.id)} ${keyName(binding.key)}`;
    return bannerLine(endpointTrouble, session, key, Date.now());
  }

  #titleText(): string | undefined {
    const { server } = this.#host;
    if (!server.options.boolean('set-titles')) return undefined;
    const context = server.formatContext({ client: this.#client, session: this.#client.session });
    return expandFormat(server.options.string('set-titles-string'), context, { time: true });
  }
}

const concat = (a: Uint8Array, b: Uint8Array): Uint8Array => (b.length === 0 ? a : Buffer.concat([a, b]));
