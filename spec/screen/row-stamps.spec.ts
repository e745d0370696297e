import { expect } from 'chai';
import fc from 'fast-check';
import { paneId, sessionId } from '../../lib/base/id.ts';
import { EMPTY_CONVERSATION } from '../../lib/conversation/conversation.ts';
import type { OverlayView } from '../../lib/mode/overlay-view.ts';
import { capabilitiesOf, startSequence } from '../../lib/screen/capabilities.ts';
import { CellReduction } from '../../lib/screen/cell-reduction.ts';
import { besideSidebar, ClientScreen, paneArea } from '../../lib/screen/client-screen.ts';
import { Compositor } from '../../lib/screen/compositor.ts';
import type { PaneView, ScreenView, SidebarView } from '../../lib/screen/screen-view.ts';
import { ChatView } from '../../lib/session/chat-view.ts';
import { PLAIN_MODES } from '../../lib/terminal/plain-modes.ts';
import { Grid } from '../../lib/text/grid.ts';
import type { RowSource } from '../../lib/text/row-source.ts';
import { PLAIN, palette } from '../../lib/text/style.ts';
import { expectShown } from '../support/expect-shown.ts';
import { openTerminal } from '../support/open-terminal.ts';
import { OuterTerminal } from '../support/outer-terminal.ts';
import { GREEN, line, paneView, statusItem, statusView } from '../support/screen-views.ts';

const capabilities = capabilitiesOf('xterm-256color', { COLORTERM: 'truecolor' }, true);
const LINES = ['one', 'two 中文', '\x1b[31mred\x1b[m', 'a long line that goes on and on and on and on', '🚀 é', ''];

/** A screen whose parts change one at a time, as a person and programs change them. */
class Scene {
  size = { columns: 50, rows: 14 };
  readonly terminals = [openTerminal(50, 13), openTerminal(50, 13), openTerminal(24, 13)];
  draft = 'draft';
  readonly chat: ChatView;
  /** Which sources the panes show. */
  shown = [0, 1];
  split = false;
  scrolled = 0;
  selected = false;
  label: PaneView['label'];
  footer: PaneView['footer'];
  reverse = false;
  status: ScreenView['status'] = statusView([statusItem(0, 'sh', { shown: true })]);
  overlays: OverlayView[] = [];
  sidebar = false;
  sidebarTop = 0;
  indicator: ScreenView['indicator'];
  banner: ScreenView['banner'];
  titles: readonly PaneView['title'][] = [];

  constructor() {
    this.chat = new ChatView(
      {
        conversation: EMPTY_CONVERSATION,
        panel: () => [],
        draft: () => ({ rows: [line(this.draft)], cursor: { x: this.draft.length, y: 0 } }),
        greeting: () => [line('What shall we do?')],
      },
      { columns: 50, rows: 13 },
    );
  }

  get view(): ScreenView {
    const place: SidebarView['rect'] = { x: 0, y: 0, width: 14, height: this.size.rows - 1 };
    const sidebar: SidebarView | undefined = this.sidebar ? this.#sidebar(place) : undefined;
    const area = besideSidebar(paneArea(this.size, this.status?.position), sidebar);
    const left = Math.floor(area.width / 2);
    const split = this.split && area.width > 4;
    const rects = split
      ? [
          { ...area, width: left },
          { ...area, x: area.x + left + 1, width: area.width - left - 1 },
        ]
      : [area];
    return {
      panes: rects.map((rect, index) => this.#pane(rect, index)),
      borders: split ? this.#borders : undefined,
      status: this.status,
      sidebar,
      indicator: this.indicator,
      banner: this.banner,
      overlays: this.overlays,
      title: undefined,
      modes: PLAIN_MODES,
      mouse: false,
      focusEvents: false,
    };
  }

  readonly #borders: ScreenView['borders'] = { style: PLAIN, activeStyle: GREEN, titles: 'top' };
  #sidebars = new Map<string, SidebarView>();

  /** The same one while nothing of it changes, as the server gives it. */
  #sidebar(rect: SidebarView['rect']): SidebarView {
    const key = `${JSON.stringify(rect)} ${this.sidebarTop}`;
    const items = ['alpha', 'beta', 'gamma'].map((name, index) => ({
      session: sessionId(index),
      left: line(name),
      right: line('·'),
      below: line(`in ${name}`),
    }));
    const made: SidebarView = {
      rect,
      side: 'left',
      style: PLAIN,
      title: line('Sessions'),
      items,
      top: this.sidebarTop,
      selected: undefined,
      selectedStyle: GREEN,
      focused: false,
      hint: '',
    };
    const view = this.#sidebars.get(key) ?? made;
    this.#sidebars.set(key, view);
    return view;
  }

  #pane(rect: PaneView['rect'], index: number): PaneView {
    const number = this.shown[index] ?? 0;
    const source: RowSource = this.terminals[number]?.terminal ?? this.chat;
    const top = Math.max(source.firstRow, source.screenTop - (index === 0 ? this.scrolled : 0));
    const from = { row: top + 1, column: 2 };
    const highlight = { from, to: { row: top + 3, column: 5 }, shape: 'flow' as const, style: GREEN };
    const isFirst = index === 0;
    return paneView(source, this.size, {
      id: paneId(index),
      rect,
      top,
      active: isFirst,
      cursor: { x: 1, y: Math.min(1, rect.height - 1), visible: true, shape: undefined, blinking: false },
      highlights: isFirst && this.selected ? [highlight] : [],
      label: isFirst ? this.label : undefined,
      footer: isFirst ? this.footer : undefined,
      reverse: isFirst && this.reverse,
      title: this.titles[index],
    });
  }
}

type Change = (scene: Scene, number: number) => void;

const CHANGES: Readonly<Record<string, Change>> = {
  write: ({ terminals }, number) => terminals[number % 3]?.write(LINES[number % LINES.length] ?? ''),
  'write elsewhere': ({ terminals }, number) =>
    terminals[number % 3]?.write(`\x1b[${1 + (number % 13)};${1 + (number % 40)}H\x1b[1;3${number % 8}m${number}`),
  'feed lines': ({ terminals }, number) =>
    terminals[number % 3]?.write(
      Array.from({ length: number % 5 }, (_, i) => `${LINES[i] ?? ''}${number}`).join('\r\n'),
    ),
  'scroll within margins': ({ terminals }, number) =>
    terminals[number % 3]?.write(`\x1b[3;9r\x1b[9;1H\n\n${number}\x1b[r`),
  erase: ({ terminals }, number) =>
    terminals[number % 3]?.write(['\x1b[2J', '\x1b[K', '\x1b[4L', '\x1b[44m\x1b[2M'][number % 4] ?? ''),
  'alternate screen': ({ terminals }, number) =>
    terminals[number % 3]?.write(number % 2 === 0 ? '\x1b[?1049halt' : '\x1b[?1049l'),
  'resize a session': ({ terminals }, number) =>
    terminals[number % 3]?.terminal.resize({ columns: 20 + (number % 40), rows: 6 + (number % 10) }),
  'resize the client': (scene, number) => {
    scene.size = { columns: 22 + (number % 40), rows: 5 + (number % 14) };
  },
  switch: (scene, number) => {
    scene.shown = [number % 4, (number >> 2) % 4];
  },
  split: (scene) => {
    scene.split = !scene.split;
  },
  'copy mode': (scene, number) => {
    scene.scrolled = number % 6;
    scene.label = scene.scrolled === 0 ? undefined : line(`[${scene.scrolled}/9]`);
  },
  select: (scene) => {
    scene.selected = !scene.selected;
  },
  footer: (scene) => {
    scene.footer = scene.footer === undefined ? line('exited with 1') : undefined;
  },
  reverse: (scene) => {
    scene.reverse = !scene.reverse;
  },
  status: (scene, number) => {
    const position = number % 4 === 0 ? 'top' : 'bottom';
    scene.status = number % 7 === 0 ? undefined : statusView([statusItem(0, `sh${number}`)], { position });
  },
  overlay: (scene, number) => {
    const kinds: readonly OverlayView[] = [
      { kind: 'message', line: line(`message ${number}`), style: GREEN },
      { kind: 'clock', text: '12:34', color: palette(4) },
      { kind: 'text', title: 'Help', lines: LINES.map((text) => line(text)), top: number % 3 },
      {
        kind: 'prompt',
        label: line(':'),
        text: `${number}`,
        cursor: 1,
        style: GREEN,
        completions: number % 2 === 0 ? ['alpha', 'beta'] : [],
        selected: undefined,
      },
      {
        kind: 'list',
        title: 'Sessions',
        filter: undefined,
        items: LINES.map((text) => ({ line: line(text), marked: false })),
        selected: number % 4,
        preview: scene.terminals[0]?.terminal,
        previewTop: 0,
        hint: '',
      },
    ];
    scene.overlays = kinds.slice(number % 6, (number % 6) + 1);
  },
  sidebar: (scene) => {
    scene.sidebar = !scene.sidebar;
  },
  'scroll the sidebar': (scene, number) => {
    scene.sidebarTop = number % 3;
  },
  indicator: (scene, number) => {
    const items = [{ session: sessionId(1), line: line(` waits ${number} `) }];
    const corner = number % 2 === 0 ? 'top-right' : 'bottom-left';
    scene.indicator = number % 3 === 0 ? undefined : { corner, style: GREEN, items, total: 1 };
  },
  banner: (scene, number) => {
    scene.banner = number % 2 === 0 ? undefined : line(`no answer for ${number} s`);
  },
  titles: (scene, number) => {
    scene.titles = [line(`left ${number}`), line('right')];
  },
  'type into the chat': (scene, number) => {
    scene.draft = `draft ${number}`;
    scene.chat.invalidate();
  },
};

const change = fc.tuple(fc.constantFrom(...Object.keys(CHANGES)), fc.nat(200));

/** All that a grid holds. */
const planes = (grid: Grid): unknown => [
  grid.glyphs,
  grid.foregrounds,
  grid.backgrounds,
  grid.attributes,
  grid.underlineColors,
  grid.links,
];

describe('drawing only what changed', () => {
  it('gives the same cells as drawing all, whatever changes', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), (changes) => {
        const scene = new Scene();
        const used = new Compositor();
        // Where an indicator stands depends on what was before; of a new grid all is drawn.
        const all = new Compositor();
        const reduction = new CellReduction(capabilities);
        let grid = new Grid(scene.size);
        for (const [name, number] of changes) {
          CHANGES[name]?.(scene, number);
          const { view, size } = scene;
          if (grid.columns !== size.columns || grid.rows !== size.rows) grid = new Grid(size);
          const cursor = used.compose(view, grid);
          reduction.reduce(grid, used.drawn);
          const expected = new Grid(size);
          expect(cursor).to.deep.equal(all.compose(view, expected));
          reduction.reduce(expected);
          expect(planes(grid)).to.deep.equal(planes(expected), name);
          for (let y = 0; y < size.rows; y += 3)
            expect(used.hit({ x: number % size.columns, y })).to.deep.equal(all.hit({ x: number % size.columns, y }));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('makes the terminal show it', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 25 }), (changes) => {
        const scene = new Scene();
        const terminal = new OuterTerminal(scene.size);
        const screen = new ClientScreen({ size: scene.size, capabilities });
        const all = new Compositor();
        terminal.write(startSequence(capabilities));
        for (const [name, number] of changes) {
          CHANGES[name]?.(scene, number);
          const { view, size } = scene;
          terminal.resize(size);
          screen.resize(size);
          terminal.write(screen.render(view));
          const expected = new Grid(size);
          all.compose(view, expected);
          new CellReduction(capabilities).reduce(expected);
          expectShown(terminal, expected, name);
        }
        terminal.dispose();
      }),
      { numRuns: 25 },
    );
  });

  it('draws one row for a key that is echoed, and no row for nothing', () => {
    const scene = new Scene();
    const compositor = new Compositor();
    const grid = new Grid(scene.size);
    compositor.compose(scene.view, grid);
    expect(compositor.drawn).to.have.length(scene.size.rows);
    scene.terminals[0]?.write('x');
    compositor.compose(scene.view, grid);
    expect(compositor.drawn).to.deep.equal([0]);
    compositor.compose(scene.view, grid);
    expect(compositor.drawn).to.deep.equal([]);
  });

  it('draws of a chat the rows that changed', () => {
    const scene = new Scene();
    scene.shown = [3];
    const compositor = new Compositor();
    const grid = new Grid(scene.size);
    compositor.compose(scene.view, grid);
    scene.draft = 'another';
    scene.chat.invalidate();
    compositor.compose(scene.view, grid);
    expect(compositor.drawn).to.include(scene.size.rows - 2);
    expect(compositor.drawn.length).to.be.lessThan(4);
  });

  it('draws below an overlay that came and went what it covered alone', () => {
    const scene = new Scene();
    const compositor = new Compositor();
    const grid = new Grid(scene.size);
    compositor.compose(scene.view, grid);
    scene.overlays = [{ kind: 'message', line: line('a message'), style: GREEN }];
    compositor.compose(scene.view, grid);
    expect(compositor.drawn).to.deep.equal([scene.size.rows - 1]);
    scene.overlays = [];
    compositor.compose(scene.view, grid);
    expect(compositor.drawn).to.deep.equal([scene.size.rows - 1]);
  });
});
