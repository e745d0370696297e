import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect } from 'chai';
import { renderTree } from '../../lib/screen/toolkit.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../support/print-picture.js');
/** Loads blessed wherever neo-blessed is asked for. */
const EXCHANGE = `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`
    export const resolve = (name, context, next) => next(name.replace(/^neo-blessed/, 'blessed'), context);
  \`));
`)}`;

const PICTURE = [
  '111111111111111111111111111111',
  '111111111111111111111111111111',
  '11111111┌─────────────┐1111111',
  '11111111│2222222222222│1111111',
  '11111111│2223333333333│1111111',
  '11111111│   3333333333│1111111',
  '11111111│   3333333333│1111111',
  '11111111└─────────────┘1111111',
  '111111111111111111111111111111',
  '111111111111111111114444444444',
];

describe('toolkit', () => {
  for (const [name, options] of Object.entries({ 'neo-blessed': [], blessed: ['--import', EXCHANGE] }))
    it(`lays out and stacks with ${name}, and leaves the process alone`, () => {
      const environment = { PATH: process.env['PATH'], TERM: 'a/b', TMUX: 'x', LANG: 'C', HOME: '/nonexistent' };
      const output = execFileSync(process.execPath, [...options, PROGRAM], { encoding: 'utf8', env: environment });
      const lines = output.trimEnd().split('\n');
      expect(lines.slice(0, 10)).to.deep.equal(PICTURE);
      expect(lines[10]).to.contain('[3,{"x":12,"y":4,"width":10,"height":3}]');
      expect(lines[10]).to.contain('{"character":"┌","foreground":8}');
      expect(lines[11]).to.equal('0 0 0 0');
    });

  it('keeps nothing of a picture', () => {
    const draw = (count: number): void => {
      for (let index = 0; index < count; index++)
        renderTree({ columns: 40, rows: 10 }, (tree) => {
          const frame = tree.frame(tree.root, { left: 0, top: 0, width: 20, height: 5 }, 8);
          tree.hole(frame, { left: 0, right: 0, top: 0, bottom: 0 }, 1);
        });
    };
    draw(100);
    const before = process.eventNames().map((name) => process.listenerCount(name));
    draw(300);
    expect(process.eventNames().map((name) => process.listenerCount(name))).to.deep.equal(before);
  });
});
