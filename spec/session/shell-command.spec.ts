import { expect } from 'chai';
import { commandText, invocationOf, loginShell } from '../../lib/session/shell-command.ts';

describe("a session's command", () => {
  it('is the login shell, a line of it, or a program', () => {
    expect(invocationOf([], '/bin/zsh')).to.deep.equal({ file: '/bin/zsh', args: ['-l'] });
    expect(invocationOf([''], '/bin/zsh')).to.deep.equal({ file: '/bin/zsh', args: ['-l'] });
    expect(invocationOf(['ls | wc'], '/bin/zsh')).to.deep.equal({ file: '/bin/zsh', args: ['-c', 'ls | wc'] });
    expect(invocationOf(['ls', '-l'], '/bin/zsh')).to.deep.equal({ file: 'ls', args: ['-l'] });
  });

  it('is one line of text', () => {
    expect(commandText([])).to.equal('');
    expect(commandText(['ls | wc'])).to.equal('ls | wc');
    expect(commandText(['printf', '%s', "it's", 'a b', ''])).to.equal("printf %s 'it'\\''s' 'a b' ''");
  });
});

describe('the login shell', () => {
  it('is SHELL where that can be run, and always something', () => {
    expect(loginShell({ SHELL: '/bin/sh' })).to.equal('/bin/sh');
    for (const SHELL of ['', 'sh', '/no/such', '/etc/passwd', '/tmp', '/bin/sh\0'])
      expect(loginShell({ SHELL })).to.match(/^\//).and.not.equal(SHELL);
    expect(loginShell({})).to.match(/^\//);
  });
});
