import { expect } from 'chai';
import fc from 'fast-check';
import { capabilitiesOf, withReply } from '../../lib/screen/capabilities.ts';
import { type NoticeForm, noticeSequence } from '../../lib/screen/outer-notice.ts';

const FORMS: readonly NoticeForm[] = ['osc9', 'osc99', 'osc777'];
const of = (form: NoticeForm, title: string, body: string, utf8 = true) =>
  noticeSequence(form, { title, body }, { utf8, number: 7 });
const form = (term: string, environment: Record<string, string> = {}) =>
  capabilitiesOf(term, environment, true).notices;

describe('a notification for the outer terminal', () => {
  it('has the form that is asked for', () => {
    expect(of('osc9', 'qmux', 'api asks')).to.equal('\x1b]9;qmux: api asks\x07');
    expect(of('osc777', 'a;b', 'c;d')).to.equal('\x1b]777;notify;a,b;c;d\x07');
    expect(of('osc99', 'qmux', 'api asks')).to.equal(
      '\x1b]99;i=qmux7:d=0;qmux\x1b\\\x1b]99;i=qmux7:d=1:p=body;api asks\x1b\\',
    );
    expect(of('osc99', 'alone', '')).to.equal('\x1b]99;i=qmux7;alone\x1b\\');
  });

  it('is in ASCII where the terminal has nothing else, and nothing at all without a text', () => {
    expect(of('osc9', '', 'fertig: ü', false)).to.equal('\x1b]9;fertig: ?\x07');
    for (const each of FORMS) expect(of(each, '\x07', '\u202e')).to.equal('');
  });

  it('is no other command of its number', () => {
    expect(of('osc9', '', '4;1;50')).to.equal('\x1b]9;4,1;50\x07');
  });

  it('never has a control in it but its own, whatever it says', () => {
    const text = fc.array(fc.constantFrom('\x1b', '\x07', '\x9c', '\\', ']', '\n', '\u202e', ';', 'a', '中', '\ud800'));
    fc.assert(
      fc.property(fc.constantFrom(...FORMS), text, text, fc.boolean(), (each, title, body, utf8) => {
        const bytes = of(each, title.join(''), body.join(''), utf8);
        const inner = bytes.replace(/\x1b\](9|99|777);|\x07$|\x1b\\/g, '');
        expect(inner).to.not.match(/[\p{Cc}\u202e\p{Surrogate}]/u);
      }),
    );
  });

  it('takes the form that the terminal is known for', () => {
    expect(form('xterm-256color')).to.equal('osc9');
    expect(form('xterm-kitty')).to.equal('osc99');
    expect(form('foot')).to.equal('osc777');
    expect(form('rxvt-unicode-256color')).to.equal('osc777');
    expect(form('xterm-256color', { VTE_VERSION: '7600' })).to.equal('osc777');
    const told = withReply(capabilitiesOf('xterm-256color', {}, true), Buffer.from('\x1bP>|kitty(0.31)\x1b\\'));
    expect(told.notices).to.equal('osc99');
  });
});
