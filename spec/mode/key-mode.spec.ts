import { expect } from 'chai';
import { CTRL } from '../../lib/input/key.ts';
import { KeyMode } from '../../lib/mode/key-mode.ts';

describe('KeyMode', () => {
  it('answers with the name of the key pressed', () => {
    const names: string[] = [];
    const mode = new KeyMode({ label: '(key) ', answer: (name) => names.push(name) });
    mode.key({ name: 'b', modifiers: CTRL });
    expect(names).to.deep.equal(['C-b']);
  });
});
