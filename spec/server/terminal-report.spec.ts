import { expect } from 'chai';
import { Options } from '../../lib/config/options.ts';
import { terminalReport } from '../../lib/server/terminal-report.ts';

describe('the report on a terminal', () => {
  const options = new Options();

  it('names colours and features of what TERM and the environment say', () => {
    expect(terminalReport('xterm-256color', { LANG: 'C.UTF-8' }, options)).to.equal(
      'xterm-256color: 256 colours, UTF-8, mouse, title, bracketed paste, focus; asked for more when attached',
    );
    expect(terminalReport('xterm-256color', { COLORTERM: 'truecolor', LC_ALL: 'C' }, options))
      .to.match(/^xterm-256color: 24-bit colours, mouse/)
      .and.to.contain('hyperlinks');
  });

  it('believes what the person says of it', () => {
    const own = new Options();
    own.set('terminal-features', 'vt*:RGB:sync');
    expect(terminalReport('vt220', {}, own)).to.equal('vt220: 24-bit colours, synchronized output');
  });

  it('bears terminals that nobody knows', () => {
    expect(terminalReport('dumb', {}, options)).to.equal('dumb: no colours');
    expect(terminalReport('', {}, options)).to.equal('none ($TERM is not set)');
  });
});
