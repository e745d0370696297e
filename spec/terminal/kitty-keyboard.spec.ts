import { expect } from 'chai';
import { KittyKeyboard } from '../../lib/terminal/kitty-keyboard.ts';

describe('the kitty keyboard stack', () => {
  it('pushes and pops flags', () => {
    const keyboard = new KittyKeyboard();
    keyboard.push(1);
    keyboard.push(5);
    expect(keyboard.flags).to.equal(5);
    keyboard.pop(1);
    expect(keyboard.flags).to.equal(1);
    keyboard.pop(1000);
    expect(keyboard.flags).to.equal(0);
  });

  it('sets, adds and takes away flags, also with nothing pushed', () => {
    const keyboard = new KittyKeyboard();
    keyboard.set(3, 1);
    keyboard.set(4, 2);
    expect(keyboard.flags).to.equal(7);
    keyboard.set(2, 3);
    expect(keyboard.flags).to.equal(5);
    keyboard.clear();
    expect(keyboard.flags).to.equal(0);
  });

  it('knows five flags and forgets the oldest of too many entries', () => {
    const keyboard = new KittyKeyboard();
    keyboard.push(0xffff);
    expect(keyboard.flags).to.equal(31);
    for (let count = 0; count < 10_000; count++) keyboard.push(1);
    keyboard.pop(16);
    expect(keyboard.flags).to.equal(0);
  });
});
