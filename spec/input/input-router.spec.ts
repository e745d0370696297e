import { expect } from 'chai';
import fc from 'fast-check';
import {
  currentKeyTable,
  holdsEscape,
  INITIAL_ROUTER_STATE,
  type RouterOptions,
  type RouterState,
  route,
  withKeyTable,
} from '../../lib/input/input-router.ts';
import type { InputEvent, MouseButton } from '../../lib/input/key.ts';
import { KeyDecoder } from '../../lib/input/key-decoder.ts';
import { parseKey } from '../../lib/input/key-name.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';

const OPTIONS: RouterOptions = { prefix: parseKey('C-b'), prefix2: parseKey('C-a'), repeatTime: 500, mode: undefined };

function tablesOf(bindings: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const tables = createKeyTables();
  for (const [table, keys] of Object.entries(bindings))
    for (const [key, command] of Object.entries(keys))
      tables.bind(table, {
        key: parseKey(key),
        command: command.replace('repeat ', ''),
        note: undefined,
        repeat: command.startsWith('repeat '),
      });
  return tables;
}

const TABLES = tablesOf({
  prefix: { 'C-b': 'send-prefix', n: 'next', Up: 'repeat up', Down: 'repeat down', '%': 'split' },
  root: {
    'M-x': 'alt-x',
    WheelUpPane: 'wheel',
    MouseDown1Status: 'select',
    DoubleClick1Pane: 'word',
    MouseDrag1Pane: 'drag',
  },
  resize: { h: 'repeat left', q: 'leave' },
  all: { Any: 'any' },
  copy: { q: 'cancel', MouseDragEnd1Pane: 'copied' },
  prompt: { Enter: 'accept', Escape: 'cancel' },
});

const keyEvent = (key: string, action: 'press' | 'repeat' | 'release' = 'press'): InputEvent => ({
  type: 'key',
  key: parseKey(key),
  action,
  bytes: Buffer.from(key),
});

const mouse = (
  action: 'press' | 'release' | 'drag' | 'move',
  button: MouseButton = 'left',
  [x, y]: readonly [number, number] = [3, 4],
  modifiers = 0,
): InputEvent => ({ type: 'mouse', action, button, modifiers, x, y, bytes: Buffer.from('m') });

/** A person at a client: what they do, at which time. */
class Typist {
  state: RouterState = INITIAL_ROUTER_STATE;
  now = 1000;
  readonly #options: RouterOptions;

  constructor(options: Partial<RouterOptions> = {}) {
    this.#options = { ...OPTIONS, ...options };
  }

  does(event: InputEvent, options: Partial<RouterOptions> = {}): string {
    const { state, action } = route(this.state, event, TABLES, { ...this.#options, ...options }, this.now);
    this.state = state;
    return action.type === 'command' ? action.binding.command : action.type;
  }

  types(keys: string): string {
    return keys
      .split(' ')
      .map((key) => this.does(keyEvent(key)))
      .join(' ');
  }
}

describe('the input router', () => {
  it('forwards what is not bound, and looks the rest up in the root table', () => {
    expect(new Typist().types('a C-c Escape M-x n Up')).to.equal('forward forward forward alt-x forward forward');
  });

  it('looks one key up in the prefix table after the prefix', () => {
    expect(new Typist().types('C-b n n')).to.equal('swallow next forward');
    expect(new Typist().types('C-a % %')).to.equal('swallow split forward');
    expect(new Typist().types('C-b C-b')).to.equal('swallow send-prefix');
  });

  it('swallows an unknown key after the prefix', () => {
    expect(new Typist().types('C-b x x')).to.equal('swallow swallow forward');
  });

  it('lets a repeatable key follow without the prefix for a while', () => {
    const typist = new Typist();
    expect(typist.types('C-b Up Up Down')).to.equal('swallow up up down');
    typist.now += 500;
    expect(typist.types('Up')).to.equal('up');
    typist.now += 501;
    expect(typist.types('Up')).to.equal('forward');
  });

  it('takes any other key for one of the root table while it repeats', () => {
    expect(new Typist().types('C-b Up n a')).to.equal('swallow up forward forward');
    expect(new Typist().types('C-b Up M-x')).to.equal('swallow up alt-x');
    expect(new Typist().types('C-b Up C-b n')).to.equal('swallow up swallow next');
    expect(new Typist({ repeatTime: 0 }).types('C-b Up Up')).to.equal('swallow up forward');
  });

  it('looks one key up in a table of a person, which may repeat', () => {
    const typist = new Typist();
    const switchTable = () => {
      typist.state = withKeyTable(typist.state, 'resize', OPTIONS);
    };
    switchTable();
    expect(currentKeyTable(typist.state, OPTIONS, typist.now)).to.equal('resize');
    expect(typist.types('q q')).to.equal('leave forward');
    switchTable();
    expect(typist.types('h h q')).to.equal('left left forward');
    switchTable();
    expect(typist.types('x x')).to.equal('swallow forward');
    switchTable();
    expect(typist.types('C-b n')).to.equal('swallow next');
    typist.state = withKeyTable(typist.state, 'root', OPTIONS);
    expect(currentKeyTable(typist.state, OPTIONS, typist.now)).to.equal('root');
  });

  it('gives Any what is not bound', () => {
    expect(new Typist({ rootTable: 'all' }).types('x C-b n')).to.equal('any swallow next');
  });

  it('asks the table of a mode first, then the root table, then the mode', () => {
    const typist = new Typist({ mode: { keyTable: 'copy', exclusive: false } });
    expect(typist.types('q M-x z C-b n')).to.equal('cancel alt-x mode-key swallow next');
  });

  it('gives an exclusive mode everything', () => {
    const typist = new Typist({ mode: { keyTable: 'prompt', exclusive: true } });
    expect(typist.types('C-b M-x Enter')).to.equal('mode-key mode-key accept');
    expect(typist.does(mouse('press', 'wheel-up'))).to.equal('mode-mouse');
  });

  describe("in a session's own table", () => {
    const mode = { keyTable: 'copy', exclusive: false, forwards: true };
    const bytes = Buffer.from('x');

    it('forwards what neither it nor the root table binds', () => {
      const typist = new Typist({ mode });
      expect(typist.types('q M-x z C-b n C-b z z')).to.equal(
        'cancel alt-x forward swallow next swallow swallow forward',
      );
      expect(typist.does({ type: 'paste', bytes, first: true, last: true })).to.equal('forward');
      expect(typist.does({ type: 'unknown', bytes })).to.equal('forward');
      expect(typist.does(keyEvent('LeftShift'))).to.equal('forward');
    });

    it('forwards the releases of what it forwarded, and no others', () => {
      const typist = new Typist({ mode });
      expect(typist.types('q z')).to.equal('cancel forward');
      expect(typist.does(keyEvent('q', 'release'))).to.equal('swallow');
      expect(typist.does(keyEvent('z', 'release'))).to.equal('forward');
    });

    it('looks the mouse up in both tables, and forwards the rest', () => {
      const typist = new Typist({ mode });
      expect(typist.does(mouse('press', 'wheel-up'))).to.equal('wheel');
      expect(typist.does(mouse('press'))).to.equal('forward');
      expect(typist.does(mouse('release', 'none'))).to.equal('forward');
      typist.does(mouse('press'));
      typist.does(mouse('drag', 'left', [5, 5]));
      expect(typist.does(mouse('release', 'none', [6, 6]))).to.equal('copied');
    });

    it('looks one key up in another table when asked to', () => {
      const typist = new Typist({ mode });
      typist.state = withKeyTable(typist.state, 'resize', { ...OPTIONS, mode });
      expect(typist.types('q q')).to.equal('leave cancel');
    });
  });

  it('never looks for the prefix in a paste', () => {
    const typist = new Typist();
    const paste: InputEvent = { type: 'paste', bytes: Buffer.from('\x02n'), first: true, last: true };
    expect(typist.does(paste)).to.equal('forward');
    expect(typist.does(paste, { mode: { keyTable: 'copy', exclusive: false } })).to.equal('mode-paste');
    expect(`${typist.types('C-b')} ${typist.does(paste)} ${typist.types('n')}`).to.equal('swallow forward forward');
  });

  it('passes focus and what it does not know, and keeps replies', () => {
    const typist = new Typist();
    const bytes = Buffer.from('x');
    expect(typist.does({ type: 'focus', focused: true, bytes })).to.equal('forward');
    expect(typist.does({ type: 'unknown', bytes })).to.equal('forward');
    expect(typist.does({ type: 'unknown', bytes }, { mode: { keyTable: 'copy', exclusive: false } })).to.equal(
      'swallow',
    );
    expect(typist.does({ type: 'reply', bytes })).to.equal('swallow');
  });

  it('forwards releases, but not of keys that it kept, and waits through Shift for the next key', () => {
    const typist = new Typist();
    expect(typist.does(keyEvent('a'))).to.equal('forward');
    expect(typist.does(keyEvent('a', 'release'))).to.equal('forward');
    const steps: [string, 'press' | 'release', string][] = [
      ['C-b', 'press', 'swallow'],
      ['C-b', 'release', 'swallow'],
      ['S-LeftShift', 'press', 'swallow'],
      ['%', 'press', 'split'],
      ['%', 'release', 'swallow'],
      ['LeftShift', 'release', 'swallow'],
      ['%', 'press', 'forward'],
      ['%', 'release', 'forward'],
      ['LeftShift', 'press', 'forward'],
    ];
    for (const [key, action, expected] of steps) expect(typist.does(keyEvent(key, action)), key).to.equal(expected);
    expect(typist.state.eaten).to.deep.equal([]);
  });

  it('wants a lone Escape whole only where it means something here', () => {
    const holds = (state: RouterState, options: Partial<RouterOptions> = {}) =>
      holdsEscape(state, TABLES, { ...OPTIONS, ...options }, 1000);
    expect(holds(INITIAL_ROUTER_STATE)).to.equal(false);
    expect(holds(INITIAL_ROUTER_STATE, { mode: { keyTable: 'copy', exclusive: false } })).to.equal(true);
    expect(holds(withKeyTable(INITIAL_ROUTER_STATE, 'prefix', OPTIONS))).to.equal(true);
    expect(holds({ ...INITIAL_ROUTER_STATE, table: 'prefix', repeatUntil: 999 })).to.equal(false);
    expect(holds(INITIAL_ROUTER_STATE, { prefix: parseKey('Escape') })).to.equal(true);
    expect(holds(INITIAL_ROUTER_STATE, { rootTable: 'prompt' })).to.equal(true);
  });

  describe('with a mouse', () => {
    it('names events by button and place', () => {
      const typist = new Typist();
      expect(typist.does(mouse('press', 'wheel-up'))).to.equal('wheel');
      expect(typist.does(mouse('press', 'wheel-up'), { place: 'Status' })).to.equal('forward');
      expect(typist.does(mouse('press'), { place: 'Status' })).to.equal('select');
      expect(typist.does(mouse('press', 'wheel-up', [3, 4], 4))).to.equal('forward');
      expect(typist.does(mouse('move', 'none'))).to.equal('forward');
    });

    it('tells a second click soon at the same place from two clicks', () => {
      const typist = new Typist();
      const click = (at: readonly [number, number]) => {
        const down = typist.does(mouse('press', 'left', at));
        return `${down} ${typist.does(mouse('release', 'left', at))}`;
      };
      expect(click([1, 1])).to.equal('forward forward');
      typist.now += 300;
      expect(click([1, 1])).to.equal('word forward');
      expect(click([1, 1])).to.equal('forward forward');
      typist.now += 301;
      expect(click([1, 1])).to.equal('forward forward');
      expect(click([2, 1])).to.equal('forward forward');
    });

    it('ends a drag where it began, by the button that began it', () => {
      const typist = new Typist();
      const mode = { keyTable: 'copy', exclusive: false };
      typist.does(mouse('press'));
      expect(typist.does(mouse('drag', 'left', [5, 5]))).to.equal('drag');
      expect(typist.state.press).to.include({ x: 3, y: 4, dragged: true });
      expect(typist.does(mouse('drag', 'left', [6, 6]), { mode })).to.equal('mode-mouse');
      expect(typist.does(mouse('release', 'none', [6, 6]), { mode, place: 'Status' })).to.equal('copied');
      expect(typist.does(mouse('release', 'none', [6, 6]))).to.equal('forward');
    });

    it('leaves a prefix waiting', () => {
      const typist = new Typist();
      expect(`${typist.types('C-b')} ${typist.does(mouse('press'))} ${typist.types('n')}`).to.equal(
        'swallow forward next',
      );
    });
  });

  it('takes any input without throwing, and forwards its events as they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.boolean(), (bytes, inMode) => {
        let state = INITIAL_ROUTER_STATE;
        const options = inMode ? { ...OPTIONS, mode: { keyTable: 'copy', exclusive: false } } : OPTIONS;
        for (const event of new KeyDecoder().decode(bytes)) {
          const routed = route(state, event, TABLES, options, 0);
          state = routed.state;
          if (routed.action.type === 'forward') expect(routed.action.event).to.equal(event);
        }
      }),
    );
  });
});
