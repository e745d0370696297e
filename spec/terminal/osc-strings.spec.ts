import { expect } from 'chai';
import {
  parseClipboard,
  parseDirectory,
  parseLink,
  parseMark,
  parseOsc9,
  parseOsc777,
} from '../../lib/terminal/osc-strings.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('strings of programs', () => {
  it('takes the directory of this machine only', () => {
    const pairs: readonly (readonly [string, string | undefined])[] = [
      ['file:///home/me', '/home/me'],
      ['file://host/a%20b/%C3%BC', '/a b/ü'],
      ['file://HOST.example.org/x', '/x'],
      ['file://localhost/x', '/x'],
      ['kitty-shell-cwd://host/a%20b', '/a%20b'],
      ['file://elsewhere/x', undefined],
      ['file:relative', undefined],
      ['/home/me', undefined],
      ['http://host/x', undefined],
      ['file:///bad%zz', undefined],
      ['file:///evil%1b%5d', undefined],
      ['file:///bad%ff', undefined],
      [`file:///${'x'.repeat(5000)}`, undefined],
      ['', undefined],
    ];
    for (const [url, path] of pairs) expect(parseDirectory(url, 'host.lan'), url).to.equal(path);
  });

  it('takes text for the clipboard, and never a query', () => {
    expect(parseClipboard(`c;${base64('two\r\nlines\t\x1b[31mü')}`)).to.equal('two\nlines\t[31mü');
    expect(parseClipboard(`;${base64('x')}`)).to.equal('x');
    for (const data of ['c;?', 'c;', 'c', '', 'c;not base64!', ';;'])
      expect(parseClipboard(data), data).to.equal(undefined);
    expect(parseClipboard(`c;${base64('x'.repeat((1 << 20) + 1))}`)).to.equal(undefined);
  });

  it('tells progress from notifications', () => {
    expect(parseOsc9('4;1;42')).to.deep.equal({ type: 'progress', state: 1, percent: 42 });
    expect(parseOsc9('4;3')).to.deep.equal({ type: 'progress', state: 3, percent: 0 });
    expect(parseOsc9('4;1;250')).to.deep.equal({ type: 'progress', state: 1, percent: 100 });
    expect(parseOsc9('4;9;1')).to.equal(undefined);
    expect(parseOsc9('9;/home')).to.equal(undefined);
    expect(parseOsc9('done \x9b!')).to.deep.equal({ type: 'notification', title: '', body: 'done !' });
    expect(parseOsc9('')).to.equal(undefined);
    expect(parseOsc777('notify;a;b;c')).to.deep.equal({ type: 'notification', title: 'a', body: 'b;c' });
    expect(parseOsc777('precmd')).to.equal(undefined);
  });

  it('reads the marks of shells', () => {
    expect(parseMark('A')).to.deep.equal({ type: 'mark', mark: 'prompt' });
    expect(parseMark('A;cl=m;aid=3')).to.deep.equal({ type: 'mark', mark: 'prompt' });
    expect(parseMark('B')).to.deep.equal({ type: 'mark', mark: 'input' });
    expect(parseMark('C;')).to.deep.equal({ type: 'mark', mark: 'output' });
    expect(parseMark('D')).to.deep.equal({ type: 'mark', mark: 'done' });
    expect(parseMark('D;130;x')).to.deep.equal({ type: 'mark', mark: 'done', exitCode: 130 });
    for (const data of ['', 'Z', 'AB', ';A']) expect(parseMark(data), data).to.equal(undefined);
  });

  it('reads links', () => {
    expect(parseLink(';http://a/;b')).to.equal(';http://a/;b');
    expect(parseLink('foo=1:id=x;http://a')).to.equal('x;http://a');
    expect(parseLink(';')).to.equal('');
    expect(parseLink('no separator')).to.equal(undefined);
    expect(parseLink(';http://a/\u202e')).to.equal(undefined);
  });
});
