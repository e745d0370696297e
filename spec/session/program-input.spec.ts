import { expect } from 'chai';
import fc from 'fast-check';
import type { InputEvent } from '../../lib/input/key.ts';
import { ProgramInput } from '../../lib/session/program-input.ts';
import { PLAIN_MODES as plain } from '../../lib/terminal/plain-modes.ts';
import type { TerminalModes } from '../../lib/terminal/virtual-terminal.ts';

const bracketed: TerminalModes = { ...plain, bracketedPaste: true };
const START = '\x1b[200~';
const END = '\x1b[201~';

function recorder() {
  const written: Buffer[] = [];
  const input = new ProgramInput((bytes) => written.push(Buffer.from(bytes)));
  return { input, text: () => Buffer.concat(written.splice(0)).toString() };
}

const piece = (text: string | Uint8Array, first: boolean, last: boolean): InputEvent => ({
  type: 'paste',
  bytes: Buffer.from(text),
  first,
  last,
});

describe("a program's input", () => {
  it('has the bytes of keys and of what nobody knows unchanged', () => {
    const { input, text } = recorder();
    const key = (bytes: string, name: string, modifiers = 0) =>
      input.input({ type: 'key', key: { name, modifiers }, action: 'press', bytes: Buffer.from(bytes) }, plain);
    key('é', 'é');
    key('\x03', 'c', 4);
    key('\x1bx', 'x', 2);
    key('\x1b[1;5A', 'Up', 4);
    input.input({ type: 'unknown', bytes: Buffer.from('\x1b[9999y') }, plain);
    expect(text()).to.equal('é\x03\x1bx\x1b[1;5A\x1b[9999y');
  });

  it('has keys as its modes ask, where they came in another way', () => {
    const { input, text } = recorder();
    const up = {
      type: 'key',
      key: { name: 'Up', modifiers: 0 },
      action: 'press',
      bytes: Buffer.from('\x1b[A'),
    } as const;
    input.input(up, { ...plain, applicationCursorKeys: true });
    expect(text()).to.equal('\x1bOA');
    const control = { type: 'key', key: { name: 'c', modifiers: 4 }, action: 'press' } as const;
    input.input({ ...control, bytes: Buffer.from('\x1b[99;5u') }, plain);
    expect(text()).to.equal('\x03');
    input.input({ ...control, bytes: Buffer.from('\x03') }, { ...plain, kittyKeyboard: 1 });
    expect(text()).to.equal('\x1b[99;5u');
  });

  it('has no replies and no focus of the outer terminal', () => {
    const { input, text } = recorder();
    input.input({ type: 'reply', bytes: Buffer.from('\x1b[?62c') }, plain);
    input.input({ type: 'focus', focused: true, bytes: Buffer.from('\x1b[I') }, plain);
    expect(text()).to.equal('');
  });

  it('has a paste in brackets where it asked for them', () => {
    const { input, text } = recorder();
    input.paste('a\r\nb\nc', bracketed);
    expect(text()).to.equal(`${START}a\rb\rc${END}`);
    input.paste('a\r\nb\nc', plain);
    expect(text()).to.equal('a\rb\rc');
  });

  it('has the pieces of a paste in one pair of brackets, though the mode changes', () => {
    const { input, text } = recorder();
    input.input(piece('one\n', true, false), bracketed);
    input.input(piece('two\n', false, false), plain);
    input.input(piece('three', false, true), plain);
    expect(text()).to.equal(`${START}one\ntwo\nthree${END}`);
    input.input(piece('one\n', true, false), plain);
    input.input(piece('two', false, true), bracketed);
    expect(text()).to.equal('one\rtwo');
  });

  it('closes a paste that another begins in', () => {
    const { input, text } = recorder();
    input.input(piece('one', true, false), bracketed);
    input.paste('two', bracketed);
    expect(text()).to.equal(`${START}one${END}${START}two${END}`);
  });

  it('has no end mark that arises from two beginnings in two pieces', () => {
    const { input, text } = recorder();
    input.input(piece('\x1b[20\x1b', true, false), bracketed);
    input.input(piece('[201~1~', false, true), bracketed);
    expect(text()).to.equal(`${START}${END}`);
  });

  it('has no end mark from within a paste, however it is cut', () => {
    const part = fc.constantFrom(END, '\x1b', '\x1b[', '\x1b[20', '1~', '~', 'a', START);
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.array(fc.nat(60), { maxLength: 6 }), (parts, cuts) => {
        const whole = Buffer.from(parts.join(''));
        const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const { input, text } = recorder();
        for (let index = 1; index < places.length; index++)
          input.input(
            piece(whole.subarray(places[index - 1], places[index]), index === 1, index === places.length - 1),
            bracketed,
          );
        const got = text();
        expect(got.startsWith(START) && got.indexOf(END) === got.length - END.length).to.equal(true);
        const once = recorder();
        once.input.input(piece(whole, true, true), bracketed);
        expect(got).to.equal(once.text());
      }),
    );
  });

  it('has any other bytes of a paste unchanged', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        fc.pre(!Buffer.from(bytes).includes(END));
        const written: Buffer[] = [];
        const input = new ProgramInput((out) => written.push(Buffer.from(out)));
        input.input(piece(bytes, true, true), bracketed);
        expect(Buffer.concat(written).subarray(START.length, -END.length).equals(bytes)).to.equal(true);
      }),
    );
  });

  it('is told of the focus once when it asks, and of each change', () => {
    const { input, text } = recorder();
    const asks = { ...plain, focusEvents: true };
    input.tellFocus(true, plain);
    expect(text()).to.equal('');
    input.tellFocus(true, asks);
    input.tellFocus(true, asks);
    input.tellFocus(false, asks);
    expect(text()).to.equal('\x1b[I\x1b[O');
    input.tellFocus(false, plain);
    input.tellFocus(false, asks);
    expect(text()).to.equal('\x1b[O');
  });
});
