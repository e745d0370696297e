import { expect } from 'chai';
import { ByteWriter } from '../../lib/screen/byte-writer.ts';
import { type Capabilities, capabilitiesOf } from '../../lib/screen/capabilities.ts';
import { CellReduction } from '../../lib/screen/cell-reduction.ts';
import { everyRow } from '../../lib/screen/grid-difference.ts';
import { Painter } from '../../lib/screen/painter.ts';
import { Grid } from '../../lib/text/grid.ts';
import { PLAIN } from '../../lib/text/style.ts';
import { expectShown } from '../support/expect-shown.ts';
import { OuterTerminal } from '../support/outer-terminal.ts';
import { scribble, seeded } from '../support/random-screen.ts';

const full = capabilitiesOf('xterm-kitty', { COLORTERM: 'truecolor' }, true);
const LEVELS: Readonly<Record<string, Capabilities>> = {
  'the best terminal': full,
  'xterm with 256 colours': capabilitiesOf('xterm-256color', {}, true),
  xterm: capabilitiesOf('xterm', {}, true),
  'xterm without UTF-8': capabilitiesOf('xterm-256color', {}, false),
  'a terminal without back colour erase': { ...full, backColorErase: false },
  screen: capabilitiesOf('screen', {}, true),
  tmux: capabilitiesOf('tmux-256color', { COLORTERM: 'truecolor' }, true),
  'the Linux console': capabilitiesOf('linux', {}, true),
  vt100: capabilitiesOf('vt100', {}, false),
  'an unknown terminal': capabilitiesOf('no-such', {}, true),
  'a dumb terminal': capabilitiesOf('dumb', {}, false),
};

/** A grid's cells in another one. */
function copy(from: Grid, to: Grid): void {
  to.glyphs.set(from.glyphs);
  to.foregrounds.set(from.foregrounds);
  to.backgrounds.set(from.backgrounds);
  to.attributes.set(from.attributes);
  to.underlineColors.set(from.underlineColors);
  to.links.set(from.links);
}

describe('Painter', () => {
  for (const [name, capabilities] of Object.entries(LEVELS))
    it(`makes ${name} show what was drawn, over random frames`, () => {
      for (let seed = 1; seed <= 6; seed++) {
        const random = seeded(seed);
        const size = { columns: 1 + random(90), rows: 1 + random(30) };
        const terminal = new OuterTerminal(size);
        const painter = new Painter(capabilities);
        const reduction = new CellReduction(capabilities);
        const writer = new ByteWriter();
        const drawn = new Grid(size);
        let shown = new Grid(size);
        let next = new Grid(size);
        painter.clear(writer);
        terminal.write(writer.take());
        for (let frame = 0; frame < 40; frame++) {
          scribble(drawn, random, 1 + random(frame % 5 === 0 ? 60 : 4));
          if (frame % 4 === 3) {
            const top = random(size.rows);
            drawn.erase(top * size.columns, (top + random(size.rows - top) + 1) * size.columns);
          }
          copy(drawn, next);
          reduction.reduce(next);
          painter.paint(writer, shown, next, everyRow(next));
          const bytes = writer.take();
          terminal.write(bytes);
          // ESC begins our own sequences and is looked for by what the terminal shows.
          expect(Buffer.from(bytes).toString()).not.to.match(/[\x00-\x07\x7f-\x9f]|\x1b(?![[\]\\()DM78=>])/);
          expectShown(terminal, next, `seed ${seed} frame ${frame}`);
          [shown, next] = [next, shown];
        }
        terminal.dispose();
      }
    });

  it('repeats bytes, and writes other characters out: tmux repeats none of them', () => {
    const painter = new Painter(full);
    const writer = new ByteWriter();
    const after = new Grid({ columns: 40, rows: 2 });
    after.glyphs.fill(0x2d, 0, 40);
    after.glyphs.fill(0x2500, 40, 80);
    painter.paint(writer, new Grid({ columns: 40, rows: 2 }), after, [0, 1]);
    const bytes = Buffer.from(writer.take()).toString();
    expect(bytes).to.include('-\x1b[39b');
    expect(bytes).to.include('\u2500'.repeat(40));
  });

  it('writes nothing when nothing changed', () => {
    const writer = new ByteWriter();
    const size = { columns: 80, rows: 24 };
    const grid = new Grid(size);
    scribble(grid, seeded(3), 200);
    const painter = new Painter(full);
    const other = new Grid(size);
    copy(grid, other);
    expect(painter.paint(writer, other, grid, everyRow(grid))).to.equal(0);
    expect(writer.length).to.equal(0);
  });

  it('clears a full screen but for its last row in few bytes', () => {
    const size = { columns: 80, rows: 24 };
    const shown = new Grid(size);
    shown.glyphs.fill(0x61);
    const next = new Grid(size);
    next.glyphs.fill(0x61, 23 * 80);
    next.glyphs[0] = 0x24;
    const writer = new ByteWriter();
    const terminal = new OuterTerminal(size);
    terminal.write(Buffer.from('a'.repeat(80 * 24)));
    const painter = new Painter(full);
    painter.paint(writer, shown, next, everyRow(next));
    expect(writer.length).to.be.lessThan(40);
    terminal.write(writer.take());
    expectShown(terminal, next, 'cleared');
    terminal.dispose();
  });

  it('scrolls rows that differ in little, as the lines of a log do', () => {
    const size = { columns: 80, rows: 24 };
    const shown = new Grid(size);
    const next = new Grid(size);
    for (let y = 0; y < size.rows; y++)
      for (const [grid, first] of [
        [shown, 100],
        [next, 103],
      ] as const)
        for (const [x, character] of [...`12:00:00 step ${first + y} of the build is done`].entries())
          grid.set(y * size.columns + x, character.charCodeAt(0), PLAIN);
    const writer = new ByteWriter();
    new Painter(full).paint(writer, shown, next, everyRow(next));
    expect(writer.length).to.be.lessThan(3 * 50);
  });
});
