import { expect } from 'chai';
import fc from 'fast-check';
import { ALT, CTRL, type InputEvent, type MouseButton, SHIFT } from '../../lib/input/key.ts';
import { KeyDecoder } from '../../lib/input/key-decoder.ts';
import { encodeMouse } from '../../lib/session/mouse-encoder.ts';
import type { MouseEncoding, MouseTracking } from '../../lib/terminal/virtual-terminal.ts';

type MouseInput = Extract<InputEvent, { readonly type: 'mouse' }>;

const event = (change: Partial<MouseInput>): MouseInput => ({
  type: 'mouse',
  action: 'press',
  button: 'left',
  modifiers: 0,
  x: 0,
  y: 0,
  bytes: new Uint8Array(),
  ...change,
});

function encoded(change: Partial<MouseInput>, mouseTracking: MouseTracking, mouseEncoding: MouseEncoding = 'sgr') {
  const bytes = encodeMouse(event(change), { mouseTracking, mouseEncoding });
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1');
}

describe('a mouse event', () => {
  it('is told only to programs that asked for its kind', () => {
    const actions = ['press', 'release', 'drag', 'move'] as const;
    const told = (tracking: MouseTracking) => actions.filter((action) => encoded({ action }, tracking) !== undefined);
    expect(told('none')).to.deep.equal([]);
    expect(told('x10')).to.deep.equal(['press']);
    expect(told('press')).to.deep.equal(['press', 'release']);
    expect(told('drag')).to.deep.equal(['press', 'release', 'drag']);
    expect(told('any')).to.deep.equal([...actions]);
  });

  it('is written in the encoding asked for', () => {
    const place = { x: 4, y: 9 };
    expect(encoded(place, 'press', 'sgr')).to.equal('\x1b[<0;5;10M');
    expect(encoded(place, 'press', 'sgr-pixels')).to.equal('\x1b[<0;5;10M');
    expect(encoded(place, 'press', 'urxvt')).to.equal('\x1b[32;5;10M');
    expect(encoded(place, 'press', 'default')).to.equal('\x1b[M %*');
    expect(encoded({ x: 299, y: 0 }, 'press', 'utf8')).to.equal(Buffer.from('\x1b[M \u014c!').toString('latin1'));
  });

  it('is a release of no button in the old encodings, of its own in SGR', () => {
    const release = { action: 'release', button: 'right' } as const;
    expect(encoded(release, 'press', 'sgr')).to.equal('\x1b[<2;1;1m');
    expect(encoded(release, 'press', 'urxvt')).to.equal('\x1b[35;1;1M');
    expect(encoded(release, 'press', 'default')).to.equal('\x1b[M#!!');
  });

  it('has modifiers, wheels and movement as bits', () => {
    expect(encoded({ modifiers: SHIFT | ALT | CTRL }, 'press')).to.equal('\x1b[<28;1;1M');
    expect(encoded({ modifiers: CTRL }, 'x10', 'default')).to.equal('\x1b[M !!');
    expect(encoded({ button: 'wheel-down' }, 'press')).to.equal('\x1b[<65;1;1M');
    expect(encoded({ button: 'wheel-down', action: 'release' }, 'press')).to.equal(undefined);
    expect(encoded({ button: 'wheel-up' }, 'x10')).to.equal(undefined);
    expect(encoded({ button: 'middle', action: 'drag' }, 'drag')).to.equal('\x1b[<33;1;1M');
    expect(encoded({ button: 'none', action: 'move' }, 'any')).to.equal('\x1b[<35;1;1M');
  });

  it('is left out where its encoding cannot say the place', () => {
    expect(encoded({ x: 222 }, 'press', 'default')).to.equal('\x1b[M \xff!');
    expect(encoded({ x: 223 }, 'press', 'default')).to.equal(undefined);
    expect(encoded({ y: 2015 }, 'press', 'utf8')).to.equal(undefined);
    expect(encoded({ y: -1 }, 'press', 'sgr')).to.equal(undefined);
  });

  it('is understood again by our own decoder', () => {
    const buttons: MouseButton[] = ['left', 'middle', 'right', 'wheel-up', 'wheel-down', 'other'];
    fc.assert(
      fc.property(
        fc.constantFrom(...buttons),
        fc.constantFrom('press' as const, 'release' as const, 'drag' as const),
        fc.nat(999),
        fc.nat(399),
        fc.nat(7),
        (button, action, x, y, modifiers) => {
          const given = event({ button, action, x, y, modifiers });
          const bytes = encodeMouse(given, { mouseTracking: 'any', mouseEncoding: 'sgr' });
          if (bytes === undefined) return;
          const [again] = new KeyDecoder().decode(bytes);
          expect(again).to.deep.include({ type: 'mouse', button, action, x, y, modifiers });
        },
      ),
    );
  });
});
