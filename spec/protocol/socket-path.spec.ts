import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import { findSocketPath, MAXIMUM_SOCKET_PATH, type SocketChoice } from '../../lib/protocol/socket-path.ts';

const find = (choice: Partial<SocketChoice>) =>
  findSocketPath({ environment: {}, uid: 1000, workingDirectory: '/home/me', ...choice });

describe('the path of the socket', () => {
  it('is `default` in a folder of the person', () => {
    expect(find({})).to.equal('/tmp/qmux-1000/default');
    expect(find({ environment: { TMPDIR: '/t' } })).to.equal('/t/qmux-1000/default');
    expect(find({ environment: { TMPDIR: '/t', QMUX_TMPDIR: '/q/' } })).to.equal('/q/qmux-1000/default');
    expect(find({ environment: { TMPDIR: 'relative', QMUX_TMPDIR: '' } })).to.equal('/tmp/qmux-1000/default');
  });

  it('is that of the session we are in', () => {
    expect(find({ environment: { QMUX: '/a/b,c,12,$3' } })).to.equal('/a/b,c');
    expect(find({ environment: { QMUX: '/a/b,12,3', QMUX_TMPDIR: '/q' }, name: 'x' })).to.equal('/q/qmux-1000/x');
  });

  for (const QMUX of ['', 'a', 'a/b,1,2', '/a', ',,', '/a,b,c']) {
    it(`ignores QMUX=${QMUX}`, () => {
      expect(find({ environment: { QMUX } })).to.equal('/tmp/qmux-1000/default');
    });
  }

  it('is what -S says, from where we are', () => {
    expect(find({ path: 's', name: 'x' })).to.equal('/home/me/s');
    expect(find({ path: '/s/../t' })).to.equal('/t');
  });

  for (const name of ['', '.', '..', 'a/b', '/x']) {
    it(`refuses -L '${name}'`, () => {
      expect(() => find({ name })).to.throw(UserError, /-L needs a plain name/);
    });
  }

  it('refuses a path that the system cannot hold, and says how long it may be', () => {
    const longest = `/${'ä'.repeat((MAXIMUM_SOCKET_PATH - 1) / 2)}`;
    expect(find({ path: longest })).to.equal(longest);
    expect(() => find({ path: `${longest}ää` })).to.throw(UserError, /socket path too long: .* at most \d+/);
    expect(() => find({ environment: { TMPDIR: `/${'x'.repeat(200)}` } })).to.throw(UserError, /too long/);
  });
});
