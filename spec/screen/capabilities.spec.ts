import { expect } from 'chai';
import fc from 'fast-check';
import { capabilitiesOf, queries, restoreSequence, startSequence, withReply } from '../../lib/screen/capabilities.ts';

const of = (term: string, environment: Record<string, string> = {}) => capabilitiesOf(term, environment, true);
const reply = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('capabilitiesOf', () => {
  it('takes the depth of colours from TERM and COLORTERM', () => {
    expect(of('xterm').colors).to.equal('16');
    expect(of('xterm-256color').colors).to.equal('256');
    expect(of('xterm-256color', { COLORTERM: 'truecolor' }).colors).to.equal('rgb');
    expect(of('screen-256color', { COLORTERM: '24bit' }).colors).to.equal('rgb');
    expect(of('xterm-direct').colors).to.equal('rgb');
    expect(of('linux').colors).to.equal('8');
    expect(of('vt100').colors).to.equal('mono');
    expect(of('xterm-kitty').colors).to.equal('rgb');
    expect(of('xterm-256color', { VTE_VERSION: '7600' }).colors).to.equal('rgb');
  });

  it('takes a terminal of 24-bit colours for a recent one', () => {
    const recent = of('xterm-256color', { COLORTERM: 'truecolor' });
    expect(recent).to.include({
      underlineStyles: true,
      underlineColor: true,
      hyperlinks: true,
      repeatCharacter: false,
    });
    expect(of('xterm-256color')).to.include({ underlineStyles: false, hyperlinks: false });
    expect(of('alacritty', { COLORTERM: 'truecolor' }).repeatCharacter).to.equal(true);
  });

  it('promises nothing of an unknown or dumb terminal, whatever its name', () => {
    for (const term of ['', 'dumb', 'no/such', '../../etc/passwd', '\x1b[31m', 'x'.repeat(10_000)]) {
      const capabilities = of(term, { COLORTERM: 'truecolor' });
      expect(capabilities.colors).to.equal('mono');
      expect(queries(capabilities)).to.have.length(0);
      expect(Buffer.from(startSequence(capabilities)).toString()).to.equal('\x1b[H\x1b[J');
    }
  });

  it('asks nothing of terminals that would print the question', () => {
    for (const term of ['vt100', 'linux', 'ansi']) expect(queries(of(term))).to.have.length(0);
    const asked = Buffer.from(queries(of('xterm-256color'))).toString();
    expect(asked.endsWith('\x1b[c')).to.equal(true);
    expect(asked).to.contain('\x1b[?2026$p');
  });
});

describe('withReply', () => {
  const xterm = of('xterm-256color');

  it('learns what a terminal says of itself', () => {
    expect(withReply(xterm, reply('\x1b[?2026;2$y')).synchronizedOutput).to.equal(true);
    expect(withReply(xterm, reply('\x1b[?2026;2$y'))).to.include({ colors: 'rgb', underlineStyles: true });
    expect(withReply(xterm, reply('\x1b[?2026;0$y')).synchronizedOutput).to.equal(false);
    expect(withReply(of('tmux-256color'), reply('\x1bP>|tmux 3.3a\x1b\\'))).to.include({
      underlineStyles: true,
      repeatCharacter: false,
    });
    expect(withReply(xterm, reply('\x1b[?0u')).kittyKeyboard).to.equal(true);
    const kitty = withReply(xterm, reply('\x1bP>|kitty(0.35.2)\x1b\\'));
    expect(kitty).to.include({ colors: 'rgb', underlineStyles: true, hyperlinks: true });
    expect(withReply(xterm, reply('\x1b[>65;7600;1c'))).to.include({ colors: 'rgb', underlineStyles: true });
    expect(withReply(xterm, reply('\x1b[>77;30600;0c')).hyperlinks).to.equal(true);
  });

  it('is unmoved by anything else', () => {
    for (const text of ['', '\x1b[?64;1;2c', '\x1b[>0;276;0c', '\x1bP>|nobody\x1b\\', '\x1b[?2026', 'x'.repeat(5000)])
      expect(withReply(xterm, reply(text))).to.deep.equal(xterm);
    fc.assert(fc.property(fc.uint8Array(), (bytes) => withReply(xterm, bytes) !== undefined));
  });
});

describe('restoreSequence', () => {
  it('sends to a terminal only what it knows', () => {
    expect(Buffer.from(restoreSequence(of('vt100'))).toString()).to.equal('\x1b[r\x1b[?7h\x1b[m\x1b[?25h\x1b[H\x1b[J');
    const all = Buffer.from(restoreSequence({ ...of('xterm-kitty'), kittyKeyboard: true })).toString();
    for (const part of [
      '\x1b[<u',
      '\x1b[>4;0m',
      '\x1b[?1003l',
      '\x1b[?1004l',
      '\x1b[?2004l',
      '\x1b[?25h',
      '\x1b[?1049l',
    ])
      expect(all).to.contain(part);
    expect(all.indexOf('\x1b[<u')).to.be.below(all.indexOf('\x1b[?1049l'));
  });
});
